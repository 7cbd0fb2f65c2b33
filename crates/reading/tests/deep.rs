//! Tags, arcs, lemmas and names of sentences of our own.

mod common;

use marchland_reading::{Depth, Model, ReadOptions};

/// Reads blocks and compares one line a token: word, lemma, tag, label and head; then the names.
fn check(blocks: &[&str], expect: &str) {
    let article = common::article(blocks);
    let reading = Model::embedded().read(&article, &ReadOptions::default());
    let mut lines = Vec::new();
    for sentence in &reading.sentences {
        assert_eq!(sentence.depth, Depth::Full);
        for i in sentence.first as usize..sentence.last as usize {
            let t = &reading.tokens[i];
            let head = if t.head as usize == i { "-" } else { reading.tokens[t.head as usize].span.of(&article.text) };
            let (word, lemma) = (t.span.of(&article.text), reading.lemma(i));
            lines.push(format!("{word} {lemma} {} {} {head}", t.tag.as_str(), t.dep.as_str()));
        }
    }
    for name in &reading.names {
        lines.push(format!("[{}] {}", name.span.of(&article.text), name.label.as_str()));
    }
    let expect: Vec<&str> = expect.trim().lines().map(str::trim).collect();
    assert_eq!(lines.join("\n"), expect.join("\n"));
}

#[test]
fn a_sentence_is_read() {
    check(
        &["Rebels seized the town of Harbel on Monday."],
        "Rebels rebel NNS nsubj seized
         seized seize VBD ROOT -
         the the DT det town
         town town NN dobj seized
         of of IN prep town
         Harbel Harbel NNP pobj of
         on on IN prep seized
         Monday Monday NNP pobj on
         . . . punct seized
         [Harbel] PERSON
         [Monday] DATE",
    );
}

#[test]
fn blocks_are_read_apart() {
    let article = common::article(&["NERVE AXIS", "Troops left the base."]);
    let reading = Model::embedded().read(&article, &ReadOptions::default());
    for (i, token) in reading.tokens.iter().enumerate() {
        let sentence = reading.sentences[reading.sentence_of(i).unwrap()];
        assert!((sentence.first..sentence.last).contains(&token.head), "an arc leaves its sentence");
    }
    assert_eq!(reading.sentences.iter().map(|s| s.block).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn the_cascade_leaves_other_sentences_shallow_and_changes_nothing_else() {
    let article = common::article(&["The weather was fine. Rebels seized Harbel.", "Nobody came."]);
    let all = Model::embedded().read(&article, &ReadOptions::default());
    let gate =
        |article: &marchland_article::Article, span: marchland_article::Span| span.of(&article.text).contains("seized");
    let some = Model::embedded().read(&article, &ReadOptions { cascade: Some(&gate), ..ReadOptions::default() });
    assert_eq!(all.sentences.len(), some.sentences.len());
    for (deep, gated) in all.sentences.iter().zip(&some.sentences) {
        assert_eq!((deep.span, deep.first, deep.last), (gated.span, gated.first, gated.last));
        for i in deep.first as usize..deep.last as usize {
            if gated.depth == Depth::Full {
                assert_eq!(all.lemma(i), some.lemma(i));
                assert_eq!((all.tokens[i].head, all.tokens[i].tag), (some.tokens[i].head, some.tokens[i].tag));
            } else {
                assert_eq!(some.lemma(i), "");
            }
        }
    }
    assert_eq!(some.sentences.iter().filter(|s| s.depth == Depth::Full).count(), 1);
    let kept: Vec<_> = all
        .names
        .iter()
        .filter(|n| gate(&article, all.sentences[all.sentence_of(n.first as usize).unwrap()].span))
        .collect();
    assert_eq!(some.names.iter().collect::<Vec<_>>(), kept);
}
