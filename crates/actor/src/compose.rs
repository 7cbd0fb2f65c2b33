//! Phrases to mentions: "Chadian troops", "forces loyal to Gaddafi", "rebel-held", "a Taliban spokesman, X".

use std::collections::BTreeMap;

use marchland_reading::Dep;

use crate::document::{Document, Part};
use crate::evidence::Evidence;
use crate::fold::Gap;
use crate::lexicon::{Hit, List, Sense};
use crate::resolve::{Candidates, Resolver};
use crate::tail::Tail;
use crate::{ActorId, Conflict, MentionKind, Registry, refer};

/// A mention in the making: words `first..last` of a part.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub part: usize,
    pub first: usize,
    pub last: usize,
    pub sentence: u32,
    pub kind: MentionKind,
    pub candidates: Candidates,
    /// How likely a later "they" means it: 1 for the subject of a sentence.
    pub rank: f32,
    /// A single person and no force.
    pub person: bool,
}

pub(crate) struct Composer<'a> {
    pub(crate) registry: &'a Registry,
    doc: &'a Document<'a>,
    resolver: Resolver<'a>,
    drafts: Vec<Draft>,
    /// Persons made known by the article itself ("rebel commander Salem Fathi"), by last name.
    pub(crate) persons: BTreeMap<String, Candidates>,
    /// Within "forces of ...": what follows may not open another of its kind, lest "forces of forces of" go on without end.
    inner: bool,
}

impl<'a> Composer<'a> {
    pub fn new(registry: &'a Registry, doc: &'a Document<'a>, evidence: &'a Evidence) -> Self {
        let resolver = Resolver { registry, doc, evidence, seen: BTreeMap::new() };
        Self { registry, doc, resolver, drafts: Vec::new(), persons: BTreeMap::new(), inner: false }
    }

    pub fn run(mut self) -> Vec<Draft> {
        for n in 0..self.doc.parts.len() {
            self.part(n);
        }
        self.drafts
    }

    fn part(&mut self, n: usize) {
        let part = &self.doc.parts[n];
        let (mut word, mut hit) = (0, 0);
        while word < part.folded.words.len() {
            while part.hits.get(hit).is_some_and(|h| h.first < word) {
                hit += 1;
            }
            let here = part.hits.get(hit).filter(|h| h.first == word).map(|_| hit);
            let draft = here
                .and_then(|h| self.phrase(n, part, h))
                .or_else(|| self.known_person(n, part, word))
                .or_else(|| self.reference(n, part, word, here));
            word = match draft {
                Some(mut draft) => {
                    let end = draft.last.max(word + 1);
                    if here.is_some() || draft.kind == MentionKind::Person {
                        self.learn_person(part, &mut draft);
                    }
                    let end = end.max(draft.last);
                    self.keep(draft);
                    end
                }
                None => here.map_or(word + 1, |h| part.hits[h].last),
            };
        }
    }

    fn keep(&mut self, mut draft: Draft) {
        draft.rank = self.rank(&draft);
        if let Some((id, score)) = draft.candidates.first()
            && *score >= 0.3
            && draft.kind != MentionKind::Reference
        {
            self.resolver.seen.insert(id.clone(), draft.sentence);
        }
        self.drafts.push(draft);
    }

    /// Subject first: by its arc where there is one, else by its place in the sentence.
    fn rank(&self, draft: &Draft) -> f32 {
        let words = &self.doc.parts[draft.part].folded.words;
        let span = words[draft.first].span.cover(words[draft.last - 1].span);
        let first = !self
            .drafts
            .iter()
            .rev()
            .take_while(|d| d.part == draft.part && d.sentence == draft.sentence)
            .any(|_| true);
        match self.doc.dep(span).map(|d| d.0) {
            Some(Dep::Nsubj | Dep::Nsubjpass) => 1.0,
            Some(Dep::Agent | Dep::Conj) => 0.8,
            Some(Dep::Pobj) => 0.5,
            Some(Dep::None) | None if first => 1.0,
            _ if first => 0.75,
            _ => 0.55,
        }
    }

    pub(crate) fn draft(
        n: usize,
        part: &Part,
        range: (usize, usize),
        kind: MentionKind,
        candidates: Candidates,
    ) -> Draft {
        let sentence = part.sentence[range.0];
        Draft {
            part: n,
            first: range.0,
            last: range.1,
            sentence,
            kind,
            candidates,
            rank: 0.5,
            person: kind == MentionKind::Person,
        }
    }

