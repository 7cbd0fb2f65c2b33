//! Claims, reasons and days in plain words.

use jiff::civil::Date;
use marchland_article::Published;
use marchland_atlas::{Lookup, day_words};
use marchland_claim::{Claim, Interest, Kind, Party, Stance};
use marchland_control::{Reason, ReasonKind};
use marchland_ledger::ClaimEntry;

/// Who is meant, by standard name where known, else in the text's words.
pub(crate) fn party(lookup: &dyn Lookup, party: Option<&Party>) -> Option<String> {
    party.map(|p| p.actor.as_ref().map_or_else(|| p.name.clone(), |id| lookup.actor_name(id)))
}

/// "Taliban took Kunduz from Afghan government".
pub(crate) fn claim(lookup: &dyn Lookup, claim: &Claim) -> String {
    let place = claim
        .place
        .part
        .as_ref()
        .map_or_else(|| claim.place.name.clone(), |part| format!("{} ({part})", claim.place.name));
    let who = party(lookup, claim.holder.as_ref()).unwrap_or_else(|| "an unknown party".to_owned());
    let other = party(lookup, claim.other.as_ref());
    let from = |word: &str| other.as_ref().map(|o| format!(" {word} {o}")).unwrap_or_default();
    if let Some(total) = &claim.aggregate {
        let of = total.of.map(|n| format!(" of {n}")).unwrap_or_default();
        return format!("{who}: {}{of} {}", total.count, total.unit);
    }
    match claim.kind {
        Some(Kind::Transfer) => format!("{who} took {place}{}", from("from")),
        Some(Kind::Holds) => format!("{who} held {place}"),
        Some(Kind::Contested) => format!("{place} was contested"),
        Some(Kind::Besieged) => format!("{who} besieged {place}"),
        Some(Kind::Withdrawal) => format!("{who} left {place}"),
        Some(Kind::Repelled) => format!("{who} kept {place} against an attack{}", from("by")),
        None => match &claim.event {
            Some(event) => format!("{}: {place}", event.sub_event_type),
            None => format!("Something at {place}"),
        },
    }
}

/// How it is said: "asserted by the writer", "claimed by a Taliban spokesman, in its own interest".
pub(crate) fn manner(claim: &Claim) -> String {
    let stance = match claim.stance {
        Stance::Asserted => "stated",
        Stance::Claimed => "claimed",
        Stance::Denied => "denied",
        Stance::Planned => "planned",
        Stance::Hypothetical => "supposed",
    };
    match &claim.speaker {
        None => format!("{stance} by the writer"),
        Some(speaker) => {
            let role = speaker
                .role
                .as_ref()
                .filter(|r| !r.is_empty() && !speaker.name.contains(r.as_str()))
                .map(|r| format!(", {r}"))
                .unwrap_or_default();
            let interest = match speaker.interest {
                Interest::SelfServing => "in the speaker's own interest",
                Interest::AgainstInterest => "against the speaker's own interest",
                Interest::ThirdParty => "by a third party",
            };
            format!("{stance} by {}{role} ({interest})", speaker.name)
        }
    }
}

/// The days of which a claim speaks.
pub(crate) fn days(claim: &Claim) -> String {
    let inferred = if claim.time.inferred { " (from the publication day)" } else { "" };
    match (claim.time.valid_from, claim.time.valid_to) {
        (None, None) => "on a day that cannot be told".to_owned(),
        (Some(a), Some(b)) if a == b => format!("on {}{inferred}", day_words(a)),
        (Some(a), Some(b)) => format!("from {} to {}{inferred}", day_words(a), day_words(b)),
        (Some(a), None) => format!("from {} on{inferred}", day_words(a)),
        (None, Some(b)) => format!("until {}{inferred}", day_words(b)),
    }
}

/// When it was printed and when we read it.
pub(crate) fn clocks(entry: &ClaimEntry) -> String {
    let published =
        entry.published.map_or_else(|| "publication day unknown".to_owned(), |d| format!("published {}", day_words(d)));
    format!("{published}, read {}", entry.read_at.strftime("%Y-%m-%d %H:%M UTC"))
}

/// The publication day, and how we know it.
pub(crate) fn published(published: &Published) -> String {
    match published {
        Published::Given { day } => format!("{} (given)", day_words(*day)),
        Published::Read { day, from } => format!("{} (read from the page: {from})", day_words(*day)),
        Published::Unknown => "unknown: nobody said, and the page does not".to_owned(),
    }
}

/// A reason without a claim.
pub(crate) fn reason(reason: &Reason) -> &'static str {
    match reason.kind {
        ReasonKind::Prior => "Where the calculation starts",
        ReasonKind::Drift => "What the passing of days did",
        ReasonKind::Report => "A report",
    }
}

/// "on that day", "3 days before", "2 days later"; months and years where days say nothing.
pub(crate) fn ago(then: Date, on: Date) -> String {
    let days = days_between(then, on);
    let (n, unit) = match days.abs() {
        0 => return "on that day".to_owned(),
        n @ 1..=90 => (n, "day"),
        n @ 91..=730 => (n / 30, "month"),
        n => (n / 365, "year"),
    };
    format!("{n} {unit}{} {}", if n == 1 { "" } else { "s" }, if days > 0 { "before" } else { "later" })
}

/// Whole days from one to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn long_times_are_told_in_long_units() {
        let on = date(2021, 8, 15);
        let check = |then, words: &str| assert_eq!(ago(then, on), words);
        check(on, "on that day");
        check(date(2021, 8, 14), "1 day before");
        check(date(2021, 8, 17), "2 days later");
        check(date(2021, 4, 1), "4 months before");
        check(date(2002, 1, 4), "19 years before");
    }
}
