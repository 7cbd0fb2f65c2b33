//! The net, as tools/train/net.py has it: all-MiniLM-L6-v2 (BERT: Devlin et al. 2019; MiniLM: Wang et al. 2020) with an
//! embedding of what each piece is part of, and the heads.

use marchland_reading::numeric::{Kernels, Matrix, PADDING};

use crate::frame::{Mark, TYPES, Window};
use crate::weights::{Tensor, Weights, WeightsError};

const WIDTH: usize = 384;
const LAYERS: usize = 6;
/// Layers below the embedding of what a piece is part of: they stay as they were trained by others.
const FROZEN: usize = 2;
const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
const INNER: usize = 1536;
const VOCABULARY: usize = 30522;
const POSITIONS: usize = 512;
pub(crate) const KINDS: usize = 6;
const STANCES: usize = 5;
const KEY: usize = 64;
const VALUE: usize = 128;
const GAPS: usize = 16;
/// Marks of what a rule says of a piece: trigger (6 kinds), place (6), holder (6), other side, stance at the trigger (5).
const MARKS: usize = 25;
/// What a rule says of a place and kind: there is one, its confidence, its stance (5), which kinds there are (6), 3 empty.
const RULE: usize = 16;
/// Input of a state: place, trigger, kind, rule.
const INPUT: usize = 3 * VALUE + RULE;
/// Features of a party: kind (5), whether it can hold (3), same sentence, distance.
const FEATURES: usize = 5 + 3 + 1 + GAPS;

/// A layer norm.
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm1: Norm,
    up: Matrix,
    down: Matrix,
    norm2: Norm,
}

/// The net with its weights.
pub struct Net {
    kernels: Kernels,
    word: Tensor<'static>,
    position: Vec<f32>,
    typed: Vec<f32>,
    context: Vec<f32>,
    mark: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Of each piece: key of triggers, value, key of speakers.
    of_piece: Matrix,
    /// Of each place: query for triggers of each kind, value.
    of_place: Matrix,
    trigger_gap: Vec<f32>,
    kind: Vec<f32>,
    state: Matrix,
    /// Of each state: kind, stances, background, none (3), queries for parties, times, speakers.
    of_state: Matrix,
    party_key: Matrix,
    party_bias: Vec<f32>,
    time_key: Matrix,
    time_gap: Vec<f32>,
    rule_skip: Vec<f32>,
    rule_party: Vec<f32>,
}

/// What the net says of one place mention. Everything is a probability.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// Index into [`Window::places`].
    pub place: usize,
    /// For each kind of claim, what is said if one is made.
    pub kinds: [OfKind; KINDS],
}

/// What is said of a place in a claim of one kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfKind {
    /// That there is such a claim.
    pub claimed: f32,
    /// Asserted, claimed, denied, planned, hypothetical.
    pub stance: [f32; STANCES],
    /// That it is history.
    pub background: f32,
    /// For each party of the window, that it is the holder.
    pub holder: Vec<f32>,
    /// For each party of the window, that it is the other side; the last: nobody is.
    pub other: Vec<f32>,
    /// For each time expression of the window, that it says when; the last: none does.
    pub time: Vec<f32>,
    /// For each piece, that the words that say it begin there.
    pub trigger: Vec<f32>,
    /// For each piece, that the speaker is named there; the last: the writer speaks.
    pub speaker: Vec<f32>,
}

fn norm(w: &Weights<'_>, name: &str) -> Result<Norm, WeightsError> {
    Ok(Norm { gain: w.vector(&format!("{name}.weight"), WIDTH)?, shift: w.vector(&format!("{name}.bias"), WIDTH)? })
}

/// Several linear layers with one input, as one matrix.
fn joined(w: &Weights<'_>, depth: usize, parts: &[(&str, usize)]) -> Result<Matrix, WeightsError> {
    let (mut weights, mut bias) = (Vec::new(), Vec::new());
    for (name, outputs) in parts {
        weights.extend(w.matrix(&format!("{name}.weight"), *outputs, depth)?.floats());
        bias.extend(w.vector(&format!("{name}.bias"), *outputs)?);
    }
    Ok(Matrix::pack(bias.len(), depth, &weights, &bias))
}

