//! One row of a table as a claim.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use marchland_actor::{ActorId, ActorRef};
use marchland_article::{Article, Span};
use marchland_claim::{
    Aggregate, Claim, ClaimId, ClaimPlace, ClaimTime, EventType, Evidence, Facts, Interest, Kind, Known, Party,
    Speaker, Stance,
};
use marchland_place::{Candidate, PlaceId, Precision};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::TableOptions;
use super::columns::{Columns, DATA, Data};
use super::excerpt::{At, Quote};

/// A row by fields, and as it was written.
#[derive(Debug, Default)]
pub(super) struct Fields {
    cells: BTreeMap<&'static str, String>,
    /// Every cell with its heading, in the order of the table.
    written: Vec<(String, String)>,
    /// Quotes with a place in the article, by what they show ("evidence.clause", "place.words").
    quotes: BTreeMap<String, Quote>,
    /// Other readings of the row's names, as our own export gives them.
    alternatives: BTreeMap<String, Vec<(String, f32)>>,
    scores: BTreeMap<String, f32>,
    feature: Option<String>,
}

impl Fields {
    pub(super) fn from_cells(
        heads: &[String],
        fields: &[Option<&'static str>],
        cells: Vec<String>,
    ) -> Result<Self, String> {
        if cells.len() > heads.len() {
            return Err(format!("it has {} cells, the head has {}", cells.len(), heads.len()));
        }
        let mut out = Self::default();
        for ((head, field), cell) in heads.iter().zip(fields).zip(cells) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            if let Some(field) = field {
                out.cells.insert(field, cell.to_owned());
            }
            out.written.push((head.trim().to_owned(), cell.to_owned()));
        }
        // A quote with its place in the article, as our own table has it.
        if let (Some(start), Some(exact)) = (out.get("quote_start"), out.get("quote")) {
            let start = start.parse().map_err(|_| format!("quote_start {start:?} is no number"))?;
            let quote = Quote { start, exact: exact.to_owned(), prefix: String::new(), suffix: String::new() };
            out.quotes.insert("evidence.sentence".to_owned(), quote);
        }
        Ok(out)
    }

    pub(super) fn from_json(line: &str, columns: &Columns) -> Result<Self, String> {
        let value: Value = serde_json::from_str(line).map_err(|e| format!("it is no JSON ({e})"))?;
        let Value::Object(_) = value else { return Err("it is no JSON object".to_owned()) };
        let mut out = Self::default();
        out.flatten("", &value, columns, 0);
        Ok(out)
    }

