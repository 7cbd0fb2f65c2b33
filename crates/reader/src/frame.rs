//! What the encoder reads: windows of whole sentences as word pieces, and in them the typed mentions of the rooms before.
//!
//! The trainer reads these very windows (written by the example `rows` of `crates/coder`), so that training and reading
//! cannot differ in how a text is cut.

use marchland_actor::{ActorId, MentionKind};
use marchland_article::{Article, BlockKind, CutReason, Span};
use marchland_claim::{Claim, Facts, Kind, Mentions, Party, Stance};
use marchland_place::{Precision, ToponymKind};
use marchland_reading::{NameLabel, Pos, Reading};

use crate::gate::{Gate, Holds};
use crate::wordpiece::{Piece, Vocabulary};

/// Pieces after which a window takes no further sentence.
const FULL: usize = 144;
/// A sentence is cut here.
const LONGEST_SENTENCE: usize = 160;
/// Of a sentence that only lends context, so many of the last pieces are read.
const CONTEXT: usize = 48;

/// What a piece is part of; the number of the embedding that is added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Type {
    /// Of no mention.
    Plain,
    /// Of the name of a place smaller than a country.
    Place,
    /// Of the name of a country.
    Country,
    /// Of words that stand for a place ("the city").
    Reference,
    /// Of a mention of somebody who can hold a place.
    Force,
    /// Of a mention of a known actor who cannot.
    Bystander,
    /// Of a mention of an actor that nobody can resolve.
    Somebody,
    /// Of a time expression.
    Time,
    /// The mark that begins or ends a window.
    Mark,
    /// Of a name that no room before knows.
    Name,
    /// Of a name that the language model takes for a person's.
    Person,
    /// Of a noun for a site ("the airport") that no room before resolves.
    Site,
}

/// How many values [`Type`] has.
pub const TYPES: usize = 12;

/// A stretch of the text for the encoder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Window {
    /// The pieces; the first and the last are marks and cover no text.
    pub pieces: Vec<Piece>,
    /// Of each piece, what it is part of (see [`Type`]).
    pub types: Vec<u8>,
    /// Of each piece, whether its sentence is only context: what is claimed there another window tells.
    pub context: Vec<bool>,
    /// Of each piece, whether it begins a word that can trigger or speak: 1 verb, 2 noun, 3 other word, 0 the rest.
    pub words: Vec<u8>,
    /// The places that something may be claimed of.
    pub places: Vec<PlaceSlot>,
    /// Who may hold them.
    pub parties: Vec<PartySlot>,
    /// When.
    pub times: Vec<TimeSlot>,
    /// What the rules found here.
    pub marks: Vec<Mark>,
}

/// A claim of the rules, as the net sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Index into [`Window::places`].
    pub place: usize,
    /// Number of the kind, in the order of [`Kind`].
    pub kind: u8,
    /// Number of the stance, in the order of [`Stance`].
    pub stance: u8,
    /// The rules' confidence, 0 to 1.
    pub confidence: f32,
    /// Indices into [`Window::parties`] that may be the holder.
    pub holder: Vec<usize>,
    /// Indices into [`Window::parties`] that may be the other side.
    pub other: Vec<usize>,
    /// Pieces of the trigger: first, and one past the last; empty when the window does not show it.
    pub trigger: (usize, usize),
}

/// A place mention in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceSlot {
    /// Where it comes from.
    pub source: PlaceSource,
    /// The words.
    pub span: Span,
    /// First piece.
    pub first: usize,
    /// One past the last piece.
    pub last: usize,
    /// Sentence of the reading.
    pub sentence: usize,
}

/// The mention behind a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceSource {
    /// Index into the mentions of places.
    Mention(usize),
    /// Words that no room before knows: a name, or a noun for a site.
    Words,
}

/// Somebody who may hold a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PartySlot {
    /// Where the party comes from.
    pub source: PartySource,
    /// The actor, where known.
    pub actor: Option<ActorId>,
    /// The words.
    pub span: Span,
    /// First piece.
    pub first: usize,
    /// One past the last piece.
    pub last: usize,
    /// Sentence of the reading.
    pub sentence: usize,
    /// What kind of mention, as the input of the pointers: 0 name, 1 role, 2 reference, 3 person, 4 country.
    pub kind: u8,
    /// Whether it can hold a place: 0 no, 1 yes, 2 not known.
    pub force: u8,
}

