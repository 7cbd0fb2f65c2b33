//! [`code`]: an article with its reading and mentions to claims.

use std::collections::BTreeSet;

use marchland_actor::{ActorId, ActorMention};
use marchland_article::{Article, BlockKind, CutReason, Span};
use marchland_place::{Precision as PlacePrecision, Toponym};
use marchland_reading::{Dep, Reading};
use marchland_time::TimeExpression;
use sha2::{Digest, Sha256};

use crate::{
    Claim, ClaimId, ClaimPlace, Evidence, Kind, Party, Rules, Stance,
    engine::{self, Found, Role},
    events::one_event_a_change,
    facts::Facts,
    infer::{Parties, Sense, Sides},
    losses::losses,
    phrase::{Index, Phrases, PlaceHit},
    quote::Quotes,
    stance::{Attitude, Judge},
    supply::Supply,
    tree::Tree,
    war,
    when::{self, Clock},
};

/// The mentions of an article, as the rooms before this one found them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mentions<'m> {
    /// Places.
    pub places: &'m [Toponym],
    /// Times.
    pub times: &'m [TimeExpression],
    /// Actors.
    pub actors: &'m [ActorMention],
}

/// What coding knows beside the article.
#[derive(Clone, Copy)]
pub struct Resources<'r> {
    /// The rules.
    pub rules: &'r Rules,
    /// Places and actors.
    pub facts: &'r dyn Facts,
}

/// What was found in an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coded {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What was seen and left out, for people.
    pub notes: Vec<Note>,
}

/// Why something that looked like a claim is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub span: Span,
    /// Which rule matched.
    pub rule: String,
    /// Why there is no claim.
    pub why: &'static str,
}

/// A match with all that inference needs.
#[derive(Clone)]
pub(crate) struct Item {
    pub found: Found,
    pub attitude: Attitude,
    pub sentence: usize,
    pub kind: Option<Kind>,
    pub holder: Option<Party>,
    pub other: Option<Party>,
    pub weight: f32,
}

/// Codes an article. Pure: the same input gives the same claims, byte for byte. Never fails: what it cannot use
/// becomes a [`Note`].
#[must_use]
pub fn code(article: &Article, reading: &Reading, mentions: &Mentions, resources: &Resources) -> Coded {
    let mut coded = Coded::default();
    if reading.tokens.is_empty() || reading.sentences.is_empty() {
        return coded;
    }
    let tree = Tree::new(reading, &article.text);
    let index = Index::new(reading, mentions.places, mentions.actors);
    let words = &resources.rules.words;
    let signs = war::signs(&tree, &index, words, resources.facts);
    if !signs.conflict {
        return coded;
    }
    let supply = Supply::new(&tree, &index, words, &article.text);
    let phrases = Phrases { tree: &tree, index: &index, words, supply: &supply };
    let quotes = Quotes::new(article);
    let judge = Judge { tree: &tree, words, quotes: &quotes };
    let coder = Coder { article, tree: &tree, index: &index, mentions, facts: resources.facts, rules: resources.rules };

    let mut items: Vec<Item> = Vec::new();
    let matches = if signs.war { engine::run(resources.rules, &phrases) } else { vec![] };
    for found in matches {
        let Some(sentence) = reading.sentence_of(found.trigger) else { continue };
        if let Some(why) = coder.unfit(&found) {
            coded.notes.push(Note {
                span: reading.tokens[found.trigger].span,
                rule: coder.rule(&found).id.clone(),
                why,
            });
            continue;
        }
        let pattern = &coder.rule(&found).patterns[found.pattern as usize];
        let mut attitude = judge.attitude(found.trigger, pattern.presupposed);
        match pattern.stance {
            Some(Stance::Planned) => attitude.planned = true,
            Some(Stance::Denied) => attitude.denied = true,
            Some(Stance::Hypothetical) => attitude.hypothetical = true,
            Some(Stance::Claimed) => attitude.claimed = true,
            Some(Stance::Asserted) | None => {}
        }
        let holder = coder.party(found.holder);
        let other = coder.party(found.other);
        items.push(Item { kind: found.kind, weight: found.weight, sentence, holder, other, attitude, found });
    }
    coder.settle(&mut items);
    let denied = coder.denials(&items);
    items.extend(denied);
    let mut seen = BTreeSet::new();
    for item in items {
        if let Some(why) = coder.useless(&item) {
            coded.notes.push(Note {
                span: reading.tokens[item.found.trigger].span,
                rule: coder.rule(&item.found).id.clone(),
                why,
            });
            continue;
        }
        let claim = coder.claim(&item);
        if seen.insert(claim.id.clone()) {
            coded.claims.push(claim);
        }
    }
    drop_weaker(&mut coded.claims);
    one_event_a_change(&mut coded.claims, &resources.rules.crosswalk);
    if signs.told {
        coder.happenings(&judge, &mut coded.claims);
    }
    when::background(&mut coded.claims, mentions.times, article.published.day());
    coded.claims.sort_by(|a, b| {
        (a.evidence.trigger.start, a.place.span.start, &a.id).cmp(&(
            b.evidence.trigger.start,
            b.place.span.start,
            &b.id,
        ))
    });
    coded
}

