//! Character classes of the tokenizer's patterns.

use crate::ModelError;
use crate::container::Cursor;

/// A set of characters: a bit map for ASCII, sorted ranges for the rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Class {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl Class {
    pub(crate) fn has(&self, c: char) -> bool {
        let point = c as u32;
        if point < 128 {
            return self.ascii >> point & 1 == 1;
        }
        let at = self.ranges.partition_point(|(_, high)| *high < point);
        self.ranges.get(at).is_some_and(|(low, _)| *low <= point)
    }

    pub(crate) fn has_beyond_ascii(&self) -> bool {
        self.ranges.last().is_some_and(|(_, high)| *high >= 128)
    }

    pub(crate) fn read_all(from: &mut Cursor<'_>) -> Result<Vec<Self>, ModelError> {
        let count = from.u16()?;
        let mut all = Vec::with_capacity(count as usize);
        for _ in 0..count {
            let mut class = Self::default();
            for _ in 0..from.u16()? {
                let (low, high) = (from.u32()?, from.u32()?);
                if low > high || class.ranges.last().is_some_and(|(_, before)| *before >= low) {
                    return Err(from.bad("the ranges of a class are not in order"));
                }
                for point in low..=high.min(127) {
                    class.ascii |= 1 << point;
                }
                class.ranges.push((low, high));
            }
            all.push(class);
        }
        Ok(all)
    }
}

/// White space as Python's `str.isspace` sees it: Unicode's, and the four separators of ASCII.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}
