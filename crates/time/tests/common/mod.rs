//! What the tests share: an article from plain sentences, and days as text.
#![allow(dead_code)]

use marchland_article::{Article, Block, BlockKind, Head, Span};
use marchland_time::Interval;

/// An article whose blocks are the lines of a text. `day` empty: nobody said when it was published.
pub fn article(text: &str, day: &str) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let from = start + line.len() - line.trim_start().len();
            let kind =
                if line.trim().len() < 30 && !line.contains('.') { BlockKind::Heading } else { BlockKind::Paragraph };
            blocks.push(Block { span: Span::new(from, from + line.trim().len()), kind });
        }
        start += line.len() + 1;
    }
    let mut head = Head::named("case");
    if let Ok(day) = day.parse() {
        head = head.on(day);
    }
    Article::new(head, text.to_owned(), Vec::new(), blocks, Vec::new())
}

/// "2021-08-06", "2021-08-01..2021-08-10", "..2021-08-06", "2021-08-06..", "-" for none.
pub fn shown(days: Option<Interval>) -> String {
    let Some(days) = days else { return "-".into() };
    if days.from == days.to
        && let Some(day) = days.from
    {
        return day.to_string();
    }
    let side = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    format!("{}..{}", side(days.from), side(days.to))
}
