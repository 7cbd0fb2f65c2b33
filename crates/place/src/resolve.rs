//! Which place is meant? Features of each candidate place, a softmax over their weighted sum, run again with what the
//! rest of the document says.

use std::collections::BTreeMap;

use crate::cues::cues;
use crate::doc::Doc;
use crate::gazetteer::{Gazetteer, Slot};
use crate::hash::FastMap;
use crate::model::{Feature, models};
use crate::spans::Spot;
use crate::{PlaceId, fold};

/// Most candidate places that a name is weighed against; the rest are the smallest of very common names.
const MOST: usize = 80;

/// A candidate place of a mention.
#[derive(Debug, Clone)]
pub(crate) struct Choice<'g> {
    pub(crate) slot: Slot,
    pub(crate) id: PlaceId,
    country: &'g str,
    admin1: Option<PlaceId>,
    feature: &'g str,
    people: u32,
    unit: [f32; 3],
    main: bool,
    /// Edit distance of a name found by likeness.
    pub(crate) distance: f32,
    /// Probability among the candidates of the mention.
    pub(crate) probability: f32,
}

/// A mention with its candidates.
#[derive(Debug, Clone)]
pub(crate) struct Named<'g> {
    pub(crate) spot: Spot,
    /// Probability that the span names a place at all.
    pub(crate) recognised: f32,
    pub(crate) choices: Vec<Choice<'g>>,
}

impl<'g> Named<'g> {
    pub(crate) fn new(
        gazetteer: &'g Gazetteer,
        spot: Spot,
        recognised: f32,
        slots: impl IntoIterator<Item = (Slot, f32)>,
    ) -> Self {
        let mut choices: Vec<_> = slots
            .into_iter()
            .map(|(slot, distance)| {
                let (lat, lon) = gazetteer.point(slot);
                let (a, o) = (lat.to_radians(), lon.to_radians());
                Choice {
                    slot,
                    id: gazetteer.id(slot),
                    country: gazetteer.country(slot),
                    admin1: None,
                    feature: gazetteer.feature(slot),
                    people: gazetteer.population(slot),
                    unit: [(a.cos() * o.cos()) as f32, (a.cos() * o.sin()) as f32, a.sin() as f32],
                    main: false,
                    distance,
                    probability: 0.0,
                }
            })
            .collect();
        choices.sort_by_key(|c| (rank(c.feature), std::cmp::Reverse(c.people), c.id));
        choices.truncate(MOST);
        for c in &mut choices {
            c.admin1 = gazetteer.divisions(c.slot).0.map(|s| gazetteer.id(s));
            c.main = fold(gazetteer.name(c.slot)) == spot.key;
        }
        Self { spot, recognised, choices }
    }

    pub(crate) fn best(&self) -> Option<&Choice<'g>> {
        self.choices.iter().max_by(|a, b| a.probability.total_cmp(&b.probability).then(b.id.cmp(&a.id)))
    }
}

/// Countries and divisions first, so that they are never among those left out.
fn rank(feature: &str) -> u8 {
    match feature {
        "PCLI" => 0,
        "ADM1" => 1,
        "ADM2" => 3,
        f if f.starts_with("PPL") => 2,
        _ => 1,
    }
}

/// What the words around all mentions of the document say of places.
struct Around {
    /// For each mention: places named as its holder ("Athens, Ga.", "Libya's Misrata").
    holders: Vec<Vec<PlaceId>>,
    /// For each name: the holders of all its mentions.
    by_key: BTreeMap<String, Vec<PlaceId>>,
    /// Countries of demonyms, with their share.
    demonyms: BTreeMap<String, f32>,
}

/// Weighs the candidates of every mention, twice with the rest of the document.
pub(crate) fn resolve(doc: &Doc<'_>, gazetteer: &Gazetteer, named: &mut [Named<'_>], demonyms: &BTreeMap<String, f32>) {
    let around = around(doc, named, demonyms);
    // What is said of a candidate without the rest of the document does not change from round to round.
    let mut alone = Vec::with_capacity(named.len());
    let mut base = Vec::with_capacity(named.len());
    for i in 0..named.len() {
        let own = own_features(doc, gazetteer, &around, i, named);
        alone.push(own.iter().map(|f| models().resolve_alone.score(f)).collect::<Vec<f32>>());
        base.push(own.iter().map(|f| models().resolve.score(f)).collect::<Vec<f32>>());
    }
    for (n, scores) in named.iter_mut().zip(&alone) {
        softmax(scores, |c, p| n.choices[c].probability = p);
    }
    let mut features = Vec::with_capacity(12);
    for _ in 0..2 {
        let summary = Summary::of(named);
        let mut distances = FastMap::default();
        let scores: Vec<Vec<f32>> = named
            .iter()
            .zip(&base)
            .map(|(n, base)| {
                let own = Own::of(n, &summary);
                let score = |(c, &b): (usize, &f32)| {
                    features.clear();
                    shared_features(n, c, &own, &summary, &mut distances, &mut features);
                    models().resolve.add(b, &features)
                };
                base.iter().enumerate().map(score).collect()
            })
            .collect();
        for (n, scores) in named.iter_mut().zip(&scores) {
            softmax(scores, |c, p| n.choices[c].probability = p);
        }
    }
}

