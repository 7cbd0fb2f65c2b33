//! The conflict events of an article: ACLED's word for a change of hands, and events that are no claim of control.

use std::collections::BTreeSet;

use marchland_actor::ActorId;
use marchland_article::Span;
use marchland_place::Precision as PlacePrecision;

use crate::{
    Claim, Evidence, Kind, Party, Stance,
    code::{Coder, Item},
    engine::Role,
    happening::Happening,
    losses::losses,
    phrase::PlaceHit,
    stance::{Attitude, Judge},
    when::Clock,
    words::Words,
};

/// In place of a type of ACLED's, a rule says with this that ground changes hands, whatever kind of claim it makes: the type is
/// told by who gains.
pub(crate) const CHANGE_OF_HANDS: &str = "change of hands";

/// Whether the words of an unknown party are those of a state's forces.
fn state_by_words(said: &str, words: &Words) -> Option<bool> {
    let said = said.to_lowercase();
    let has = |list: &[String]| list.iter().any(|w| said.contains(w));
    if has(&words.of_no_state) { Some(false) } else { has(&words.of_a_state).then_some(true) }
}

impl Coder<'_> {
    /// ACLED's word for it, for what is told as done.
    pub(crate) fn event(&self, item: &Item, stance: Stance) -> Option<crate::EventType> {
        if !matches!(stance, Stance::Asserted | Stance::Claimed) {
            return None;
        }
        let day = self.article.published.day();
        let country = self.country(item);
        let foreign = |a: &ActorId| country.as_deref().is_some_and(|c| self.facts.foreign(a, c));
        let state = |p: &Option<Party>| {
            let actor = p.as_ref()?.actor.as_ref()?;
            self.facts.is_state(actor, day).map(|s| s || foreign(actor) || self.facts.serves_state(actor, day))
        };
        let (text, words) = (&self.article.text, &self.rules.words);
        let state = |p: &Option<Party>| state(p).or_else(|| state_by_words(p.as_ref()?.span.of(text), words));
        let name = item.found.event.as_deref();
        if let Some(event) = name.filter(|e| *e != CHANGE_OF_HANDS) {
            return self.rules.crosswalk.event(event);
        }
        let sentence = self.tree.reading.sentences[item.sentence].span.of(&self.article.text);
        let peaceful = words.peaceful.iter().any(|p| sentence.contains(p)) || self.rule(&item.found).peaceful;
        let kind = if name.is_some() { Kind::Transfer } else { item.kind? };
        self.rules.crosswalk.of_control(kind, state(&item.holder), state(&item.other), peaceful)
    }

    /// Adds the conflict events other than claims of control: each happening once, by type and place.
    pub(crate) fn happenings(&self, judge: &Judge, claims: &mut Vec<Claim>) {
        let sentences = &self.tree.reading.sentences;
        let name = |c: &Claim| c.event.as_ref().map(|e| e.sub_event_type.clone());
        let told: BTreeSet<(u32, String)> =
            claims.iter().filter_map(|c| Some((c.evidence.sentence.start, name(c)?))).collect();
        let transfers: BTreeSet<u32> = claims
            .iter()
            .filter(|c| c.event.as_ref().is_some_and(|e| e.sub_event_type.ends_with("territory")))
            .map(|c| c.evidence.sentence.start)
            .collect();
        let mut seen = BTreeSet::new();
        for happening in self.rules.events.find(self.tree) {
            let rule = &self.rules.events.rules[happening.rule];
            let n = happening.sentence;
            let beside = (n.saturating_sub(1)..=n + 1)
                .filter_map(|k| sentences.get(k))
                .any(|s| transfers.contains(&s.span.start));
            if (beside && self.rules.words.within_change.contains(&rule.name))
                || told.contains(&(sentences[n].span.start, rule.name.clone()))
                || self.no_news(happening.trigger).is_some()
            {
                continue;
            }
            let attitude = judge.attitude(happening.trigger, false);
            // "agreed on a ceasefire", "threatened with arrest": what stands above a noun is no plan of it.
            let told = matches!(attitude.stance(), Stance::Asserted | Stance::Claimed);
            if attitude.denied || (!told && self.tree.is_verb(happening.trigger)) {
                continue;
            }
            let attitude = Attitude { planned: false, hypothetical: false, failed: false, ..attitude };
            let Some(claim) = self.happening(&happening, &attitude) else { continue };
            let whereabouts = claim.place.id.map_or_else(|| claim.place.name.clone(), |i| i.to_string());
            if seen.insert((rule.name.clone(), whereabouts)) {
                claims.push(claim);
            }
        }
    }

    /// One event as a claim without a kind: who did it, to whom, where and when, as far as its sentence says.
    fn happening(&self, happening: &Happening, attitude: &Attitude) -> Option<Claim> {
        let rule = &self.rules.events.rules[happening.rule];
        let reading = self.tree.reading;
        let at = &reading.sentences[happening.sentence];
        let (first, last) = (at.first as usize, at.last as usize);
        let party = |from: usize, to: usize| {
            let mention = (from..to).find_map(|i| self.index.actor(i))?;
            self.party(Role::Actor(mention)).filter(|p| p.actor.is_some())
        };
        let holder = party(first, happening.trigger);
        let other =
            party(happening.trigger + 1, last).filter(|o| holder.as_ref().is_none_or(|h: &Party| h.actor != o.actor));
        let hit = self.place_of_event(happening.sentence, happening.trigger);
        let place = self.place(hit.as_ref(), happening.trigger);
        let stance = attitude.stance();
        let trigger = reading.tokens[happening.trigger].span;
        let clock = Clock { article: self.article, tree: self.tree, times: self.mentions.times };
        let lost = losses(self.tree, first, last);
        Some(Claim {
            id: self.id(&rule.name, trigger, &holder, &place, stance),
            kind: None,
            event: Some(self.rules.crosswalk.event(&rule.name)?),
            speaker: self.speaker(attitude, None, holder.as_ref(), other.as_ref()),
            time: clock.time_of(happening.trigger, happening.sentence, None),
            evidence: Evidence {
                article: self.article.digest.clone(),
                sentence: at.span,
                clause: self.clause(happening.trigger, None, trigger, at.span),
                trigger,
                rule: format!("event: {}", rule.name),
            },
            confidence: 0.5,
            holder,
            other,
            place,
            stance,
            background: false,
            proposer: crate::Proposer::Rules,
            aggregate: None,
            fatalities: lost.killed,
            injured: lost.injured,
            displaced: lost.displaced,
        })
    }

    /// Where an event was: the place in its sentence nearest to its words, a town before a country; else the place spoken of.
    pub(crate) fn place_of_event(&self, sentence: usize, trigger: usize) -> Option<PlaceHit> {
        let at = &self.tree.reading.sentences[sentence];
        let mut best: Option<(bool, usize, usize, usize)> = None;
        for i in at.first as usize..at.last as usize {
            let Some(m) = self.index.place(i).filter(|_| self.index.actor(i).is_none()) else { continue };
            let wide = self.index.places[m].precision == PlacePrecision::Country;
            let key = (wide, i.abs_diff(trigger), m, i);
            if best.is_none_or(|b| key < b) {
                best = Some(key);
            }
        }
        let (_, _, m, token) = best?;
        let toponym = &self.index.places[m];
        Some(PlaceHit {
            mention: Some(m),
            span: toponym.span,
            token,
            part: toponym.part.as_ref().map(|p| p.name.clone()),
            near: toponym.precision == PlacePrecision::Near,
            sure: true,
        })
    }
}

