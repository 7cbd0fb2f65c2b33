//! The model file: named sections of little-endian data (the writer is `tools/model/container.py`).

use crate::ModelError;

const MAGIC: &[u8; 8] = b"MARCHRD1";

/// A model file opened for reading; owns nothing.
#[derive(Clone, Copy)]
pub(crate) struct Container<'d> {
    data: &'d [u8],
    count: usize,
}

impl<'d> Container<'d> {
    /// Checks the head of the file.
    pub(crate) fn open(data: &'d [u8]) -> Result<Self, ModelError> {
        if data.get(..8) != Some(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let count = u32::from_le_bytes(array(data, 8, "head")?) as usize;
        if count > 256 || data.len() < 12 + count * 24 {
            return Err(ModelError::Short { section: "head".into() });
        }
        Ok(Self { data, count })
    }

    /// The section of that name, ready to be read from its start.
    pub(crate) fn section(&self, name: &str) -> Result<Cursor<'d>, ModelError> {
        for i in 0..self.count {
            let at = 12 + i * 24;
            let raw = &self.data[at..at + 16];
            let end = raw.iter().position(|b| *b == 0).unwrap_or(16);
            if &raw[..end] == name.as_bytes() {
                let start = u32::from_le_bytes(array(self.data, at + 16, name)?) as usize;
                let length = u32::from_le_bytes(array(self.data, at + 20, name)?) as usize;
                let data = start
                    .checked_add(length)
                    .and_then(|end| self.data.get(start..end))
                    .ok_or_else(|| ModelError::Short { section: name.into() })?;
                return Ok(Cursor { data, name: name.into() });
            }
        }
        Err(ModelError::Missing { section: name.into() })
    }
}

fn array<const N: usize>(data: &[u8], at: usize, name: &str) -> Result<[u8; N], ModelError> {
    data.get(at..at + N)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| ModelError::Short { section: name.into() })
}

/// Reads one section from front to back.
pub(crate) struct Cursor<'d> {
    data: &'d [u8],
    name: String,
}

impl<'d> Cursor<'d> {
    pub(crate) fn take(&mut self, length: usize) -> Result<&'d [u8], ModelError> {
        if length > self.data.len() {
            return Err(ModelError::Short { section: self.name.clone() });
        }
        let (taken, rest) = self.data.split_at(length);
        self.data = rest;
        Ok(taken)
    }

    fn number<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let bytes = self.take(N)?;
        array(bytes, 0, &self.name)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, ModelError> {
        self.number::<1>().map(|b| b[0])
    }

    pub(crate) fn u16(&mut self) -> Result<u16, ModelError> {
        self.number().map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, ModelError> {
        self.number().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, ModelError> {
        self.number().map(u64::from_le_bytes)
    }

    /// A string with its length (16 bits) before it.
    pub(crate) fn text(&mut self) -> Result<&'d str, ModelError> {
        let length = self.u16()? as usize;
        std::str::from_utf8(self.take(length)?).map_err(|_| self.bad("a string is not UTF-8"))
    }

    /// An error that names this section.
    pub(crate) fn bad(&self, what: &'static str) -> ModelError {
        ModelError::Bad { section: self.name.clone(), what }
    }
}
