//! The cheap look that decides whether an article can hold a claim at all.

use aho_corasick::{AhoCorasick, MatchKind};
use marchland_article::Article;
use marchland_claim::Rules;

/// An automaton over the beginnings of all trigger words. One pass over the text; an article without any trigger is
/// never parsed, and costs nothing more.
#[derive(Debug)]
pub struct Gate {
    automaton: Option<AhoCorasick>,
}

impl Gate {
    /// From the trigger words of the rules.
    #[must_use]
    pub fn new(rules: &Rules) -> Self {
        let mut stems: Vec<String> = rules.triggers().iter().flat_map(|t| stems(t)).collect();
        stems.sort();
        stems.dedup();
        let automaton =
            AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&stems).ok();
        Self { automaton }
    }

    /// True when some word of the article's blocks begins like a trigger.
    #[must_use]
    pub fn opens_for(&self, article: &Article) -> bool {
        article.blocks.iter().any(|b| self.opens_for_text(b.span.of(&article.text)))
    }

    /// True when some word of the text begins like a trigger.
    #[must_use]
    pub fn opens_for_text(&self, text: &str) -> bool {
        let Some(automaton) = &self.automaton else { return true };
        let bytes = text.as_bytes();
        automaton
            .find_overlapping_iter(text)
            .any(|m| m.start() == 0 || !bytes[m.start() - 1].is_ascii_alphanumeric())
    }
}

/// How the forms of a lemma begin. Regular forms share all but the last letter; the others are listed.
fn stems(lemma: &str) -> Vec<String> {
    const IRREGULAR: &[(&str, &[&str])] = &[
        ("take", &["took"]), ("retake", &["retook"]), ("overtake", &["overtook"]), ("undertake", &["undertook"]),
        ("fall", &["fell"]), ("hold", &["held"]), ("withhold", &["withheld"]), ("lose", &["lost"]), ("leave", &["left"]),
        ("fight", &["fought"]), ("drive", &["drove"]), ("flee", &["fled"]), ("win", &["won"]), ("break", &["broke"]),
        ("beat", &["beat"]), ("go", &["went", "gone"]), ("come", &["came"]), ("get", &["got"]), ("give", &["gave"]),
        ("keep", &["kept"]), ("overrun", &["overran"]), ("run", &["ran"]), ("cut", &["cut"]), ("fly", &["flew", "flown"]),
        ("begin", &["began", "begun"]), ("bring", &["brought"]), ("sweep", &["swept"]), ("strike", &["struck"]),
        ("throw", &["threw"]), ("draw", &["drew"]), ("withdraw", &["withdrew"]), ("be", &["is", "was", "were", "are", "be"]),
        ("have", &["had", "has", "hav"]), ("do", &["did", "don"]), ("make", &["made"]), ("say", &["said", "say"]),
        ("see", &["saw", "seen"]), ("stand", &["stood"]), ("shoot", &["shot"]), ("bear", &["bore"]), ("sit", &["sat"]),
        ("lie", &["lay", "lying"]), ("dig", &["dug"]), ("ride", &["rode"]), ("sink", &["sank", "sunk"]), ("lead", &["led"]),
        ("slip", &["slip"]), ("put", &["put"]), ("set", &["set"]), ("pull", &["pull"]), ("push", &["push"]),
    ];
    let lemma = lemma.to_lowercase();
    let first = lemma.split([' ', '-']).next().unwrap_or("");
    let kept = first.char_indices().nth(2).map_or(first, |_| {
        let mut end = first.len() - first.chars().next_back().map_or(0, char::len_utf8);
        // "seize" to "seizing", "carry" to "carried": the last letter may change; short words keep it.
        if first.chars().count() <= 3 {
            end = first.len();
        }
        &first[..end]
    });
    let mut stems = vec![kept.to_owned()];
    if let Some((_, forms)) = IRREGULAR.iter().find(|(l, _)| *l == first) {
        stems.extend(forms.iter().map(|f| (*f).to_owned()));
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lemma: &str, forms: &[&str]) {
        let stems = stems(lemma);
        for form in forms {
            assert!(stems.iter().any(|s| form.starts_with(s.as_str())), "{lemma}: {form} not in {stems:?}");
        }
    }

    #[test]
    fn every_form_of_a_trigger_begins_like_one_of_its_stems() {
        check("seize", &["seize", "seized", "seizing", "seizure"]);
        check("carry", &["carry", "carries", "carried"]);
        check("take", &["take", "takes", "took", "taken", "taking"]);
        check("fall", &["fall", "fell", "fallen"]);
        check("withdraw", &["withdrew", "withdrawn", "withdrawal"]);
        check("hold", &["held", "holding"]);
        check("overrun", &["overran", "overrunning"]);
    }
}