/// The mention behind a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartySource {
    /// Index into the mentions of actors.
    Actor(usize),
    /// Index into the mentions of places: a country that acts.
    Country(usize),
}

/// A time expression in a window.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeSlot {
    /// Index into the mentions of times.
    pub mention: usize,
    /// First piece.
    pub first: usize,
    /// One past the last piece.
    pub last: usize,
}

/// Cuts an article into windows. `rules` are the claims that rules found (none when the reader is to judge alone),
/// `wanted` says of a sentence whether it may be read at all, and the gate, where there is one, whether it is worth it.
#[must_use]
#[allow(clippy::too_many_arguments)] // All that the rooms before have found.
pub fn frame(
    article: &Article,
    reading: &Reading,
    mentions: &Mentions,
    rules: &[Claim],
    facts: &dyn Facts,
    vocabulary: &Vocabulary,
    gate: Option<&Gate>,
    wanted: &dyn Fn(usize) -> bool,
) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut open = Open::default();
    let fill = Fill::new(article, reading, mentions, rules, facts);
    let mut last = None;
    for (n, sentence) in reading.sentences.iter().enumerate() {
        if !fit(article, reading, n) || !wanted(n) {
            continue;
        }
        if gate.is_some_and(|gate| !gate.passes(sentence.span.of(&article.text), fill.holds(n))) {
            continue;
        }
        if open.window.pieces.len() >= FULL {
            close(&mut open, &mut windows, &fill, vocabulary);
            last = None;
        }
        if n > 0 && last != Some(n - 1) {
            open.add(article, reading.sentences[n - 1].span, n - 1, true, vocabulary);
        }
        open.add(article, sentence.span, n, false, vocabulary);
        last = Some(n);
    }
    close(&mut open, &mut windows, &fill, vocabulary);
    windows
}

/// False for sentences that claim nothing wherever they stand: headings and text that is no news.
fn fit(article: &Article, reading: &Reading, n: usize) -> bool {
    let sentence = &reading.sentences[n];
    if article.cuts.iter().any(|c| c.span.overlaps(sentence.span) && c.reason != CutReason::RepeatedTitle) {
        return false;
    }
    article.blocks.get(sentence.block as usize).is_none_or(|b| b.kind != BlockKind::Heading || b.span.len() >= 120)
}

/// A window under way, with the sentence of each piece.
#[derive(Default)]
struct Open {
    window: Window,
    sentences: Vec<usize>,
}

impl Open {
    fn mark(&mut self, id: u32, at: u32) {
        self.window.pieces.push(Piece { id, span: Span { start: at, end: at } });
        self.window.context.push(true);
        self.sentences.push(usize::MAX);
    }

    fn add(&mut self, article: &Article, span: Span, n: usize, context: bool, vocabulary: &Vocabulary) {
        if self.window.pieces.is_empty() {
            self.mark(vocabulary.begin, span.start);
        }
        let before = self.window.pieces.len();
        vocabulary.split(span.of(&article.text), span.start, &mut self.window.pieces);
        let got = self.window.pieces.len() - before;
        if context && got > CONTEXT {
            self.window.pieces.drain(before..before + got - CONTEXT);
        } else if got > LONGEST_SENTENCE {
            self.window.pieces.truncate(before + LONGEST_SENTENCE);
        }
        self.window.context.resize(self.window.pieces.len(), context);
        self.sentences.resize(self.window.pieces.len(), n);
    }
}

