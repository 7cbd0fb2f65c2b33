//! Sorting of more records than memory holds: sorted runs on disk, merged when they are read.
//!
//! A record is a string of bytes; records are ordered as such. Numbers at the front are written with the big end first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Collects records and writes them to disk in sorted runs.
pub(crate) struct Sorter {
    folder: PathBuf,
    name: &'static str,
    limit: usize,
    bytes: Vec<u8>,
    records: Vec<(u32, u32)>,
    runs: u32,
}

impl Sorter {
    /// `runs`: how many of an earlier attempt count; `limit`: bytes held in memory.
    pub(crate) fn new(folder: &Path, name: &'static str, runs: u32, limit: usize) -> Self {
        Self { folder: folder.to_owned(), name, limit, bytes: Vec::new(), records: Vec::new(), runs }
    }

    pub(crate) fn push(&mut self, parts: &[&[u8]]) {
        let start = self.bytes.len();
        for part in parts {
            self.bytes.extend_from_slice(part);
        }
        // The limit is far below four gigabytes, and so is a record.
        self.records.push((start as u32, (self.bytes.len() - start) as u32));
    }

    /// True when a run is due.
    pub(crate) fn full(&self) -> bool {
        self.bytes.len() + self.records.len() * 8 >= self.limit
    }

    /// Writes what is held as a run; nothing when nothing is held.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if self.records.is_empty() {
            return Ok(());
        }
        let bytes = &self.bytes;
        let record = |&(start, len): &(u32, u32)| &bytes[start as usize..(start + len) as usize];
        self.records.sort_unstable_by(|a, b| record(a).cmp(record(b)));
        let mut out = BufWriter::with_capacity(1 << 18, File::create(run(&self.folder, self.name, self.runs))?);
        for r in &self.records {
            out.write_all(&r.1.to_le_bytes())?;
            out.write_all(record(r))?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
        self.runs += 1;
        self.bytes.clear();
        self.records.clear();
        Ok(())
    }

    pub(crate) fn runs(&self) -> u32 {
        self.runs
    }
}

fn run(folder: &Path, name: &str, n: u32) -> PathBuf {
    folder.join(format!("{name}.{n}"))
}

/// Reads the runs of a [`Sorter`] as one sorted stream.
pub(crate) struct Merge {
    runs: Vec<BufReader<File>>,
    heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl Merge {
    pub(crate) fn open(folder: &Path, name: &str, runs: u32) -> io::Result<Self> {
        let mut merge = Self { runs: Vec::new(), heap: BinaryHeap::new() };
        for n in 0..runs {
            let mut file = BufReader::with_capacity(1 << 17, File::open(run(folder, name, n))?);
            let mut record = Vec::new();
            if read(&mut file, &mut record)? {
                merge.heap.push(Reverse((record, merge.runs.len())));
            }
            merge.runs.push(file);
        }
        Ok(merge)
    }

    /// The next record, put into `out`; false at the end.
    pub(crate) fn next(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        let Some(mut top) = self.heap.peek_mut() else { return Ok(false) };
        let (record, run) = &mut top.0;
        std::mem::swap(record, out);
        if !read(&mut self.runs[*run], record)? {
            std::collections::binary_heap::PeekMut::pop(top);
        }
        Ok(true)
    }

    /// The next record without taking it.
    pub(crate) fn peek(&self) -> Option<&[u8]> {
        self.heap.peek().map(|r| r.0.0.as_slice())
    }
}

fn read(file: &mut impl Read, record: &mut Vec<u8>) -> io::Result<bool> {
    let mut len = [0u8; 4];
    if file.read(&mut len[..1])? == 0 {
        return Ok(false);
    }
    file.read_exact(&mut len[1..])?;
    record.resize(u32::from_le_bytes(len) as usize, 0);
    file.read_exact(record)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{Merge, Sorter};

    #[test]
    fn runs_come_back_as_one_sorted_stream() {
        let folder = std::env::temp_dir().join(format!("marchland-sort-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut sorter = Sorter::new(&folder, "x", 0, 64);
        for n in [5u32, 3, 9, 1, 7, 2, 8, 4, 6, 0] {
            sorter.push(&[&n.to_be_bytes(), b"-", n.to_string().as_bytes()]);
            if sorter.full() {
                sorter.flush().expect("writes");
            }
        }
        sorter.flush().expect("writes");
        assert!(sorter.runs() > 1);
        let mut merge = Merge::open(&folder, "x", sorter.runs()).expect("opens");
        let (mut record, mut seen) = (Vec::new(), Vec::new());
        while merge.next(&mut record).expect("reads") {
            seen.push(String::from_utf8_lossy(&record[5..]).into_owned());
        }
        std::fs::remove_dir_all(&folder).expect("removes");
        assert_eq!(seen, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
}