impl Net {
    /// Reads a file of weights.
    ///
    /// # Errors
    /// When it is none, or one of another net.
    pub fn read(bytes: &'static [u8], kernels: Kernels) -> Result<Self, WeightsError> {
        let w = &Weights::parse(bytes)?;
        let linear = |name: &str, outputs, depth| joined(w, depth, &[(name, outputs)]);
        let mut layers = Vec::with_capacity(LAYERS);
        for n in 0..LAYERS {
            let name = |part: &str| format!("encoder.layers.{n}.{part}");
            layers.push(Layer {
                qkv: linear(&name("qkv"), 3 * WIDTH, WIDTH)?,
                out: linear(&name("out"), WIDTH, WIDTH)?,
                norm1: norm(w, &name("norm1"))?,
                up: linear(&name("up"), INNER, WIDTH)?,
                down: linear(&name("down"), WIDTH, INNER)?,
                norm2: norm(w, &name("norm2"))?,
            });
        }
        Ok(Self {
            kernels,
            word: w.matrix("encoder.word.weight", VOCABULARY, WIDTH)?,
            position: w.matrix("encoder.position.weight", POSITIONS, WIDTH)?.floats(),
            typed: w.matrix("encoder.typed.weight", TYPES, WIDTH)?.floats(),
            context: w.matrix("encoder.context.weight", 2, WIDTH)?.floats(),
            mark: w.matrix("encoder.mark.weight", MARKS, WIDTH)?.floats(),
            norm: norm(w, "encoder.norm")?,
            layers,
            of_piece: joined(
                w,
                WIDTH,
                &[("heads.trigger_key", KEY), ("heads.value", VALUE), ("heads.speaker_key", KEY)],
            )?,
            of_place: joined(w, WIDTH, &[("heads.trigger_query", KINDS * KEY), ("heads.place", VALUE)])?,
            trigger_gap: w.matrix("heads.trigger_gap.weight", GAPS, KINDS)?.floats(),
            kind: w.matrix("heads.kind.weight", KINDS, VALUE)?.floats(),
            state: linear("heads.state", VALUE, INPUT)?,
            of_state: joined(
                w,
                VALUE,
                &[
                    ("heads.is_kind", 1),
                    ("heads.stance", STANCES),
                    ("heads.background", 1),
                    ("heads.none", 3),
                    ("heads.party_query", 2 * KEY),
                    ("heads.time_query", KEY),
                    ("heads.speaker_query", KEY),
                ],
            )?,
            party_key: linear("heads.party_key", 2 * KEY, WIDTH)?,
            party_bias: w.matrix("heads.party_bias.weight", 2, FEATURES)?.floats(),
            time_key: linear("heads.time_key", KEY, WIDTH)?,
            time_gap: w.vector_of_rows("heads.time_gap.weight", GAPS)?,
            rule_skip: w.matrix("heads.rule_skip.weight", 1 + STANCES, RULE)?.floats(),
            rule_party: w.vector("heads.rule_party", 2)?,
        })
    }

    /// What is said in a window of each place that is not only context, in their order.
    #[must_use]
    pub fn say(&self, window: &Window) -> Vec<Said> {
        let places: Vec<usize> =
            (0..window.places.len()).filter(|&p| !window.context[window.places[p].first]).collect();
        if places.is_empty() || window.pieces.len() > POSITIONS {
            return Vec::new();
        }
        let x = self.encode(window);
        self.heads(window, &places, &x)
    }

