//! Which war an article is about: its countries, its day, the years and the parties that it names.

use jiff::civil::Date;

use crate::document::Document;
use crate::lexicon::Sense;
use crate::{ActorKind, Registry};

/// What the caller knows of the article.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// ISO 3166 codes with weights (any scale), from the places of the article. Countries that the
    /// article names itself are found here in any case.
    pub countries: &'a [(String, f32)],
    /// The day of the article.
    pub day: Option<Date>,
}

/// Weights of wars and countries, each adding up to one at most.
#[derive(Debug)]
pub(crate) struct Evidence {
    pub conflict: Vec<f32>,
    pub country: Vec<f32>,
    pub day: Option<Date>,
}

/// How far a war outside its days is thought of: long over, and not yet begun.
const OVER: f32 = 0.25;
const AHEAD: f32 = 0.03;

/// "Russian forces" tell less of where the war is than "Malian forces".
const ABROAD: f32 = 0.4;

impl Evidence {
    pub fn weigh(doc: &Document, registry: &Registry, context: &Context) -> Self {
        let mut own = vec![0f32; registry.countries.len()];
        let mut named = vec![0f32; registry.conflicts.len()];
        let mut years: Vec<i16> = Vec::new();
        let abroad = |c: u16| {
            let state = registry.states.get(&registry.countries[c as usize].code);
            state.is_some_and(|&a| registry.actors[a].kind == ActorKind::ExternalForces)
        };
        for part in doc.parts.iter().chain([&doc.title]) {
            for hit in &part.hits {
                for sense in &hit.senses {
                    match *sense {
                        Sense::Country(c) => own[c as usize] += 1.0,
                        Sense::Adjective(c) | Sense::People(c) => own[c as usize] += if abroad(c) { ABROAD } else { 1.0 },
                        Sense::War(war) => named[war as usize] += 2.0,
                        Sense::Capital(c) => own[c as usize] += 0.5,
                        Sense::Name(a) | Sense::Person(a) => {
                            let actor = &registry.actors[a as usize];
                            // A word that may mean others says little.
                            let share = (1.0 / hit.senses.len() as f32).powi(2);
                            let wars = &registry.wars[a as usize];
                            for &war in wars {
                                named[war] += share / wars.len() as f32;
                            }
                            let country = actor.country.as_ref().filter(|_| !actor.state);
                            if let Some(&c) = country.and_then(|c| registry.country_index.get(c)) {
                                own[c] += share;
                            }
                        }
                        _ => {}
                    }
                }
            }
            years.extend((0..part.folded.words.len()).filter_map(|i| year(part.folded.of(i))));
        }
        if let Some(day) = context.day {
            years.retain(|y| *y <= day.year());
        }
        scale(&mut own);
        // One name is no proof; many are.
        let sum: f32 = named.iter().sum();
        named.iter_mut().for_each(|n| *n /= sum + 1.0);
        let mut given = vec![0f32; registry.countries.len()];
        for (code, weight) in context.countries {
            if let Some(&c) = registry.country_index.get(code.as_str())
                && weight.is_finite()
            {
                given[c] += weight.max(0.0);
            }
        }
        scale(&mut given);
        let mut country: Vec<f32> = own.iter().zip(&given).map(|(o, g)| o + g).collect();
        scale(&mut country);
        let fits: Vec<f32> = registry.conflicts.iter().map(|war| fit(war.from, war.to, context.day, &years)).collect();
        // A war that fits silences the earlier and later ones of its country.
        let rival = |n: usize| {
            let home = registry.conflicts[n].countries.first();
            registry.conflicts.iter().zip(&fits).any(|(war, f)| war.countries.first() == home && *f > fits[n] && *f > 0.7)
        };
        let conflict = registry.conflicts.iter().zip(&named).enumerate().map(|(n, (war, named))| {
            let place: f32 = war
                .countries
                .iter()
                .enumerate()
                .filter_map(|(n, code)| Some(country[*registry.country_index.get(code)?] * if n == 0 { 1.0 } else { 0.3 }))
                .sum();
            (place + named) * fits[n] * if rival(n) { 0.3 } else { 1.0 }
        });
        Self { conflict: conflict.collect(), country, day: context.day }
    }
}

/// How well a war's days fit, 0 to 1. The years named count as well: an encyclopedia is printed long after.
fn fit(from: Date, to: Option<Date>, day: Option<Date>, years: &[i16]) -> f32 {
    let inside = years.iter().filter(|y| **y >= from.year() && to.is_none_or(|t| **y <= t.year())).count();
    let told = if years.is_empty() { 0.0 } else { 0.9 * inside as f32 / years.len() as f32 };
    let printed = match day {
        None => 0.6,
        // The press speaks of a war in the same words some weeks before and months after.
        Some(d) if days(from, d) < -14 => AHEAD,
        Some(d) if d < from => 0.4,
        Some(d) if to.is_some_and(|t| days(t, d) > 90) => OVER,
        Some(d) if to.is_some_and(|t| d > t) => 0.8,
        Some(_) => 1.0,
    };
    // An encyclopedia of today that names other years alone speaks of another war.
    let printed = if !years.is_empty() && inside == 0 { printed * 0.5 } else { printed };
    printed.max(told)
}

/// Days from `a` to `b`, rough at the ends of time.
fn days(a: Date, b: Date) -> i32 {
    b.since(a).map_or(i32::MAX, |s| s.get_days())
}

/// A year of which news or history may speak.
fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?.filter(|y| (1950..2100).contains(y))
}

fn scale(values: &mut [f32]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 {
        values.iter_mut().for_each(|v| *v /= sum);
    }
}