    fn flatten(&mut self, key: &str, value: &Value, columns: &Columns, depth: usize) {
        // Our own export is three deep.
        if depth > 6 {
            return;
        }
        let inside = |k: &str| if key.is_empty() { k.to_owned() } else { format!("{key}.{k}") };
        match value {
            Value::Null => {}
            Value::Object(object) => {
                if let (Some(start), Some(Value::String(exact))) = (
                    object.get("start").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()),
                    object.get("exact"),
                ) {
                    let text = |k: &str| object.get(k).and_then(Value::as_str).unwrap_or("").to_owned();
                    let quote = Quote { start, exact: exact.clone(), prefix: text("prefix"), suffix: text("suffix") };
                    self.quotes.insert(key.to_owned(), quote);
                }
                for (k, v) in object {
                    self.flatten(&inside(k), v, columns, depth + 1);
                }
            }
            Value::Array(items) if key.ends_with("alternatives") => {
                let read = |v: &Value| {
                    let id = v.get("actor").or_else(|| v.get("id"))?;
                    let id = id.as_str().map(str::to_owned).unwrap_or_else(|| id.to_string());
                    Some((id, v.get("score")?.as_f64()? as f32))
                };
                self.alternatives.insert(key.to_owned(), items.iter().filter_map(read).collect());
            }
            Value::Array(items) => {
                for (n, v) in items.iter().enumerate().take(2) {
                    self.flatten(&inside(&n.to_string()), v, columns, depth + 1);
                }
            }
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                let cell = value.as_str().map_or_else(|| value.to_string(), |s| s.trim().to_owned());
                if key.ends_with(".score") {
                    self.scores.insert(key.to_owned(), cell.parse().unwrap_or(1.0));
                }
                if key == "place.feature" {
                    self.feature = Some(cell.clone());
                }
                if cell.is_empty() {
                    return;
                }
                if let Some(field) = columns.of_key(key) {
                    self.cells.entry(field).or_insert_with(|| cell.clone());
                }
                if !key.contains('.') {
                    self.written.push((key.to_owned(), cell));
                }
            }
        }
    }

    fn get(&self, field: &str) -> Option<&str> {
        self.cells.get(field).map(String::as_str)
    }

    fn parsed<T: std::str::FromStr>(&self, field: &str, what: &str) -> Result<Option<T>, String> {
        self.get(field).map(|cell| cell.parse().map_err(|_| format!("{field} {cell:?} is no {what}"))).transpose()
    }

    fn word<T: DeserializeOwned>(&self, field: &str) -> Result<Option<T>, String> {
        let Some(cell) = self.get(field) else { return Ok(None) };
        let word = super::columns::folded(cell);
        serde_json::from_value(Value::String(word)).map(Some).map_err(|e| {
            // "unknown variant `x`, expected one of `a`, `b`"
            let said = e.to_string();
            let expected = said.split_once("expected ").map_or("", |(_, e)| e);
            format!("{field} {cell:?} is not known: {expected}")
        })
    }

    fn yes(&self, field: &str) -> Result<bool, String> {
        match self.get(field).map(str::to_lowercase).as_deref() {
            None | Some("false" | "no" | "0") => Ok(false),
            Some("true" | "yes" | "1") => Ok(true),
            Some(other) => Err(format!("{field} {other:?} is neither true nor false")),
        }
    }

    fn day(&self, field: &str) -> Result<Option<Date>, String> {
        self.get(field)
            .map(|cell| {
                let day = cell.split('T').next().unwrap_or(cell);
                day.parse().map_err(|_| format!("{field} {cell:?} is no day; write it as 2021-08-09"))
            })
            .transpose()
    }

    fn pair(&self, low: &str, high: &str) -> Result<Option<(u32, u32)>, String> {
        let (low, high) = (self.parsed::<u32>(low, "number")?, self.parsed::<u32>(high, "number")?);
        Ok(low.or(high).map(|n| (low.unwrap_or(n), high.unwrap_or(n))))
    }

    fn score(&self, key: &str) -> f32 {
        self.scores.get(key).copied().filter(|s| (0.0..=1.0).contains(s)).unwrap_or(1.0)
    }
}

/// Where a row comes from. Rows of one source that name an article share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub article: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Date>,
}

/// A row understood; its claim has no text yet.
#[derive(Debug)]
pub(super) struct Read {
    pub source: Source,
    pub read_at: Option<Timestamp>,
    /// The row as a line of text, where it has no quotes with places.
    pub line: Option<String>,
    /// Which line of the article it became.
    pub number: usize,
    quotes: BTreeMap<String, Quote>,
    /// Where in the line things stand.
    marks: BTreeMap<&'static str, (usize, usize)>,
    claim: Claim,
    /// True when the id is to be counted from the content.
    nameless: bool,
    timed: bool,
}

impl Read {
    pub(super) fn quotes(&self) -> impl Iterator<Item = &Quote> {
        self.quotes.values()
    }

