//! Lemmas by suffix rules, checked against a word list, with a list of exceptions.

use crate::container::{Container, Cursor};
use crate::ruler::feature;
use crate::tokenizer::Class;
use crate::{ModelError, Pos};

/// Sorted lines that are searched where they lie; every sixteenth has its place in an index.
#[derive(Debug)]
struct Lines {
    places: Vec<u32>,
    body: Vec<u8>,
}

impl Lines {
    fn read(from: &mut Cursor<'_>) -> Result<Self, ModelError> {
        let count = from.u32()? as usize;
        let mut places = Vec::with_capacity(count.min(1 << 20));
        for _ in 0..count {
            places.push(from.u32()?);
        }
        let length = from.u32()? as usize;
        let body = from.take(length)?.to_vec();
        if places.iter().any(|p| *p as usize >= length) || (length > 0 && body.last() != Some(&b'\n')) {
            return Err(from.bad("the index of a word list does not fit it"));
        }
        Ok(Self { places, body })
    }

    /// What stands behind a word on its line; `None` when the word has no line.
    fn get(&self, word: &str) -> Option<&[u8]> {
        let key = |line: &[u8]| line.split(|b| *b == b'\t').next().unwrap_or(&[]).to_vec();
        let line = |at: usize| self.body[at..].split(|b| *b == b'\n').next().unwrap_or(&[]);
        let after = self.places.partition_point(|p| key(line(*p as usize)).as_slice() <= word.as_bytes());
        let mut at = *self.places.get(after.checked_sub(1)?)? as usize;
        for _ in 0..16 {
            if at >= self.body.len() {
                return None;
            }
            let found = line(at);
            let rest = found.strip_prefix(word.as_bytes());
            match rest {
                Some([]) => return Some(&[]),
                Some([b'\t', rest @ ..]) => return Some(rest),
                _ => at += found.len() + 1,
            }
        }
        None
    }
}

/// Rules, word list and exceptions of one coarse tag.
#[derive(Debug)]
struct Table {
    pos: Pos,
    rules: Vec<(Box<str>, Box<str>)>,
    index: Lines,
    exceptions: Lines,
}

/// The lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: Vec<Table>,
}

impl Lemmatizer {
    pub(crate) fn read(file: &Container<'_>) -> Result<Self, ModelError> {
        let parts = [
            ("lemma.adj", Pos::Adj),
            ("lemma.noun", Pos::Noun),
            ("lemma.verb", Pos::Verb),
            ("lemma.adv", Pos::Adv),
            ("lemma.punct", Pos::Punct),
        ];
        let mut tables = Vec::new();
        for (name, pos) in parts {
            let mut from = file.section(name)?;
            let mut rules = Vec::new();
            for _ in 0..from.u16()? {
                rules.push((from.text()?.into(), from.text()?.into()));
            }
            tables.push(Table { pos, rules, index: Lines::read(&mut from)?, exceptions: Lines::read(&mut from)? });
        }
        Ok(Self { tables })
    }

    /// The forms of a lemma that no suffix rule gives: "fall" has "fell" and "fallen".
    pub(crate) fn irregular_forms<'l>(&'l self, lemma: &'l str) -> impl Iterator<Item = String> + 'l {
        self.tables.iter().flat_map(|t| t.exceptions.body.split(|b| *b == b'\n')).filter_map(move |line| {
            let mut parts = line.split(|b| *b == b'\t');
            let form = parts.next()?;
            let has = parts.any(|found| found == lemma.as_bytes());
            (has && form != lemma.as_bytes()).then(|| String::from_utf8_lossy(form).into_owned())
        })
    }

    /// The lemma of a word with that coarse tag and morphology.
    pub(crate) fn lemma(&self, text: &str, lower: &str, pos: Pos, features: u8, alpha: &Class) -> String {
        if matches!(pos, Pos::None | Pos::Space) || is_base(pos, features) {
            return lower.to_owned();
        }
        let Some(table) = self.tables.iter().find(|t| t.pos == pos) else {
            return if pos == Pos::Propn { text.to_owned() } else { lower.to_owned() };
        };
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Option<String> = None;
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if table.index.get(&form).is_some() {
                forms.insert(0, form);
            } else if !form.chars().all(|c| alpha.has(c)) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        let listed = table.exceptions.get(lower).unwrap_or(&[]);
        for form in listed.split(|b| *b == b'\t').filter(|f| !f.is_empty()) {
            let form = String::from_utf8_lossy(form).into_owned();
            if !forms.contains(&form) {
                forms.insert(0, form);
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| text.to_owned())
    }
}

/// A form that is its own lemma.
fn is_base(pos: Pos, features: u8) -> bool {
    let has = |bits: u8| features & bits == bits;
    match pos {
        Pos::Noun if has(feature::SINGULAR) => true,
        Pos::Verb if has(feature::FINITE | feature::PRESENT) && !has(feature::NUMBER) => true,
        _ => has(feature::INFINITIVE) || has(feature::NO_VERB_FORM) || has(feature::POSITIVE),
    }
}
