//! Claims that somebody outside proposes of an article, such as a language model: each is checked against the text, and written
//! out by the same hand as those of the rules and the reader. Nothing that was coded is taken back.

use marchland_article::{Article, Span};
use marchland_claim::{
    Claim, ClaimId, Kind, Known, Mentions, Proposal, ProposedParty, Proposer, Resources, Stance, compose,
};
use marchland_place::Precision;
use marchland_reading::Pos;
use serde::{Deserialize, Serialize};

use crate::{Coded, Coder};

/// A longer quotation is no clause.
const LONGEST: usize = 600;
/// How sure a proposal from outside is. Nobody has measured it: as likely as not.
const SURE: f32 = 0.5;

/// A claim as somebody outside words it. Words are those of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The clause that says it, copied exactly.
    pub quote: String,
    /// What is said of control.
    pub kind: Kind,
    /// Who gains, holds, besieges, leaves or keeps it.
    #[serde(default)]
    pub holder: Option<String>,
    /// The other side.
    #[serde(default)]
    pub other: Option<String>,
    /// The words of the place.
    pub place: String,
    /// How it is said.
    pub stance: Stance,
    /// Told as history.
    #[serde(default)]
    pub background: bool,
}

/// What came of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was added as this claim.
    Added(ClaimId),
    /// The rules or the reader had made the same claim.
    Agrees(ClaimId),
    /// It is no claim, and why.
    Refused(&'static str),
}

/// A suggestion and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advised {
    /// What was proposed.
    pub suggestion: Suggestion,
    /// Who proposed it.
    pub model: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Claims on the same place and from the same sentence that say something else. They stay.
    pub against: Vec<ClaimId>,
}