/// A fight for a place that changes hands, and the withdrawal that lets it, are one event with the change: who tells of all three
/// tells of one happening. A change after a withdrawal was no battle.
pub(crate) fn one_event_a_change(claims: &mut [Claim], crosswalk: &crate::event::Crosswalk) {
    let real = |c: &Claim| matches!(c.stance, Stance::Asserted | Stance::Claimed);
    let facts: Vec<(Option<Kind>, Span, Option<String>, bool)> = claims
        .iter()
        .map(|c| {
            let place = c.place.id.map(|i| i.to_string()).or_else(|| Some(c.place.name.clone()));
            let change = c
                .event
                .as_ref()
                .is_some_and(|e| e.sub_event_type.ends_with("territory") && c.kind != Some(Kind::Withdrawal));
            (c.kind, c.evidence.sentence, place.filter(|p| !p.is_empty()), change && real(c))
        })
        .collect();
    for n in 0..claims.len() {
        let (kind, sentence, place, change) = facts[n].clone();
        let beside = |other: &(Option<Kind>, Span, Option<String>, bool)| {
            other.1 == sentence || (other.2.is_some() && other.2 == place)
        };
        match kind {
            Some(Kind::Contested | Kind::Repelled | Kind::Withdrawal)
                if !change && facts.iter().any(|f| f.3 && beside(f)) =>
            {
                claims[n].event = None;
            }
            Some(Kind::Transfer) if change => {
                let left = facts
                    .iter()
                    .enumerate()
                    .any(|(k, f)| f.0 == Some(Kind::Withdrawal) && f.2.is_some() && f.2 == place && real(&claims[k]));
                if left {
                    claims[n].event = crosswalk.event("Non-violent transfer of territory");
                }
            }
            _ => {}
        }
    }
}
