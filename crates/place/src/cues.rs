//! Word lists: cues around names (data/gazetteer/cues.toml), abbreviations, and words that are no places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fst::Map;
use serde::Deserialize;

use crate::PlaceId;

/// The cue words.
#[derive(Debug, Deserialize)]
pub(crate) struct Cues {
    pub(crate) division: BTreeSet<String>,
    pub(crate) second_order: BTreeSet<String>,
    pub(crate) settlement: BTreeSet<String>,
    pub(crate) trimmed: BTreeSet<String>,
    pub(crate) part: BTreeSet<String>,
    pub(crate) direction: BTreeSet<String>,
    pub(crate) near: BTreeSet<String>,
    pub(crate) way: BTreeSet<String>,
    pub(crate) units: BTreeMap<String, f32>,
    pub(crate) bearings: BTreeMap<String, f32>,
    pub(crate) saying: BTreeSet<String>,
    pub(crate) title: BTreeSet<String>,
    pub(crate) organisation: BTreeSet<String>,
    pub(crate) never: BTreeSet<String>,
    pub(crate) reference: BTreeMap<String, String>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/gazetteer/cues.toml")).expect("cues.toml is checked by a test")
});

pub(crate) fn cues() -> &'static Cues {
    &CUES
}

/// Where an abbreviation may stand for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
    /// Anywhere ("NYC").
    Anywhere,
    /// Only after a comma that follows a name ("Athens, GA").
    AfterComma,
}

/// An abbreviation: case-sensitive.
#[derive(Debug)]
pub(crate) struct Abbreviation {
    pub(crate) text: &'static str,
    pub(crate) id: PlaceId,
    pub(crate) place: Where,
}

static ABBREVIATIONS: LazyLock<BTreeMap<&'static str, Vec<Abbreviation>>> = LazyLock::new(|| {
    let mut by_word: BTreeMap<&str, Vec<Abbreviation>> = BTreeMap::new();
    for line in include_str!("../../../data/gazetteer/abbreviations.csv").lines().skip(1) {
        let mut cells = line.split(',');
        let (Some(text), Some(id), Some(place)) = (cells.next(), cells.next().and_then(PlaceId::parse), cells.next())
        else {
            continue;
        };
        let place = if place == "after_comma" { Where::AfterComma } else { Where::Anywhere };
        // Keyed without the last dot: a tokenizer may or may not keep it on the word.
        by_word.entry(text.trim_end_matches('.')).or_default().push(Abbreviation { text, id, place });
    }
    by_word
});

/// Abbreviations that begin with this word (its last dot left off).
pub(crate) fn abbreviations(word: &str) -> &'static [Abbreviation] {
    ABBREVIATIONS.get(word.trim_end_matches('.')).map_or(&[], Vec::as_slice)
}

/// What kind of word a word is, apart from places.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Word(u64);

impl Word {
    /// An English word that is written small.
    pub(crate) fn common(self) -> bool {
        self.0 & 1 != 0
    }

    pub(crate) fn given_name(self) -> bool {
        self.0 & 2 != 0
    }

    pub(crate) fn frequent_surname(self) -> bool {
        self.0 & 4 != 0
    }

    pub(crate) fn surname(self) -> bool {
        self.0 & 12 != 0
    }
}

static WORDS: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    Map::new(&include_bytes!("../../../data/gazetteer/words.bin")[..]).expect("words.bin is checked by a test")
});

pub(crate) fn word(lower: &str) -> Word {
    Word(WORDS.get(lower).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{Where, abbreviations, cues, word};

    #[test]
    fn the_tables_load() {
        assert!(cues().division.contains("province") && cues().reference["city"] == "town");
        assert!(word("table").common() && !word("kunduz").common());
        assert!(word("zabihullah").given_name() && word("smith").frequent_surname());
        assert_eq!(abbreviations("Calif.")[0].id.to_string(), "5332921");
        assert_eq!(abbreviations("GA")[0].place, Where::AfterComma);
        assert!(abbreviations("Kunduz").is_empty());
    }
}
