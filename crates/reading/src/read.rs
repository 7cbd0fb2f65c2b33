//! Reading an article: units of running text, batches of units, each through all parts of the model.

use std::ops::Range;

use marchland_article::{Article, Span};

use crate::desk::Desk;
use crate::encode::{Encoder, PAD};
use crate::kernels::WIDTH;
use crate::name::Place;
use crate::parse::Arc;
use crate::ruler::{Ruled, Seen};
use crate::tokenizer::RawToken;
use crate::{Depth, Model, Name, ReadOptions, Reading, Sentence, Stage, Token, sentence};

/// What is parsed at once: one sentence by its marks, or the whole text.
#[derive(Debug, Clone, Copy)]
struct Unit {
    first: usize,
    last: usize,
    block: u32,
    deep: bool,
}

/// Longest unit within a block, in tokens. Longer "sentences" are lists or no language at all.
const LONGEST_UNIT: usize = 400;
/// Longest unit when a text is read whole: what the parser prepares for a token takes 4 kB.
const LONGEST_WHOLE: usize = 50_000;
/// Tokens that go through the encoders together.
const BATCH: usize = 384;

impl Model {
    /// Reads an article.
    #[must_use]
    pub fn read(&self, article: &Article, options: &ReadOptions<'_>) -> Reading {
        self.with_desk(|desk| {
            desk.level = options.kernels.level();
            let probe = |stage| options.probe.iter().for_each(|tell| tell(stage));
            probe(Stage::Tokens);
            let mut reading = Reading::default();
            let units =
                if options.whole { self.whole_units(article, desk) } else { self.block_units(article, options, desk) };
            reading.tokens.extend(desk.raw.iter().enumerate().map(|(i, t)| Token {
                span: Span { start: t.start, end: t.end },
                head: i as u32,
                ..Token::default()
            }));
            // The lemma of what was not read.
            reading.lemmas.push("".into());
            desk.lemmas.begin();
            let mut at = 0;
            while at < units.len() {
                let mut end = at;
                let mut tokens = 0;
                while end < units.len() && (tokens == 0 || tokens + units[end].last - units[end].first <= BATCH) {
                    if units[end].deep {
                        tokens += units[end].last - units[end].first;
                    }
                    end += 1;
                }
                desk.tidy_words();
                self.read_batch(article, &units[at..end], options, desk, &mut reading);
                at = end;
            }
            probe(Stage::Write);
            desk.raw.clear();
            reading
        })
    }

    /// Sentences and tokens only, by the marks: no tags, arcs, lemmas or names.
    #[must_use]
    pub fn shallow(&self, article: &Article) -> Reading {
        self.read(article, &ReadOptions { cascade: Some(&|_, _| false), ..ReadOptions::default() })
    }

    fn whole_units(&self, article: &Article, desk: &mut Desk) -> Vec<Unit> {
        desk.raw.clear();
        self.tokenizer.cut(&article.text, 0, true, &mut desk.cache, &mut desk.raw);
        let count = desk.raw.len();
        let mut units = Vec::new();
        if count <= LONGEST_WHOLE {
            if count > 0 {
                units.push(Unit { first: 0, last: count, block: 0, deep: true });
            }
            return units;
        }
        let mut first = 0;
        sentence::split(&article.text, &desk.raw, |begin, end| {
            if end - first > LONGEST_WHOLE && begin > first {
                units.push(Unit { first, last: begin, block: 0, deep: true });
                first = begin;
            }
            while end - first > LONGEST_WHOLE {
                units.push(Unit { first, last: first + LONGEST_WHOLE, block: 0, deep: true });
                first += LONGEST_WHOLE;
            }
        });
        if first < count {
            units.push(Unit { first, last: count, block: 0, deep: true });
        }
        units
    }

    fn block_units(&self, article: &Article, options: &ReadOptions<'_>, desk: &mut Desk) -> Vec<Unit> {
        let mut units = Vec::new();
        desk.raw.clear();
        for (number, block) in article.blocks.iter().enumerate() {
            let begin = desk.raw.len();
            self.tokenizer.cut(block.span.of(&article.text), block.span.start, false, &mut desk.cache, &mut desk.raw);
            let tokens = &desk.raw[begin..];
            sentence::split(&article.text, tokens, |first, last| {
                let span = Span { start: tokens[first].start, end: tokens[last - 1].end };
                let deep = options.cascade.is_none_or(|gate| gate(article, span));
                let mut first = first;
                while first < last {
                    let end = last.min(first + LONGEST_UNIT);
                    units.push(Unit { first: begin + first, last: begin + end, block: number as u32, deep });
                    first = end;
                }
            });
        }
        units
    }

