//! Plain text as a person reads it: each block and cut on a line of its own.

use marchland_article::{Article, Head};

/// "kind: words" for each block, "cut as ...: words" for each cut, in order.
fn check(title: Option<&str>, text: &str, expect: &str) {
    let article = Article::plain(Head { title: title.map(str::to_owned), ..Head::named("a") }, text.to_owned());
    let blocks = article.blocks.iter().map(|block| (block.span, format!("{:?}", block.kind)));
    let cuts = article.cuts.iter().map(|cut| (cut.span, format!("cut as {}", cut.reason.words())));
    let mut parts: Vec<_> = blocks.chain(cuts).collect();
    parts.sort_by_key(|(span, _)| span.start);
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: Vec<String> =
        parts.iter().map(|(span, what)| format!("{what}: {}", flat(span.of(&article.text)))).collect();
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(shown, expect);
}

#[test]
fn a_scraped_page() {
    check(
        None,
        "Mill of Northtown taken\n\
        Home > Asia > War\n\
        By A. Reporter\n\
        The rebels took the mill on Friday, the mayor said. The army denied it.\n\
        Read more: How the War Began\n\
        \"Nobody is left in the town,\" she said.READ ALSO: Old Bridge Reopens\n\
        SECOND FRONT\n\
        The garrison left the fort. Its commander said nothing.\n\
        Share this:\n\
        Related stories\n\
        Old Bridge Reopens\n\
        Who Is The Mayor of Northtown?\n\
        No comments:\n\
        Post a Comment",
        "Title: Mill of Northtown taken
        cut as navigation: Home > Asia > War
        cut as notice: By A. Reporter
        Paragraph: The rebels took the mill on Friday, the mayor said. The army denied it.
        cut as related link: Read more: How the War Began
        Paragraph: \"Nobody is left in the town,\" she said.
        cut as related link: READ ALSO: Old Bridge Reopens
        Heading: SECOND FRONT
        Paragraph: The garrison left the fort. Its commander said nothing.
        cut as navigation: Share this:
        cut as related link: Related stories
        cut as related link: Old Bridge Reopens
        cut as related link: Who Is The Mayor of Northtown?
        cut as comment furniture: No comments:
        cut as comment furniture: Post a Comment",
    );
}

#[test]
fn the_title_said_again() {
    check(
        Some("Mill of Northtown taken | Example Wire"),
        "MILL OF NORTHTOWN TAKEN\n\nThe rebels took the mill on Friday.\n\nMill of Northtown taken.",
        "cut as title repeated: MILL OF NORTHTOWN TAKEN
        Paragraph: The rebels took the mill on Friday.
        Paragraph: Mill of Northtown taken.",
    );
}

#[test]
fn telex_in_capitals_is_no_heading() {
    check(
        None,
        "THE REBELS TOOK THE MILL ON FRIDAY, THE MAYOR SAID.\nTHE ARMY HELD THE BRIDGE AND THE FORT AND DENIED IT ALL\nNOTHING IS KNOWN OF THE REST.",
        "Paragraph: THE REBELS TOOK THE MILL ON FRIDAY, THE MAYOR SAID.
        Paragraph: THE ARMY HELD THE BRIDGE AND THE FORT AND DENIED IT ALL
        Paragraph: NOTHING IS KNOWN OF THE REST.",
    );
}

#[test]
fn news_is_never_cut() {
    for news in [
        "Read more: The army left the mill on Sunday. The rebels took it.",
        "Related: the rebels took the mill on Sunday after the army had left it.",
        "Photo: the rebels stand in the mill. They took it on Sunday.",
        "No comments were made when the mill fell to the rebels on Sunday.",
        "Advertisement of the victory came at once: the mill was theirs.",
        "Copyright lawyers left the mill when the rebels took it.",
        "By Sunday the rebels had taken the mill.",
        "More: the mill fell.\nTo the rebels, that is, and on Sunday.",
        "Share of the blame for the fall of the mill lies with the army.",
        "Published or not, the order was given: the mill was to be left.",
        "3 May 2019 was the day on which the mill fell.",
        "ENDS MEET: the mill fell when both columns met there.",
    ] {
        let article = Article::plain(Head::named("a"), format!("{news}\nThe mayor said so."));
        assert!(article.cuts.is_empty(), "{news:?}: {:?}", article.cut_quotes());
    }
}
