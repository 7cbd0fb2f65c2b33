//! Who says it: the words of the speaker, his role, the party that he speaks for and what it gains by it.

use marchland_actor::ActorId;
use marchland_reading::{Dep, Tag};

use crate::{Interest, Kind, Party, Speaker, Stance, code::Coder, stance::Attitude};

/// How many sentences back "he" or "it" may point.
const REACH: usize = 3;

impl Coder<'_> {
    /// The party for which the noun of a speaker speaks.
    pub(crate) fn speaker_party(&self, token: usize) -> Option<ActorId> {
        let t = self.tree;
        let (low, high) = t.reach(token);
        let own = self.index.actor(token);
        let near = (low..=high.min(low + 30)).find_map(|i| self.index.actor(i));
        own.or(near).and_then(|a| self.index.actors[a].actor.as_ref()).map(|r| r.id.clone())
    }

    /// For a pronoun ("he said"): the noun of whom it means, as far as the sentences before tell; else the token itself.
    fn named_before(&self, token: usize) -> usize {
        let t = self.tree;
        if !matches!(t.tag(token), Tag::Prp | Tag::PrpS) {
            return token;
        }
        let word = t.word(token).to_ascii_lowercase();
        let person = matches!(word.as_str(), "he" | "she" | "him" | "her" | "his");
        if !person && !matches!(word.as_str(), "it" | "they" | "them" | "its" | "their") {
            return token;
        }
        let Some(at) = t.reading.sentence_of(token) else { return token };
        let here = &t.reading.sentences[at];
        let meant = self.index.actor(token).and_then(|a| self.index.actors[a].actor.as_ref()).map(|r| &r.id);
        for n in (at.saturating_sub(REACH)..=at).rev() {
            let sentence = &t.reading.sentences[n];
            // A pronoun of the sentence at hand means somebody of another clause before it.
            let last = if n == at { token } else { sentence.last as usize };
            let tokens = sentence.first as usize..last.min(t.reading.tokens.len());
            let noun = |i: usize| !matches!(t.tag(i), Tag::Prp | Tag::PrpS) && t.is_noun(i);
            let found = if person {
                // Who spoke last: "X told reporters. He said ...".
                tokens.rev().find_map(|v| {
                    let says = t.is_verb(v) && self.rules.words.say.contains(&t.lemma(v));
                    let who = t.subject(v).filter(|_| says)?;
                    (noun(who) && who < token && (self.index.person(who) || t.tag(who) == Tag::Nn)).then_some(who)
                })
            } else {
                tokens.rev().find(|&i| {
                    let actor = self.index.actor(i).and_then(|a| self.index.actors[a].actor.as_ref());
                    let head = t.head(i);
                    // The head of the words of the same party.
                    let inner =
                        head != i && self.index.actor(head).is_some() && self.index.actor(head) == self.index.actor(i);
                    noun(i) && !inner && meant.is_some_and(|m| actor.is_some_and(|r| r.id == *m))
                })
            };
            if let Some(found) = found {
                return found;
            }
            if sentence.block != here.block {
                break;
            }
        }
        token
    }

    pub(crate) fn speaker(
        &self,
        attitude: &Attitude,
        kind: Option<Kind>,
        holder: Option<&Party>,
        other: Option<&Party>,
    ) -> Option<Speaker> {
        let t = self.tree;
        let token = self.named_before(attitude.speaker?);
        let tokens = &t.reading.tokens;
        let text = &self.article.text;
        let words = self.noun_span(token);
        let mut span = words;
        // "a spokesman for the Taliban", "a resident of Taloqan".
        for k in t.kids(token).filter(|&k| t.dep(k) == Dep::Prep && k > token) {
            let (_, high) = t.reach(k);
            if tokens[high].span.end.saturating_sub(span.start) < 120
                && !t.kids(k).any(|p| t.kids(p).any(|q| t.dep(q) == Dep::Relcl))
            {
                span = span.cover(tokens[high].span);
            }
        }
        let role = t.kids(token).find(|&k| t.dep(k) == Dep::Appos).map(|k| {
            let (low, high) = t.reach(k);
            tokens[low].span.cover(tokens[high].span).of(text).to_owned()
        });
        let party = self.speaker_party(token);
        let interest = interest(kind, holder, other, party.as_ref(), attitude.stance(), |a, b| self.allied(a, b));
        Some(Speaker { span, name: span.of(text).to_owned(), role, party, interest })
    }
}

/// Whose interest a statement serves: the speaker's own side gains by it, loses by it, or is no side.
fn interest(
    kind: Option<Kind>,
    holder: Option<&Party>,
    other: Option<&Party>,
    speaker: Option<&ActorId>,
    stance: Stance,
    allied: impl Fn(&ActorId, &ActorId) -> bool,
) -> Interest {
    let Some(speaker) = speaker else { return Interest::ThirdParty };
    let is = |party: Option<&Party>| party.and_then(|p| p.actor.as_ref()).is_some_and(|a| allied(a, speaker));
    let (own, theirs) = (is(holder), is(other));
    // Who withdraws loses; a denial turns the interest round.
    let gains = match kind {
        Some(Kind::Withdrawal) => !own && theirs,
        _ => own,
    };
    let loses = match kind {
        Some(Kind::Withdrawal) => own,
        _ => theirs && !own,
    };
    match (gains, loses, stance == Stance::Denied) {
        (true, _, false) | (_, true, true) => Interest::SelfServing,
        (_, true, false) | (true, _, true) => Interest::AgainstInterest,
        _ => Interest::ThirdParty,
    }
}