    /// A mention that begins with the phrase.
    fn phrase(&mut self, n: usize, part: &Part, h: usize) -> Option<Draft> {
        let hit = &part.hits[h];
        let sentence = part.sentence[hit.first];
        let words = &part.folded.words;
        let base = |draft: Option<Draft>| draft.filter(|d| !d.candidates.is_empty() || d.kind == MentionKind::Role);

        // "anti-X": whoever stands against X. "pro-X": X itself.
        if part.folded.of(hit.first) == "anti" && hit.last == hit.first + 1 {
            return None;
        }
        let hyphen = words[hit.first].gap == Gap::Hyphen;
        let before = hit.first.checked_sub(1).map_or("", |i| part.folded.of(i));
        let anti = hyphen && before == "anti";
        let outside = hyphen && matches!(before, "anti" | "non" | "ex" | "post" | "pre");

        let names: Vec<u32> =
            hit.senses.iter().filter_map(|s| if let Sense::Name(a) = s { Some(*a) } else { None }).collect();
        let leaders: Vec<u32> =
            hit.senses.iter().filter_map(|s| if let Sense::Person(a) = s { Some(*a) } else { None }).collect();
        let own: Vec<(u16, u16)> = hit
            .senses
            .iter()
            .filter_map(|s| if let Sense::ConflictWord(c, w) = s { Some((*c, *w)) } else { None })
            .collect();
        let tail = self.tail(part, h);

        if !names.is_empty() && !self.shouted(part, hit) {
            let mut who = self.resolver.named(&names, sentence, 0.95);
            if self.resolver.war_of_words(&own) > self.resolver.war_of_names(&names) {
                who = self.resolver.word(&own, sentence, 0.95);
            }
            if anti {
                who = who.first().map(|(id, _)| self.resolver.against(id, 0.6)).unwrap_or_default();
            } else if outside {
                return None;
            }
            return base(match tail {
                Tail::Force(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Name, who)),
                Tail::Person(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Person, who)),
                Tail::Backed => None,
                _ => Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, who)),
            });
        }
        if !leaders.is_empty() {
            let mut who = self.resolver.named(&leaders, sentence, 0.9);
            if anti {
                who = who.first().map(|(id, _)| self.resolver.against(id, 0.7)).unwrap_or_default();
            }
            return base(match tail {
                Tail::Force(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Name, who)),
                Tail::Held => Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, who)),
                Tail::Person(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Person, who)),
                Tail::Backed => None,
                _ if anti => Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Role, who)),
                _ => Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Person, who)),
            });
        }
        if !own.is_empty() && self.resolver.war_of_words(&own) >= (0.5 * self.resolver.war_most()).max(0.08) {
            let who = self.resolver.word(&own, sentence, 0.8);
            if !who.is_empty() {
                return match tail {
                    Tail::Force(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Role, who)),
                    Tail::Person(end, _) => Some(Self::draft(n, part, (hit.first, end), MentionKind::Person, who)),
                    Tail::Backed => None,
                    _ => Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Role, who)),
                };
            }
        }
        for sense in &hit.senses {
            let draft = match *sense {
                Sense::Adjective(c) => self.adjective(n, part, hit, c, &tail, outside),
                Sense::People(c) => self.people(n, part, hit, c),
                Sense::Country(c) => self.country(n, part, h, c, &tail),
                Sense::Capital(c) => self.capital(n, part, h, c),
                _ => None,
            };
            if draft.is_some() {
                return draft;
            }
        }
        if let Some(loyal) = self.loyal(n, part, h) {
            return Some(loyal);
        }
        if let Some(official) = self.official(n, part, h) {
            return Some(official);
        }
        self.class_words(n, part, hit, &tail)
    }

    /// "Chadian troops", "Russians", "Ukrainian officials", "Russian-occupied", "Turkish shelling".
    fn adjective(&mut self, n: usize, part: &Part, hit: &Hit, c: u16, tail: &Tail, outside: bool) -> Option<Draft> {
        if outside {
            return None;
        }
        let sentence = part.sentence[hit.first];
        let government = self.resolver.class("government");
        match *tail {
            Tail::Force(end, class) => {
                let mut who = self.resolver.class_in(class.or(government)?, Some(c), sentence);
                if who.is_empty() {
                    who = self.resolver.state(c, sentence);
                }
                let kind = if class.is_none() || part.hit_at(end - 1).is_some_and(|h| h.is(List::Force)) {
                    MentionKind::Name
                } else {
                    MentionKind::Role
                };
                Some(Self::draft(n, part, (hit.first, end), kind, who))
            }
            Tail::Person(end, class) => {
                let who = self.resolver.class_in(class.or(government)?, Some(c), sentence);
                Some(Self::draft(n, part, (hit.first, end), MentionKind::Person, who))
            }
            Tail::Held | Tail::Action => {
                let who = scaled(self.resolver.state(c, sentence), 0.85);
                Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, who))
            }
            Tail::Backed | Tail::Nothing => None,
        }
    }

    /// "the Russians"; at home in a civil war they are of every side.
    fn people(&mut self, n: usize, part: &Part, hit: &Hit, c: u16) -> Option<Draft> {
        let sentence = part.sentence[hit.first];
        let who = self.resolver.state(c, sentence);
        let code = self.registry.countries.get(c as usize).map(|c| &c.code);
        // Abroad they are a force; at home only in a war between states.
        let foe = |war: &Conflict, id: &ActorId| {
            (war.between_states || war.countries.first() != code) && self.registry.is_party_to(id, war)
        };
        let party = self.registry.abroad(c)
            || self.resolver.likeliest().zip(who.first()).is_some_and(|(war, (id, _))| foe(war, id));
        party.then(|| Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, scaled(who, 0.85)))
    }

    /// "Russia captured"; but not "in Russia", nor "Kunduz, Afghanistan".
    fn country(&mut self, n: usize, part: &Part, h: usize, c: u16, tail: &Tail) -> Option<Draft> {
        let hit = &part.hits[h];
        let sentence = part.sentence[hit.first];
        let words = &part.folded.words;
        let who = self.resolver.state(c, sentence);
        let owner = words[hit.last - 1].possessive;
        match *tail {
            Tail::Force(end, class) if owner || class.is_none() => {
                let who = match class {
                    Some(class) => self.resolver.class_in(class, Some(c), sentence),
                    None => who,
                };
                return Some(Self::draft(n, part, (hit.first, end), MentionKind::Name, who));
            }
            Tail::Person(end, _) => return Some(Self::draft(n, part, (hit.first, end), MentionKind::Person, who)),
            Tail::Held => {
                return Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, scaled(who, 0.9)));
            }
            Tail::Backed => return None,
            _ => {}
        }
        let before = h.checked_sub(1).map(|i| &part.hits[i]).filter(|b| b.last == hit.first);
        if before.is_some_and(|b| b.is(List::PlaceBefore))
            && words[hit.first].gap != Gap::Other
            && words[hit.first].gap != Gap::Comma
        {
            return None;
        }
        let after_comma = words[hit.first].gap == Gap::Comma && hit.first > 0 && words[hit.first - 1].capital;
        let action = matches!(tail, Tail::Action);
        if after_comma || (owner && !action) {
            return None;
        }
        let span = words[hit.first].span.cover(words[hit.last - 1].span);
        let starts = hit.first == 0 || part.sentence[hit.first - 1] != sentence;
        let weight = match self.doc.dep(span).map(|d| d.0) {
            Some(Dep::Nsubj | Dep::Nsubjpass) => 0.9,
            Some(Dep::Pobj) if before_word(part, hit) == "by" => 0.9,
            Some(Dep::Conj) => 0.6,
            Some(Dep::Pobj) => 0.45,
            Some(Dep::Dobj) => 0.35,
            Some(Dep::None) | None if action => 0.6,
            Some(Dep::None) | None if starts => 0.75,
            Some(Dep::None) | None
                if matches!(
                    before_word(part, hit),
                    "by" | "that" | "said" | "while" | "as" | "but" | "after" | "when" | "and" | "before"
                ) =>
            {
                0.6
            }
            _ => 0.4,
        };
        Some(Self::draft(n, part, (hit.first, hit.last), MentionKind::Name, scaled(who, weight)))
    }

    /// "Moscow said": a capital speaks for its government; elsewhere it is a place.
    fn capital(&mut self, n: usize, part: &Part, h: usize, c: u16) -> Option<Draft> {
        let hit = &part.hits[h];
        let sentence = part.sentence[hit.first];
        let words = &part.folded.words;
        let says = part.hits.iter().skip(h + 1).take(2).any(|s| {
            s.is(List::Say) && s.first <= hit.last + 1 && s.first < words.len() && words[s.first].gap == Gap::Space
        });
        let before = before_word(part, hit);
        let force = words[hit.last - 1].possessive
            && part.hits.get(h + 1).is_some_and(|f| f.is(List::Force) && f.first <= hit.last + 1);
        let free = !matches!(before, "in" | "from" | "to" | "near" | "of" | "at" | "around" | "outside");
        (free && (says || force || part.folded.of(hit.first) == "kremlin")).then(|| {
            Self::draft(
                n,
                part,
                (hit.first, hit.last),
                MentionKind::Name,
                scaled(self.resolver.state(c, sentence), 0.9),
            )
        })
    }

    /// "forces loyal to Gaddafi", "fighters from the Islamic State", "a spokesman for the rebels".
    fn loyal(&mut self, n: usize, part: &Part, h: usize) -> Option<Draft> {
        let hit = &part.hits[h];
        let (force, person) = (hit.is(List::Force), hit.is(List::Person) || hit.is(List::Official));
        if !force && !person || self.inner {
            return None;
        }
        let link = part.hits.get(h + 1).filter(|l| {
            l.is(List::Loyal) && l.first == hit.last && part.sentence[l.first] == part.sentence[hit.first]
        })?;
        let far = matches!(part.folded.of(link.first), "of" | "from" | "for" | "with" | "under");
        for (k, target) in part.hits.iter().enumerate().skip(h + 2).take(4) {
            let between = &part.folded.words[link.last..=target.first];
            let close = target.first - link.last <= if far { 1 } else { 5 };
            if !close
                || part.sentence[target.first] != part.sentence[hit.first]
                || between.iter().any(|w| matches!(w.gap, Gap::Comma | Gap::Other))
            {
                return None;
            }
            if target.is(List::Loyal) || target.is(List::Filler) && target.senses.len() == 1 {
                continue;
            }
            let speaks = target.senses.iter().any(|s| {
                matches!(
                    s,
                    Sense::Name(_)
                        | Sense::Person(_)
                        | Sense::ClassNoun(_)
                        | Sense::ClassAdjective(_)
                        | Sense::ConflictWord(..)
                        | Sense::Adjective(_)
                )
            });
            if !speaks {
                // Titles: "President", "Col.", "the Libyan leader".
                if target.is(List::Person) || target.is(List::Official) {
                    continue;
                }
                return None;
            }
            self.inner = true;
            let inner = self.phrase(n, part, k);
            self.inner = false;
            if let Some(inner) = inner {
                // "forces of the coalition" are no more than that; "troops from Chad" need a country: not here.
                let kind = if person {
                    MentionKind::Person
                } else if inner.kind == MentionKind::Person {
                    MentionKind::Name
                } else {
                    inner.kind
                };
                return Some(Self::draft(n, part, (hit.first, inner.last), kind, inner.candidates));
            }
        }
        None
    }

    /// "the interior ministry", "the governor": the government of the country in question.
    fn official(&mut self, n: usize, part: &Part, h: usize) -> Option<Draft> {
        let hit = &part.hits[h];
        if !hit.is(List::Official) {
            return None;
        }
        let sentence = part.sentence[hit.first];
        // "the president of the International Federation": of no government.
        let mut of = hit.last;
        if matches!(part.folded.of(of), "of" | "at" | "for") {
            of += 1 + usize::from(part.folded.of(of + 1) == "the");
            let known = part
                .hit_at(of)
                .is_some_and(|x| x.senses.iter().any(|s| matches!(s, Sense::Country(_) | Sense::Adjective(_))));
            if part.folded.words.get(of).is_some_and(|w| w.capital && part.sentence[of] == sentence)
                && !known
                && part.folded.of(hit.first) == "the"
            {
                return None;
            }
        }
        let government = self.resolver.class("government")?;
        let who = scaled(self.resolver.class_in(government, None, sentence), 0.8);
        let last = part.hits[h + 1..]
            .iter()
            .take(6)
            .take_while(|p| p.is(List::Person))
            .fold(hit.last, |end, p| if p.first == end { p.last } else { end });
        if hit.senses.iter().any(|s| matches!(s, Sense::ClassNoun(_))) && last == hit.last {
            return None;
        }
        Some(Self::draft(n, part, (hit.first, last), MentionKind::Person, who))
    }

    /// "the insurgents", "rebel fighters", "government-held", "regime shelling".
    fn class_words(&mut self, n: usize, part: &Part, hit: &Hit, tail: &Tail) -> Option<Draft> {
        let sentence = part.sentence[hit.first];
        if political(part, hit) {
            return None;
        }
        let noun = hit.senses.iter().find_map(|s| if let Sense::ClassNoun(c) = s { Some(*c as usize) } else { None });
        let adjective =
            hit.senses.iter().find_map(|s| if let Sense::ClassAdjective(c) = s { Some(*c as usize) } else { None });
        // Behind an adjective the last class named counts: "opposition fighters" are the opposition.
        let class =
            |said: Option<usize>| adjective.or(noun).filter(|a| said.is_none_or(|s| self.weak(s) || s == *a)).or(said);
        let (range, kind, class) = match *tail {
            Tail::Force(end, said) if adjective.is_some() || noun.is_some() => {
                ((hit.first, end), MentionKind::Role, class(said)?)
            }
            Tail::Person(end, said) if adjective.is_some() || noun.is_some() => {
                ((hit.first, end), MentionKind::Person, class(said)?)
            }
            Tail::Held | Tail::Action => ((hit.first, hit.last), MentionKind::Role, adjective.or(noun)?),
            Tail::Backed => return None,
            _ => ((hit.first, hit.last), MentionKind::Role, noun?),
        };
        let mut who = self.resolver.class_in(class, None, sentence);
        // Bare "fighters", "troops", "forces": rather those spoken of just before.
        if self.weak(class)
            && let Some(said) = refer::spoken_of(&self.drafts, n, sentence, &|id: &ActorId| self.fits(class, id))
        {
            who = refer::blend(said, who);
        }
        let range = (self.with_article(part, range.0), range.1);
        Some(Self::draft(n, part, range, kind, who))
    }

    /// "the" in front belongs to words that stand for a party.
    fn with_article(&self, part: &Part, first: usize) -> usize {
        let taken = self.drafts.last().is_some_and(|d| std::ptr::eq(&self.doc.parts[d.part], part) && d.last >= first);
        let the =
            first > 0 && part.folded.of(first - 1) == "the" && part.folded.words[first].gap == Gap::Space && !taken;
        first - usize::from(the)
    }

    /// Classes that say "under arms" and no more.
    pub(crate) fn weak(&self, class: usize) -> bool {
        matches!(self.registry.classes[class].name.as_str(), "fighter" | "soldier" | "force" | "militia" | "jihadist")
    }

    /// Whether an actor may be called by words of the class.
    fn fits(&self, class: usize, id: &ActorId) -> bool {
        use crate::ActorKind::{Civilians, ExternalForces, Observer, StateForces};
        let Some(kind) = self.registry.kind_on(id, self.resolver.evidence.day) else { return false };
        match self.registry.classes[class].name.as_str() {
            "soldier" => matches!(kind, StateForces | ExternalForces),
            "fighter" | "militia" | "jihadist" => !matches!(kind, StateForces | ExternalForces | Civilians | Observer),
            _ => !matches!(kind, Civilians | Observer),
        }
    }

    /// A name of capitals within a line of capitals is a word like any other: "THIS IS WAR".
    fn shouted(&self, part: &Part, hit: &Hit) -> bool {
        let words = &part.folded.words;
        let loud = |i: Option<usize>| i.and_then(|i| words.get(i)).is_some_and(|w| w.capitals && w.span.len() > 3);
        hit.last == hit.first + 1
            && words[hit.first].span.len() <= 2
            && (loud(hit.first.checked_sub(1)) || loud(Some(hit.last)))
    }

    /// "they", "its forces", "the group".
    fn reference(&mut self, n: usize, part: &Part, word: usize, hit: Option<usize>) -> Option<Draft> {
        let (last, who, person) = refer::resolve(self.registry, part, n, word, hit, &self.drafts)?;
        let mut draft = Self::draft(n, part, (word, last), MentionKind::Reference, who);
        draft.person = person;
        Some(draft)
    }
}

/// "the opposition Labour party", "opposition parties": a side in a parliament, not in a war.
fn political(part: &Part, hit: &Hit) -> bool {
    let words = &part.folded.words;
    let next = |i: usize| words.get(i).filter(|w| w.gap == Gap::Space && part.sentence[i] == part.sentence[hit.first]);
    // The name of the party, if it has one, is a few capital words.
    let mut at = hit.last;
    while at < hit.last + 4 && !PARTY.contains(&part.folded.of(at)) && next(at).is_some_and(|w| w.capital) {
        at += 1;
    }
    next(at).is_some() && PARTY.contains(&part.folded.of(at))
}

/// Words behind the name of a side in a parliament.
const PARTY: &[&str] = &["party", "parties", "mp", "mps", "bench", "benches", "frontbench", "backbench"];

fn before_word<'p>(part: &'p Part, hit: &Hit) -> &'p str {
    hit.first.checked_sub(1).map_or("", |i| part.folded.of(i))
}

/// The same candidates, believed less.
pub(crate) fn scaled(mut who: Candidates, by: f32) -> Candidates {
    who.iter_mut().for_each(|c| c.1 *= by);
    who
}