fn close(open: &mut Open, windows: &mut Vec<Window>, fill: &Fill, vocabulary: &Vocabulary) {
    if open.window.pieces.is_empty() {
        return;
    }
    let at = open.window.pieces[open.window.pieces.len() - 1].span.end;
    open.mark(vocabulary.end, at);
    let Open { mut window, sentences } = std::mem::take(open);
    window.types = vec![Type::Plain as u8; window.pieces.len()];
    words(&mut window, fill.reading);
    fill.all(&mut window, &sentences);
    for (piece, kind) in window.pieces.iter().zip(&mut window.types) {
        if piece.span.is_empty() {
            *kind = Type::Mark as u8;
        }
    }
    if !window.places.is_empty() {
        windows.push(window);
    }
}

/// Marks the pieces that begin a word.
fn words(window: &mut Window, reading: &Reading) {
    let mut last = usize::MAX;
    window.words = window
        .pieces
        .iter()
        .map(|piece| {
            if piece.span.is_empty() {
                return 0;
            }
            let token = reading.token_at(piece.span.start);
            if token == last || token >= reading.tokens.len() {
                return 0;
            }
            last = token;
            match reading.tokens[token].pos {
                Pos::Verb | Pos::Aux => 1,
                Pos::Noun | Pos::Propn => 2,
                Pos::Punct | Pos::Space => 0,
                _ => 3,
            }
        })
        .collect();
}

/// The pieces that a span of the text touches; `None` when the window does not show it.
fn pieces_of(window: &Window, span: Span) -> Option<(usize, usize)> {
    let first = window.pieces.partition_point(|p| p.span.end <= span.start);
    let last = window.pieces.partition_point(|p| p.span.start < span.end);
    let shown = window.pieces.get(first).is_some_and(|p| !p.span.is_empty() && p.span.start < span.end);
    (shown && first < last).then_some((first, last))
}

/// Puts the mentions into a window.
struct Fill<'a> {
    article: &'a Article,
    reading: &'a Reading,
    mentions: &'a Mentions<'a>,
    rules: &'a [Claim],
    facts: &'a dyn Facts,
    /// Of each sentence, the mentions and claims that begin in it: every window looks at its own alone.
    places_of: Vec<Vec<usize>>,
    actors_of: Vec<Vec<usize>>,
    times_of: Vec<Vec<usize>>,
    rules_of: Vec<Vec<usize>>,
    /// Of each token, whether it is part of a mention.
    taken: Vec<bool>,
}

impl<'a> Fill<'a> {
    fn new(
        article: &'a Article,
        reading: &'a Reading,
        mentions: &'a Mentions<'a>,
        rules: &'a [Claim],
        facts: &'a dyn Facts,
    ) -> Self {
        let by_sentence = |spans: &mut dyn Iterator<Item = Span>| {
            let mut of = vec![Vec::new(); reading.sentences.len()];
            for (n, span) in spans.enumerate() {
                if let Some(s) = reading.sentence_of(reading.token_at(span.start)) {
                    of[s].push(n);
                }
            }
            of
        };
        let mut taken = vec![false; reading.tokens.len()];
        let spans = mentions.places.iter().map(|m| m.span).chain(mentions.actors.iter().map(|m| m.span));
        for span in spans.chain(mentions.times.iter().map(|m| m.span)) {
            taken[reading.tokens_in(span)].fill(true);
        }
        Self {
            places_of: by_sentence(&mut mentions.places.iter().map(|m| m.span)),
            actors_of: by_sentence(&mut mentions.actors.iter().map(|m| m.span)),
            times_of: by_sentence(&mut mentions.times.iter().map(|m| m.span)),
            rules_of: by_sentence(&mut rules.iter().map(|c| c.place.span)),
            article,
            reading,
            mentions,
            rules,
            facts,
            taken,
        }
    }