fn softmax(scores: &[f32], mut set: impl FnMut(usize, f32)) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    for (c, s) in scores.iter().enumerate() {
        set(c, (s - top).exp() / sum);
    }
}

/// The features of every candidate of every mention: alone, and with the rest of the document as it stands.
pub(crate) fn all_features<'d>(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer,
    named: &[Named<'_>],
    demonyms: &BTreeMap<String, f32>,
    together: bool,
) -> Vec<Vec<Vec<Feature<'d>>>> {
    let around = around(doc, named, demonyms);
    let summary = together.then(|| Summary::of(named));
    let mut distances = FastMap::default();
    (0..named.len())
        .map(|i| {
            let mut rows = own_features(doc, gazetteer, &around, i, named);
            if let Some(summary) = &summary {
                let own = Own::of(&named[i], summary);
                for (c, row) in rows.iter_mut().enumerate() {
                    shared_features(&named[i], c, &own, summary, &mut distances, row);
                }
            }
            rows
        })
        .collect()
}

fn around(doc: &Doc<'_>, named: &[Named<'_>], demonyms: &BTreeMap<String, f32>) -> Around {
    let mut holders = vec![Vec::new(); named.len()];
    let mut by_key: BTreeMap<String, Vec<PlaceId>> = BTreeMap::new();
    let holder_ids = |n: &Named<'_>| -> Vec<PlaceId> {
        n.choices.iter().filter(|c| matches!(c.feature, "PCLI" | "ADM1" | "ADM2" | "RGN")).map(|c| c.id).collect()
    };
    for (i, pair) in named.windows(2).enumerate() {
        let (a, b) = (&pair[0].spot, &pair[1].spot);
        let between: Vec<&str> = (a.last..b.first).map(|t| doc.lower(t)).collect();
        let between: Vec<&str> = between
            .into_iter()
            .filter(|w| {
                !matches!(
                    *w,
                    "." | "the"
                        | "'s"
                        | "’s"
                        | "province"
                        | "region"
                        | "state"
                        | "northern"
                        | "southern"
                        | "eastern"
                        | "western"
                        | "northeastern"
                        | "northwestern"
                        | "southeastern"
                        | "southwestern"
                        | "central"
                        | "neighboring"
                        | "neighbouring"
                        | "country"
                        | "county"
                )
            })
            .collect();
        let possessive = matches!(doc.after(a.last, 0), "'s" | "’s");
        match between.as_slice() {
            // "Misrata, Libya"; "Misrata in western Libya"; "Nablus (West Bank"; "villages of X in Y province".
            [","] | ["in"] | ["("] | [",", "in"] => holders[i].extend(holder_ids(&pair[1]).into_iter().filter(|&h| {
                // "Kunduz, Takhar and Baghlan" is a list: Takhar holds no Kunduz.
                pair[0].choices.iter().any(|c| {
                    c.id != h
                        && (c.admin1 == Some(h)
                            || pair[1]
                                .choices
                                .iter()
                                .any(|o| o.id == h && o.feature != "ADM1" && o.country == c.country))
                })
            })),
            // "Libya's Misrata"; "Helmand province's Sangin".
            [] if possessive => holders[i + 1].extend(holder_ids(&pair[0])),
            [w] if possessive && cues().settlement.contains(*w) => holders[i + 1].extend(holder_ids(&pair[0])),
            // "the Helmand town of Sangin", "West Bank city of Nablus".
            [w, "of"] if cues().settlement.contains(*w) || cues().second_order.contains(*w) => {
                holders[i + 1].extend(holder_ids(&pair[0]))
            }
            [d, w, "of"] if cues().settlement.contains(*w) && !d.is_empty() => {
                holders[i + 1].extend(holder_ids(&pair[0]))
            }
            _ => {}
        }
    }
    for (n, h) in named.iter().zip(&holders) {
        by_key.entry(n.spot.key.clone()).or_default().extend(h);
    }
    Around { holders, by_key, demonyms: demonyms.clone() }
}