    /// The encoder: one row of [`WIDTH`] for each piece.
    fn encode(&self, window: &Window) -> Vec<f32> {
        let k = self.kernels;
        let count = window.pieces.len();
        let mut x = Vec::with_capacity(count * WIDTH);
        for (at, piece) in window.pieces.iter().enumerate() {
            let start = x.len();
            self.word.row((piece.id as usize).min(VOCABULARY - 1), &mut x);
            add(&mut x[start..], &self.position[at * WIDTH..(at + 1) * WIDTH]);
        }
        k.layer_norm(&mut x, &self.norm.gain, &self.norm.shift);
        let mut room = vec![0.0; count * INNER];
        let mut mixed = vec![0.0; count * WIDTH];
        let mut work = vec![0.0; count * WIDTH];
        for (n, layer) in self.layers.iter().enumerate() {
            if n == FROZEN {
                self.what_they_are(window, &mut x);
            }
            let qkv = &mut room[..count * 3 * WIDTH];
            k.product(&x, WIDTH, count, &layer.qkv, qkv);
            self.attend(qkv, count, &mut mixed);
            k.product(&mixed, WIDTH, count, &layer.out, &mut work);
            add(&mut x, &work);
            k.layer_norm(&mut x, &layer.norm1.gain, &layer.norm1.shift);
            k.product(&x, WIDTH, count, &layer.up, &mut room);
            k.gelu(&mut room);
            k.product(&room, INNER, count, &layer.down, &mut work);
            add(&mut x, &work);
            k.layer_norm(&mut x, &layer.norm2.gain, &layer.norm2.shift);
        }
        x
    }

    /// Adds to every piece what it is part of.
    fn what_they_are(&self, window: &Window, x: &mut [f32]) {
        for (at, row) in x.chunks_exact_mut(WIDTH).enumerate() {
            for (table, n) in
                [(&self.typed, window.types[at] as usize), (&self.context, usize::from(window.context[at]))]
            {
                add(row, &table[n * WIDTH..(n + 1) * WIDTH]);
            }
        }
        for mark in &window.marks {
            self.mark(window, mark, x);
        }
    }

    /// Adds to the pieces of a rule's claim what they are in it.
    fn mark(&self, window: &Window, mark: &Mark, x: &mut [f32]) {
        let kind = mark.kind as usize;
        let mut put = |first: usize, last: usize, n: usize| {
            for at in first..last {
                add(&mut x[at * WIDTH..(at + 1) * WIDTH], &self.mark[n * WIDTH..(n + 1) * WIDTH]);
            }
        };
        let (first, last) = mark.trigger;
        put(first, last, 1 + kind);
        put(first, last, 20 + mark.stance as usize);
        let place = &window.places[mark.place];
        put(place.first, place.last, 7 + kind);
        for (parties, n) in [(&mark.holder, 13 + kind), (&mark.other, 19)] {
            for party in parties {
                put(window.parties[*party].first, window.parties[*party].last, n);
            }
        }
    }

    /// Attention of every piece to every piece, head by head.
    fn attend(&self, qkv: &[f32], count: usize, out: &mut [f32]) {
        let k = self.kernels;
        let row = 3 * WIDTH;
        let padded = count.div_ceil(PADDING) * PADDING;
        let mut scores = vec![0.0; count * padded];
        let mut mixed = vec![0.0; count * HEAD];
        let mut keys = vec![0.0; count * HEAD];
        let mut values = vec![0.0; HEAD * padded];
        for head in 0..HEADS {
            for at in 0..count {
                let key = &qkv[at * row + WIDTH + head * HEAD..][..HEAD];
                keys[at * HEAD..(at + 1) * HEAD].copy_from_slice(key);
                for (n, value) in qkv[at * row + 2 * WIDTH + head * HEAD..][..HEAD].iter().enumerate() {
                    values[n * padded + at] = *value;
                }
            }
            let by_key = Matrix::pack(count, HEAD, &keys, &[]);
            k.product(&qkv[head * HEAD..], row, count, &by_key, &mut scores);
            k.softmax(&mut scores, padded, count, 1.0 / (HEAD as f32).sqrt());
            let by_value = Matrix::pack(HEAD, padded, &values, &[]);
            k.product(&scores, padded, count, &by_value, &mut mixed);
            for (to, from) in out.chunks_exact_mut(WIDTH).zip(mixed.chunks_exact(HEAD)) {
                to[head * HEAD..(head + 1) * HEAD].copy_from_slice(from);
            }
        }
    }

