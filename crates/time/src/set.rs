//! Times that come again ("every day", "Fridays") and times without a day of their own ("now", "recently").

use crate::amount::amount;
use crate::length::period;
use crate::parse::View;
use crate::raw::{Meaning, Raw, Vague};
use crate::words::{Lex, Unit};

impl View<'_> {
    /// "every day", "each July", "daily", "Fridays".
    pub(crate) fn set(&self, i: usize) -> Option<Raw> {
        let word = self.at(i)?.word();
        let set = |last, value: String| Some(Raw::new(i, last, Meaning::Set(value)));
        if word == "every" || word == "each" {
            let other = usize::from(self.any(i + 1, &["other", "single"]));
            let n = if self.is(i + 1, "other") { 2 } else { 1 };
            let at = i + 1 + other;
            if let Some((_, month)) = self.month(at) {
                return set(at + 1, format!("XXXX-{month:02}"));
            }
            return match self.lex(at) {
                Lex::Unit(Unit::Weekend) => set(at + 1, "XXXX-WXX-WE".into()),
                Lex::Unit(unit) => set(at + 1, period(n, unit)),
                Lex::Weekday(d) => set(at + 1, format!("XXXX-WXX-{d}")),
                Lex::Season(s, _) => set(at + 1, format!("XXXX-{}", crate::calendar::season_code(s))),
                Lex::Part(p, _) => set(at + 1, format!("XXXX-XX-XXT{}", p.code())),
                _ => {
                    let (end, amount) = amount(self.pieces, at)?;
                    match (self.lex(end), amount.exact()) {
                        (Lex::Units(unit), Some(n)) => set(end + 1, period(n, unit)),
                        (Lex::Units(unit), None) => {
                            set(end + 1, format!("P{}X{}", t_of(unit), unit.code().trim_start_matches('T')))
                        }
                        _ => None,
                    }
                }
            };
        }
        if let Lex::Weekdays(d) = self.lex(i) {
            return set(i + 1, format!("XXXX-WXX-{d}"));
        }
        let value = match word {
            "daily" => "P1D",
            "nightly" => "XXXX-XX-XXTNI",
            "hourly" => "PT1H",
            "weekly" => "P1W",
            "monthly" => "P1M",
            "annually" | "yearly" => "P1Y",
            _ => return None,
        };
        set(i + 1, value.into())
    }

    /// "now", "currently", "recently", "the past", "the future".
    pub(crate) fn vague(&self, i: usize) -> Option<Raw> {
        let word = self.at(i)?.word();
        let make = |last, v| Some(Raw::new(i, last, Meaning::Vague(v)));
        match word {
            "now" if self.at(i)?.capital && (self.mark(i + 1, ',') || self.is(i + 1, "for")) => None,
            "now" if !self.word_before(i, &["from", "right", "just"]) || self.word_before(i, &["right", "just"]) => {
                make(i + 1, Vague::Present)
            }
            "currently" | "nowadays" | "presently" => make(i + 1, Vague::Present),
            "current" => make(i + 1, Vague::Present),
            "these" if self.is(i + 1, "days") => make(i + 2, Vague::Present),
            "at" if self.is(i + 1, "present") => make(i + 2, Vague::Present),
            "at" if self.any(i + 1, &["the", "this"])
                && self.is(i + 2, "moment")
                && self.phrase_ends(i + 3)
                && !self.is(i + 3, "of") =>
            {
                make(i + 3, Vague::Present)
            }
            "the" if self.is(i + 1, "past") && self.phrase_ends(i + 2) => make(i + 2, Vague::Past),
            "the" if self.is(i + 1, "future") => make(i + 2, Vague::Future),
            "the" if self.any(i + 1, &["near", "foreseeable", "distant", "immediate"]) && self.is(i + 2, "future") => {
                make(i + 3, Vague::Future)
            }
            "future" => make(i + 1, Vague::Future),
            "recently" | "lately" => make(i + 1, Vague::Past),
            "more" if self.is(i + 1, "recently") => make(i + 2, Vague::Past),
            _ => None,
        }
    }
}

fn t_of(unit: Unit) -> &'static str {
    if unit < Unit::Day { "T" } else { "" }
}