    fn all(&self, window: &mut Window, sentences: &[usize]) {
        let mut shown: Vec<usize> = sentences.iter().copied().filter(|n| *n != usize::MAX).collect();
        shown.dedup();
        let of =
            |lists: &[Vec<usize>]| -> Vec<usize> { shown.iter().flat_map(|&s| lists[s].iter().copied()).collect() };
        self.words(window, &shown);
        for n in of(&self.times_of) {
            let time = &self.mentions.times[n];
            if let Some((first, last)) = pieces_of(window, time.span) {
                paint(window, first, last, Type::Time);
                window.times.push(TimeSlot { mention: n, first, last });
            }
        }
        for n in of(&self.places_of) {
            let place = &self.mentions.places[n];
            let Some((first, last)) = pieces_of(window, place.span) else { continue };
            let sentence = sentences[first];
            let country = place.precision == Precision::Country;
            let kind = match place.kind {
                ToponymKind::Reference => Type::Reference,
                _ if country => Type::Country,
                _ => Type::Place,
            };
            paint(window, first, last, kind);
            let span = place.span;
            window.places.push(PlaceSlot { source: PlaceSource::Mention(n), span, first, last, sentence });
            let code = place.place.filter(|_| country).and_then(|c| self.facts.place(c.id)).and_then(|f| f.country);
            if let Some(actor) = code.and_then(|c| self.facts.government(&c)) {
                let source = PartySource::Country(n);
                let actor = Some(actor);
                window.parties.push(PartySlot { source, actor, span, first, last, sentence, kind: 4, force: 1 });
            }
        }
        for n in of(&self.actors_of) {
            let actor = &self.mentions.actors[n];
            let Some((first, last)) = pieces_of(window, actor.span) else { continue };
            let known = actor.actor.as_ref();
            let force = known.map_or(2, |a| u8::from(self.facts.fights(&a.id)));
            paint(window, first, last, [Type::Bystander, Type::Force, Type::Somebody][usize::from(force)]);
            window.parties.push(PartySlot {
                source: PartySource::Actor(n),
                actor: known.map(|a| a.id.clone()),
                span: actor.span,
                first,
                last,
                sentence: sentences[first],
                kind: match actor.kind {
                    MentionKind::Name => 0,
                    MentionKind::Role => 1,
                    MentionKind::Reference => 2,
                    MentionKind::Person => 3,
                },
                force,
            });
        }
        window.places.sort_by_key(|p| (p.first, p.last));
        window.parties.sort_by_key(|p| (p.first, p.last, p.kind));
        for n in of(&self.rules_of) {
            self.mark(window, &self.rules[n]);
        }
    }

    fn mark(&self, window: &mut Window, claim: &Claim) {
        let Some(kind) = claim.kind else { return };
        let Some(place) = window.places.iter().position(|p| p.span.overlaps(claim.place.span)) else { return };
        let parties = |side: Option<&Party>| -> Vec<usize> {
            let Some(side) = side else { return Vec::new() };
            let meant = |p: &PartySlot| match (&p.actor, &side.actor) {
                (Some(a), Some(b)) => a == b,
                _ => p.span.overlaps(side.span),
            };
            (0..window.parties.len()).filter(|&p| meant(&window.parties[p])).collect()
        };
        let holder = parties(claim.holder.as_ref());
        let other = parties(claim.other.as_ref());
        window.marks.push(Mark {
            place,
            kind: kind_number(kind),
            stance: stance_number(claim.stance),
            confidence: claim.confidence,
            holder,
            other,
            trigger: pieces_of(window, claim.evidence.trigger).unwrap_or((0, 0)),
        });
    }

    /// Puts in the places that no room before knows.
    fn words(&self, window: &mut Window, shown: &[usize]) {
        for &n in shown {
            for (span, kind) in self.unknown(n) {
                if let Some((first, last)) = pieces_of(window, span) {
                    paint(window, first, last, kind);
                    window.places.push(PlaceSlot { source: PlaceSource::Words, span, first, last, sentence: n });
                }
            }
        }
    }

