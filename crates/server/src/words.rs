//! Claims, reasons and days in plain words of a language.

use jiff::civil::Date;
use marchland_article::{CutReason, Published};
use marchland_atlas::Lookup;
use marchland_claim::{Claim, Interest, Kind, Party, Stance};
use marchland_control::{Reason, ReasonKind};
use marchland_ledger::{ClaimEntry, VerdictKind};
use marchland_words::{Tongue, say};
use serde::Serialize;

use crate::forms::word;

/// Who is meant, by standard name where known, else in the text's words.
pub(crate) fn party(lookup: &dyn Lookup, party: Option<&Party>) -> Option<String> {
    party.map(|p| p.actor.as_ref().map_or_else(|| p.name.clone(), |id| lookup.actor_name(id)))
}

/// "Taliban took Kunduz from Afghan government".
pub(crate) fn claim(tongue: Tongue, lookup: &dyn Lookup, claim: &Claim) -> String {
    let name = claim.place.name.as_str();
    let place = match &claim.place.part {
        Some(part) => say!(tongue, "claim-part", place = name, part = part.as_str()),
        None => name.to_owned(),
    };
    let who = party(lookup, claim.holder.as_ref()).unwrap_or_else(|| tongue.say("claim-unknown-party"));
    let other = party(lookup, claim.other.as_ref());
    if let Some(total) = &claim.aggregate {
        let (count, unit) = (total.count, total.unit.as_str());
        return match total.of {
            Some(of) => say!(tongue, "claim-aggregate-of", who = who, count = count, of = of, unit = unit),
            None => say!(tongue, "claim-aggregate", who = who, count = count, unit = unit),
        };
    }
    match (claim.kind, other) {
        (Some(Kind::Transfer), Some(other)) => {
            say!(tongue, "claim-transfer-from", who = who, place = place, other = other)
        }
        (Some(Kind::Transfer), None) => say!(tongue, "claim-transfer", who = who, place = place),
        (Some(Kind::Holds), _) => say!(tongue, "claim-holds", who = who, place = place),
        (Some(Kind::Contested), _) => say!(tongue, "claim-contested", place = place),
        (Some(Kind::Besieged), _) => say!(tongue, "claim-besieged", who = who, place = place),
        (Some(Kind::Withdrawal), _) => say!(tongue, "claim-withdrawal", who = who, place = place),
        (Some(Kind::Repelled), Some(other)) => {
            say!(tongue, "claim-repelled-by", who = who, place = place, other = other)
        }
        (Some(Kind::Repelled), None) => say!(tongue, "claim-repelled", who = who, place = place),
        (None, _) => match &claim.event {
            Some(event) => say!(tongue, "claim-event", event = event.sub_event_type.to_string(), place = place),
            None => say!(tongue, "claim-something", place = place),
        },
    }
}

/// How it is said: "stated by the writer", "claimed by a Taliban spokesman (in the speaker's own interest)".
pub(crate) fn manner(tongue: Tongue, claim: &Claim) -> String {
    let who = match &claim.speaker {
        None => tongue.say("who-writer"),
        Some(speaker) => {
            let role = speaker.role.as_deref().filter(|r| !r.is_empty() && !speaker.name.contains(r));
            let name = match role {
                Some(role) => say!(tongue, "who-role", name = speaker.name.as_str(), role = role),
                None => speaker.name.clone(),
            };
            let interest = match speaker.interest {
                Interest::SelfServing => "who-self_serving",
                Interest::AgainstInterest => "who-against_interest",
                Interest::ThirdParty => "who-third_party",
            };
            say!(tongue, interest, name = name)
        }
    };
    let said = match claim.stance {
        Stance::Asserted => "manner-asserted",
        Stance::Claimed => "manner-claimed",
        Stance::Denied => "manner-denied",
        Stance::Planned => "manner-planned",
        Stance::Hypothetical => "manner-hypothetical",
    };
    say!(tongue, said, who = who)
}

/// The days of which a claim speaks.
pub(crate) fn days(tongue: Tongue, claim: &Claim) -> String {
    let day = |d| tongue.day(d);
    let days = match (claim.time.valid_from, claim.time.valid_to) {
        (None, None) => return tongue.say("days-none"),
        (Some(a), Some(b)) if a == b => say!(tongue, "days-on", from = day(a)),
        (Some(a), Some(b)) => say!(tongue, "days-from-to", from = day(a), to = day(b)),
        (Some(a), None) => say!(tongue, "days-from", from = day(a)),
        (None, Some(b)) => say!(tongue, "days-until", to = day(b)),
    };
    if claim.time.inferred { say!(tongue, "days-inferred", days = days) } else { days }
}

/// When it was printed and when we read it.
pub(crate) fn clocks(tongue: Tongue, entry: &ClaimEntry) -> String {
    let moment = tongue.moment(entry.read_at);
    match entry.published {
        Some(day) => say!(tongue, "clocks", day = tongue.day(day), moment = moment),
        None => say!(tongue, "clocks-undated", moment = moment),
    }
}

/// The publication day, and how we know it.
pub(crate) fn published(tongue: Tongue, published: &Published) -> String {
    match published {
        Published::Given { day } => say!(tongue, "published-given", day = tongue.day(*day)),
        Published::Read { day, from } => {
            say!(tongue, "published-read", day = tongue.day(*day), from = from.to_string())
        }
        Published::Unknown => tongue.say("published-unknown"),
    }
}

/// A reason without a claim.
pub(crate) fn reason(tongue: Tongue, reason: &Reason) -> String {
    tongue.say(match reason.kind {
        ReasonKind::Prior => "reason-prior",
        ReasonKind::Drift => "reason-drift",
        ReasonKind::Report => "reason-report",
    })
}

/// Why a stretch of an article was cut.
pub(crate) fn cut(tongue: Tongue, reason: CutReason) -> String {
    tongue.say(&format!("cut-{}", reason.words().replace(' ', "-")))
}

/// What an analyst said.
pub(crate) fn verdict(tongue: Tongue, kind: VerdictKind) -> String {
    tongue.say(&format!("verdict-{}", kind.word()))
}

/// A word of the vocabulary ("transfer" of the family "kind").
pub(crate) fn of<T: Serialize>(tongue: Tongue, family: &str, value: &T) -> String {
    tongue.say(&format!("{family}-{}", word(value)))
}

/// "on that day", "3 days before", "2 days later".
pub(crate) fn ago(tongue: Tongue, then: Date, on: Date) -> String {
    tongue.ago(days_between(then, on))
}

/// Whole days from one to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |s| s.get_days())
}