/// One clause can start several rules: of claims of one kind on one place in one sentence the surer stays.
fn drop_weaker(claims: &mut Vec<Claim>) {
    let keys: Vec<_> = claims
        .iter()
        .map(|c| {
            (
                c.evidence.sentence,
                c.kind,
                c.place.id,
                c.place.name.clone(),
                c.holder.as_ref().map(|h| h.name.clone()),
                c.stance,
                c.place.part.clone(),
            )
        })
        .collect();
    let mut keep = vec![true; claims.len()];
    for i in 0..claims.len() {
        for j in 0..claims.len() {
            let same = i != j && keys[i] == keys[j] && claims[i].place.span == claims[j].place.span;
            let weaker =
                claims[i].confidence < claims[j].confidence || (claims[i].confidence == claims[j].confidence && i > j);
            if same && weaker && keep[j] {
                keep[i] = false;
            }
        }
    }
    let mut at = 0;
    claims.retain(|_| {
        at += 1;
        keep[at - 1]
    });
}

/// What writes claims out.
pub(crate) struct Coder<'a> {
    pub article: &'a Article,
    pub tree: &'a Tree<'a>,
    pub index: &'a Index<'a>,
    pub mentions: &'a Mentions<'a>,
    pub facts: &'a dyn Facts,
    pub rules: &'a Rules,
}

