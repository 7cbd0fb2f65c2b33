//! Names: one action a token says whether it begins, continues, ends or is a name, or is none.

use crate::container::Cursor;
use crate::kernels::Level;
use crate::transition::Scorer;
use crate::{ModelError, NameLabel};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Begin,
    In,
    Last,
    Unit,
    Out,
}

/// The namer.
#[derive(Debug)]
pub(crate) struct Namer {
    pub(crate) scorer: Scorer,
    actions: Vec<(Move, NameLabel)>,
}

/// What the namer must know of a token beside its vector.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// White space.
    pub(crate) blank: bool,
    /// First of a sentence.
    pub(crate) starts: bool,
}

impl Namer {
    pub(crate) fn read(mut from: Cursor<'_>) -> Result<Self, ModelError> {
        let (scorer, names) = Scorer::read(&mut from, 3)?;
        let actions = names
            .iter()
            .map(|name| {
                let (kind, label) = name.split_once('-').unwrap_or((name, ""));
                let kind = match kind {
                    "B" => Move::Begin,
                    "I" => Move::In,
                    "L" => Move::Last,
                    "U" => Move::Unit,
                    "O" => Move::Out,
                    _ => return Err(from.bad("an action of the namer is not known")),
                };
                // An empty label is the one that marks tokens as blocked; nothing here ever blocks one.
                match NameLabel::parse(label) {
                    None if !label.is_empty() => Err(from.bad("a label of the namer is not known")),
                    label => Ok((kind, label.unwrap_or_default())),
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { scorer, actions })
    }

    /// Calls `found` with first token, last token (exclusive) and label of each name.
    pub(crate) fn names(
        &self,
        level: Level,
        prepared: &[f32],
        places: &[Place],
        scores: &mut Vec<f32>,
        mut found: impl FnMut(usize, usize, NameLabel),
    ) {
        scores.clear();
        scores.resize(self.scorer.room(), 0.0);
        let mut open: Option<(usize, NameLabel)> = None;
        for (b, place) in places.iter().enumerate() {
            let begun = open.map_or(-1, |(start, _)| start as i32);
            let before = if begun < 0 { -1 } else { b as i32 - 1 };
            self.scorer.score(level, prepared, &[b as i32, begun, before], scores);
            let left = places.len() - b;
            let crosses = places.get(b + 1).is_some_and(|next| next.starts);
            let begin = open.is_none() && left >= 2 && !crosses && !place.blank;
            let within = open.is_some() && left >= 2 && !crosses;
            let mut best: Option<(f32, usize)> = None;
            for (i, ((kind, label), score)) in self.actions.iter().zip(scores.iter()).enumerate() {
                let same = open.is_some_and(|(_, open)| open == *label);
                let valid = match kind {
                    Move::Begin => begin,
                    Move::In => within && same,
                    Move::Last => same,
                    Move::Unit => open.is_none() && !place.blank && *label != NameLabel::None,
                    Move::Out => open.is_none(),
                };
                if valid && best.is_none_or(|(most, _)| *score > most) {
                    best = Some((*score, i));
                }
            }
            let Some((_, action)) = best else { return };
            match self.actions[action] {
                (Move::Begin, label) => open = Some((b, label)),
                (Move::In | Move::Out, _) => {}
                (Move::Unit, label) => found(b, b + 1, label),
                (Move::Last, label) => {
                    if let Some((start, _)) = open.take() {
                        found(start, b + 1, label);
                    }
                }
            }
        }
    }
}
