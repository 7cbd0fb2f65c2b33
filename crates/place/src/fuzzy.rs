//! Names near a name: a weighted edit distance run over the finite-state map of names.

use fst::Automaton;

/// Costs are counted in halves, so that they stay whole numbers.
type Halves = u8;

/// All names within a small weighted distance of one folded name.
///
/// A substitution, insertion or deletion costs 1; one vowel for another, a doubled letter, a stray h, a space, and the
/// letters that transliterations exchange (k q, g gh, s sh, j dj, v w, d t) cost a half. The first letter must agree.
pub(crate) struct Near {
    word: Vec<u8>,
    most: Halves,
}

/// Most halves that a match may cost.
const MOST: usize = 4;
/// Cells of a row that can still cost so little: every step off the diagonal costs at least a half.
const BAND: usize = 2 * MOST + 1;
/// More than any match may cost.
const FAR: Halves = Halves::MAX / 2;

/// The part of the last row of the distance table that lies near its diagonal, after the bytes read so far, and the byte
/// before.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// Cell `i` is that of the first `depth + i - MOST` letters of the word.
    cells: [Halves; BAND],
    depth: u8,
    last: u8,
}

impl Near {
    /// `None` for names too short or too long to be matched safely, or in another script.
    pub(crate) fn new(key: &str) -> Option<Self> {
        if !key.is_ascii() || !(4..=40).contains(&key.len()) || key.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let most = match key.len() {
            4 => 1,
            5..=7 => 2,
            8..=11 => 3,
            _ => MOST as Halves,
        };
        Some(Self { word: key.as_bytes().to_vec(), most })
    }

    /// Distance of a name that was read to its end, in plain letters.
    pub(crate) fn distance(&self, row: &Row) -> Option<f32> {
        let cell = (self.word.len() + MOST).checked_sub(usize::from(row.depth))?;
        row.cells.get(cell).filter(|&&d| d <= self.most).map(|&d| f32::from(d) / 2.0)
    }

    fn near_enough(&self, row: &Row) -> bool {
        row.cells.iter().any(|&d| d <= self.most)
    }

    /// The letter before the one at `i`; 0 at the start.
    fn before(&self, i: usize) -> u8 {
        if i == 0 { 0 } else { self.word[i - 1] }
    }
}

fn vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Cost of leaving a letter out, after the letter before it.
fn gap(byte: u8, before: u8) -> Halves {
    if byte == before || matches!(byte, b'h' | b' ') { 1 } else { 2 }
}

fn swap(a: u8, b: u8) -> Halves {
    if a == b {
        return 0;
    }
    if vowel(a) && vowel(b) {
        return 1;
    }
    match (a.min(b), a.max(b)) {
        (b'k', b'q') | (b'v', b'w') | (b'd', b't') | (b'c', b'k') | (b's', b'z') | (b'g', b'j') | (b'w', b'y') => 1,
        (b'o' | b'u', b'w' | b'v') | (b'i', b'j') => 1,
        _ => 2,
    }
}

impl Automaton for Near {
    type State = Option<Row>;

    fn start(&self) -> Self::State {
        let mut cells = [FAR; BAND];
        cells[MOST] = 0;
        for i in 0..MOST.min(self.word.len()) {
            cells[MOST + i + 1] = cells[MOST + i] + gap(self.word[i], self.before(i));
        }
        Some(Row { cells, depth: 0, last: 0 })
    }

    fn is_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_some_and(|r| self.distance(r).is_some())
    }

    fn can_match(&self, state: &Self::State) -> bool {
        state.as_ref().is_some_and(|r| self.near_enough(r))
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        let row = state.as_ref()?;
        if row.last == 0 && byte != self.word[0] {
            return None;
        }
        let depth = row.depth.checked_add(1)?;
        let skip = gap(byte, row.last);
        let mut cells = [FAR; BAND];
        for cell in 0..BAND {
            // How many letters of the word this cell stands for.
            let Some(letters) = (usize::from(depth) + cell).checked_sub(MOST) else { continue };
            if letters > self.word.len() {
                break;
            }
            // In the row before, the same number of letters stands one cell on.
            let above = row.cells.get(cell + 1).copied().unwrap_or(FAR);
            let mut cost = above.saturating_add(skip);
            if let Some(i) = letters.checked_sub(1) {
                let left = if cell == 0 { FAR } else { cells[cell - 1] };
                cost = cost
                    .min(row.cells[cell].saturating_add(swap(self.word[i], byte)))
                    .min(left.saturating_add(gap(self.word[i], self.before(i))));
            }
            cells[cell] = cost.min(FAR);
        }
        let next = Row { cells, depth, last: byte };
        self.near_enough(&next).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use fst::Automaton;
    use proptest::prelude::*;

    use super::Near;

    fn check(word: &str, name: &str, distance: Option<f32>) {
        let near = Near::new(word).expect("long enough");
        let mut state = near.start();
        for b in name.bytes() {
            state = near.accept(&state, b);
        }
        assert_eq!(state.and_then(|s| near.distance(&s)), distance, "{word} {name}");
    }

    #[test]
    fn transliterations_are_near() {
        check("albak", "aybak", Some(1.0));
        check("albak", "aibak", Some(1.0));
        check("taloqan", "talokan", Some(0.5));
        check("sheberghan", "shibirghan", Some(1.0));
        check("misurata", "misrata", Some(1.0));
        check("brega", "braga", Some(0.5));
        check("kunduz", "kunduz", Some(0.0));
        check("kunduz", "gunduz", None);
        check("raqqa", "raqa", Some(0.5));
        check("homs", "hims", Some(0.5));
        check("paris", "madrid", None);
    }

    #[test]
    fn short_and_foreign_words_are_not_matched() {
        assert!(Near::new("bab").is_none());
        assert!(Near::new("київ").is_none());
    }

    /// The whole table, without the band.
    fn plainly(word: &[u8], name: &[u8]) -> u32 {
        let cost = |byte, before| u32::from(super::gap(byte, before));
        let before = |text: &[u8], i: usize| if i == 0 { 0 } else { text[i - 1] };
        let mut row = vec![0];
        for i in 0..word.len() {
            row.push(row[i] + cost(word[i], before(word, i)));
        }
        for (j, &byte) in name.iter().enumerate() {
            let skip = cost(byte, before(name, j));
            let mut next = vec![row[0] + skip];
            for (i, &letter) in word.iter().enumerate() {
                let swapped = row[i] + u32::from(super::swap(letter, byte));
                next.push(swapped.min(row[i + 1] + skip).min(next[i] + cost(letter, before(word, i))));
            }
            row = next;
        }
        row[word.len()]
    }

    proptest! {
        #[test]
        fn the_band_loses_nothing(word in "[abhkq ]{4,14}", name in "[abhkq ]{1,16}") {
            let near = Near::new(&word).expect("long enough");
            let mut state = near.start();
            for b in name.bytes() {
                state = near.accept(&state, b);
            }
            let found = state.and_then(|s| near.distance(&s));
            let plain = plainly(word.as_bytes(), name.as_bytes());
            let wanted = word.as_bytes()[0] == name.as_bytes()[0] && plain <= u32::from(near.most);
            prop_assert_eq!(found, wanted.then_some(plain as f32 / 2.0));
        }
    }
}
