//! Stories: articles that are copies of one another, or nearly so.
//!
//! MinHash over shingles of three words (Broder 1997), looked up by bands (16 of 4 minima): two texts that share
//! half their shingles meet in some band with probability 0.64, nine tenths with more than 0.999. It lives here and
//! not in the article room because it needs to know what was read before.

use marchland_article::Article;

/// Minima a signature.
pub(crate) const MINIMA: usize = 64;
/// Minima a band.
const ROWS: usize = 4;
/// Words a shingle.
const WORDS: usize = 3;
/// Two articles with so many minima in common tell one story.
pub(crate) const ALIKE: f64 = 0.5;

/// Of the articles in one band so many, the first ones, are compared: a wire story in ten thousand papers is found by
/// any of them.
pub(crate) const CANDIDATES: i64 = 64;

/// The signature of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature(pub(crate) Vec<u32>);

impl Signature {
    /// Of what is news in the article; `None` where there are too few words to tell copies from chance.
    pub(crate) fn of(article: &Article) -> Option<Self> {
        let words: Vec<u64> = article
            .blocks
            .iter()
            .flat_map(|b| b.span.of(&article.text).split(|c: char| !c.is_alphanumeric()))
            .filter(|w| !w.is_empty())
            .map(word)
            .collect();
        // Ten words that recur (a headline of a market report) are no story.
        if words.len() < 4 * WORDS {
            return None;
        }
        let mut minima = vec![u32::MAX; MINIMA];
        for shingle in words.windows(WORDS) {
            let h = shingle.iter().fold(0, |h, w| mix(h ^ w));
            for (i, m) in minima.iter_mut().enumerate() {
                *m = (*m).min((mix(h ^ SEEDS[i]) >> 32) as u32);
            }
        }
        Some(Self(minima))
    }

    /// Keys under which it is looked up.
    pub(crate) fn bands(&self) -> impl Iterator<Item = i64> + '_ {
        self.0
            .chunks(ROWS)
            .enumerate()
            .map(|(i, rows)| rows.iter().fold(i as u64, |h, m| mix(h ^ u64::from(*m))) as i64)
    }

    /// Share of minima in common.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() as f64 / MINIMA as f64
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|m| m.to_le_bytes()).collect()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let minima: Vec<u32> = bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        (minima.len() == MINIMA).then_some(Self(minima))
    }
}

/// FNV-1a over the lower-case letters of a word.
fn word(w: &str) -> u64 {
    w.chars()
        .flat_map(char::to_lowercase)
        .fold(0xcbf2_9ce4_8422_2325, |h, c| (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of SplitMix64: a fixed, well-spread permutation. Stored signatures depend on it; never change it.
const fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

static SEEDS: [u64; MINIMA] = {
    let mut seeds = [0; MINIMA];
    let mut i = 0;
    while i < MINIMA {
        seeds[i] = mix((i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        i += 1;
    }
    seeds
};

/// Groups of articles joined by pairs. Each is called by its smallest member.
#[derive(Debug, Default)]
pub(crate) struct Groups(std::collections::BTreeMap<String, String>);

impl Groups {
    /// From pairs of digests; their order does not matter.
    pub(crate) fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut up = std::collections::BTreeMap::<String, String>::new();
        fn top(up: &std::collections::BTreeMap<String, String>, mut x: String) -> String {
            while let Some(next) = up.get(&x) {
                x.clone_from(next);
            }
            x
        }
        for (a, b) in pairs {
            let (a, b) = (top(&up, a), top(&up, b));
            // The smaller stays on top, so that the name does not depend on the order.
            match a.cmp(&b) {
                std::cmp::Ordering::Less => drop(up.insert(b, a)),
                std::cmp::Ordering::Greater => drop(up.insert(a, b)),
                std::cmp::Ordering::Equal => {}
            }
        }
        let names = up.keys().map(|x| (x.clone(), top(&up, x.clone()))).collect();
        Self(names)
    }

    /// True when no article has a copy.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each group of two or more, its name first.
    pub(crate) fn listed(&self) -> Vec<Vec<String>> {
        let mut out = std::collections::BTreeMap::<&String, Vec<String>>::new();
        for (member, name) in &self.0 {
            out.entry(name).or_insert_with(|| vec![name.clone()]).push(member.clone());
        }
        out.into_values().collect()
    }

    /// The story of an article: itself where it has no copies.
    pub(crate) fn story<'s>(&'s self, digest: &'s str) -> &'s str {
        self.0.get(digest).map_or(digest, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use marchland_article::{Block, BlockKind, Published, Span};

    use super::*;

    fn article(text: &str) -> Article {
        Article {
            id: "x".into(),
            text: text.into(),
            title: None,
            url: None,
            outlet: None,
            published: Published::Unknown,
            cuts: vec![],
            blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }],
            digest: String::new(),
            notes: Vec::new(),
        }
    }

    /// A text of `n` words, every `step`-th replaced.
    fn text(n: usize, step: usize) -> String {
        (0..n).map(|i| if i % step == step - 1 { format!("new{i} ") } else { format!("word{i} ") }).collect()
    }

    #[test]
    fn likeness_estimates_the_share_of_shingles_in_common() {
        let of = |t: &str| Signature::of(&article(t)).unwrap();
        let whole = of(&text(400, 1000));
        assert_eq!(whole.likeness(&of(&text(400, 1000).to_uppercase().replace(' ', ", "))), 1.0);
        // One word in 40 changed: 3 of 40 shingles differ, Jaccard 0.86.
        assert!((whole.likeness(&of(&text(400, 40))) - 0.86).abs() < 0.15);
        // One word in 4 changed: hardly a shingle in four is left.
        assert!(whole.likeness(&of(&text(400, 4))) < 0.35);
        assert_eq!(whole.likeness(&of(&"quite another text about the weather and the sea ".repeat(9))), 0.0);
        assert_eq!(Signature::of(&article("Market report: nothing new.")), None);
        assert_eq!(Signature::from_bytes(&whole.to_bytes()), Some(whole));
    }

    #[test]
    fn groups_do_not_depend_on_the_order_of_pairs() {
        let pairs = [("d", "c"), ("b", "a"), ("c", "b"), ("y", "x")];
        for turn in 0..pairs.len() {
            let mut p = pairs.to_vec();
            p.rotate_left(turn);
            let g = Groups::of(p.into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())));
            let told: Vec<&str> = ["a", "b", "c", "d", "x", "y", "z"].iter().map(|d| g.story(d)).collect();
            assert_eq!(told, ["a", "a", "a", "a", "x", "x", "z"]);
        }
    }
}
