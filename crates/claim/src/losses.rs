//! Killed, injured and displaced: numbers that a sentence gives.

use marchland_reading::{Dep, Pos};

use crate::{aggregate::number, tree::Tree};

/// Low and high of each, where said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Losses {
    pub killed: Option<(u32, u32)>,
    pub injured: Option<(u32, u32)>,
    pub displaced: Option<(u32, u32)>,
}

/// The numbers of a stretch of tokens: "killed 12 soldiers", "five people were wounded", "left 30 dead", "dozens died".
pub(crate) fn losses(tree: &Tree, first: usize, last: usize) -> Losses {
    let mut all = Losses::default();
    for i in first..last {
        let slot = match tree.lemma(i).as_str() {
            "kill" | "die" | "dead" | "massacre" | "murder" | "slaughter" | "execute" | "martyr" => &mut all.killed,
            "injure" | "wound" | "hurt" | "injured" | "wounded" => &mut all.injured,
            "displace" | "displaced" => &mut all.displaced,
            _ => continue,
        };
        if slot.is_some() {
            continue;
        }
        let verb = tree.is_verb(i);
        let mut nouns = if verb { tree.objects(i) } else { vec![i] };
        if verb && tree.lemma(i) == "die" {
            nouns = tree.surface_subject(i).into_iter().collect();
        }
        if !verb {
            // "left 30 dead": the number is the subject of the adjective, or its sister.
            let up = tree.head(i);
            nouns.extend(tree.kids(i).filter(|&k| matches!(tree.dep(k), Dep::Nsubj)));
            if tree.is_verb(up) && matches!(tree.dep(i), Dep::Oprd | Dep::Acomp | Dep::Ccomp) {
                nouns.extend(tree.objects(up));
            }
        }
        *slot = nouns.into_iter().find_map(|n| amount(tree, n));
    }
    all
}

/// The number of a noun: "at least 12 soldiers" is 12, "dozens of people" 24 to 99, "hundreds" 200 to 999.
fn amount(tree: &Tree, noun: usize) -> Option<(u32, u32)> {
    let loose = |word: &str| match word {
        "dozens" => Some((24, 99)),
        "scores" => Some((40, 199)),
        "hundreds" => Some((200, 999)),
        "thousands" => Some((2000, 9999)),
        "several" => Some((3, 9)),
        _ => None,
    };
    let word = tree.word(noun).to_lowercase();
    if let Some(range) = loose(&word) {
        return Some(range);
    }
    if tree.pos(noun) == Pos::Num {
        return number(&word).map(|n| (n, n));
    }
    for k in tree.kids(noun) {
        let word = tree.word(k).to_lowercase();
        match tree.dep(k) {
            Dep::Nummod => {
                if let Some(n) = number(&word) {
                    return Some((n, n));
                }
            }
            Dep::Amod | Dep::Det | Dep::Quantmod => {
                if let Some(range) = loose(&word) {
                    return Some(range);
                }
            }
            _ => {}
        }
    }
    None
}
