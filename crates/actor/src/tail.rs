//! What stands behind a name or an adjective and makes one phrase with it: "Taliban *fighters*", "Russian-*held*".

use crate::compose::Composer;
use crate::document::Part;
use crate::fold::Gap;
use crate::lexicon::{List, Sense};

/// What stands behind a name or an adjective.
pub(crate) enum Tail {
    /// "fighters", with the class that the words name, if any ("rebel fighters"), and its end.
    Force(usize, Option<usize>),
    /// "spokesman", "officials"; with the class named before it.
    Person(usize, Option<usize>),
    /// "-held": the word before holds.
    Held,
    /// "-backed": the word before is not the party.
    Backed,
    /// "offensive", "control".
    Action,
    Nothing,
}

impl Composer<'_> {
    /// What stands behind a phrase.
    pub(crate) fn tail(&self, part: &Part, h: usize) -> Tail {
        let words = &part.folded.words;
        let hit = &part.hits[h];
        let sentence = part.sentence[hit.first];
        let mut end = hit.last;
        let mut class = None;
        for (step, next) in part.hits[h + 1..].iter().take(5).enumerate() {
            if next.first != end || part.sentence[next.first] != sentence {
                break;
            }
            let gap = words[next.first].gap;
            if step == 0 && gap == Gap::Hyphen {
                if next.is(List::Held) {
                    return Tail::Held;
                }
                if next.is(List::Backed) {
                    // "Turkish-led forces" are Turkey's and its allies'.
                    if part.folded.of(next.first) == "led" && self.force_follows(part, h + 1) {
                        end = next.last;
                        continue;
                    }
                    return Tail::Backed;
                }
            }
            if gap != Gap::Space {
                break;
            }
            let noun =
                next.senses.iter().find_map(|s| if let Sense::ClassNoun(c) = s { Some(*c as usize) } else { None });
            let adjective = next
                .senses
                .iter()
                .find_map(|s| if let Sense::ClassAdjective(c) = s { Some(*c as usize) } else { None });
            let people = next.senses.iter().any(|s| matches!(s, Sense::Adjective(_)));
            let strong = |c: usize| !self.weak(c) || class.is_none();
            if next.is(List::Person) || next.is(List::Official) {
                let last = part.hits[h + 2 + step..].iter().take(6).take_while(|p| p.is(List::Person)).fold(
                    next.last,
                    |e, p| {
                        if p.first == e && words[p.first].gap == Gap::Space { p.last } else { e }
                    },
                );
                return Tail::Person(last, class.filter(|_| !words[hit.last - 1].possessive));
            }
            let more = part.hits.get(h + 2 + step).filter(|f| {
                f.first == next.last && words[f.first].gap == Gap::Space && !words[next.last - 1].possessive
            });
            let on = more.is_some_and(|f| {
                f.is(List::Force)
                    || f.is(List::Person)
                    || f.is(List::Official)
                    || f.senses.iter().any(|s| matches!(s, Sense::ClassNoun(_)))
            });
            if adjective.is_some() && on {
                class = adjective.filter(|c| strong(*c)).or(class);
                end = next.last;
                continue;
            }
            if next.is(List::Force) || noun.is_some() {
                // "security forces", "army": whose, the word before says.
                let noun = noun.filter(|c| !(next.is(List::Force) && self.registry.classes[*c].name == "government"));
                let civil = noun.is_some_and(|c| self.registry.classes[c].entry.everywhere.is_some());
                if civil && class.is_none() {
                    break;
                }
                class = noun.filter(|c| strong(*c)).or(class);
                if words[hit.last - 1].possessive {
                    class = None;
                }
                let class = class.filter(|c| {
                    self.registry.classes[*c].name != "soldier" && self.registry.classes[*c].name != "force"
                });
                if next.is(List::Force) && on {
                    end = next.last;
                    continue;
                }
                return Tail::Force(next.last, class);
            }
            if step == 0 && next.is(List::Action) && !on {
                return Tail::Action;
            }
            if next.is(List::Filler) || people {
                end = next.last;
                continue;
            }
            break;
        }
        if end == hit.last && self.shares_tail(part, h) { Tail::Action } else { Tail::Nothing }
    }

    /// A force word stands right behind a phrase, with no more than a filler between.
    fn force_follows(&self, part: &Part, h: usize) -> bool {
        let mut end = part.hits[h].last;
        for next in part.hits.iter().skip(h + 1).take(2) {
            if next.first != end || part.folded.words[next.first].gap != Gap::Space {
                return false;
            }
            if next.is(List::Force) {
                return true;
            }
            end = next.last;
        }
        false
    }

    /// "Russian and LPR forces", "Kurdish and rebel fighters": the force word behind the next stands for both.
    fn shares_tail(&self, part: &Part, h: usize) -> bool {
        let (hit, words) = (&part.hits[h], &part.folded.words);
        let and = words.get(hit.last).is_some_and(|w| w.gap == Gap::Space)
            && matches!(part.folded.of(hit.last), "and" | "or");
        // "Turkish/SNA forces"
        let slash = words
            .get(hit.last)
            .is_some_and(|w| w.gap == Gap::Other && w.span.start == words[hit.last - 1].span.end + 1);
        let joined = and || slash;
        let next = (h + 1..part.hits.len()).take(2).find(|&n| part.hits[n].first == hit.last + usize::from(and));
        let alike = |n: &usize| {
            let senses = &part.hits[*n].senses;
            part.sentence[part.hits[*n].first] == part.sentence[hit.first]
                && senses.iter().any(|s| {
                    matches!(
                        s,
                        Sense::Name(_) | Sense::Adjective(_) | Sense::ClassAdjective(_) | Sense::ConflictWord(..)
                    )
                })
        };
        joined
            && next.filter(alike).is_some_and(|n| {
                part.hits.get(n + 1).is_some_and(|f| {
                    f.first == part.hits[n].last && f.is(List::Force) && words[f.first].gap == Gap::Space
                })
            })
    }
}
