//! Persons that an article makes known itself: "rebel commander Salem Fathi", later "Fathi".

use crate::MentionKind;
use crate::compose::{Composer, Draft, scaled};
use crate::document::Part;
use crate::fold::Gap;
use crate::lexicon::{List, Sense};
use crate::resolve::Candidates;

impl Composer<'_> {
    /// A person that the article itself made known.
    pub(crate) fn known_person(&mut self, n: usize, part: &Part, word: usize) -> Option<Draft> {
        let w = part.folded.words[word];
        if !w.capital || self.persons.is_empty() {
            return None;
        }
        let who = self.persons.get(part.folded.of(word))?.clone();
        Some(Self::draft(n, part, (word, word + 1), MentionKind::Person, scaled(who, 0.9)))
    }

    /// "rebel spokesman Salem Fathi" and "Salem Fathi, a rebel spokesman": remembers the name.
    pub(crate) fn learn_person(&mut self, part: &Part, draft: &mut Draft) {
        if draft.kind != MentionKind::Person || draft.candidates.is_empty() {
            return;
        }
        let role = part
            .hit_at(draft.last - 1)
            .is_some_and(|h| (h.is(List::Person) || h.is(List::Official)) && h.first >= draft.first);
        if !role {
            return;
        }
        let words = &part.folded.words;
        let name_like = |i: usize| {
            words.get(i).is_some_and(|w| {
                w.capital && part.sentence[i] == draft.sentence && part.folded.of(i).len() >= 3
                    || part.folded.of(i) == "al"
                    || part.folded.of(i) == "el"
            }) && part.hit_at(i).is_none_or(|h| h.senses.iter().any(|s| matches!(s, Sense::Person(_))))
        };
        let mut end = draft.last;
        while end - draft.last < 5
            && name_like(end)
            && matches!(words[end].gap, Gap::Space | Gap::Hyphen)
            && !words[end - 1].possessive
        {
            end += 1;
        }
        if end > draft.last {
            self.remember(part, end - 1, &draft.candidates);
            draft.last = end;
            return;
        }
        // In apposition before it, with "a", "the" or a title between.
        let mut start = draft.first;
        while start > 0 && draft.first - start < 3 && words[start].gap == Gap::Space && !words[start - 1].capital {
            start -= 1;
        }
        if start > 0 && words[start].gap == Gap::Comma && name_like(start - 1) && start >= 2 && words[start - 2].capital
        {
            self.remember(part, start - 1, &draft.candidates);
        }
    }

    fn remember(&mut self, part: &Part, word: usize, who: &Candidates) {
        let name = part.folded.of(word);
        if name.len() >= 4 && self.persons.len() < 10_000 {
            self.persons.insert(name.to_owned(), who.clone());
        }
    }
}
