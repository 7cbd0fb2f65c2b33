//! The small language in which a rule says where a role stands: steps along the arcs, from the trigger.
//!
//! A path is steps joined by `/`. A step is one or more names joined by `|`, and may end in `:word,word`
//! which keeps only tokens with one of these lemmas. Names:
//! - `self`, `up` (the head), `head` (the noun that the trigger modifies),
//! - `subject` (who does it, whatever the voice), `object` (to what), `surface` (the subject as grammar sees it), `owner`,
//! - an arc of the language model (`dobj`, `poss`, `appos` ...), `mod` (poss, compound, amod, nmod, npadvmod),
//! - `>word`: the child that is this word; `prt`: a particle or adverb,
//! - `hyphen`: the word before the hyphen before the trigger ("rebel" in "rebel-held"),
//! - `after`: the noun whose phrase begins right after the trigger (where the parser took a verb for a noun),
//! - `before`: the word right before the trigger ("rebel" in "rebel held"),
//! - anything else is a preposition, and leads to its noun (`in`, `from`, `by`).

use marchland_reading::Dep;

use crate::tree::Tree;

#[derive(Debug, Clone)]
pub(crate) struct Path(Vec<Step>);

#[derive(Debug, Clone)]
struct Step {
    moves: Vec<Move>,
    only: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Move {
    Own,
    Up,
    Head,
    Subject,
    Object,
    Surface,
    Owner,
    Mod,
    Particle,
    Hyphen,
    After,
    Before,
    Arc(Dep),
    Word(String),
    Prep(String),
}

impl Path {
    /// Reads a path; the error says which step is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for step in text.split('/') {
            let (names, only) = step.split_once(':').unwrap_or((step, ""));
            let mut moves = Vec::new();
            for name in names.split('|').map(str::trim) {
                if name.is_empty() || !name.trim_start_matches('>').chars().all(|c| c.is_ascii_lowercase() || c == '-')
                {
                    return Err(format!("no step of a path: {name:?} in {text:?}"));
                }
                moves.push(match name {
                    "self" => Move::Own,
                    "up" => Move::Up,
                    "head" => Move::Head,
                    "subject" => Move::Subject,
                    "object" => Move::Object,
                    "surface" => Move::Surface,
                    "owner" => Move::Owner,
                    "mod" => Move::Mod,
                    "prt" => Move::Particle,
                    "hyphen" => Move::Hyphen,
                    "after" => Move::After,
                    "before" => Move::Before,
                    _ => match (name.strip_prefix('>'), Dep::parse(name)) {
                        (Some(word), _) => Move::Word(word.to_owned()),
                        (None, Some(dep)) => Move::Arc(dep),
                        (None, None) => Move::Prep(name.to_owned()),
                    },
                });
            }
            let only = only.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect();
            steps.push(Step { moves, only });
        }
        Ok(Self(steps))
    }

    /// The tokens that the path leads to from a trigger, in the order of the text.
    pub fn walk(&self, tree: &Tree, from: usize) -> Vec<usize> {
        let mut here = vec![from];
        for step in &self.0 {
            let mut next = Vec::new();
            for &i in &here {
                for m in &step.moves {
                    m.go(tree, i, &mut next);
                }
            }
            next.sort_unstable();
            next.dedup();
            if !step.only.is_empty() {
                next = next.into_iter().flat_map(|i| tree.joined(i)).collect();
                next.retain(|&i| {
                    let (lemma, word) = (tree.lemma(i), tree.word(i).to_lowercase());
                    step.only.iter().any(|w| *w == lemma || *w == word)
                });
            }
            here = next;
            here.truncate(64);
        }
        here
    }
}

impl Move {
    fn go(&self, tree: &Tree, i: usize, out: &mut Vec<usize>) {
        match self {
            Self::Own => out.push(i),
            Self::Up => {
                if tree.head(i) != i {
                    out.push(tree.head(i));
                }
            }
            Self::Head => {
                if matches!(
                    tree.dep(i),
                    Dep::Amod
                        | Dep::Acl
                        | Dep::Compound
                        | Dep::Relcl
                        | Dep::Appos
                        | Dep::Poss
                        | Dep::Npadvmod
                        | Dep::Nmod
                ) {
                    out.push(tree.head(i));
                }
            }
            Self::Subject => out.extend(tree.subject(i)),
            Self::Object => out.extend(tree.objects(i)),
            Self::Surface => out.extend(tree.surface_subject(i)),
            Self::Owner => out.extend(tree.owner(i)),
            Self::Mod => {
                out.extend(tree.kids(i).filter(|&k| {
                    matches!(tree.dep(k), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Npadvmod)
                }))
            }
            Self::Particle => out.extend(
                tree.kids(i)
                    .filter(|&k| matches!(tree.dep(k), Dep::Prt | Dep::Advmod | Dep::Prep | Dep::Oprd | Dep::Acomp)),
            ),
            Self::Hyphen => {
                if i >= 2 && matches!(tree.word(i - 1), "-" | "–" | "‐") {
                    out.push(i - 2);
                }
            }
            Self::Before => out.extend(i.checked_sub(1)),
            Self::After => {
                // The noun whose phrase begins right after the trigger.
                let mut at = i + 1;
                while at < tree.reading.tokens.len()
                    && tree.head(at) > i
                    && tree.head(at) != at
                    && tree.reach(tree.head(at)).0 > i
                {
                    at = tree.head(at);
                }
                if at < tree.reading.tokens.len() && tree.is_noun(at) && tree.reach(at).0 == i + 1 {
                    out.push(at);
                }
            }
            Self::Arc(dep) => out.extend(tree.kids(i).filter(|&k| tree.dep(k) == *dep).map(|k| tree.antecedent(k))),
            Self::Word(word) => out.extend(tree.kids(i).filter(|&k| tree.word(k).eq_ignore_ascii_case(word))),
            Self::Prep(word) => out.extend(tree.prep(i, &[word.as_str()]).map(|k| tree.antecedent(k))),
        }
    }
}
