//! Words that stand for a place named before: "the city", "this town", "the provincial capital", "there".

use marchland_article::Span;
use marchland_reading::Tag;

use crate::cues::cues;
use crate::doc::Doc;
use crate::gazetteer::Gazetteer;
use crate::hash::FastMap;
use crate::{Candidate, PlaceId, Precision, Toponym, ToponymKind, find::precision};

/// A place named in the document, as something that words can refer to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Antecedent {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) id: PlaceId,
    pub(crate) score: f32,
    /// "near" it, at a distance from it or on the way to it: less likely to be spoken of again.
    pub(crate) aside: bool,
    /// An end of a way ("the road from Kabul to the south", "on his way to Kabul"): the story is elsewhere.
    pub(crate) way: bool,
}

/// Finds the references of a document. `countries`: what it is about, the most spoken of first.
pub(crate) fn references(
    doc: &Doc<'_>,
    gazetteer: &Gazetteer,
    named: &[Antecedent],
    countries: &[(String, f32)],
) -> Vec<Toponym> {
    let finder = Finder::new(doc, gazetteer, named, countries);
    let mut out = Vec::new();
    for sentence in &doc.reading.sentences {
        let mut t = sentence.first as usize;
        while t < sentence.last as usize {
            let said = out.last().filter(|r: &&Toponym| sentence.span.contains(r.span)).and_then(|r| r.place);
            match finder.at(t, sentence.last as usize, said) {
                Some((toponym, next)) => {
                    out.push(toponym);
                    t = next;
                }
                None => t += 1,
            }
        }
    }
    out
}

struct Finder<'a, 'd> {
    doc: &'a Doc<'d>,
    gazetteer: &'a Gazetteer,
    /// In the order of the text.
    named: &'a [Antecedent],
    countries: &'a [(String, f32)],
    /// The sentence of each of them.
    sentences: Vec<usize>,
    /// How often each town is named.
    times: FastMap<PlaceId, u32>,
}

impl<'a, 'd> Finder<'a, 'd> {
    fn new(
        doc: &'a Doc<'d>,
        gazetteer: &'a Gazetteer,
        named: &'a [Antecedent],
        countries: &'a [(String, f32)],
    ) -> Self {
        let sentences = named.iter().map(|n| doc.sentence(n.first)).collect();
        let town = |id| gazetteer.slot(id).is_some_and(|s| gazetteer.feature(s).starts_with("PPL"));
        let mut times = FastMap::default();
        for n in named.iter().filter(|n| town(n.id)) {
            *times.entry(n.id).or_default() += 1;
        }
        Self { doc, gazetteer, named, countries, sentences, times }
    }

