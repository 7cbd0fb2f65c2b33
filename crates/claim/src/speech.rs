//! Who says what: every attribution of an article, by its cue ("said", "according to") and its source.
//!
//! Claims take their speaker from what stands above their trigger; this is the same reading of saying, over all sentences.

use marchland_article::{Article, Span};
use marchland_reading::{Dep, Pos, Reading};

use crate::{quote::Quotes, rules::Rules, tree::Tree};

/// One attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute: a verb of saying, "according to".
    pub cue: Span,
    /// Who is said to say it, with all that hangs on the noun; `None` where nobody is named.
    pub source: Option<Span>,
}

/// The attributions of an article, in the order of the text.
#[must_use]
pub fn attributions(article: &Article, reading: &Reading, rules: &Rules) -> Vec<Attribution> {
    if reading.tokens.is_empty() {
        return vec![];
    }
    let tree = Tree::new(reading, &article.text);
    let quotes = Quotes::new(article);
    let words = &rules.words;
    let span_of = |token: usize| {
        let (low, high) = tree.reach(token);
        reading.tokens[low].span.cover(reading.tokens[high].span)
    };
    let mut all = Vec::new();
    for i in 0..reading.tokens.len() {
        let lemma = tree.lemma(i);
        if tree.word(i).eq_ignore_ascii_case("according") {
            if let Some(who) = tree.prep(i, &["to"]).next() {
                let to = tree.kids(i).find(|&k| tree.word(k).eq_ignore_ascii_case("to")).unwrap_or(i);
                all.push(Attribution {
                    cue: reading.tokens[i].span.cover(reading.tokens[to].span),
                    source: Some(span_of(who)),
                });
            }
            continue;
        }
        let says = words.say.contains(&lemma) || words.deny.contains(&lemma) || words.think.contains(&lemma);
        if !says || !tree.is_verb(i) {
            continue;
        }
        // Something must be said: a clause below, the sentence around an inserted "he said", a quotation beside it.
        let clause = tree.kids(i).any(|k| {
            matches!(tree.dep(k), Dep::Ccomp | Dep::Parataxis)
                || (tree.dep(k) == Dep::Xcomp && tree.pos(k) == Pos::Verb)
        });
        let inserted = matches!(tree.dep(i), Dep::Parataxis | Dep::Ccomp);
        let quoted = reading.sentence_of(i).is_some_and(|n| quotes.touches(reading.sentences[n].span));
        if !(clause || inserted || quoted) {
            continue;
        }
        let subject = tree.subject(i).filter(|&s| !tree.is_verb(s));
        all.push(Attribution { cue: reading.tokens[i].span, source: subject.map(span_of) });
    }
    all
}
