//! The sections of a gazetteer file, each written to a file of its own and put together at the end.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use marchland_place::pack::{Table, head, sections};

/// One place, ready to be written.
pub(crate) struct Row<'a> {
    pub(crate) id: u32,
    pub(crate) name: &'a str,
    pub(crate) local: Option<&'a str>,
    pub(crate) country: &'a str,
    /// Smallest division that holds it; 0: none is known.
    pub(crate) parent: u32,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) feature: &'a str,
    pub(crate) population: u32,
}

/// The sections of the places. Their layout is told in `crates/place/src/layer.rs`.
pub(crate) struct Columns {
    files: BTreeMap<[u8; 4], BufWriter<File>>,
    countries: Table,
    features: Table,
    rows: u32,
    names: u32,
    locals: u32,
}

fn file(folder: &Path, tag: [u8; 4]) -> PathBuf {
    folder.join(format!("section.{}", String::from_utf8_lossy(&tag).trim()))
}

/// A section opened for writing.
pub(crate) fn section(folder: &Path, tag: [u8; 4]) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 17, File::create(file(folder, tag))?))
}

pub(crate) fn close(writer: BufWriter<File>) -> io::Result<()> {
    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
}

impl Columns {
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        let files = sections()
            .into_iter()
            .filter(|tag| ![*b"INFO", *b"POST", *b"FST "].contains(tag))
            .map(|tag| Ok((tag, section(folder, tag)?)))
            .collect::<io::Result<_>>()?;
        Ok(Self { files, countries: Table::default(), features: Table::default(), rows: 0, names: 0, locals: 0 })
    }

    fn write(&mut self, tag: &[u8; 4], bytes: &[u8]) -> io::Result<()> {
        self.files.get_mut(tag).map_or(Ok(()), |f| f.write_all(bytes))
    }

    /// Adds a place; rows come in the order of their ids. Gives its row.
    pub(crate) fn push(&mut self, row: &Row<'_>) -> io::Result<u32> {
        let other = |e| io::Error::new(io::ErrorKind::InvalidData, e);
        let country = self.countries.number(row.country, "countries").map_err(other)?;
        // GeoNames has more codes than a byte can number: when they run out, the rest are just places.
        let feature = self
            .features
            .number(row.feature, "feature codes")
            .or_else(|_| self.features.number("SPOT", "feature codes"));
        let feature = feature.map_err(other)?;
        self.write(b"IDS ", &row.id.to_le_bytes())?;
        self.write(b"LAT ", &((row.lat * 1e5).round() as i32).to_le_bytes())?;
        self.write(b"LON ", &((row.lon * 1e5).round() as i32).to_le_bytes())?;
        self.write(b"POPU", &row.population.to_le_bytes())?;
        self.write(b"PARE", &row.parent.to_le_bytes())?;
        self.write(b"CTRY", &[country])?;
        self.write(b"FEAT", &[feature])?;
        self.write(b"NOFF", &self.names.to_le_bytes())?;
        self.write(b"NAME", row.name.as_bytes())?;
        self.names = longer(self.names, row.name)?;
        if let Some(local) = row.local {
            self.write(b"LOCI", &self.rows.to_le_bytes())?;
            self.write(b"LOFF", &self.locals.to_le_bytes())?;
            self.write(b"LOCN", local.as_bytes())?;
            self.locals = longer(self.locals, local)?;
        }
        self.rows += 1;
        Ok(self.rows - 1)
    }

    /// Writes what stands at the ends; gives the number of rows.
    pub(crate) fn finish(mut self) -> io::Result<u32> {
        self.write(b"NOFF", &self.names.to_le_bytes())?;
        self.write(b"LOFF", &self.locals.to_le_bytes())?;
        // All ids are of GeoNames.
        self.write(b"GEON", &self.rows.to_le_bytes())?;
        let tables = [(b"CTAB", self.countries.bytes()), (b"FTAB", self.features.bytes())];
        for (tag, bytes) in tables {
            self.write(tag, &bytes)?;
        }
        for writer in self.files.into_values() {
            close(writer)?;
        }
        Ok(self.rows)
    }

    /// A table that can still take the code for what has no code of its own.
    pub(crate) fn reserve(&mut self) {
        // The first number is given out before the table can be full.
        let _ = self.features.number("SPOT", "feature codes");
    }
}

fn longer(at: u32, text: &str) -> io::Result<u32> {
    u32::try_from(text.len())
        .ok()
        .and_then(|n| at.checked_add(n))
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the names take more than four gigabytes"))
}

/// Puts the sections of a folder together as one file, whole or not at all; gives its size.
pub(crate) fn assemble(folder: &Path, out: &Path) -> io::Result<u64> {
    let tags = sections();
    let lengths: Vec<u64> =
        tags.iter().map(|&t| std::fs::metadata(file(folder, t)).map(|m| m.len())).collect::<io::Result<_>>()?;
    let fresh = folder.join("gazetteer.new");
    let mut to = File::create(&fresh)?;
    let head = head(&lengths);
    to.write_all(&head)?;
    for &tag in &tags {
        io::copy(&mut File::open(file(folder, tag))?, &mut to)?;
    }
    to.sync_all()?;
    std::fs::rename(fresh, out)?;
    Ok(head.len() as u64 + lengths.iter().sum::<u64>())
}