/// What the mentions of a document, as weighed so far, say together.
struct Summary {
    /// One entry for each name: its key, its weight, and its likeliest places.
    names: Vec<(String, Vec<Likely>)>,
    countries: BTreeMap<String, f32>,
    divisions: BTreeMap<PlaceId, f32>,
    total: f32,
}

#[derive(Clone, Copy)]
struct Likely {
    unit: [f32; 3],
    probability: f32,
    /// True for towns and smaller things, whose distance says something.
    point: bool,
}

impl Summary {
    fn of(named: &[Named<'_>]) -> Self {
        let mut keys: BTreeMap<&str, (f32, &Named<'_>)> = BTreeMap::new();
        for n in named.iter().filter(|n| !n.choices.is_empty()) {
            let entry = keys.entry(&n.spot.key).or_insert((0.0, n));
            // Said twice counts more, but not twice as much.
            entry.0 = (entry.0 + 0.3).min(2.0).max(1.0);
        }
        let mut out = Self { names: Vec::new(), countries: BTreeMap::new(), divisions: BTreeMap::new(), total: 0.0 };
        for (key, (weight, n)) in keys {
            let weight = weight * n.recognised;
            let mut top: Vec<_> = n.choices.iter().filter(|c| c.probability > 0.02).collect();
            top.sort_by(|a, b| b.probability.total_cmp(&a.probability));
            top.truncate(4);
            for c in &top {
                if !c.country.is_empty() {
                    *out.countries.entry(c.country.to_owned()).or_default() += weight * c.probability;
                }
                if let Some(a) = c.admin1 {
                    *out.divisions.entry(a).or_default() += weight * c.probability;
                }
            }
            out.total += weight;
            let likely = top
                .iter()
                .map(|c| Likely {
                    unit: c.unit,
                    probability: c.probability * n.recognised,
                    point: !matches!(c.feature, "PCLI" | "CONT"),
                })
                .collect();
            out.names.push((key.to_owned(), likely));
        }
        out
    }
}

impl Summary {
    /// How much of the document, without one of its names, lies within 30, 100 and 300 km of a point.
    fn within(&self, without: usize, unit: [f32; 3]) -> [f32; 3] {
        let (c30, c100, c300) = (cosine(30.0), cosine(100.0), cosine(300.0));
        let (mut near, mut middle, mut far) = (0.0f32, 0.0f32, 0.0f32);
        for (key, (_, likely)) in self.names.iter().enumerate() {
            if key == without {
                continue;
            }
            let (mut a, mut b, mut d) = (0.0f32, 0.0f32, 0.0f32);
            for l in likely.iter().filter(|l| l.point) {
                let cos = unit[0] * l.unit[0] + unit[1] * l.unit[1] + unit[2] * l.unit[2];
                if cos > c300 {
                    d += l.probability;
                    if cos > c100 {
                        b += l.probability;
                        if cos > c30 {
                            a += l.probability;
                        }
                    }
                }
            }
            near += a;
            middle += b;
            far += d;
        }
        [near, middle, far]
    }
}

/// Cosine of an arc of so many kilometres on the globe.
fn cosine(km: f32) -> f32 {
    (km / 6371.0).cos()
}

/// What the candidates of one mention have in common, gathered once.
struct Group<'a> {
    /// Towns, and what else may be of the same name as a town.
    towns: Vec<&'a Choice<'a>>,
    others: Vec<&'a Choice<'a>>,
    most_people: u32,
    all_people: f32,
    listed: bool,
}

impl<'a> Group<'a> {
    fn of(doc: &Doc<'_>, n: &'a Named<'a>) -> Self {
        let (towns, others): (Vec<_>, Vec<_>) = n.choices.iter().partition(|o| o.feature.starts_with("PPL"));
        Self {
            most_people: towns.iter().map(|o| o.people).max().unwrap_or(0),
            all_people: towns.iter().map(|o| o.people as f32).sum(),
            towns,
            others,
            // "Kunduz, Takhar and Badakhshan provinces".
            listed: plural_division_ahead(doc, n.spot.last),
        }
    }
}

/// What is said of each candidate of a mention without the rest of the document.
fn own_features<'d>(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer,
    around: &Around,
    i: usize,
    named: &[Named<'_>],
) -> Vec<Vec<Feature<'d>>> {
    let group = Group::of(doc, &named[i]);
    (0..named[i].choices.len()).map(|c| own_features_of(doc, gazetteer, around, i, c, named, &group)).collect()
}