impl Coder<'_> {
    pub(crate) fn rule(&self, found: &Found) -> &crate::Rule {
        &self.rules.rules[found.rule as usize]
    }

    /// Why nothing that is said at a token counts.
    pub(crate) fn no_news(&self, trigger: usize) -> Option<&'static str> {
        let span = self.tree.reading.tokens[trigger].span;
        if self.article.cuts.iter().any(|c| c.span.overlaps(span) && c.reason != CutReason::RepeatedTitle) {
            return Some("it stands in text that is no news");
        }
        let block = self
            .tree
            .reading
            .sentence_of(trigger)
            .and_then(|s| self.article.blocks.get(self.tree.reading.sentences[s].block as usize));
        if block.is_some_and(|b| b.kind == BlockKind::Heading && b.span.len() < 120) {
            return Some("a heading tells what the text below says");
        }
        None
    }

    /// Why a match cannot be a claim whatever its parties.
    pub(crate) fn unfit(&self, found: &Found) -> Option<&'static str> {
        if let Some(why) = self.no_news(found.trigger) {
            return Some(why);
        }
        let Some(place) = &found.place else { return None };
        if let (Some(m), Some(kind)) = (place.mention, found.kind) {
            let toponym = &self.index.places[m];
            let left = kind == Kind::Withdrawal
                && !matches!(
                    self.tree.lemma(found.trigger).as_str(),
                    "withdraw" | "withdrawal" | "pull" | "pullout" | "retreat"
                );
            if toponym.precision == PlacePrecision::Country && left {
                return Some("to leave a country is no claim on it");
            }
            if toponym.precision == PlacePrecision::Country
                && matches!(kind, Kind::Contested | Kind::Besieged | Kind::Repelled)
                && place.part.is_none()
            {
                return Some("a whole country is not fought for in one place");
            }
        }
        None
    }

    pub(crate) fn party(&self, role: Role) -> Option<Party> {
        let text = &self.article.text;
        match role {
            Role::Missing => None,
            Role::Actor(a) => {
                let mention = &self.index.actors[a];
                let actor = mention.actor.as_ref();
                let name = actor
                    .and_then(|r| self.facts.actor_name(&r.id))
                    .unwrap_or_else(|| mention.span.of(text).to_owned());
                Some(Party {
                    actor: actor.map(|r| r.id.clone()),
                    name,
                    span: mention.span,
                    score: actor.map_or(0.3, |r| r.score),
                    alternatives: mention.alternatives.clone(),
                })
            }
            Role::Country(p) => {
                let place = &self.index.places[p];
                let country = place.place.and_then(|c| self.facts.place(c.id)).and_then(|f| f.country)?;
                let id = self.facts.government(&country);
                let name = id
                    .as_ref()
                    .and_then(|i| self.facts.actor_name(i))
                    .unwrap_or_else(|| place.span.of(text).to_owned());
                Some(Party { actor: id, name, span: place.span, score: 0.7, alternatives: vec![] })
            }
            Role::Words(token) => {
                let span = self.noun_span(token);
                Some(Party { actor: None, name: span.of(text).to_owned(), span, score: 0.3, alternatives: vec![] })
            }
        }
    }

    /// A noun with what stands before it: "the local tribesmen".
    pub(crate) fn noun_span(&self, token: usize) -> Span {
        let t = self.tree;
        let low = t
            .kids(token)
            .filter(|&k| {
                k < token
                    && matches!(t.dep(k), Dep::Det | Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod | Dep::Nummod)
            })
            .map(|k| t.reach(k).0)
            .min()
            .unwrap_or(token);
        let tokens = &t.reading.tokens;
        tokens[low.min(token)].span.cover(tokens[token].span)
    }

    pub(crate) fn allied(&self, a: &ActorId, b: &ActorId) -> bool {
        a == b || self.facts.allied(a, b, self.article.published.day())
    }

    /// Turns failed attempts into repelled attacks and fills in who it was where the clause leaves it out.
    fn settle(&self, items: &mut [Item]) {
        for item in items.iter_mut() {
            if item.attitude.failed {
                if item.kind == Some(Kind::Transfer) {
                    item.kind = Some(Kind::Repelled);
                    std::mem::swap(&mut item.holder, &mut item.other);
                    item.attitude.denied = false;
                    item.attitude.planned = false;
                } else if item.kind != Some(Kind::Repelled)
                    || !matches!(self.tree.lemma(item.found.trigger).as_str(), "fail" | "falter" | "stall" | "collapse")
                        && self.tree.is_verb(item.found.trigger)
                {
                    // "failed to halt the advance".
                    item.attitude.denied = true;
                }
            }
        }
        let mut sides: Vec<Sides> = items
            .iter()
            .map(|i| Sides {
                kind: i.kind,
                sentence: i.sentence,
                place: i.found.place.as_ref().map(|h| self.place_key(h)),
                holder: i.holder.as_ref().and_then(|p| p.actor.clone()),
                other: i.other.as_ref().and_then(|p| p.actor.clone()),
                teller: self.teller(i),
                says: i.attitude.speaker.and_then(|s| self.speaker_party(s)).filter(|a| self.facts.fights(a)),
                real: !i.attitude.denied && !i.attitude.hypothetical,
            })
            .collect();
        let day = self.article.published.day();
        let sense = Sense { facts: self.facts, day };
        let parties =
            Parties::new(self.mentions.actors.iter().filter_map(|m| m.actor.as_ref().map(|r| r.id.clone())), &sides);
        for n in 0..items.len() {
            if items[n].holder.is_some() || !items[n].found.infer {
                continue;
            }
            let (country, capital) = self.whereabouts(&items[n]);
            let Some((id, sure)) = parties.guess(n, &sides, (country.as_deref(), capital), &sense) else {
                continue;
            };
            let span =
                items[n].other.as_ref().map_or(self.tree.reading.tokens[items[n].found.trigger].span, |p| p.span);
            let name = self.facts.actor_name(&id).unwrap_or_else(|| id.to_string());
            sides[n].holder = Some(id.clone());
            items[n].holder = Some(Party { actor: Some(id), name, span, score: sure, alternatives: vec![] });
            items[n].weight *= 0.6 + 0.4 * sure;
        }
    }

    /// "The government denied the claim": what the sentence before reported, denied by another.
    fn denials(&self, items: &[Item]) -> Vec<Item> {
        let t = self.tree;
        let words = &self.rules.words;
        let mut out = Vec::new();
        for (n, sentence) in t.reading.sentences.iter().enumerate() {
            for v in sentence.first as usize..sentence.last as usize {
                if !t.is_verb(v) || !words.deny.contains(&t.lemma(v)) {
                    continue;
                }
                let what = t.objects(v).into_iter().find(|&o| {
                    let lemma = t.lemma(o);
                    (words.say_noun.contains(&lemma)
                        && !t.kids(o).any(|k| matches!(t.dep(k), Dep::Acl | Dep::Prep | Dep::Relcl)))
                        || matches!(lemma.as_str(), "it" | "this" | "that" | "charge")
                });
                let Some(what) = what else { continue };
                let Some(last) = items
                    .iter()
                    .filter(|i| {
                        i.found.trigger < what
                            && i.sentence + 2 >= n
                            && i.attitude.stance() == Stance::Claimed
                            && i.kind.is_some()
                    })
                    .map(|i| i.sentence)
                    .max()
                else {
                    continue;
                };
                let speaker = t.subject(v);
                for item in items.iter().filter(|i| {
                    i.sentence == last
                        && i.found.trigger < what
                        && i.attitude.stance() == Stance::Claimed
                        && i.kind != Some(Kind::Holds)
                }) {
                    let mut denied = item.clone();
                    denied.found.trigger = v;
                    denied.sentence = n;
                    denied.attitude = Attitude { denied: true, denier: true, speaker, ..Attitude::default() };
                    denied.weight *= 0.8;
                    out.push(denied);
                }
            }
        }
        out
    }

    /// For verbs by which one tells of one's own success: the party of the speaker.
    fn teller(&self, item: &Item) -> Option<ActorId> {
        if !matches!(
            self.tree.lemma(item.found.trigger).as_str(),
            "clear" | "liberate" | "free" | "secure" | "cleanse" | "purge"
        ) {
            return None;
        }
        self.speaker_party(item.attitude.speaker?).filter(|a| self.facts.fights(a))
    }

    fn is_person(&self, span: Span) -> bool {
        let mut tokens = self.tree.reading.tokens_in(span);
        tokens.next_back().is_some_and(|last| {
            let mention = self.index.actor(last).map(|a| self.index.actors[a].kind);
            mention == Some(marchland_actor::MentionKind::Person) || self.index.person(last)
        })
    }

    pub(crate) fn country(&self, item: &Item) -> Option<String> {
        self.whereabouts(item).0
    }

    /// The country of an item's place, and whether the place is its capital (GeoNames feature PPLC).
    fn whereabouts(&self, item: &Item) -> (Option<String>, bool) {
        let id = item.found.place.as_ref().and_then(|p| p.mention).and_then(|m| self.index.places[m].place);
        let facts = id.and_then(|place| self.facts.place(place.id));
        facts.map_or((None, false), |f| (f.country, f.feature.as_deref() == Some("PPLC")))
    }

    fn place_key(&self, hit: &PlaceHit) -> String {
        match hit.mention.and_then(|m| self.index.places[m].place) {
            Some(place) => place.id.to_string(),
            None => hit.span.of(&self.article.text).to_lowercase(),
        }
    }

    /// Why an item is no claim after all was filled in.
    pub(crate) fn useless(&self, item: &Item) -> Option<&'static str> {
        let stance = item.attitude.stance();
        let who = item.holder.as_ref().or(item.other.as_ref().filter(|_| item.found.place.is_none()));
        if who.and_then(|p| p.actor.as_ref()).is_some_and(|a| !self.facts.fights(a)) {
            return Some("civilians and observers hold no place");
        }
        if item.found.done && !matches!(stance, Stance::Asserted | Stance::Claimed) {
            return Some("not done");
        }
        if item.found.place.is_none() && item.found.aggregate.is_none() && item.found.kind.is_some() {
            let told = matches!(stance, Stance::Asserted | Stance::Claimed);
            let nobody = item.holder.is_none() && item.other.is_none();
            return (!told || nobody).then_some("nobody can say where");
        }
        if item.kind == Some(Kind::Contested)
            && item.attitude.stance() != Stance::Asserted
            && item.attitude.stance() != Stance::Claimed
        {
            return Some("no fighting yet");
        }
        if item.kind == Some(Kind::Repelled) && !matches!(item.attitude.stance(), Stance::Asserted | Stance::Claimed) {
            return Some("nothing repelled yet");
        }
        if item.holder.as_ref().is_some_and(|p| p.actor.is_none() && self.is_person(p.span)) {
            return Some("a person of no known party holds no place");
        }
        if item.kind.is_some_and(|k| k != Kind::Contested) && item.holder.is_none() {
            return Some("nobody can say who");
        }
        None
    }

    pub(crate) fn claim(&self, item: &Item) -> Claim {
        let reading = self.tree.reading;
        let trigger = reading.tokens[item.found.trigger].span;
        let sentence = reading.sentences[item.sentence].span;
        // Ground that changed hands somewhere: an event near the place of its sentence, no claim of control.
        let somewhere = item.found.place.is_none() && item.found.aggregate.is_none() && item.kind.is_some();
        let near = if somewhere { self.place_of_event(item.sentence, item.found.trigger) } else { None };
        let place = self.place(item.found.place.as_ref().or(near.as_ref()), item.found.trigger);
        let stance = item.attitude.stance();
        let holder = if item.kind == Some(Kind::Contested) { None } else { item.holder.clone() };
        let other = item.other.clone();
        let speaker = self.speaker(&item.attitude, item.kind, holder.as_ref(), other.as_ref());
        let clause = self.clause(item.found.trigger, item.holder.as_ref(), place.span, sentence);
        let id = self.id(&format!("{:?}", item.kind), trigger, &holder, &place, stance);
        let clock = Clock { article: self.article, tree: self.tree, times: self.mentions.times };
        let time = clock.time_of(item.found.trigger, item.sentence, item.kind);
        let confidence = (item.weight * (0.5 + 0.5 * place.score)).clamp(0.0, 1.0);
        let at = &reading.sentences[item.sentence];
        let lost = losses(self.tree, at.first as usize, at.last as usize);
        Claim {
            id,
            kind: item.kind.filter(|_| !somewhere),
            event: self.event(item, stance),
            holder,
            other,
            place,
            time,
            stance,
            speaker,
            background: false,
            aggregate: item.found.aggregate.clone(),
            fatalities: lost.killed,
            injured: lost.injured,
            displaced: lost.displaced,
            evidence: Evidence {
                article: self.article.digest.clone(),
                sentence,
                clause,
                trigger,
                rule: self.rule(&item.found).id.clone(),
            },
            proposer: crate::Proposer::Rules,
            confidence,
        }
    }

    pub(crate) fn place(&self, hit: Option<&PlaceHit>, trigger: usize) -> ClaimPlace {
        let text = &self.article.text;
        let Some(hit) = hit else {
            return ClaimPlace {
                id: None,
                span: self.tree.reading.tokens[trigger].span,
                name: String::new(),
                country: None,
                admin1: None,
                lat: None,
                lon: None,
                feature: None,
                precision: PlacePrecision::Exact,
                score: 0.0,
                alternatives: vec![],
                part: None,
            };
        };
        let toponym = hit.mention.map(|m| &self.index.places[m]);
        let best = toponym.and_then(|t| t.place);
        let facts = best.and_then(|c| self.facts.place(c.id));
        let precision =
            if hit.near { PlacePrecision::Near } else { toponym.map_or(PlacePrecision::Exact, |t| t.precision) };
        let facts = facts
            .unwrap_or_else(|| crate::facts::PlaceFacts { name: hit.span.of(text).to_owned(), ..Default::default() });
        ClaimPlace {
            id: best.map(|c| c.id),
            span: hit.span,
            name: facts.name,
            country: facts.country,
            admin1: facts.admin1,
            lat: facts.lat,
            lon: facts.lon,
            feature: facts.feature,
            precision,
            score: best.map_or(0.2, |c| c.score),
            alternatives: toponym.map(|t| t.alternatives.clone()).unwrap_or_default(),
            part: hit.part.clone(),
        }
    }

    /// The clause: what hangs under the verb that says it, cut to the sentence.
    pub(crate) fn clause(&self, trigger: usize, holder: Option<&Party>, place: Span, sentence: Span) -> Span {
        let t = self.tree;
        let mut verb = trigger;
        for _ in 0..6 {
            if t.is_verb(verb) || t.head(verb) == verb {
                break;
            }
            verb = t.head(verb);
        }
        let (low, high) = t.reach(verb);
        let tokens = &t.reading.tokens;
        let mut span = tokens[low].span.cover(tokens[high].span);
        for extra in [Some(place), holder.map(|h| h.span)].into_iter().flatten() {
            if sentence.contains(extra) {
                span = span.cover(extra);
            }
        }
        Span { start: span.start.max(sentence.start), end: span.end.min(sentence.end) }
    }

    pub(crate) fn id(
        &self,
        what: &str,
        trigger: Span,
        holder: &Option<Party>,
        place: &ClaimPlace,
        stance: Stance,
    ) -> ClaimId {
        let mut hash = Sha256::new();
        let who = holder.as_ref().map_or("", |h| h.actor.as_ref().map_or(h.name.as_str(), |a| a.as_str()));
        let whereabouts = place.id.map_or_else(|| place.name.clone(), |i| i.to_string());
        hash.update(format!(
            "{}\u{1f}{}-{}\u{1f}{what}\u{1f}{who}\u{1f}{whereabouts}\u{1f}{}\u{1f}{}\u{1f}{stance:?}",
            self.article.digest,
            trigger.start,
            trigger.end,
            place.span.start,
            place.part.as_deref().unwrap_or("")
        ));
        ClaimId(hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect())
    }
}
