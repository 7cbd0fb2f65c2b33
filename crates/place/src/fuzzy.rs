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

/// The last row of the distance table after the bytes read so far, and the byte before.
#[derive(Clone)]
pub(crate) struct Row {
    cells: Vec<Halves>,
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
            _ => 4,
        };
        Some(Self { word: key.as_bytes().to_vec(), most })
    }

    /// Distance of a name that was read to its end, in plain letters.
    pub(crate) fn distance(&self, row: &Row) -> Option<f32> {
        row.cells.last().filter(|&&d| d <= self.most).map(|&d| f32::from(d) / 2.0)
    }

    fn near_enough(&self, row: &Row) -> bool {
        row.cells.iter().any(|&d| d <= self.most)
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
        let mut cells = vec![0; self.word.len() + 1];
        for i in 0..self.word.len() {
            let before = if i == 0 { 0 } else { self.word[i - 1] };
            cells[i + 1] = cells[i] + gap(self.word[i], before);
        }
        Some(Row { cells, last: 0 })
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
        let mut cells = Vec::with_capacity(row.cells.len());
        cells.push(row.cells[0].saturating_add(gap(byte, row.last)));
        for i in 0..self.word.len() {
            let before = if i == 0 { 0 } else { self.word[i - 1] };
            let cost = row.cells[i]
                .saturating_add(swap(self.word[i], byte))
                .min(row.cells[i + 1].saturating_add(gap(byte, row.last)))
                .min(cells[i].saturating_add(gap(self.word[i], before)));
            cells.push(cost);
        }
        let next = Row { cells, last: byte };
        self.near_enough(&next).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use fst::Automaton;

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
}
