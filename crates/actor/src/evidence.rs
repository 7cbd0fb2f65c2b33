//! Which war an article is about: its countries, its day, the years and the parties that it names.

use jiff::civil::Date;

use crate::Registry;
use crate::document::Document;
use crate::lexicon::Sense;

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
    /// Countries in which a war with a file fits the day.
    pub at_war: Vec<bool>,
    pub day: Option<Date>,
}

/// How far a war outside its days is thought of: long over, and not yet begun.
const OVER: f32 = 0.25;
const AHEAD: f32 = 0.03;

/// "Russian forces" tell less of where the war is than "Malian forces".
const ABROAD: f32 = 0.15;

impl Evidence {
    pub fn weigh(doc: &Document, registry: &Registry, context: &Context) -> Self {
        let mut own = vec![0f32; registry.countries.len()];
        let mut named = vec![0f32; registry.conflicts.len()];
        // How many of the parties named have a side in each war: a war that explains them all is likelier.
        let (mut sides, mut parties) = (vec![0f32; registry.conflicts.len()], 0f32);
        let mut years: Vec<i16> = Vec::new();
        for part in doc.parts.iter().chain([&doc.title]) {
            for hit in &part.hits {
                // A word that may mean others says little.
                let share = (1.0 / hit.senses.len() as f32).powi(2);
                let plain = hit.senses.iter().any(|s| matches!(s, Sense::ClassNoun(_) | Sense::ClassAdjective(_)));
                let mut covers: Vec<usize> = Vec::new();
                for sense in &hit.senses {
                    match *sense {
                        Sense::Country(c) | Sense::Adjective(c) | Sense::People(c) => {
                            let place = matches!(sense, Sense::Country(_)) || !registry.abroad(c);
                            own[c as usize] += if place { 1.0 } else { ABROAD };
                            covers.extend(registry.state(c).iter().flat_map(|&a| &registry.wars[a]));
                            let code = &registry.countries[c as usize].code;
                            covers.extend(
                                (0..registry.conflicts.len())
                                    .filter(|&w| registry.conflicts[w].countries.first() == Some(code)),
                            );
                        }
                        Sense::Capital(c) => own[c as usize] += 0.5,
                        Sense::War(war) => named[war as usize] += 2.0,
                        Sense::ConflictWord(war, _) if !plain => covers.push(war as usize),
                        Sense::Name(a) | Sense::Person(a) => {
                            let actor = &registry.actors[a as usize];
                            let wars = &registry.wars[a as usize];
                            for &war in wars {
                                named[war] += share / wars.len() as f32;
                            }
                            covers.extend(wars);
                            let country = actor.country.as_ref().and_then(|c| registry.country_index.get(c));
                            if let Some(&c) = country.filter(|c| !(actor.state && registry.abroad(**c as u16))) {
                                own[c] += share / wars.len().max(1) as f32;
                            }
                        }
                        _ => {}
                    }
                }
                covers.sort_unstable();
                covers.dedup();
                parties += f32::from(u8::from(!covers.is_empty()));
                covers.iter().for_each(|&w| sides[w] += 1.0);
            }
            years.extend((0..part.folded.words.len()).filter_map(|i| year(part.folded.of(i))));
        }
        if let Some(day) = context.day {
            years.retain(|y| *y <= day.year());
        }
        // A single "Pakistani border" weighs little beside the places of the article.
        let told = (own.iter().sum::<f32>() / 4.0).min(1.0);
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
        let mut country: Vec<f32> = own.iter().zip(&given).map(|(o, g)| o * told + g).collect();
        scale(&mut country);
        let fits: Vec<f32> = registry.conflicts.iter().map(|war| fit(war.from, war.to, context.day, &years)).collect();
        // A war that fits silences the earlier and later ones of its country.
        let rival = |n: usize| {
            let home = registry.conflicts[n].countries.first();
            registry
                .conflicts
                .iter()
                .zip(&fits)
                .any(|(war, f)| war.countries.first() == home && *f > fits[n] && *f > 0.7)
        };
        let conflict = registry.conflicts.iter().zip(&named).enumerate().map(|(n, (war, named))| {
            let place: f32 = war
                .countries
                .iter()
                .enumerate()
                .filter_map(|(n, code)| {
                    Some(country[*registry.country_index.get(code)?] * if n == 0 { 1.0 } else { 0.3 })
                })
                .sum();
            let explains = if parties > 0.0 { 0.1 + 0.9 * sides[n] / parties } else { 1.0 };
            (place + named) * fits[n] * explains * if rival(n) { 0.3 } else { 1.0 }
        });
        let conflict: Vec<f32> = conflict.collect();
        let mut at_war = vec![false; registry.countries.len()];
        for (war, fit) in registry.conflicts.iter().zip(&fits) {
            if let Some(&c) = war.countries.first().and_then(|c| registry.country_index.get(c)) {
                at_war[c] |= *fit >= 0.5;
            }
        }
        Self { conflict, country, at_war, day: context.day }
    }
}

/// How well a war's days fit, 0 to 1. The years named count as well: an encyclopedia is printed long after.
fn fit(from: Date, to: Option<Date>, day: Option<Date>, years: &[i16]) -> f32 {
    let inside = years.iter().filter(|y| **y >= from.year() && to.is_none_or(|t| **y <= t.year())).count();
    // A single year may be told in passing.
    let told =
        if years.is_empty() { 0.0 } else { inside as f32 / years.len() as f32 * if inside > 1 { 0.9 } else { 0.5 } };
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
    let printed = if years.len() > 2 && inside == 0 { printed * 0.5 } else { printed };
    printed.max(told)
}

/// Days from `a` to `b`, rough at the ends of time.
fn days(a: Date, b: Date) -> i32 {
    b.since(a).map_or(i32::MAX, |s| s.get_days())
}

/// A year of which news or history may speak.
fn year(word: &str) -> Option<i16> {
    (word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())?
        .filter(|y| (1950..2100).contains(y))
}

fn scale(values: &mut [f32]) {
    let sum: f32 = values.iter().sum();
    if sum > 0.0 {
        values.iter_mut().for_each(|v| *v /= sum);
    }
}
