//! Our own dispatches: each says that it is composed, has its day, and loses nothing but furniture.

use std::path::PathBuf;

use marchland_article::{Article, Published, ReadOptions, read_bytes};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// All dispatches of a folder, with the bytes of the file (or of the line) that each came from.
fn dispatches(name: &str) -> Vec<(Article, String)> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder(name)).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default().to_owned();
        let content = std::fs::read_to_string(&file).expect("UTF-8");
        let documents: Vec<String> = match kind.as_str() {
            "txt" | "html" => vec![content],
            "jsonl" => content.lines().map(str::to_owned).collect(),
            _ => continue,
        };
        for document in documents {
            let name = file.file_name().expect("a name").to_string_lossy();
            for article in read_bytes(&name, document.as_bytes(), &ReadOptions::default()) {
                found.push((article.expect("our own files are readable"), document.clone()));
            }
        }
    }
    found
}

#[test]
fn each_says_that_it_is_composed_and_has_its_day() {
    for (name, least, from, to) in
        [("afghanistan-2021", 44, "2021-06-22", "2021-08-15"), ("recaptures", 10, "2011-03-01", "2011-04-30")]
    {
        let found = dispatches(name);
        assert!(found.len() >= least, "{name}: {}", found.len());
        for (article, document) in &found {
            assert!(document.contains("omposed for the Marchland examples from "), "{}", article.id);
            assert!(!article.clean_text().contains("omposed for"), "{}", article.id);
            let day = article.published.day().unwrap_or_else(|| panic!("{} has no day", article.id)).to_string();
            assert!((from..=to).contains(&day.as_str()), "{}: {day}", article.id);
            assert!(!article.blocks.is_empty() && article.clean_text().len() > 80, "{}", article.id);
        }
        let mut ids: Vec<_> = found.iter().map(|(article, _)| article.digest.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), found.len(), "two dispatches are the same");
    }
    let read = dispatches("afghanistan-2021");
    let from_page = read.iter().filter(|(article, _)| matches!(article.published, Published::Read { .. })).count();
    assert_eq!(from_page, 23, "all text files and pages tell their own day");
}

#[test]
fn every_capital_of_the_truth_table_is_spoken_of() {
    let texts: Vec<String> = dispatches("afghanistan-2021")
        .iter()
        .map(|(article, _)| article.clean_text().replace(['-', '\''], " ").to_lowercase())
        .collect();
    let truth = std::fs::read_to_string(folder("afghanistan-2021").join("truth.csv")).expect("the table");
    let rows: Vec<&str> = truth.lines().skip(1).collect();
    assert_eq!(rows.len(), 34);
    for row in rows {
        let place = row.split(',').next().expect("a place").replace('-', " ").to_lowercase();
        // "Firozkoh (Chaghcharan)" goes by two names.
        let names: Vec<&str> = place.split(['(', ')']).map(str::trim).filter(|name| !name.is_empty()).collect();
        let spoken = texts.iter().filter(|text| names.iter().any(|name| text.contains(name))).count();
        assert!(spoken >= 2, "{place} is spoken of in {spoken} dispatches");
    }
}