fn own_features_of<'d>(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer,
    around: &Around,
    i: usize,
    c: usize,
    named: &[Named<'_>],
    group: &Group<'_>,
) -> Vec<Feature<'d>> {
    let n = &named[i];
    let choice = &n.choices[c];
    let mut f: Vec<Feature<'d>> = Vec::with_capacity(28);
    let mut add = |name: &'static str, value: f32| {
        if value != 0.0 {
            f.push((name, "", value));
        }
    };
    let yes = |b: bool| f32::from(u8::from(b));
    let kind = match choice.feature {
        "PCLI" => "is_country",
        "ADM1" => "is_first_order",
        "ADM2" => "is_second_order",
        "ADM3" | "ADMD" => "is_lower_order",
        "PPLC" => "is_capital",
        "PPLA" => "is_seat",
        "PPLX" => "is_section",
        "CONT" | "RGN" | "SEA" | "OCN" | "STM" | "LK" | "GULF" | "BAY" | "STRT" | "MTS" | "VAL" | "ISL" | "CNL" => {
            "is_region"
        }
        f if f.starts_with("PPL") => "is_town",
        _ => "is_site",
    };
    add(kind, 1.0);
    let town = matches!(kind, "is_town" | "is_seat" | "is_capital" | "is_section");
    let people = ((choice.people + 1) as f32).log10();
    if town {
        add("people", people / 7.0);
        add("most_people", yes(choice.people == group.most_people));
        let all = group.all_people;
        add("share_of_people", if all > 0.0 { choice.people as f32 / all } else { 0.0 });
        add("people_unknown", yes(choice.people == 0));
    }
    // A town and its division of one name are named alike, whichever of them the gazetteer spells so.
    let unlike = if choice.feature.starts_with("PPL") { &group.others } else { &group.towns };
    let like = choice.main || unlike.iter().any(|o| o.main && o.country == choice.country && o.admin1 == choice.admin1);
    add("main_name", yes(like));
    add("alias", yes(!like && choice.distance == 0.0));
    add("prior_unlike", choice.distance);
    // A town and its division of the same name: the words decide.
    let twin = |wanted_town: bool| {
        if wanted_town { &group.towns } else { &group.others }.iter().any(|o| {
            o.id != choice.id
                && o.country == choice.country
                && o.admin1 == choice.admin1
                && (wanted_town || matches!(o.feature, "ADM1" | "ADM2"))
        })
    };
    let division = matches!(choice.feature, "ADM1" | "ADM2");
    add("division_with_town", yes(division && twin(true)));
    add("town_with_division", yes(town && twin(false)));
    let (prev, next) = (doc.before(n.spot.first, 1), doc.after(n.spot.last, 0));
    let before_of = if prev == "of" { doc.before(n.spot.first, 2) } else { "" };
    let cue = |set: &std::collections::BTreeSet<String>| set.contains(next) || set.contains(before_of);
    let says_division = cue(&cues().division);
    let says_second = cue(&cues().second_order);
    let says_town = cue(&cues().settlement);
    add("says_division_is_first", yes(says_division && !says_second && choice.feature == "ADM1"));
    add("says_division_is_second", yes(says_division && choice.feature == "ADM2"));
    add("says_division_is_town", yes(says_division && town));
    add("says_district_is_second", yes(says_second && choice.feature == "ADM2"));
    add("says_district_is_first", yes(says_second && choice.feature == "ADM1"));
    add("says_town_is_town", yes(says_town && town));
    add("says_town_is_division", yes(says_town && division));
    let listed = group.listed;
    add("list_of_divisions_is_first", yes(listed && choice.feature == "ADM1"));
    add(
        "prior_division_is_said",
        yes((listed || (says_division && !says_second)) && choice.feature == "ADM1" && !says_town),
    );
    add("prior_division_is_said", yes(says_second && choice.feature == "ADM2" && !says_town));
    // The default is the town: no division without a word for it, unless it stands as the holder of another.
    let held_before = prev == ","
        && i > 0
        && named[i - 1].spot.last + 1 == n.spot.first
        && named[i - 1].choices.iter().any(|p| {
            p.id != choice.id
                && (p.admin1 == Some(choice.id) || (choice.feature == "PCLI" && p.country == choice.country))
        });
    add(
        "prior_town_by_default",
        yes(choice.feature == "ADM1"
            && twin(true)
            && !says_division
            && !listed
            && !held_before
            && !choice.country.is_empty()
            && !matches!(choice.country, "US" | "CA" | "AU")),
    );
    add(
        "prior_town_by_default",
        yes(choice.feature == "ADM2" && twin(true) && !says_division && !says_second && !listed && !held_before),
    );
    // Who is said to hold it.
    let held = |holders: &[PlaceId]| {
        holders.iter().any(|&h| {
            choice.id != h
                && (choice.admin1 == Some(h)
                    || gazetteer.slot(h).is_some_and(|s| {
                        (gazetteer.feature(s) == "PCLI" && gazetteer.country(s) == choice.country)
                            || (gazetteer.feature(s) == "ADM2" && gazetteer.divisions(choice.slot).1 == Some(s))
                            || (gazetteer.feature(s) == "RGN"
                                && gazetteer.country(s) == choice.country
                                && !choice.country.is_empty())
                    }))
        })
    };
    let own = &around.holders[i];
    let all = around.by_key.get(&n.spot.key).map_or(&[][..], Vec::as_slice);
    add("holder_agrees", yes(held(own)));
    add("holder_differs", yes(!own.is_empty() && !held(own)));
    add("holder_agrees_elsewhere", yes(own.is_empty() && held(all)));
    add("holder_differs_elsewhere", yes(own.is_empty() && !all.is_empty() && !held(all)));
    // As the second part of "Athens, Ga.", a division or country rather than a town.
    add("after_comma_is_holder", yes(held_before && matches!(choice.feature, "PCLI" | "ADM1")));
    let share = around.demonyms.get(choice.country).copied().unwrap_or(0.0);
    add("people_of_country", share);
    f
}