    /// Reads a batch of units and writes what it finds into the reading.
    fn read_batch(
        &self,
        article: &Article,
        units: &[Unit],
        options: &ReadOptions<'_>,
        desk: &mut Desk,
        reading: &mut Reading,
    ) {
        let deep: Vec<Unit> = units.iter().filter(|u| u.deep).copied().collect();
        if deep.is_empty() {
            reading.sentences.extend(units.iter().map(|u| shallow_sentence(u, &desk.raw)));
            return;
        }
        let probe = |stage| options.probe.iter().for_each(|tell| tell(stage));
        probe(Stage::Words);
        self.number_words(article, &deep, desk);
        let lengths: Vec<usize> = deep.iter().map(|u| u.last - u.first).collect();

        self.encode(&self.encoder, options, &lengths, |token| usize::from(token.space), desk);
        probe(Stage::Tag);
        self.tagger.tag(desk.level, &desk.encoded, &mut desk.work, &mut desk.tags);
        probe(Stage::Prepare);
        self.parser.scorer.prepare(
            desk.level,
            options.precision,
            &desk.encoded,
            (&mut desk.work, &mut desk.room.rounded),
            &mut desk.prepared,
        );

        probe(Stage::Parse);
        let row = desk.prepared.len() / desk.numbers.len();
        let mut arcs: Vec<Arc> = Vec::with_capacity(desk.numbers.len());
        let mut at = 0;
        for unit in &deep {
            let range = at..at + unit.last - unit.first;
            self.parse_unit(article, unit, options.whole, row, range.clone(), desk);
            arcs.extend_from_slice(&desk.arcs);
            at = range.end;
        }
        probe(Stage::Lemmas);
        let mut ruled = Vec::new();
        let mut at = 0;
        for unit in &deep {
            let range = at..at + unit.last - unit.first;
            at = range.end;
            self.write_tokens(unit, range, &arcs, desk, &mut ruled, reading);
        }

        self.encode(&self.name_encoder, options, &lengths, |_| 2, desk);
        probe(Stage::Prepare);
        self.namer.scorer.prepare(
            desk.level,
            options.precision,
            &desk.encoded,
            (&mut desk.work, &mut desk.room.rounded),
            &mut desk.prepared,
        );
        probe(Stage::Names);
        let row = desk.prepared.len() / desk.numbers.len();
        let mut at = 0;
        for unit in &deep {
            let range = at..at + unit.last - unit.first;
            at = range.end;
            let places: Vec<Place> = range
                .clone()
                .map(|i| Place { blank: desk.words.all[desk.numbers[i] as usize].blank, starts: arcs[i].starts })
                .collect();
            let prepared = &desk.prepared[range.start * row..range.end * row];
            self.namer.names(desk.level, prepared, &places, &mut desk.scores, |first, last, label| {
                let (first, last) = (unit.first + first, unit.first + last);
                let span = Span { start: desk.raw[first].start, end: desk.raw[last - 1].end };
                reading.names.push(Name { span, first: first as u32, last: last as u32, label });
            });
        }

        probe(Stage::Write);
        let mut at = 0;
        for unit in units {
            if !unit.deep {
                reading.sentences.push(shallow_sentence(unit, &desk.raw));
                continue;
            }
            let length = unit.last - unit.first;
            let starts = (0..length).filter(|i| *i == 0 || arcs[at + i].starts).chain([length]).collect::<Vec<_>>();
            for pair in starts.windows(2) {
                let (first, last) = (unit.first + pair[0], unit.first + pair[1]);
                let part =
                    Unit { first, last, block: block_of(article, unit, options.whole, &desk.raw[first]), deep: true };
                reading.sentences.push(Sentence { depth: Depth::Full, ..shallow_sentence(&part, &desk.raw) });
            }
            at += length;
        }
    }

    /// Looks up the words of a batch.
    fn number_words(&self, article: &Article, units: &[Unit], desk: &mut Desk) {
        desk.numbers.clear();
        desk.batch.clear();
        for unit in units {
            desk.batch.extend_from_slice(&desk.raw[unit.first..unit.last]);
            for token in &desk.raw[unit.first..unit.last] {
                let kept = desk.cache.pieces.get_mut(token.piece as usize);
                if let Some(number) = kept.as_ref().map(|p| p.word).filter(|n| *n != u32::MAX) {
                    desk.numbers.push(number);
                    continue;
                }
                let text = Span { start: token.start, end: token.end }.of(&article.text);
                let number = desk.words.number(text, token.norm, |lower| {
                    let keys = self.lexicon.keys(text, self.tokenizer.norm(token.norm), &self.tokenizer);
                    (keys, self.ruler.of_word(lower))
                });
                if let Some(piece) = kept {
                    piece.word = number;
                }
                desk.numbers.push(number);
            }
        }
    }

