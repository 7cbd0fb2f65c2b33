//! When was a text published that does not say so? A range, with the reasons, for people to read; nothing here is used silently.

use std::sync::OnceLock;

use jiff::civil::Date;
use marchland_article::{Article, Published};

use crate::calendar::{date, plus};
use crate::expression::{Interval, TimeExpression};
use crate::parse::{View, parse};
use crate::raw::{Edge, Meaning, Point, Raw, Which};
use crate::scan::scan;
use crate::tense::{self, Tense};

const FIRSTS: &str = include_str!("../../../data/time/firsts.tsv");

/// The range in which an article was published, and why.
///
/// A day given or read from the page comes back as it is. Else the range follows from dates told as past (no earlier) or as
/// still to come (no later), from a weekday beside a date ("next Thursday 31 August"), from the date of a wire story's head, and from
/// names that did not exist before a day. `None` when nothing bounds it or the bounds contradict each other.
#[must_use]
pub fn infer_day(article: &Article, expressions: &[TimeExpression]) -> Option<(Interval, Vec<String>)> {
    match &article.published {
        Published::Given { day } => return Some((Interval::day(*day), vec![format!("{day} was given")])),
        Published::Read { day, from } => {
            return Some((Interval::day(*day), vec![format!("{day} was read from {from}")]));
        }
        Published::Unknown => {}
    }
    let mut bounds = Bounds::default();
    let mut weekdays = Vec::new();
    for block in &article.blocks {
        let pieces = scan(block.span.of(&article.text), block.span.start);
        let view = View { pieces: &pieces };
        for (n, raw) in parse(&pieces).iter().enumerate() {
            let Meaning::Point(point) = raw.meaning else { continue };
            let Some(start) = view.at(raw.first).map(|p| p.start) else { continue };
            let known = expressions.binary_search_by_key(&start, |e| e.span.start).ok().map(|i| &expressions[i]);
            // What somebody says within a quotation may be read out years later.
            if known.is_none_or(|e| e.quoted) {
                continue;
            }
            let words = known.map_or("", |e| e.span.of(&article.text)).replace('\n', " ");
            let tense = tense::by_words(view, raw);
            bounds.date(&point, raw, tense, &words);
            if let (Some(weekday), Some(month), Some(day), None) = (point.weekday, point.month, point.day, point.year) {
                weekdays.push((weekday, month, day, tense, point.which(), words.clone()));
            }
            if n == 0
                && let Some(day) = head_date(view, raw, &point)
            {
                bounds.head.get_or_insert((day, words));
            }
        }
    }
    for (first, name, why) in firsts() {
        if article.blocks.iter().any(|b| b.span.of(&article.text).contains(name)) {
            bounds.no_earlier(*first, format!("it speaks of \"{name}\" ({why} on {first})"));
        }
    }
    for (weekday, month, day, tense, which, words) in weekdays {
        bounds.weekday(weekday, month, day, tense == Tense::Future || which == Which::Next, &words);
    }
    bounds.answer()
}

/// "KABUL, Aug. 6, 2021 (Agency)": the date at the head of a wire story.
fn head_date(view: View<'_>, raw: &Raw, point: &Point) -> Option<Date> {
    let capitals = view.at(0).is_some_and(|p| p.capital) && raw.first < 8;
    let closed =
        view.mark(raw.last, '(') || view.mark(raw.last, '-') || view.mark(raw.last, '_') || view.mark(raw.last, ':');
    if !(capitals && closed) {
        return None;
    }
    date(point.year?, point.month?, point.day?)
}

fn firsts() -> &'static [(Date, &'static str, &'static str)] {
    static READ: OnceLock<Vec<(Date, &'static str, &'static str)>> = OnceLock::new();
    READ.get_or_init(|| {
        FIRSTS
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|line| {
                let mut fields = line.split('\t');
                Some((fields.next()?.parse().ok()?, fields.next()?, fields.next()?))
            })
            .collect()
    })
}

/// What is known so far of the day of publication.
#[derive(Default)]
struct Bounds {
    from: Option<(Date, String)>,
    to: Option<(Date, String)>,
    head: Option<(Date, String)>,
}

impl Bounds {
    fn no_earlier(&mut self, day: Date, why: String) {
        if self.from.as_ref().is_none_or(|(d, _)| day > *d) {
            self.from = Some((day, why));
        }
    }