    fn heads(&self, window: &Window, places: &[usize], x: &[f32]) -> Vec<Said> {
        let k = self.kernels;
        let count = window.pieces.len();
        let of_piece = self.apply(&self.of_piece, x, count);
        let pieces = self.of_piece.padded();
        let spans: Vec<(usize, usize)> =
            places.iter().map(|&p| (window.places[p].first, window.places[p].last)).collect();
        let of_place = self.apply(&self.of_place, &means(x, &spans), places.len());
        let spans: Vec<(usize, usize)> = window.parties.iter().map(|p| (p.first, p.last)).collect();
        let party_keys = self.apply(&self.party_key, &means(x, &spans), spans.len());
        let spans: Vec<(usize, usize)> = window.times.iter().map(|t| (t.first, t.last)).collect();
        let time_keys = self.apply(&self.time_key, &means(x, &spans), spans.len());
        let words: Vec<usize> = (0..count).filter(|&i| window.words[i] > 0).collect();
        let scale = 1.0 / (KEY as f32).sqrt();

        places
            .iter()
            .enumerate()
            .map(|(n, &place)| {
                let slot = &window.places[place];
                let own = &of_place[n * self.of_place.padded()..][..KINDS * KEY + VALUE];
                let rule = rule_features(window, place);
                let mut input = vec![0.0; KINDS * INPUT];
                let mut triggers = Vec::with_capacity(KINDS);
                for (kind, input) in input.chunks_exact_mut(INPUT).enumerate() {
                    let query = &own[kind * KEY..(kind + 1) * KEY];
                    let mut scores: Vec<f32> = words
                        .iter()
                        .map(|&i| {
                            dot(query, &of_piece[i * pieces..][..KEY]) * scale
                                + self.trigger_gap[gap(i, slot.first) * KINDS + kind]
                        })
                        .collect();
                    self.softmax(&mut scores);
                    let mut trigger = vec![0.0; count];
                    for (&i, p) in words.iter().zip(&scores) {
                        trigger[i] = *p;
                        let value = &of_piece[i * pieces + KEY..][..VALUE];
                        for (sum, v) in input[VALUE..2 * VALUE].iter_mut().zip(value) {
                            *sum = p.mul_add(*v, *sum);
                        }
                    }
                    triggers.push(trigger);
                    input[..VALUE].copy_from_slice(&own[KINDS * KEY..]);
                    input[3 * VALUE..].copy_from_slice(&rule[kind]);
                    input[2 * VALUE..3 * VALUE].copy_from_slice(&self.kind[kind * VALUE..(kind + 1) * VALUE]);
                }
                let mut states = self.apply(&self.state, &input, KINDS);
                k.gelu(&mut states);
                let outs = self.apply(&self.of_state, &states, KINDS);
                let width = self.of_state.padded();
                let mut said = Said { place, ..Said::default() };
                for (kind, trigger) in triggers.into_iter().enumerate() {
                    let out = &outs[kind * width..(kind + 1) * width];
                    let skip = |n: usize| dot(&self.rule_skip[n * RULE..(n + 1) * RULE], &rule[kind]);
                    let (none, queries) = (&out[STANCES + 2..STANCES + 5], &out[STANCES + 5..]);
                    let mut of = OfKind {
                        claimed: self.sigmoid(out[0] + skip(0)),
                        background: self.sigmoid(out[STANCES + 1]),
                        trigger,
                        ..OfKind::default()
                    };
                    let mut stance: Vec<f32> = (1..=STANCES).map(|n| out[n] + skip(n)).collect();
                    self.softmax(&mut stance);
                    of.stance.copy_from_slice(&stance);
                    for (side, end) in [(0, None), (1, Some(none[0]))] {
                        let query = &queries[side * KEY..(side + 1) * KEY];
                        let meant = |p: usize| {
                            window.marks.iter().any(|m| {
                                let parties = if side == 0 { &m.holder } else { &m.other };
                                m.place == place && m.kind as usize == kind && parties.contains(&p)
                            })
                        };
                        let mut scores: Vec<f32> = window
                            .parties
                            .iter()
                            .enumerate()
                            .map(|(p, party)| {
                                let key = &party_keys[p * self.party_key.padded() + side * KEY..][..KEY];
                                let bias = &self.party_bias[side * FEATURES..(side + 1) * FEATURES];
                                let same = if party.sentence % 4096 == slot.sentence % 4096 { bias[8] } else { 0.0 };
                                dot(query, key) * scale
                                    + bias[party.kind as usize]
                                    + bias[5 + party.force as usize]
                                    + same
                                    + bias[9 + gap(party.first, slot.first)]
                                    + if meant(p) { self.rule_party[side] } else { 0.0 }
                            })
                            .chain(end)
                            .collect();
                        self.softmax(&mut scores);
                        *(if side == 0 { &mut of.holder } else { &mut of.other }) = scores;
                    }
                    let query = &queries[2 * KEY..3 * KEY];
                    of.time = window
                        .times
                        .iter()
                        .enumerate()
                        .map(|(t, time)| {
                            dot(query, &time_keys[t * self.time_key.padded()..][..KEY]) * scale
                                + self.time_gap[gap(time.first, slot.first)]
                        })
                        .chain([none[1]])
                        .collect();
                    self.softmax(&mut of.time);
                    let query = &queries[3 * KEY..4 * KEY];
                    let mut scores: Vec<f32> = words
                        .iter()
                        .map(|&i| dot(query, &of_piece[i * pieces + KEY + VALUE..][..KEY]) * scale)
                        .chain([none[2]])
                        .collect();
                    self.softmax(&mut scores);
                    of.speaker = vec![0.0; count + 1];
                    for (i, p) in words.iter().copied().chain([count]).zip(scores) {
                        of.speaker[i] = p;
                    }
                    said.kinds[kind] = of;
                }
                said
            })
            .collect()
    }