    /// The claim, with its spans in the article.
    pub(super) fn claim(self, article: &Article, span: &impl Fn(At) -> Span) -> Claim {
        let mut claim = self.claim;
        let whole = self.quotes.get("evidence.sentence");
        let of = |key: &str, mark: &str| -> Option<Span> {
            if let Some(q) = self.quotes.get(key) {
                let length = u32::try_from(q.exact.chars().count()).unwrap_or(0);
                return Some(span(At::Original(q.start, q.start.saturating_add(length))));
            }
            if whole.is_none() {
                return self.marks.get(mark).map(|(a, b)| span(At::Line(self.number, *a, *b)));
            }
            None
        };
        let sentence = of("evidence.sentence", "sentence").unwrap_or_else(|| Span::new(0, 0));
        // Words that the row names without saying where: their first place in the sentence, else its beginning.
        let within = |words: &str| -> Span {
            let start = sentence.start as usize;
            let found = sentence.of(&article.text).find(words).filter(|_| !words.is_empty());
            found.map_or(Span::new(start, start), |at| Span::new(start + at, start + at + words.len()))
        };
        claim.evidence.article.clone_from(&article.digest);
        claim.evidence.sentence = sentence;
        claim.evidence.clause = of("evidence.clause", "clause").unwrap_or(sentence);
        claim.evidence.trigger = of("evidence.trigger", "trigger").unwrap_or(sentence);
        claim.place.span = of("place.words", "place").unwrap_or_else(|| within(&claim.place.name));
        if let Some(holder) = &mut claim.holder {
            holder.span = of("holder.words", "holder").unwrap_or_else(|| within(&holder.name));
        }
        if let Some(other) = &mut claim.other {
            other.span = of("other.words", "other").unwrap_or_else(|| within(&other.name));
        }
        if let Some(speaker) = &mut claim.speaker {
            speaker.span = of("speaker.words", "speaker").unwrap_or_else(|| within(&speaker.name));
        }
        claim.time.span = of("time_words", "time").filter(|_| self.timed);
        if self.nameless {
            claim.id = ClaimId(String::new());
            let body = serde_json::to_string(&claim).unwrap_or_default();
            let id = Sha256::digest(body.as_bytes());
            claim.id = ClaimId(id.iter().take(16).map(|b| format!("{b:02x}")).collect());
        }
        claim
    }
}

/// Understands a row, or says why not.
pub(super) fn read(f: &Fields, options: &TableOptions, known: &Known<'_>) -> Result<Read, String> {
    let published = f.day("published")?;
    let (valid_from, valid_to) = match f.day("day")? {
        Some(day) if f.get("valid_from").is_none() && f.get("valid_to").is_none() => (Some(day), Some(day)),
        _ => (f.day("valid_from")?, f.day("valid_to")?),
    };
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        return Err(format!("valid_to {to} is before valid_from {from}"));
    }
    let place = place(f, options, known)?;
    let day = valid_from.or(valid_to).or(published);
    let country = place.country.clone().or_else(|| options.country.clone());
    let said = Said::read(f)?;
    if let (Some(first), Some(published)) = (valid_from.or(valid_to), published)
        && first > published
        && !matches!(said.stance, Stance::Planned | Stance::Hypothetical)
    {
        return Err(format!("it speaks of {first}, after its publication on {published}"));
    }
    let actor = |cell: &str| actor(cell, country.as_deref(), f, known);
    let (kind, holder) = match (f.word::<Kind>("kind")?, f.get("status")) {
        (Some(kind), _) => (Some(kind), f.get("holder").map(actor).transpose()?),
        (None, Some(status)) => match Data::word(&DATA.status, status) {
            Some("contested") => (Some(Kind::Contested), None),
            Some("besieged") => (Some(Kind::Besieged), f.get("holder").map(actor).transpose()?),
            Some(_) => return Err(format!("status {status:?} says nothing of who holds the place")),
            // A status since a day: the government of the country was there before, anybody else came then.
            None => {
                let who = actor(status)?;
                let government = country.as_deref().and_then(|c| known.government(c));
                let kind = if government.as_ref() == Some(&who) { Kind::Holds } else { Kind::Transfer };
                (Some(kind), Some(who))
            }
        },
        (None, None) if f.get("event_type").is_some() => (None, f.get("holder").map(actor).transpose()?),
        (None, None) => return Err("it has neither a kind (transfer, holds, contested ...) nor a status".to_owned()),
    };
    if holder.is_none() && kind.is_some_and(|k| k != Kind::Contested) && f.get("holder_name").is_none() {
        return Err("it does not say who (column holder or status)".to_owned());
    }
    let other = f.get("other").map(actor).transpose()?;
    let speaker = speaker(f, &said, kind, holder.as_ref(), country.as_deref(), day, known)?;
    let event = f.get("event_type").map(|e| EventType {
        event_type: e.to_owned(),
        sub_event_type: f.get("sub_event_type").unwrap_or_default().to_owned(),
        cameo: f.get("cameo").map(str::to_owned),
        plover: f.get("plover").map(str::to_owned),
    });
    let aggregate = match f.parsed::<u32>("aggregate_count", "number")? {
        Some(count) => Some(Aggregate {
            count,
            of: f.parsed("aggregate_of", "number")?,
            unit: f.get("aggregate_unit").unwrap_or("places").to_owned(),
            ordinal: f.yes("aggregate_ordinal")?,
        }),
        None => None,
    };
    let confidence = f.parsed::<f32>("confidence", "number")?.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&confidence) {
        return Err(format!("confidence {confidence} is not between 0 and 1"));
    }
    let party = |id: Option<ActorId>, side: &str| -> Option<Party> {
        let named = f.get(&format!("{side}_name")).map(str::to_owned);
        if id.is_none() && named.is_none() {
            return None;
        }
        let name = named.or_else(|| id.as_ref().and_then(|id| known.actor_name(id))).unwrap_or_default();
        let alternatives = f.alternatives.get(&format!("{side}.alternatives")).into_iter().flatten();
        let alternatives = alternatives.map(|(id, score)| ActorRef { id: id.as_str().into(), score: *score }).collect();
        Some(Party { actor: id, name, span: Span::new(0, 0), score: f.score(&format!("{side}.score")), alternatives })
    };
    let claim = Claim {
        id: ClaimId(f.get("id").unwrap_or_default().to_owned()),
        kind,
        event,
        holder: party(holder, "holder"),
        other: party(other, "other"),
        place,
        time: ClaimTime {
            valid_from,
            valid_to,
            span: None,
            precision: match f.word("time_precision")? {
                None if f.get("id").is_none() => valid_from.map(|_| marchland_time::Precision::Day),
                said => said,
            },
            inferred: f.yes("time_inferred")?,
        },
        stance: said.stance,
        speaker,
        background: f.yes("background")?,
        aggregate,
        fatalities: f.pair("fatalities_low", "fatalities_high")?,
        injured: f.pair("injured_low", "injured_high")?,
        displaced: f.pair("displaced_low", "displaced_high")?,
        evidence: Evidence {
            article: String::new(),
            sentence: Span::new(0, 0),
            clause: Span::new(0, 0),
            trigger: Span::new(0, 0),
            rule: f.get("rule").unwrap_or("import").to_owned(),
        },
        proposer: f.word("proposer")?.unwrap_or_default(),
        confidence,
    };
    let text = |field: &str| f.get(field).map(str::to_owned);
    let source = Source { article: text("article"), url: text("url"), outlet: text("outlet"), published };
    let (line, marks) = if f.quotes.contains_key("evidence.sentence") { (None, BTreeMap::new()) } else { as_line(f) };
    let read_at = f.parsed::<Timestamp>("read_at", "moment (write it as 2021-08-09T12:00:00Z)")?;
    Ok(Read {
        source,
        read_at,
        line,
        number: 0,
        quotes: f.quotes.clone(),
        marks,
        nameless: claim.id.0.is_empty(),
        timed: claim.time.valid_from.is_some() || claim.time.valid_to.is_some(),
        claim,
    })
}

