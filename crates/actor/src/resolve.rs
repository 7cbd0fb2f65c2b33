//! Words to actors: who plays a part in this war, who stands for a country, whom a name means.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::evidence::Evidence;
use crate::registry::generic_id;
use crate::{ActorId, ActorKind, ActorRef, Conflict, Registry};

/// Likeliest first; scores 0 to 1.
pub(crate) type Candidates = Vec<(ActorId, f32)>;

/// At most so many alternatives are kept.
const KEEP: usize = 5;

/// What a party without a file weighs, beside those of a war that fits the day: in a country that has no such war, and in
/// one that has.
const NO_WAR: f32 = 0.35;
const BESIDE_WAR: f32 = 0.1;

pub(crate) struct Resolver<'a> {
    pub registry: &'a Registry,
    pub doc: &'a Document<'a>,
    pub evidence: &'a Evidence,
    /// The sentence in which an actor was last named.
    pub seen: BTreeMap<ActorId, u32>,
}

impl Resolver<'_> {
    pub fn class(&self, name: &str) -> Option<usize> {
        self.registry.classes.iter().position(|c| c.name == name)
    }

    /// Who is meant by words of a class, in this sentence; of this country, when one is named.
    pub fn class_in(&self, class: usize, country: Option<u16>, sentence: u32) -> Candidates {
        let Some(entry) = self.registry.classes.get(class).map(|c| &c.entry) else { return Vec::new() };
        let mut out = Candidates::new();
        for (war, weight) in self.registry.conflicts.iter().zip(&self.evidence.conflict) {
            let home = war.countries.first().and_then(|c| self.registry.country_index.get(c)).map(|c| *c as u16);
            if *weight <= 0.0 || country.is_some() && home != country {
                continue;
            }
            let weight =
                weight * if country.is_none() { self.near(home, sentence) * self.at_home(war, home) } else { 1.0 };
            let players = self.players(class, &war.roles, 0);
            // "Ukrainian fighters" are no Wagner men: of several, those of the country.
            let own = |id: &&ActorId| {
                country.is_none()
                    || self.registry.actor(id).and_then(|a| a.country.as_deref()) == home_code(self.registry, country)
            };
            let owned = players.iter().any(|id| own(&id));
            for (n, id) in players.iter().filter(|id| !owned || own(id)).enumerate() {
                let place = [1.0, 0.55, 0.35, 0.25][n.min(3)];
                add(&mut out, id.clone(), weight * place * self.fresh(id, sentence));
            }
        }
        let onlooker = entry.kind.is_some_and(|k| matches!(k, ActorKind::Civilians | ActorKind::Observer));
        if let Some(everywhere) = &entry.everywhere
            && (onlooker || out.is_empty())
        {
            return vec![(everywhere.as_str().into(), entry.score)];
        }
        for (c, weight) in self.evidence.country.iter().enumerate() {
            let c = c as u16;
            // Without its name no great power's rebels are meant.
            if country.is_some_and(|x| x != c) || (country.is_none() && (*weight <= 0.0 || self.registry.abroad(c))) {
                continue;
            }
            let Some(id) = self.without_file(class, c) else { continue };
            let weight = if country.is_some() { weight.max(0.01) } else { weight * self.near(Some(c), sentence) };
            add(&mut out, id, weight * if self.evidence.at_war[c as usize] { BESIDE_WAR } else { NO_WAR });
        }
        finish(out, entry.score)
    }

    /// Who stands for a country: its state, or whoever governs it in a war at home.
    pub fn state(&self, country: u16, sentence: u32) -> Candidates {
        self.class("government").map_or_else(Vec::new, |g| self.class_in(g, Some(country), sentence))
    }

    /// The party made up for a country without a file.
    fn without_file(&self, class: usize, country: u16) -> Option<ActorId> {
        let code = &self.registry.countries.get(country as usize)?.code;
        let mut class = self.registry.classes.get(class)?;
        for _ in 0..4 {
            if class.name == "government"
                && let Some(&state) = self.registry.states.get(code)
            {
                return Some(self.registry.actors[state].id.clone());
            }
            if let Some(role) = &class.entry.generic {
                return Some(generic_id(code, role));
            }
            let next = class.entry.fallback.first()?;
            class = &self.registry.classes[self.class(next)?];
        }
        None
    }

    /// Who plays the part, or the part that stands in for it.
    fn players(&self, class: usize, roles: &BTreeMap<String, Vec<ActorId>>, depth: usize) -> Vec<ActorId> {
        let class = &self.registry.classes[class];
        if let Some(players) = roles.get(&class.name) {
            return players.clone();
        }
        let mut out = Vec::new();
        if depth < 3 {
            for next in &class.entry.fallback {
                if let Some(next) = self.class(next) {
                    out.extend(self.players(next, roles, depth + 1));
                }
            }
        }
        out
    }

    /// Whom a name may mean. One name, one actor: sure. Else the one whose war this is.
    pub fn named(&self, actors: &[u32], sentence: u32, score: f32) -> Candidates {
        let one = actors.len() == 1;
        let mut out = Candidates::new();
        for &a in actors {
            let actor = &self.registry.actors[a as usize];
            let weight: f32 = self.registry.wars[a as usize].iter().map(|&w| self.evidence.conflict[w]).sum();
            add(&mut out, actor.id.clone(), if one { 1.0 } else { (weight + 0.01) * self.fresh(&actor.id, sentence) });
        }
        finish(out, score)
    }

    /// The weight of the likeliest war in which these words have a meaning of their own.
    pub fn war_of_words(&self, words: &[(u16, u16)]) -> f32 {
        words.iter().map(|w| self.evidence.conflict[w.0 as usize]).fold(0.0, f32::max)
    }

    /// The likeliest war of all.
    pub fn likeliest(&self) -> Option<&Conflict> {
        let most = self.war_most();
        self.registry.conflicts.iter().zip(&self.evidence.conflict).find(|w| *w.1 > 0.0 && *w.1 >= most).map(|w| w.0)
    }

    /// The weight of the likeliest war of all.
    pub fn war_most(&self) -> f32 {
        self.evidence.conflict.iter().copied().fold(0.0, f32::max)
    }

    /// The weight of the likeliest war in which one of these actors fights.
    pub fn war_of_names(&self, actors: &[u32]) -> f32 {
        actors
            .iter()
            .flat_map(|&a| &self.registry.wars[a as usize])
            .map(|&w| self.evidence.conflict[w])
            .fold(0.0, f32::max)
    }

    /// Whom words that mean somebody in one war alone may mean: conflict and number of the word in it.
    pub fn word(&self, words: &[(u16, u16)], sentence: u32, score: f32) -> Candidates {
        let mut out = Candidates::new();
        for &(war, word) in words {
            let weight = self.evidence.conflict[war as usize];
            let Some(players) = self.registry.conflicts[war as usize].words.values().nth(word as usize) else {
                continue;
            };
            for (n, id) in players.iter().enumerate().filter(|_| weight > 0.0) {
                add(&mut out, id.clone(), weight / (n + 1) as f32 * self.fresh(id, sentence));
            }
        }
        finish(out, score)
    }

    /// Who stands against an actor in the likeliest war that it fights in.
    pub fn against(&self, actor: &ActorId, score: f32) -> Candidates {
        let Some(&known) = self.registry.by_id.get(actor) else { return Vec::new() };
        let weight = |war: &usize| self.evidence.conflict[*war];
        let wars = self.registry.wars[known].iter().copied();
        let Some(war) = wars.max_by(|x, y| weight(x).total_cmp(&weight(y)).then(y.cmp(x))) else { return Vec::new() };
        let foes = self.registry.opponents(actor, &self.registry.conflicts[war]);
        finish(foes.into_iter().enumerate().map(|(n, id)| (id, 1.0 / (n * n + 1) as f32)).collect(), score)
    }

    /// "The army" is that of the country spoken of: a neighbour's war counts the less, the less is said of its own country.
    fn at_home(&self, war: &Conflict, home: Option<u16>) -> f32 {
        let said = |c: Option<usize>| c.map_or(0.0, |c| self.evidence.country[c]);
        let all: f32 = war.countries.iter().map(|c| said(self.registry.country_index.get(c).copied())).sum();
        if all > 0.0 { 0.25 + 0.75 * said(home.map(usize::from)) / all } else { 1.0 }
    }

    /// A country named in the sentence, or the one before, draws the words to its wars.
    fn near(&self, country: Option<u16>, sentence: u32) -> f32 {
        let named =
            |s: u32| country.is_some_and(|c| self.doc.countries.get(s as usize).is_some_and(|l| l.contains(&c)));
        if named(sentence) {
            3.0
        } else if sentence > 0 && named(sentence - 1) {
            1.5
        } else {
            1.0
        }
    }

    /// An actor that was just named is likelier meant.
    fn fresh(&self, id: &ActorId, sentence: u32) -> f32 {
        match self.seen.get(id) {
            Some(&s) if sentence.saturating_sub(s) <= 2 => 1.8,
            Some(_) => 1.3,
            None => 1.0,
        }
    }
}

fn home_code(registry: &Registry, country: Option<u16>) -> Option<&str> {
    country.and_then(|c| registry.countries.get(c as usize)).map(|c| c.code.as_str())
}

fn add(out: &mut Candidates, id: ActorId, weight: f32) {
    match out.iter_mut().find(|(have, _)| *have == id) {
        Some((_, sum)) => *sum += weight,
        None => out.push((id, weight)),
    }
}

/// Weights to scores: the share of each, times what the words are worth.
pub(crate) fn finish(mut out: Candidates, score: f32) -> Candidates {
    let sum: f32 = out.iter().map(|c| c.1).sum();
    if sum <= 0.0 {
        return Vec::new();
    }
    for c in &mut out {
        c.1 = c.1 / sum * score;
    }
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.truncate(KEEP);
    out.retain(|c| c.1 >= 0.02);
    out
}

/// Candidates as the mention holds them.
pub(crate) fn refs(candidates: Candidates) -> (Option<ActorRef>, Vec<ActorRef>) {
    let mut all = candidates.into_iter().map(|(id, score)| ActorRef { id, score });
    (all.next(), all.collect())
}
