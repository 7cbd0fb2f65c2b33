//! The first specification: a real scraped page and real collections, in `shared/` beside the repository. Skipped without it.

use std::path::PathBuf;

use marchland_article::{BlockKind, CutReason, ReadOptions, read_bytes};

fn shared(file: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("MARCHLAND_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let bytes = std::fs::read(root.join(file)).ok();
    if bytes.is_none() {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: {file} is not in the shared folder (set MARCHLAND_SHARED)");
    }
    bytes
}

#[test]
fn the_scraped_page_loses_its_furniture_and_nothing_else() {
    let Some(bytes) = shared("input/article.txt") else { return };
    let articles = read_bytes("article.txt", &bytes, &ReadOptions::default());
    let article = articles[0].as_ref().expect("it is a text");
    let count = |reason| article.cuts.iter().filter(|cut| cut.reason == reason).count();
    assert_eq!(
        (count(CutReason::RelatedLink), count(CutReason::Promo), count(CutReason::Comments), article.cuts.len()),
        (5, 1, 2, 8)
    );
    let kinds = |kind| {
        article
            .blocks
            .iter()
            .filter(|block| block.kind == kind)
            .map(|block| block.span.of(&article.text))
            .collect::<Vec<_>>()
    };
    let headings = kinds(BlockKind::Heading);
    assert!(
        headings.len() == 2 && headings.iter().all(|heading| heading.chars().all(|c| c.is_uppercase() || c == ' ')),
        "{headings:?}"
    );
    assert_eq!(kinds(BlockKind::Paragraph).len(), 20);
    assert_eq!(article.blocks.len(), 22);
    assert!(article.blocks.iter().all(|block| !block.span.of(&article.text).contains("Read ")));
    assert_eq!(article.published.day(), None);
    assert!(article.notes.is_empty(), "{:?}", article.notes);
    assert_eq!(article.text.as_bytes(), bytes, "the text is kept whole");
}