/// The row as one line, with where in it its parts stand.
fn as_line(f: &Fields) -> (Option<String>, BTreeMap<&'static str, (usize, usize)>) {
    let mut line = String::new();
    let mut marks = BTreeMap::new();
    for (head, cell) in &f.written {
        if !line.is_empty() {
            line.push_str("; ");
        }
        line.push_str(&one_line(head));
        line.push_str(": ");
        let start = line.len();
        line.push_str(&one_line(cell));
        let here = (start, line.len());
        let is = |field: &str| f.get(field) == Some(cell.as_str());
        for (mark, fields) in [
            ("place", &["place"][..]),
            ("trigger", &["kind", "status"]),
            ("holder", &["holder", "status"]),
            ("other", &["other"]),
            ("speaker", &["speaker"]),
            ("time", &["valid_from", "day"]),
            ("sentence", &["quote"]),
        ] {
            if fields.iter().any(|x| is(x)) {
                marks.entry(mark).or_insert(here);
            }
        }
    }
    let whole = *marks.entry("sentence").or_insert((0, line.len()));
    marks.insert("clause", whole);
    (Some(line), marks)
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// How it is said.
struct Said {
    stance: Stance,
    interest: Option<Interest>,
    /// The interest follows from a denial alone.
    denial: bool,
}

impl Said {
    fn read(f: &Fields) -> Result<Self, String> {
        let interest = f.word("interest")?;
        let Some(cell) = f.get("stance") else { return Ok(Self { stance: Stance::Asserted, interest, denial: false }) };
        // In a table that says what is so, "denied" is said of the other side's word; in one that has a kind, of the row.
        let by_state = f.get("kind").is_none();
        let (stance, meant) = match Data::word(&DATA.stance, cell) {
            Some("denial") if by_state => (Stance::Claimed, Some(Interest::SelfServing)),
            Some("denial" | "denied") => (Stance::Denied, None),
            Some("admitted") => (Stance::Claimed, Some(Interest::AgainstInterest)),
            Some("asserted") => (Stance::Asserted, None),
            Some("claimed") => (Stance::Claimed, None),
            Some("planned") => (Stance::Planned, None),
            Some("hypothetical") => (Stance::Hypothetical, None),
            _ => {
                let words: Vec<&str> = DATA.stance.values().flatten().map(String::as_str).collect();
                return Err(format!("stance {cell:?} is not known: {}", words.join(", ")));
            }
        };
        let denial = interest.is_none() && meant == Some(Interest::SelfServing);
        Ok(Self { stance, interest: interest.or(meant), denial })
    }
}

fn place(f: &Fields, options: &TableOptions, known: &Known<'_>) -> Result<ClaimPlace, String> {
    let gazetteer = known.gazetteer;
    let name = f.get("place").unwrap_or_default();
    let country = f.get("country").or(options.country.as_deref()).map(str::to_uppercase);
    let aggregate = f.get("aggregate_count").is_some();
    let id = match f.get("place_id") {
        Some(cell) => {
            let id = PlaceId::parse(cell).filter(|id| gazetteer.place(*id).is_some());
            Some(id.ok_or_else(|| format!("place_id {cell:?} is not in the gazetteer"))?)
        }
        // In our own export a place without an id is one that we do not know.
        None if f.get("id").is_some() || aggregate => None,
        None if name.is_empty() => return Err("it names no place (column place or place_id)".to_owned()),
        None => Some(by_name(name, country.as_deref(), f.get("admin1"), known)?),
    };
    let at = id.and_then(|id| gazetteer.place(id));
    let score = f.score("place.score");
    let score = f.parsed::<f32>("place_score", "number")?.filter(|s| (0.0..=1.0).contains(s)).unwrap_or(score);
    let alternatives = f.alternatives.get("place.alternatives").into_iter().flatten();
    Ok(ClaimPlace {
        id,
        span: Span::new(0, 0),
        name: at.map_or_else(|| name.to_owned(), |p| p.name.to_owned()),
        country: at.and_then(|p| p.country.map(str::to_owned)).or(country),
        admin1: at.and_then(|p| p.admin1_name.map(str::to_owned)).or_else(|| f.get("admin1").map(str::to_owned)),
        lat: at.map(|p| p.lat),
        lon: at.map(|p| p.lon),
        feature: at.map(|p| p.feature.to_owned()).filter(|x| !x.is_empty()).or_else(|| f.feature.clone()),
        precision: f.word("place_precision")?.unwrap_or(Precision::Exact),
        score,
        alternatives: alternatives
            .filter_map(|(id, score)| Some(Candidate { id: PlaceId::parse(id)?, score: *score }))
            .collect(),
        part: f.get("part").map(str::to_owned),
    })
}

/// The place of a name: the only one, or the town that is by far the largest. "X (Y)" is X, else Y.
fn by_name(name: &str, country: Option<&str>, admin1: Option<&str>, known: &Known<'_>) -> Result<PlaceId, String> {
    let gazetteer = known.gazetteer;
    let mut names = vec![name];
    if let Some((before, rest)) = name.split_once('(') {
        names.extend([before.trim(), rest.trim_end_matches(')').trim()]);
    }
    for name in names.into_iter().filter(|n| !n.is_empty()) {
        let all = gazetteer.lookup(name).into_iter().filter_map(|id| gazetteer.place(id));
        let mut found: Vec<_> = all.filter(|p| country.is_none_or(|c| p.country == Some(c))).collect();
        if let Some(admin1) = admin1 {
            let same = |a: &str| marchland_place::fold(a) == marchland_place::fold(admin1);
            if found.iter().any(|p| p.admin1_name.is_some_and(same)) {
                found.retain(|p| p.admin1_name.is_some_and(same));
            }
        }
        if found.iter().any(marchland_place::Place::is_town) {
            found.retain(marchland_place::Place::is_town);
        }
        found.sort_by_key(|p| (!gazetteer.is_seat(p.id), std::cmp::Reverse(p.population), p.id));
        match found[..] {
            [] => {}
            [only] => return Ok(only.id),
            [first, second, ..] => {
                let seat = gazetteer.is_seat(first.id) && !gazetteer.is_seat(second.id) && country.is_some();
                if seat || first.population / 10 > second.population {
                    return Ok(first.id);
                }
                let n = found.len();
                return Err(format!("{n} places are called {name:?}: say which with place_id, country or admin1"));
            }
        }
    }
    let within = country.map_or_else(String::new, |c| format!(" in {c}"));
    Err(format!("no place is called {name:?}{within}; give its place_id, or another spelling"))
}

/// The actor of a cell: an id, a name or an alias; "the government" is that of the place's country.
fn actor(cell: &str, country: Option<&str>, f: &Fields, known: &Known<'_>) -> Result<ActorId, String> {
    if let Some(id) = known.registry.lookup(cell) {
        return Ok(id.clone());
    }
    let word = cell.to_lowercase();
    let word = word.strip_prefix("the ").unwrap_or(&word);
    if DATA.speaker["government"].iter().any(|w| w == word)
        && let Some(id) = country.and_then(|c| known.government(c))
    {
        return Ok(id);
    }
    // Our own export may name an actor that was made up on the spot, or one of the user's own files.
    if f.get("id").is_some() {
        return Ok(cell.into());
    }
    Err(format!("nobody is called {cell:?} in data/actors; write another name or an id, or add the actor with --data"))
}

#[allow(clippy::too_many_arguments)]
fn speaker(
    f: &Fields,
    said: &Said,
    kind: Option<Kind>,
    holder: Option<&ActorId>,
    country: Option<&str>,
    day: Option<Date>,
    known: &Known<'_>,
) -> Result<Option<Speaker>, String> {
    let Some(name) = f.get("speaker") else { return Ok(None) };
    if DATA.speaker["writer"].contains(&name.to_lowercase()) {
        return Ok(None);
    }
    let party = match f.get("speaker_party") {
        Some(cell) => Some(actor(cell, country, f, known)?),
        None if f.get("id").is_some() => None,
        None => spoken_for(name, country, known),
    };
    // A denial serves whoever denies only where he is of a side.
    let given = said.interest.filter(|_| !said.denial || party.is_some());
    let interest = given.unwrap_or_else(|| match (&party, holder) {
        (Some(party), Some(holder)) => {
            let gains = kind != Some(Kind::Withdrawal);
            if known.allied(party, holder, day) {
                if gains { Interest::SelfServing } else { Interest::AgainstInterest }
            } else if known.opponents(holder, day).contains(party) {
                if gains { Interest::AgainstInterest } else { Interest::SelfServing }
            } else {
                Interest::ThirdParty
            }
        }
        // A party on a fight that nobody has won.
        (Some(_), None) => Interest::SelfServing,
        _ => Interest::ThirdParty,
    });
    let role = f.get("speaker_role").map(str::to_owned);
    Ok(Some(Speaker { span: Span::new(0, 0), name: name.to_owned(), role, party, interest }))
}

/// The party for which somebody speaks, by the words that name him: the longest name of an actor of the place's
/// country among them, else its government where they say so.
fn spoken_for(words: &str, country: Option<&str>, known: &Known<'_>) -> Option<ActorId> {
    let padded = |text: &str| {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        format!(" {} ", words.join(" "))
    };
    let text = padded(words);
    let here = |a: &&marchland_actor::Actor| a.country.is_some() && a.country.as_deref() == country;
    let named = known.registry.actors().iter().filter(here).flat_map(|a| {
        let names = std::iter::once(&a.name).chain(&a.aliases).chain(&a.persons);
        names.map(|n| (padded(n), &a.id)).collect::<Vec<_>>()
    });
    let best = named.filter(|(n, _)| text.contains(n.as_str())).max_by_key(|(n, id)| (n.len(), std::cmp::Reverse(*id)));
    if let Some((_, id)) = best {
        return Some(id.clone());
    }
    let says = |w: &String| text.contains(&padded(w));
    country.filter(|_| DATA.speaker["government"].iter().any(says)).and_then(|c| known.government(c))
}