    fn apply(&self, matrix: &Matrix, rows: &[f32], count: usize) -> Vec<f32> {
        let mut out = vec![0.0; count * matrix.padded()];
        self.kernels.product(rows, matrix.depth(), count, matrix, &mut out);
        out
    }

    fn softmax(&self, scores: &mut Vec<f32>) {
        let count = scores.len();
        if count > 0 {
            scores.resize(count.div_ceil(8) * 8, 0.0);
            let width = scores.len();
            self.kernels.softmax(scores, width, count, 1.0);
            scores.truncate(count);
        }
    }

    /// By the same exponential as everything else, so that it is the same on every machine.
    fn sigmoid(&self, x: f32) -> f32 {
        let mut pair = vec![x, 0.0];
        self.softmax(&mut pair);
        pair[0]
    }
}

/// What the rules say of a place, for each kind.
fn rule_features(window: &Window, place: usize) -> [[f32; RULE]; KINDS] {
    let mut rule = [[0.0; RULE]; KINDS];
    for mark in window.marks.iter().filter(|m| m.place == place) {
        let kind = mark.kind as usize;
        if mark.confidence >= rule[kind][1] {
            rule[kind][..7].fill(0.0);
            rule[kind][0] = 1.0;
            rule[kind][1] = mark.confidence;
            rule[kind][2 + mark.stance as usize] = 1.0;
        }
        for of_kind in &mut rule {
            of_kind[7 + kind] = 1.0;
        }
    }
    rule
}

fn add(to: &mut [f32], more: &[f32]) {
    for (sum, more) in to.iter_mut().zip(more) {
        *sum += more;
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| a.mul_add(*b, sum))
}

/// The mean of the rows of each span.
fn means(x: &[f32], spans: &[(usize, usize)]) -> Vec<f32> {
    let mut out = vec![0.0; spans.len() * WIDTH];
    for ((first, last), mean) in spans.iter().zip(out.chunks_exact_mut(WIDTH)) {
        for row in x[first * WIDTH..last * WIDTH].chunks_exact(WIDTH) {
            add(mean, row);
        }
        let share = 1.0 / (last - first) as f32;
        for m in mean {
            *m *= share;
        }
    }
    out
}

/// The bucket of a distance in pieces from a place: 0, 1-2, 3-5, 6-10, 11-18, 19-32, 33-64, more; before it or at it
/// 0 to 7, after it 8 to 15.
fn gap(at: usize, place: usize) -> usize {
    let size = [0, 2, 5, 10, 18, 32, 64].iter().filter(|&&edge| at.abs_diff(place) > edge).count();
    size + if at > place { 8 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets() {
        for (at, place, bucket) in
            [(5, 5, 0), (4, 5, 1), (7, 5, 9), (8, 5, 10), (0, 32, 5), (0, 64, 6), (0, 65, 7), (200, 5, 15)]
        {
            assert_eq!(gap(at, place), bucket, "{at} {place}");
        }
    }
}