impl Coder {
    /// Checks what a model proposes of an article and adds what holds to its claims, marked with the model's name. A proposal must
    /// quote the text, name a place in the quotation and a party of the article, and be a claim by the lights of the rules.
    pub fn advise(&self, article: &Article, coded: &mut Coded, suggestions: Vec<Suggestion>, model: &str) {
        if suggestions.is_empty() || coded.broken.is_some() {
            return;
        }
        // Where the cheap look saw no war nothing was read yet.
        if coded.actors.is_empty() && coded.places.is_empty() {
            let full = self.code_fully(article);
            *coded = Coded {
                claims: std::mem::take(&mut coded.claims),
                opinions: std::mem::take(&mut coded.opinions),
                ..full
            };
        }
        for suggestion in suggestions {
            let made = self.check(article, coded, &suggestion, model);
            let (outcome, against) = match made {
                Err(why) => (Outcome::Refused(why), vec![]),
                Ok(claim) => {
                    let against = coded.claims.iter().filter(|c| differs(c, &claim)).map(|c| c.id.clone()).collect();
                    match coded.claims.iter().find(|c| c.id == claim.id || same(c, &claim)) {
                        Some(own) => (Outcome::Agrees(own.id.clone()), against),
                        None => {
                            let id = claim.id.clone();
                            coded.claims.push(*claim);
                            (Outcome::Added(id), against)
                        }
                    }
                }
            };
            coded.advice.push(Advised { suggestion, model: model.to_owned(), outcome, against });
        }
        coded.claims.sort_by(|a, b| {
            let key = |c: &Claim| (c.evidence.trigger.start, c.place.span.start);
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
    }

    /// The claim that a suggestion makes, or why it makes none.
    fn check(
        &self,
        article: &Article,
        coded: &Coded,
        said: &Suggestion,
        model: &str,
    ) -> Result<Box<Claim>, &'static str> {
        let text = article.text.as_str();
        let quote = said.quote.trim();
        if quote.is_empty() || quote.len() > LONGEST {
            return Err("the quotation is empty or too long");
        }
        let mut found = text.match_indices(quote).map(|(at, q)| Span::new(at, at + q.len()));
        let first = found.next().ok_or("the text does not say this")?;
        // Of several places where the words stand, the first with the place in it.
        let (quote, place) = std::iter::once(first)
            .chain(found)
            .find_map(|q| place_in(article, coded, q, &said.place, self).map(|p| (q, p)))
            .ok_or("the quotation does not name the place")?;
        let (words, mention) = place;
        let party = |name: &Option<String>| {
            name.as_deref().map(str::trim).filter(|n| !n.is_empty()).map(|n| self.party(article, coded, quote, n))
        };
        let holder = match party(&said.holder) {
            Some(found) => Some(found.ok_or("the text names no such party")?),
            None if said.kind == Kind::Contested => None,
            None => return Err("nobody can say who"),
        };
        let facts = Known { gazetteer: self.gazetteer(), registry: self.registry() };
        let resources = Resources { rules: self.rules(), facts: &facts };
        let mentions = Mentions { places: &coded.places, times: &coded.times, actors: &coded.actors };
        let proposal = Proposal {
            kind: said.kind,
            stance: said.stance,
            place: mention,
            words,
            holder,
            other: party(&said.other).flatten(),
            trigger: trigger(coded, quote).ok_or("the quotation has no word")?,
            speaker: None,
            time: None,
            background: said.background,
            confidence: SURE,
        };
        let made = compose(article, &coded.reading, &mentions, &resources, &[proposal]);
        let mut claim = made.into_iter().flatten().next().ok_or("the rules of coding allow no such claim")?;
        claim.evidence.rule = format!("model {model}");
        claim.proposer = Proposer::Model;
        Ok(Box::new(claim))
    }

    /// The party of a name: its mention nearest before the end of the quotation, else after it; else a country that acts.
    fn party(&self, article: &Article, coded: &Coded, quote: Span, name: &str) -> Option<ProposedParty> {
        let far =
            |span: Span| if span.start < quote.end { (0, quote.end - span.start) } else { (1, span.start - quote.end) };
        let by_name = self.registry().lookup(name);
        let actors = coded.actors.iter().enumerate().filter(|(_, m)| {
            let known = m.actor.as_ref().map(|a| &a.id);
            same_words(m.span.of(&article.text), name)
                || known.is_some_and(|id| by_name == Some(id) || same_words(&self.registry().name(id), name))
        });
        if let Some((n, _)) = actors.min_by_key(|(n, m)| (far(m.span), *n)) {
            return Some(ProposedParty::Actor(n));
        }
        let countries = coded.places.iter().enumerate().filter(|(_, p)| p.precision == Precision::Country);
        countries
            .filter(|(_, p)| same_words(p.span.of(&article.text), name))
            .min_by_key(|(n, p)| (far(p.span), *n))
            .map(|(n, _)| ProposedParty::Country(n))
    }
}

/// The words of a place in a quotation, and the mention that they are where the place room knows them.
fn place_in(article: &Article, coded: &Coded, quote: Span, name: &str, coder: &Coder) -> Option<(Span, Option<usize>)> {
    let name = name.trim();
    let standard = |m: usize| {
        let place = coded.places[m].place.and_then(|c| coder.gazetteer().place(c.id));
        place.is_some_and(|p| same_words(p.name, name))
    };
    let inside = |m: &usize| quote.contains(coded.places[*m].span);
    let mut all = (0..coded.places.len()).filter(inside);
    let known = all.find(|&m| {
        let words = coded.places[m].span.of(&article.text);
        same_words(words, name) || (name.chars().count() > 3 && words.contains(name)) || standard(m)
    });
    if let Some(m) = known {
        return Some((coded.places[m].span, Some(m)));
    }
    let at = quote.of(&article.text).find(name).filter(|_| !name.is_empty())?;
    let start = quote.start as usize + at;
    Some((Span::new(start, start + name.len()), None))
}

/// The word that says it: of the verbs of a quotation the one that the others hang under, else its first word.
fn trigger(coded: &Coded, quote: Span) -> Option<usize> {
    let reading = &coded.reading;
    let mut inside = reading.tokens_in(quote);
    let verbs = inside.clone().filter(|&i| reading.tokens[i].pos == Pos::Verb);
    let depth = |mut i: usize| {
        let mut steps = 0;
        while reading.tokens[i].head as usize != i && steps < 64 {
            i = reading.tokens[i].head as usize;
            steps += 1;
        }
        steps
    };
    verbs.min_by_key(|&i| (depth(i), i)).or_else(|| inside.next())
}

fn same_words(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.trim().trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
    plain(a) == plain(b)
}

/// Whether stances say the same of the world: told as so, denied, not come true.
fn class(stance: Stance) -> u8 {
    match stance {
        Stance::Asserted | Stance::Claimed => 0,
        Stance::Denied => 1,
        Stance::Planned | Stance::Hypothetical => 2,
    }
}

fn one_place(a: &Claim, b: &Claim) -> bool {
    match (a.place.id, b.place.id) {
        (Some(a), Some(b)) => a == b,
        _ => a.place.name == b.place.name,
    }
}

fn one_holder(a: &Claim, b: &Claim) -> bool {
    let who =
        |c: &Claim| c.holder.as_ref().map(|h| h.actor.as_ref().map_or_else(|| h.name.clone(), ToString::to_string));
    who(a) == who(b)
}

fn same(a: &Claim, b: &Claim) -> bool {
    let sentence = a.evidence.sentence == b.evidence.sentence;
    sentence && a.kind == b.kind && one_place(a, b) && one_holder(a, b) && class(a.stance) == class(b.stance)
}

/// True where two claims of one sentence say different things of one place.
fn differs(a: &Claim, b: &Claim) -> bool {
    a.evidence.sentence == b.evidence.sentence && a.kind.is_some() && one_place(a, b) && !same(a, b)
}