    /// What was named before a token and at most so many sentences back, the last first, each with how many.
    /// A window, so that a long document takes time in proportion to its length.
    fn back(&self, t: usize, sentences: usize) -> impl Iterator<Item = (&'a Antecedent, usize)> + '_ {
        let here = self.doc.sentence(t);
        let end = self.named.partition_point(|n| n.last <= t);
        (0..end)
            .rev()
            .map(move |i| (&self.named[i], here.saturating_sub(self.sentences[i])))
            .take_while(move |(_, back)| *back <= sentences)
    }

    /// A reference that starts at a token, and the token after it.
    /// `said`: what the last such words in the same sentence stand for.
    fn at(&self, t: usize, end: usize, said: Option<Candidate>) -> Option<(Toponym, usize)> {
        let doc = self.doc;
        match doc.lower(t) {
            "there" => {
                let tag = doc.reading.tokens[t].tag;
                let expletive = tag == Tag::Ex
                    || matches!(
                        doc.after(t + 1, 0),
                        "is" | "are"
                            | "was"
                            | "were"
                            | "has"
                            | "have"
                            | "had"
                            | "will"
                            | "would"
                            | "'s"
                            | "’s"
                            | "may"
                            | "might"
                            | "can"
                            | "could"
                            | "should"
                            | "must"
                            | "remain"
                            | "remains"
                            | "seems"
                            | "appears"
                            | "comes"
                            | "came"
                            | "to"
                    );
                if expletive || (tag == Tag::None && t == self.start(t)) {
                    return None;
                }
                let (id, score) = said.map(|c| (c.id, c.score)).or_else(|| self.last_place(t))?;
                Some((self.toponym(doc.span(t, t + 1), id, score * 0.9), t + 1))
            }
            "the" | "this" | "that" => self.phrase(t, end),
            _ => None,
        }
    }

    fn start(&self, t: usize) -> usize {
        self.doc.reading.sentence_of(t).map_or(t, |s| self.doc.reading.sentences[s].first as usize)
    }

    /// "the besieged city", "this town", "the provincial capital".
    fn phrase(&self, t: usize, end: usize) -> Option<(Toponym, usize)> {
        let doc = self.doc;
        let mut noun = t + 1;
        let mut ordinal = false;
        while noun < end && noun <= t + 5 {
            let w = doc.lower(noun);
            if w == "capital" || cues().reference.contains_key(w) {
                break;
            }
            if doc.capital(noun)
                || !w.chars().all(|c| c.is_alphabetic() || c == '-')
                || matches!(
                    w,
                    // "the fighters held the whole town": the words that stand for the town begin later.
                    "the"
                        | "this"
                        | "that"
                        | "a"
                        | "an"
                        | "of"
                        | "in"
                        | "and"
                        | "to"
                        | "for"
                        | "on"
                        | "from"
                        | "by"
                        | "with"
                        | "which"
                        | "who"
                        | "is"
                        | "are"
                        | "was"
                        | "were"
                )
            {
                return None;
            }
            ordinal |= matches!(
                w,
                "second"
                    | "third"
                    | "fourth"
                    | "fifth"
                    | "sixth"
                    | "seventh"
                    | "eighth"
                    | "ninth"
                    | "tenth"
                    | "largest"
                    | "first"
                    | "last"
                    | "next"
                    | "other"
                    | "biggest"
                    | "main"
                    | "only"
                    | "latest"
                    | "nearest"
                    | "neighboring"
                    | "neighbouring"
                    | "nearby"
                    | "same"
            );
            noun += 1;
        }
        let word = doc.lower(noun);
        if noun >= end || noun > t + 5 || (word != "capital" && !cues().reference.contains_key(word)) {
            return None;
        }
        let span = doc.span(t, noun + 1);
        let next = noun + 1;
        // "the city of Kunduz", "the city Kunduz": the name says it. "city council", "capital punishment": no place.
        let (ahead, second) = (doc.after(next, 0), doc.after(next, 1));
        if ahead == "-" || (ahead != "of" && doc.capital(next) && !ahead.is_empty() && doc.joined(noun)) {
            return None;
        }
        if matches!(
            ahead,
            "council"
                | "hall"
                | "punishment"
                | "government"
                | "market"
                | "markets"
                | "gains"
                | "house"
                | "flight"
                | "investment"
                | "police"
                | "officials"
                | "court"
                | "attorney"
                | "manager"
                | "limits"
        ) {
            return None;
        }
        // "the sixth provincial capital, Aybak": the name that follows.
        let follows = || self.named.get(self.named.partition_point(|n| n.first <= next));
        let appended = ahead == "," || (ahead == "of" && word == "capital");
        if let Some(n) = follows().filter(|n| appended && n.first == next + 1) {
            if ahead == "," {
                return (self.fits(n.id, self.wanted(word, t, noun)))
                    .then(|| (self.toponym(span, n.id, n.score * 0.9), next));
            }
            return self.seat_of(n.id).map(|id| (self.toponym(span, id, n.score * 0.9), next));
        }
        if ahead == "of" && word == "capital" {
            // "the capital of the province of Nimroz", "the capital of Helmand province".
            let n = follows().filter(|n| n.first <= next + 4)?;
            return self.seat_of(n.id).map(|id| (self.toponym(span, id, n.score * 0.9), next));
        }
        if ahead == "of" && (second == "the" || doc.capital(next + 1)) {
            return None;
        }
        if ordinal && word != "capital" {
            return None;
        }
        let (id, score) = match self.wanted(word, t, noun) {
            Wanted::Town => self.town(t, |_| true)?,
            Wanted::Seat => self.seat(t)?,
            Wanted::Capital => self.capital(t)?,
            Wanted::Division => self.division(t, word)?,
            Wanted::District => self.latest(t, |f| f == "ADM2")?,
            Wanted::Country => self.country(t)?,
            Wanted::Any => self.recent(t, 1)?,
        };
        if ordinal {
            return None;
        }
        Some((self.toponym(span, id, score), next))
    }

    fn wanted(&self, word: &str, t: usize, noun: usize) -> Wanted {
        if word == "capital" {
            let provincial = (t..noun).any(|i| matches!(self.doc.lower(i), "provincial" | "regional" | "state"));
            return if provincial { Wanted::Seat } else { Wanted::Capital };
        }
        match cues().reference.get(word).map(String::as_str) {
            Some("town") => Wanted::Town,
            Some("division") => Wanted::Division,
            Some("district") => Wanted::District,
            Some("country") => Wanted::Country,
            _ => Wanted::Any,
        }
    }

    fn feature(&self, id: PlaceId) -> &str {
        self.gazetteer.slot(id).map_or("", |s| self.gazetteer.feature(s))
    }

    fn fits(&self, id: PlaceId, wanted: Wanted) -> bool {
        let f = self.feature(id);
        match wanted {
            Wanted::Town | Wanted::Capital => f.starts_with("PPL"),
            Wanted::Seat => f.starts_with("PPL"),
            Wanted::Division => matches!(f, "ADM1" | "RGN"),
            Wanted::District => f == "ADM2",
            Wanted::Country => f == "PCLI",
            Wanted::Any => true,
        }
    }

    fn seat_of(&self, id: PlaceId) -> Option<PlaceId> {
        let place = self.gazetteer.place(id)?;
        match place.feature {
            "ADM1" => self.gazetteer.seat(id),
            "PCLI" => self.gazetteer.capital(place.country?),
            // "the capital of Kunduz", read as the town: its province's seat.
            f if f.starts_with("PPL") => place.admin1.and_then(|a| self.gazetteer.seat(a)),
            _ => None,
        }
    }

    /// The likeliest town before a token; one later in the same sentence when none stands before it there.
    fn town(&self, t: usize, keep: impl Fn(PlaceId) -> bool) -> Option<(PlaceId, f32)> {
        let here = self.doc.sentence(t);
        let mut best: Option<(f32, PlaceId, f32)> = None;
        let from = self.sentences.partition_point(|&s| s + 6 < here);
        for (n, &sentence) in self.named[from..].iter().zip(&self.sentences[from..]) {
            if sentence > here {
                break;
            }
            let Some(&times) = self.times.get(&n.id).filter(|_| keep(n.id)) else { continue };
            let back = (here - sentence) as f32;
            let later = sentence == here && n.first > t;
            let times = times as f32;
            let mut score = -back + 0.3 * times.ln() + 0.001 * n.first.min(100_000) as f32;
            if n.aside {
                score -= if n.way { 2.5 } else { 1.5 };
            }
            if later {
                // "in the city, a witness in Kunduz said", but not "This city, between Kabul and the border".
                let opening = t < self.start(t) + 2 || self.doc.lower(t) == "this";
                score -= if opening { 2.5 } else { 0.6 };
            }
            if self.doc.before(n.first, 1) == "between"
                || (self.doc.before(n.first, 1) == "and" && self.doc.before(n.first, 3) == "between")
            {
                score -= 0.8;
            }
            if best.is_none_or(|b| score > b.0) {
                let sure = if back <= 1.0 {
                    0.85
                } else if back <= 2.0 {
                    0.7
                } else {
                    0.5
                };
                best = Some((score, n.id, sure * n.score));
            }
        }
        best.map(|(_, id, sure)| (id, sure))
    }

    /// The last place before a token of which the feature code passes.
    fn latest(&self, t: usize, keep: impl Fn(&str) -> bool) -> Option<(PlaceId, f32)> {
        self.back(t, 4)
            .find(|(n, _)| keep(self.feature(n.id)) && !n.aside)
            .map(|(n, back)| (n.id, n.score * if back <= 1 { 0.85 } else { 0.6 }))
    }

    /// For "there": in the last sentence that names a place, the last one smaller than a country, else the country.
    fn last_place(&self, t: usize) -> Option<(PlaceId, f32)> {
        let (last, sentence) = self.back(t, 3).find(|(n, _)| !n.aside)?;
        let small = self
            .back(t, 3)
            .find(|(n, back)| !n.aside && *back == sentence && !matches!(self.feature(n.id), "PCLI" | "CONT"));
        let n = small.map_or(last, |s| s.0);
        Some((n.id, n.score * 0.85))
    }

    fn recent(&self, t: usize, sentences: usize) -> Option<(PlaceId, f32)> {
        self.back(t, sentences).find(|(n, _)| self.feature(n.id) != "PCLI").map(|(n, _)| (n.id, n.score * 0.6))
    }

    /// "the provincial capital": a seat named before, or the seat of the province named last.
    fn seat(&self, t: usize) -> Option<(PlaceId, f32)> {
        let wanted = |n: &Antecedent| self.feature(n.id) == "ADM1" || self.gazetteer.is_seat(n.id);
        let (last, _) = self.back(t, 3).find(|(n, _)| !n.aside && wanted(n))?;
        let id = if self.feature(last.id) == "ADM1" { self.gazetteer.seat(last.id)? } else { last.id };
        Some((id, last.score * 0.8))
    }

    /// "the capital": of the country that the document is about; a capital named before comes first.
    fn capital(&self, t: usize) -> Option<(PlaceId, f32)> {
        if let Some((id, score)) = self.latest(t, |f| f == "PPLC") {
            return Some((id, score));
        }
        let (country, share) = self.countries.first()?;
        let id = self.gazetteer.capital(country)?;
        (*share >= 0.4).then_some((id, 0.4 + 0.4 * share))
    }

    /// "the province": named before, or that of the town named last.
    fn division(&self, t: usize, word: &str) -> Option<(PlaceId, f32)> {
        let near = self.back(t, 2).find(|(n, _)| matches!(self.feature(n.id), "ADM1" | "RGN"));
        if let Some((n, _)) = near {
            return Some((n.id, n.score * 0.8));
        }
        if word == "region" {
            return None;
        }
        let (town, score) = self.town(t, |_| true)?;
        Some((self.gazetteer.place(town)?.admin1?, score * 0.7))
    }

    fn country(&self, t: usize) -> Option<(PlaceId, f32)> {
        let near = self.back(t, 1).find(|(n, _)| self.feature(n.id) == "PCLI");
        let (iso, share) = self.countries.first()?;
        match near {
            Some((n, _)) if *share < 0.6 => Some((n.id, n.score * 0.6)),
            _ => Some((self.gazetteer.country_place(iso)?.id, 0.3 + 0.6 * share)),
        }
    }

    fn toponym(&self, span: Span, id: PlaceId, score: f32) -> Toponym {
        Toponym {
            span,
            kind: ToponymKind::Reference,
            place: Some(Candidate { id, score: score.clamp(0.0, 1.0) }),
            alternatives: Vec::new(),
            part: None,
            precision: match precision(self.feature(id)) {
                Precision::Exact => Precision::Exact,
                other => other,
            },
            offset: None,
        }
    }
}

/// What kind of place a phrase can stand for.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Town,
    Seat,
    Capital,
    Division,
    District,
    Country,
    Any,
}