    /// Runs an encoder over a batch; leaves one row a token in `desk.encoded`. `slot` says which of a word's first-layer
    /// rows a token takes: without (0) or with (1) a space after it, or the namer's (2).
    fn encode(
        &self,
        encoder: &Encoder,
        options: &ReadOptions<'_>,
        lengths: &[usize],
        slot: impl Fn(&RawToken) -> usize,
        desk: &mut Desk,
    ) {
        let probe = |stage| options.probe.iter().for_each(|tell| tell(stage));
        probe(Stage::Embed);
        self.embed(encoder, &slot, desk);
        probe(Stage::Encode);
        desk.rows.clear();
        desk.rows.resize(PAD * WIDTH, 0.0);
        let mut at = 0;
        for length in lengths {
            for (token, number) in desk.batch[at..at + length].iter().zip(&desk.numbers[at..at + length]) {
                let row = desk.words.all[*number as usize].rows[slot(token)] as usize * WIDTH;
                desk.rows.extend_from_slice(&desk.words.rows[row..row + WIDTH]);
            }
            at += length;
            desk.rows.resize(desk.rows.len() + PAD * WIDTH, 0.0);
        }
        encoder.encode(desk.level, options.precision, &mut desk.rows, &mut desk.room);
        desk.encoded.clear();
        let mut at = PAD * WIDTH;
        for length in lengths {
            desk.encoded.extend_from_slice(&desk.rows[at..at + length * WIDTH]);
            at += (length + PAD) * WIDTH;
        }
    }

    /// Computes the first-layer rows that a batch needs and no batch before has needed.
    fn embed(&self, encoder: &Encoder, slot: &impl Fn(&RawToken) -> usize, desk: &mut Desk) {
        desk.keys.clear();
        let mut row = (desk.words.rows.len() / WIDTH) as u32;
        for (token, number) in desk.batch.iter().zip(&desk.numbers) {
            let (word, slot) = (&mut desk.words.all[*number as usize], slot(token));
            if word.rows[slot] == u32::MAX {
                word.rows[slot] = row;
                row += 1;
                desk.keys.extend_from_slice(&word.keys);
                if slot < 2 {
                    desk.keys.extend_from_slice(&[slot as u64, u64::from(word.blank)]);
                }
            }
        }
        encoder.embed(desk.level, &desk.keys, &mut desk.work, &mut desk.words.rows);
    }

    fn parse_unit(
        &self,
        article: &Article,
        unit: &Unit,
        whole: bool,
        row: usize,
        range: Range<usize>,
        desk: &mut Desk,
    ) {
        let prepared = &desk.prepared[range.start * row..range.end * row];
        let raw = &desk.raw[unit.first..unit.last];
        let may_start = |i: usize| {
            whole || i == 0 || ends_something(Span { start: raw[i - 1].start, end: raw[i - 1].end }.of(&article.text))
        };
        self.parser.parse(desk.level, prepared, may_start, raw.len(), &mut desk.state, &mut desk.scores);
        let (words, numbers) = (&desk.words.all, &desk.numbers[range]);
        self.parser.tree(&desk.state, |i| words[numbers[i] as usize].blank, &mut desk.arcs);
    }

    /// Applies the attribute ruler and the lemmatizer to a unit and writes its tokens.
    fn write_tokens<'m>(
        &'m self,
        unit: &Unit,
        range: Range<usize>,
        arcs: &[Arc],
        desk: &mut Desk,
        ruled: &mut Vec<Ruled<'m>>,
        reading: &mut Reading,
    ) {
        let (words, start) = (&desk.words.all, range.start);
        let seen = |i: usize| {
            let word = &words[desk.numbers[start + i] as usize];
            Seen {
                lower: &word.lower,
                blank: word.blank,
                tag: desk.tags[start + i],
                dep: arcs[start + i].label,
                rules: word.rules,
            }
        };
        self.ruler.apply(range.len(), seen, ruled);
        let alpha = self.tokenizer.shape_classes()[0];
        for (i, found) in ruled.iter().enumerate() {
            let number = desk.numbers[start + i];
            let word = &words[number as usize];
            let lemma = desk.lemmas.of_word(number, found, &mut reading.lemmas, || {
                self.lemmatizer.lemma(&word.text, &word.lower, found.pos, found.features, alpha)
            });
            let token = &mut reading.tokens[unit.first + i];
            token.tag = found.tag;
            token.pos = found.pos;
            token.dep = found.dep;
            token.head = unit.first as u32 + arcs[start + i].head;
            token.lemma = lemma;
        }
    }
}

impl Reading {
    /// Reads an article's sentences and tokens with the embedded model, nothing deeper.
    #[must_use]
    pub fn shallow(article: &Article) -> Self {
        Model::embedded().shallow(article)
    }
}

fn shallow_sentence(unit: &Unit, raw: &[RawToken]) -> Sentence {
    Sentence {
        span: Span { start: raw[unit.first].start, end: raw[unit.last - 1].end },
        first: unit.first as u32,
        last: unit.last as u32,
        block: unit.block,
        depth: Depth::Tokens,
    }
}

/// The block in which a token stands; read whole, sentences may begin in any (or in a cut, which counts to the block before).
fn block_of(article: &Article, unit: &Unit, whole: bool, token: &RawToken) -> u32 {
    if !whole {
        return unit.block;
    }
    article.blocks.partition_point(|b| b.span.start <= token.start).saturating_sub(1) as u32
}

/// A token after which the parser may begin a sentence: a mark that can end one, or an abbreviation. Left to itself it
/// also breaks sentences at capital letters, having been trained on text without headings.
fn ends_something(token: &str) -> bool {
    token.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', '»', ')', ']', '。', '؟'])
        || matches!(token, "--" | "---" | "–" | "—" | "''" | "*" | "|" | "•" | "●")
}