    fn no_later(&mut self, day: Date, why: String) {
        if self.to.as_ref().is_none_or(|(d, _)| day < *d) {
            self.to = Some((day, why));
        }
    }

    /// A date with its year, told as past or as still to come.
    fn date(&mut self, point: &Point, raw: &Raw, tense: Tense, words: &str) {
        let Some(year) = point.year else { return };
        let (first, last) = match (point.month, point.day) {
            (Some(m), Some(d)) => (date(year, m, d), date(year, m, d)),
            (Some(m), None) => (date(year, m, 1), date(year, m, 1).map(Date::last_of_month)),
            _ => (date(year, 1, 1), date(year, 12, 31)),
        };
        let (Some(first), Some(last)) = (first, last) else { return };
        if tense == Tense::Future {
            let last = if raw.edge == Edge::Whole { last } else { first };
            self.no_later(last, format!("\"{words}\" is still to come"));
        } else {
            self.no_earlier(first, format!("\"{words}\" is told as past"));
        }
    }

    /// A weekday beside a day and month: only some years have it so. The first such year not before the earliest bound is taken,
    /// and only when there is such a bound: a year is never guessed from nothing.
    fn weekday(&mut self, weekday: i8, month: i8, day: i8, ahead: bool, words: &str) {
        let Some((from, _)) = &self.from else { return };
        let from = *from;
        let fits = (from.year()..from.year() + 7).filter_map(|y| date(y, month, day)).find(|d| {
            d.weekday().to_monday_one_offset() == weekday
                && (ahead && *d > from || plus(*d, 31).is_some_and(|l| l >= from))
        });
        let Some(found) = fits else { return };
        let why = format!("\"{words}\" is {found} in the calendar, the first such year from {from} on");
        let (low, high) = if ahead { (plus(found, -13), plus(found, -1)) } else { (Some(found), plus(found, 31)) };
        if let Some(low) = low {
            self.no_earlier(low, why.clone());
        }
        if let Some(high) = high {
            self.no_later(high, why);
        }
    }

    fn answer(self) -> Option<(Interval, Vec<String>)> {
        if let Some((day, words)) = self.head {
            return Some((
                Interval { from: Some(day), to: plus(day, 1) },
                vec![format!("its head is dated \"{words}\"")],
            ));
        }
        let (from, to) = (self.from, self.to);
        if let (Some((a, _)), Some((b, _))) = (&from, &to)
            && a > b
        {
            return None;
        }
        let interval = Interval { from: from.as_ref().map(|f| f.0), to: to.as_ref().map(|t| t.0) };
        let mut reasons = Vec::new();
        if let Some((day, why)) = from {
            reasons.push(format!("not before {day}: {why}"));
        }
        if let Some((day, why)) = to {
            reasons.push(format!("not after {day}: {why}"));
        }
        (!reasons.is_empty()).then_some((interval, reasons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use marchland_article::{Block, BlockKind, Head, Span};
    use marchland_reading::Reading;

    fn check(text: &str, from: &str, to: &str) {
        let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        let article = Article::new(Head::named("a"), text.to_owned(), Vec::new(), blocks, Vec::new());
        let found = infer_day(&article, &crate::find(&article, &Reading::default()));
        let show = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        let got = found.as_ref().map_or((String::from("-"), String::new()), |(i, _)| (show(i.from), show(i.to)));
        assert_eq!((got.0.as_str(), got.1.as_str()), (from, to), "{text}\n{found:?}");
    }

    #[test]
    fn ranges_with_reasons() {
        check("The town fell.", "-", "");
        check("The town fell on 6 August 2021 after a siege.", "2021-08-06", "");
        check(
            "The town fell on 6 August 2021. The last troops will leave on 31 August 2021.",
            "2021-08-06",
            "2021-08-31",
        );
        check("The accord of 2015 failed. Talks will resume next Thursday 31 August.", "2017-08-18", "2017-08-30");
        check("KABUL, Aug. 6, 2021 (Agency) - Fighting went on.", "2021-08-06", "2021-08-07");
        check("Aid came after the fall of Kabul.", "2021-08-15", "");
        check("\"We took it on 6 August 2021,\" he said.", "-", "");
    }
}
