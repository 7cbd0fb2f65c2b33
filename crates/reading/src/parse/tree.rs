//! From the parser's arcs to trees: lifted arcs return to their heads, and sentences are read off the roots.

use crate::Dep;

/// A token's place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    /// Its head in the sequence; itself at a root.
    pub(crate) head: u32,
    pub(crate) label: Dep,
    /// For an arc that was lifted: the label of its true head.
    pub(crate) below: Option<Dep>,
    /// A sentence begins here.
    pub(crate) starts: bool,
}

/// Puts lifted arcs back (Nivre and Nilsson 2005, the scheme HEAD) and finds where sentences begin.
pub(crate) fn finish(arcs: &mut [Arc], blank: impl Fn(usize) -> bool) {
    let mut edges = edges(arcs);
    if arcs.iter().any(|arc| arc.below.is_some()) {
        // The search is broad; the budget keeps a hostile text linear.
        let mut budget = 1000 + 50 * arcs.len();
        for i in 0..arcs.len() {
            if let Some(below) = arcs[i].below.take() {
                arcs[i].head = true_head(arcs, &edges, i, below, &blank, &mut budget) as u32;
            }
        }
        edges = self::edges(arcs);
    }
    for i in 0..arcs.len() {
        if arcs[i].head as usize == i {
            arcs[edges[i].0 as usize].starts = true;
        }
    }
}

/// Searches breadth first, children from left to right, for a token with that label under the head of token `i`.
fn true_head(
    arcs: &[Arc],
    edges: &[(u32, u32)],
    i: usize,
    below: Dep,
    blank: &impl Fn(usize) -> bool,
    budget: &mut usize,
) -> usize {
    let head = arcs[i].head as usize;
    let mut queue = vec![head];
    let mut at = 0;
    while at < queue.len() {
        let parent = queue[at];
        at += 1;
        let (first, last) = edges[parent];
        for (child, arc) in arcs.iter().enumerate().take(last as usize + 1).skip(first as usize) {
            if *budget == 0 {
                return head;
            }
            *budget -= 1;
            if child == parent || child == i || arc.head as usize != parent || blank(child) {
                continue;
            }
            // A label that is still to be put back is not yet the plain one.
            if arc.label == below && arc.below.is_none() {
                return child;
            }
            queue.push(child);
        }
    }
    head
}

/// First and last token under each token. Where arcs cross, the edges are widened in up to eleven rounds until every
/// head lies in the sentence of its child, as spaCy does.
fn edges(arcs: &[Arc]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0..arcs.len() as u32).map(|i| (i, i)).collect();
    for _ in 0..=11 {
        let widen = |i: usize, edges: &mut Vec<(u32, u32)>| {
            let (head, child) = (arcs[i].head as usize, edges[i]);
            edges[head].0 = edges[head].0.min(child.0);
            edges[head].1 = edges[head].1.max(child.1);
        };
        for i in 0..arcs.len() {
            widen(i, &mut edges);
        }
        for i in (0..arcs.len()).rev() {
            widen(i, &mut edges);
        }
        if heads_lie_within(arcs, &edges) {
            break;
        }
    }
    edges
}

fn heads_lie_within(arcs: &[Arc], edges: &[(u32, u32)]) -> bool {
    let mut starts = vec![false; arcs.len()];
    for (i, arc) in arcs.iter().enumerate() {
        if arc.head as usize == i {
            starts[edges[i].0 as usize] = true;
        }
    }
    let mut begin = 0;
    for i in 0..arcs.len() {
        if (i > 0 && starts[i]) || i + 1 == arcs.len() {
            if arcs[begin..i].iter().any(|arc| (arc.head as usize) < begin || arc.head as usize > i) {
                return false;
            }
            begin = i;
        }
    }
    true
}
