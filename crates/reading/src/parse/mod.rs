//! The dependency parser: an arc-eager transition system that draws arcs and finds where sentences begin.

mod state;
mod tree;

use crate::container::Cursor;
use crate::kernels::Level;
use crate::transition::Scorer;
use crate::{Dep, ModelError};
pub(crate) use state::State;
pub(crate) use tree::{Arc, finish};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Shift = 0,
    Reduce = 1,
    Left = 2,
    Right = 3,
    Break = 4,
}

/// The parser.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) scorer: Scorer,
    /// What each action does; its number is the label of the arc that it draws.
    moves: Vec<Move>,
    labels: Vec<(Dep, Option<Dep>)>,
}

impl Parser {
    pub(crate) fn read(mut from: Cursor<'_>) -> Result<Self, ModelError> {
        let (scorer, names) = Scorer::read(&mut from, 8)?;
        let mut moves = Vec::new();
        let mut labels = Vec::new();
        for name in &names {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            moves.push(match kind {
                "S" => Move::Shift,
                "D" => Move::Reduce,
                "L" => Move::Left,
                "R" => Move::Right,
                "B" => Move::Break,
                _ => return Err(from.bad("an action of the parser is not known")),
            });
            // "pobj||prep": the arc was lifted in training; its true head is the nearest `prep` below.
            let (own, below) = label.split_once("||").map_or((label, None), |(own, below)| (own, Some(below)));
            let parse = |text: &str| match Dep::parse(text) {
                None if !text.is_empty() => Err(from.bad("a label of the parser is not known")),
                label => Ok(label.unwrap_or_default()),
            };
            labels.push((parse(own)?, below.map(parse).transpose()?));
        }
        Ok(Self { scorer, moves, labels })
    }

    /// Parses one sequence. `may_start` says before which tokens a sentence may begin.
    pub(crate) fn parse(
        &self,
        level: Level,
        prepared: &[f32],
        may_start: impl Fn(usize) -> bool,
        length: usize,
        state: &mut State,
        scores: &mut Vec<f32>,
    ) {
        scores.clear();
        scores.resize(self.scorer.room(), 0.0);
        state.reset(length);
        while !state.is_done() {
            let (b0, b1, s0) = (state.b(0), state.b(1), state.s(0));
            let tokens =
                [b0, b1, s0, state.s(1), state.s(2), state.leftmost(b0), state.leftmost(s0), state.rightmost(s0)];
            self.scorer.score(level, prepared, &tokens, scores);
            let start_allowed = |token: i32| usize::try_from(token).map_or(true, &may_start);
            let (depth, buffered) = (state.depth(), state.buffered());
            let linkable = depth > 0 && buffered > 0 && !state.is_start(b0);
            let valid = [
                depth == 0 || (buffered >= 2 && !state.is_start(b0) && !state.was_put_back(b0)),
                depth > 0 && (buffered == 0 || depth != 1 || start_allowed(b0)),
                linkable,
                linkable,
                buffered >= 2 && b1 == b0 + 1 && !state.is_start(b1) && start_allowed(b1),
            ];
            let mut best: Option<(f32, usize)> = None;
            for (i, (kind, score)) in self.moves.iter().zip(scores.iter()).enumerate() {
                if valid[*kind as usize] && best.is_none_or(|(most, _)| *score > most) {
                    best = Some((*score, i));
                }
            }
            let Some((_, action)) = best else { break };
            match self.moves[action] {
                Move::Shift => state.push(),
                Move::Reduce => state.reduce(),
                Move::Left => state.link_left(action as u16),
                Move::Right => state.link_right(action as u16),
                Move::Break => state.break_before_second(),
            }
        }
    }

    /// Heads and labels of a parsed sequence, lifted arcs put back, and where sentences begin.
    pub(crate) fn tree(&self, state: &State, blank: impl Fn(usize) -> bool, arcs: &mut Vec<Arc>) {
        let (heads, labels) = state.arcs();
        arcs.clear();
        arcs.extend(heads.iter().zip(labels).enumerate().map(|(i, (head, action))| {
            if *head < 0 {
                return Arc { head: i as u32, label: Dep::Root, below: None, starts: false };
            }
            let (label, below) = self.labels[*action as usize];
            Arc { head: *head as u32, label, below, starts: false }
        }));
        finish(arcs, blank);
    }
}