    /// What may be a place in a sentence though no room before knows it: names, and nouns for a site with "the".
    fn unknown(&self, n: usize) -> Vec<(Span, Type)> {
        let sentence = &self.reading.sentences[n];
        let range = sentence.first as usize..sentence.last as usize;
        let mut found = Vec::new();
        let mut run: Option<(usize, usize)> = None;
        for token in range.clone() {
            if self.names(token, range.start) {
                run = Some((run.map_or(token, |r| r.0), token));
                continue;
            }
            let joins = run.is_some()
                && matches!(self.text(token), "-" | "'" | "\u{2019}")
                && token + 1 < range.end
                && self.names(token + 1, range.start);
            if joins {
                continue;
            }
            found.extend(run.take().and_then(|(first, last)| self.name(n, first, last)));
            let definite =
                || {
                    self.reading.tokens[range.start..token].iter().rev().take(3).any(|t| {
                        matches!(t.span.of(&self.article.text), "the" | "The" | "a" | "their" | "its" | "this")
                    })
                };
            let site = token > range.start && SITES.contains(&self.reading.lemma(token));
            if site && !self.known(token) && definite() {
                found.push((self.reading.tokens[token].span, Type::Site));
            }
        }
        found.extend(run.and_then(|(first, last)| self.name(n, first, last)));
        found
    }

    /// What a sentence holds, for the cheap look.
    fn holds(&self, n: usize) -> Holds {
        let places = || self.places_of[n].iter().map(|&p| &self.mentions.places[p]);
        let actors = || self.actors_of[n].iter().map(|&a| &self.mentions.actors[a]);
        Holds {
            place: places().any(|p| p.precision != Precision::Country),
            name: places().any(|p| p.precision == Precision::Country) || !self.unknown(n).is_empty(),
            force: actors().any(|a| a.actor.as_ref().is_none_or(|k| self.facts.fights(&k.id))),
            rule: !self.rules_of[n].is_empty(),
        }
    }

    fn text(&self, token: usize) -> &str {
        self.reading.tokens[token].span.of(&self.article.text)
    }

    /// True for a token of a mention that a room before found.
    fn known(&self, token: usize) -> bool {
        self.taken[token]
    }

    /// True for a word that may be part of an unknown name.
    fn names(&self, token: usize, begin: usize) -> bool {
        let capital = self.text(token).chars().next().is_some_and(char::is_uppercase)
            || self.text(token).to_lowercase().starts_with("al-");
        let name = match self.reading.tokens[token].pos {
            Pos::Propn => true,
            Pos::Noun | Pos::Adj | Pos::X => token > begin,
            _ => false,
        };
        capital && name && !self.known(token)
    }

    /// Takes a run of capital words as a name, unless it only goes on with a mention or stands before one.
    fn name(&self, sentence: usize, first: usize, last: usize) -> Option<(Span, Type)> {
        let tokens = &self.reading.tokens;
        let whole = &self.reading.sentences[sentence];
        if (first > whole.first as usize && self.known(first - 1))
            || (last + 1 < whole.last as usize && self.known(last + 1))
            || last - first > 6
        {
            return None;
        }
        let span = tokens[first].span.cover(tokens[last].span);
        let person = self.reading.names.iter().any(|n| n.label == NameLabel::Person && n.span.overlaps(span));
        Some((span, if person { Type::Person } else { Type::Name }))
    }
}

/// The number of a kind, as the net counts them.
pub(crate) fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Transfer => 0,
        Kind::Holds => 1,
        Kind::Contested => 2,
        Kind::Besieged => 3,
        Kind::Withdrawal => 4,
        Kind::Repelled => 5,
    }
}

/// The number of a stance, as the net counts them.
pub(crate) fn stance_number(stance: Stance) -> u8 {
    match stance {
        Stance::Asserted => 0,
        Stance::Claimed => 1,
        Stance::Denied => 2,
        Stance::Planned => 3,
        Stance::Hypothetical => 4,
    }
}

/// Nouns for a site that can be held, beside those that the room of places resolves.
const SITES: &[&str] = &[
    "airbase",
    "airfield",
    "airport",
    "barracks",
    "base",
    "bridge",
    "camp",
    "castle",
    "checkpoint",
    "citadel",
    "compound",
    "crossing",
    "dam",
    "factory",
    "fort",
    "fortress",
    "garrison",
    "headquarters",
    "hill",
    "hospital",
    "junction",
    "mountain",
    "palace",
    "plant",
    "port",
    "prison",
    "refinery",
    "square",
    "station",
    "suburb",
    "university",
];

fn paint(window: &mut Window, first: usize, last: usize, kind: Type) {
    for t in &mut window.types[first..last] {
        *t = kind as u8;
    }
}