/// What a mention itself adds to the summary, so that it can be taken out again.
struct Own<'a> {
    countries: FastMap<&'a str, f32>,
    divisions: FastMap<Option<PlaceId>, f32>,
    /// Where the mention's name stands in the summary.
    key: usize,
}

impl<'a> Own<'a> {
    fn of(n: &'a Named<'_>, summary: &Summary) -> Self {
        let mut own = Self {
            countries: FastMap::default(),
            divisions: FastMap::default(),
            key: summary.names.binary_search_by(|(k, _)| k.as_str().cmp(&n.spot.key)).unwrap_or(usize::MAX),
        };
        for o in &n.choices {
            *own.countries.entry(o.country).or_default() += o.probability;
            *own.divisions.entry(o.admin1).or_default() += o.probability;
        }
        own
    }
}

/// How much of the rest of the document lies within 30, 100 and 300 km of a candidate, by name and candidate.
type Distances = FastMap<(usize, PlaceId), [f32; 3]>;

/// What the rest of the document says of a candidate: this name's own part taken out.
fn shared_features<'d>(
    n: &Named<'_>,
    c: usize,
    own: &Own<'_>,
    summary: &Summary,
    distances: &mut Distances,
    f: &mut Vec<Feature<'d>>,
) {
    let choice = &n.choices[c];
    let mut add = |name: &'static str, value: f32| {
        if value != 0.0 {
            f.push((name, "", value));
        }
    };
    let others = (summary.total - n.recognised).max(0.5);
    let mine = own.countries.get(choice.country).copied().unwrap_or(0.0);
    let of_country = summary.countries.get(choice.country).copied().unwrap_or(0.0) - mine * n.recognised;
    add("country_share", (of_country / others).clamp(0.0, 1.0));
    add("country_named", (of_country).clamp(0.0, 1.0));
    if let Some(a) = choice.admin1 {
        let mine = own.divisions.get(&choice.admin1).copied().unwrap_or(0.0);
        let of_division = summary.divisions.get(&a).copied().unwrap_or(0.0) - mine * n.recognised;
        add("division_share", (of_division / others).clamp(0.0, 1.0));
        add("division_named", of_division.clamp(0.0, 1.0));
    }
    if !matches!(choice.feature, "PCLI" | "CONT") {
        let [near, middle, far] =
            *distances.entry((own.key, choice.id)).or_insert_with(|| summary.within(own.key, choice.unit));
        add("within_30_km", near.ln_1p());
        add("within_100_km", middle.ln_1p());
        add("within_300_km", far.ln_1p());
    }
}

/// True for "Kunduz" in "Kunduz, Takhar and Badakhshan provinces".
fn plural_division_ahead(doc: &Doc<'_>, from: usize) -> bool {
    let mut t = from;
    while t < from + 14 {
        match doc.after(t, 0) {
            "" => return false,
            "provinces" | "districts" | "counties" | "oblasts" | "regions" | "states" | "governorates" => return true,
            "," | "and" | "-" | "'s" | "e" | "i" => {}
            _ if doc.capital(t) => {}
            _ => return false,
        }
        t += 1;
    }
    false
}
