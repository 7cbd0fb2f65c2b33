//! The cascade: which sentences are worth a deep reading, by signals that cost next to nothing.
//!
//! The words that matter are the caller's (the rules of claims name them), and so are the places and actors found in
//! the tokens; this room only puts them together.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use marchland_article::{Article, Span};

use crate::Model;

/// An automaton over the words that can make a sentence matter.
#[derive(Debug, Clone)]
pub struct Cascade {
    automaton: AhoCorasick,
    /// For each pattern, whether it is a whole word; otherwise it is the beginning of one.
    whole: Vec<bool>,
}

impl Cascade {
    /// Builds the automaton from lemmas ("seize", "fall", "control"): it finds their regular forms by their stems and
    /// the irregular ones ("fell", "taken") from the model's own list. A stem finds too much rather than too little.
    ///
    /// # Panics
    /// Never with fewer than two billion letters of words.
    #[must_use]
    pub fn of_lemmas<'w>(model: &Model, lemmas: impl IntoIterator<Item = &'w str>) -> Self {
        let mut patterns: Vec<(String, bool)> = Vec::new();
        for lemma in lemmas {
            let lemma = lemma.to_lowercase();
            if lemma.is_empty() {
                continue;
            }
            // "seize" must find "seizing", "carry" "carried"; short words stay whole, or "be" would find "beach".
            let stem = lemma.strip_suffix(['e', 'y']).unwrap_or(&lemma);
            if stem.chars().count() >= 3 {
                patterns.push((stem.to_owned(), false));
            } else {
                for ending in ["", "s", "es", "d", "ed", "ing"] {
                    patterns.push((format!("{lemma}{ending}"), true));
                }
            }
            patterns.extend(model.lemmatizer.irregular_forms(&lemma).map(|form| (form, true)));
        }
        patterns.sort();
        patterns.dedup();
        let automaton = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|(text, _)| text.as_str()))
            .expect("the words of a rule file fit an automaton");
        Self { automaton, whole: patterns.into_iter().map(|(_, whole)| whole).collect() }
    }

    /// True when one of the words stands in the text.
    #[must_use]
    pub fn triggered(&self, text: &str) -> bool {
        self.found(text).next().is_some()
    }

    /// Adds the numbers of the words and stems that stand in the text to `seen`; at least one for each lemma that does.
    pub fn collect(&self, text: &str, seen: &mut std::collections::BTreeSet<usize>) {
        seen.extend(self.found(text));
    }

    /// The patterns that stand in the text, one after another.
    fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let letter = |at: usize| text.as_bytes().get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 128);
        self.automaton
            .find_overlapping_iter(text)
            .filter(move |found| {
                let begins = found.start() == 0 || !letter(found.start() - 1);
                begins && (!self.whole[found.pattern().as_usize()] || !letter(found.end()))
            })
            .map(|found| found.pattern().as_usize())
    }

    /// A gate for [`crate::ReadOptions::cascade`]: a sentence is read deeply when it holds one of the words and when one of
    /// `hits` (places and actors, sorted) lies in it or within `reach` bytes of it. With `hits` of `None` the words alone decide.
    pub fn gate<'c>(&'c self, hits: Option<&'c [Span]>, reach: u32) -> impl Fn(&Article, Span) -> bool + Sync + 'c {
        move |article, sentence| {
            let near = hits.is_none_or(|hits| {
                let from = sentence.start.saturating_sub(reach);
                let first = hits.partition_point(|h| h.end <= from);
                hits.get(first).is_some_and(|h| h.start < sentence.end.saturating_add(reach))
            });
            near && self.triggered(sentence.of(&article.text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: bool) {
        let cascade = Cascade::of_lemmas(Model::embedded(), ["seize", "fall", "take", "carry", "go"]);
        assert_eq!(cascade.triggered(text), expect, "{text}");
    }

    #[test]
    fn forms_of_the_words_are_found() {
        check("They are seizing it.", true);
        check("The town FELL.", true);
        check("It was taken.", true);
        check("Carried away.", true);
        check("He went home.", true);
        check("It is going on.", true);
        check("A mistake was made.", false);
        check("The fellow goaded them.", false);
    }

    #[test]
    fn hits_must_be_near() {
        let cascade = Cascade::of_lemmas(Model::embedded(), ["seize"]);
        let hits = [Span { start: 0, end: 5 }, Span { start: 900, end: 905 }];
        let article = |text: &str| {
            Article::new(marchland_article::Head::named("t"), text.into(), Vec::new(), Vec::new(), Vec::new())
        };
        let text = article(&"They seized it. ".repeat(60));
        let gate = cascade.gate(Some(&hits), 100);
        assert!(gate(&text, Span { start: 96, end: 111 }));
        assert!(!gate(&text, Span { start: 400, end: 415 }));
        assert!(gate(&text, Span { start: 816, end: 831 }));
        assert!(cascade.gate(None, 0)(&text, Span { start: 400, end: 415 }));
    }
}
