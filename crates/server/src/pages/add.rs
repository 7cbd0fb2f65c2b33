//! Adding a claim that the coder did not find: a sentence of the article is marked, and what it says is filled in.

use marchland_article::{Article, Span};
use marchland_claim::{Claim, ClaimId, ClaimPlace, ClaimTime, Evidence, Interest, Proposer, Speaker, Stance};
use marchland_ledger::{Judgement, Target, Verdict};
use marchland_place::Precision;
use marchland_words::Tongue;
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::edit::{KINDS, STANCES, actors, choice, claim_place, day, in_order, party, place};
use crate::ask::Ask;
use crate::forms::{value, word};
use crate::problem::Problem;
use crate::routes::Reply;
use crate::said::said;
use crate::view::View;
use crate::world::World;

/// The rule that claims of analysts bear.
pub(crate) const BY_HAND: &str = "by hand";

const INTERESTS: [Interest; 3] = [Interest::ThirdParty, Interest::SelfServing, Interest::AgainstInterest];

/// The form on the page of an article. The script fills the words in when a sentence is selected.
pub(super) fn add_form(t: Tongue, world: &World, article: &Article, author: &str) -> Markup {
    html! {
        details #add {
            summary { (t.say("add-title")) }
            form.judge method="post" action="/claim" {
                input type="hidden" name="article" value=(article.digest);
                input #add-before type="hidden" name="before";
                p.quiet { (t.say("add-how")) }
                p { label for="add-quote" { (t.say("add-sentence")) } textarea #add-quote name="quote" rows="3" required dir="auto" {} }
                p { label { (t.say("field-place")) " " input type="text" name="place" required placeholder=(t.say("name-or-id")); } " " (choice(t, "kind", &KINDS, None)) }
                p { label { (t.say("field-holder")) " " input type="text" name="holder" list="actors"; } " " label { (t.say("field-other")) " " input type="text" name="other" list="actors"; } }
                (actors(world))
                p { label { (t.say("field-from")) " " input type="date" name="valid_from" value=[article.published.day()]; } " " label { (t.say("field-to")) " " input type="date" name="valid_to"; } " " (choice(t, "stance", &STANCES, None)) }
                p { label { (t.say("field-speaker")) " " input type="text" name="speaker" placeholder=(t.say("speaker-empty")); } " " (choice(t, "interest", &INTERESTS, None)) }
                p { label { (t.say("your-name")) " " input #author type="text" name="author" required value=(author) autocomplete="name"; } " " label { (t.say("reason")) " " input type="text" name="reason" placeholder=(t.say("reason-empty")); } }
                button type="submit" { (t.say("add-button")) }
            }
        }
    }
}

/// `POST /claim`.
pub(crate) fn add(world: &World, ask: &Ask) -> Result<Reply, Problem> {
    let digest = ask.need("article")?.to_owned();
    let entry = world.ledger().article(&digest)?.ok_or_else(|| Problem::no_article(&digest))?;
    let text = &entry.article.text;
    let span = find(text, ask.need("quote")?, ask.field("before").unwrap_or(""))
        .ok_or_else(|| Problem::Bad(said!("problem-quote")))?;
    let claim = claim(world, ask, &digest, text, span)?;
    let id = claim.id.clone();
    let author = ask.need("author")?.to_owned();
    let judgement = Judgement {
        target: Target::Claim { article: digest.clone(), claim: id.clone() },
        verdict: Verdict::Add { claim: Box::new(claim) },
        author,
        at: world.clock(),
        reason: ask.field("reason").unwrap_or("").to_owned(),
    };
    if world.ledger().claim(&id)?.is_some() {
        return Err(Problem::Conflict(said!("problem-added-before")));
    }
    world.ledger().judge(&judgement)?;
    world.reload()?;
    let view = View { claim: Some(id.clone()), ..View::default() };
    Ok(Reply::see(format!("{}#claim-{}", view.at(&format!("/article/{digest}")), id.0)))
}

fn claim(world: &World, ask: &Ask, digest: &str, text: &str, span: Span) -> Result<Claim, Problem> {
    let field = |name: &str| ask.field(name).unwrap_or("");
    let kind = value("kind", field("kind"))?;
    let stance: Stance = value("stance", field("stance"))?;
    let country = world.now()?.countries.first().map(|c| c.0.clone());
    let (found, alternatives) = place(world, field("place"), country.as_deref())?;
    let within = |words: &str| within(text, span, words);
    let at = within(field("place")).or_else(|| within(&found.name)).unwrap_or(span);
    let whom = |name: &str| ask.field(name).map(|w| party(world, name, w, within(w).unwrap_or(span))).transpose();
    let (holder, other) = (whom("holder")?, whom("other")?);
    let (valid_from, valid_to) = (day(ask, "valid_from")?, day(ask, "valid_to")?);
    in_order(valid_from, valid_to)?;
    let speaker = match ask.field("speaker") {
        None => None,
        Some(name) => Some(Speaker {
            span: within(name).unwrap_or(span),
            name: name.to_owned(),
            role: None,
            party: None,
            interest: value("interest", field("interest"))?,
        }),
    };
    let unplaced = ClaimPlace {
        id: None,
        span: at,
        name: String::new(),
        country: None,
        admin1: None,
        lat: None,
        lon: None,
        feature: None,
        precision: Precision::Exact,
        score: 1.0,
        alternatives: Vec::new(),
        part: None,
    };
    let mut hash = Sha256::new();
    let who = |p: &Option<marchland_claim::Party>| p.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    hash.update(format!(
        "{BY_HAND}\u{1f}{digest}\u{1f}{}-{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{}\u{1f}{valid_from:?}",
        span.start,
        span.end,
        word(&kind),
        word(&stance),
        who(&holder),
        who(&other),
        found.id
    ));
    Ok(Claim {
        id: ClaimId(hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()),
        kind: Some(kind),
        event: None,
        holder,
        other,
        place: claim_place(unplaced, found, alternatives),
        time: ClaimTime { valid_from, valid_to, span: None, precision: None, inferred: false },
        stance,
        speaker,
        background: false,
        aggregate: None,
        fatalities: None,
        injured: None,
        displaced: None,
        evidence: Evidence {
            article: digest.to_owned(),
            sentence: span,
            clause: span,
            trigger: span,
            rule: BY_HAND.to_owned(),
        },
        proposer: Proposer::Analyst,
        confidence: 1.0,
    })
}

/// Where words stand in a text, however the white space between them was broken; where they stand more than once, the
/// place whose text before ends like `before`.
fn find(text: &str, words: &str, before: &str) -> Option<Span> {
    let (packed, places) = pack(text);
    let (wanted, _) = pack(words);
    let (wanted, before) = (wanted.trim(), pack(before).0);
    if wanted.is_empty() {
        return None;
    }
    let before = before.trim_end();
    let mut found: Option<(usize, usize)> = None;
    for (at, _) in packed.match_indices(wanted) {
        let same = packed[..at].trim_end().chars().rev().zip(before.chars().rev()).take_while(|(a, b)| a == b).count();
        if found.is_none_or(|(best, _)| same > best) {
            found = Some((same, at));
        }
    }
    let (_, at) = found?;
    let last = wanted.chars().next_back()?;
    let end = places.get(at + wanted.len() - last.len_utf8())? + last.len_utf8();
    Some(Span::new(*places.get(at)?, end))
}

/// A text with each stretch of white space as one space, and for each byte of it where it stood.
fn pack(text: &str) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
                places.push(at);
            }
        } else {
            out.push(c);
            places.extend((0..c.len_utf8()).map(|n| at + n));
        }
    }
    (out, places)
}

/// Where words stand within a stretch of the text.
fn within(text: &str, span: Span, words: &str) -> Option<Span> {
    let start = span.of(text).find(words).filter(|_| !words.is_empty())? + span.start as usize;
    Some(Span::new(start, start + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, before: &str, found: Option<&str>) {
        let span = find(text, words, before);
        assert_eq!(span.map(|s| s.of(text)), found, "{words:?} in {text:?}");
    }

    #[test]
    fn words_are_found_as_they_stand() {
        check("They\n  took Kébir. They left.", "They took Kébir.", "", Some("They\n  took Kébir."));
        check("Kébir fell.", "Kébir stood", "", None);
        check("Kébir fell.", "  ", "", None);
        let twice = "On Monday it fell. On Friday it fell.";
        let span = find(twice, "it fell.", "On Friday").unwrap();
        assert_eq!((span.start, span.of(twice)), (29, "it fell."));
    }
}
