//! A file of GeoNames as a stream of lines: plain, gzip, or the zip in which GeoNames hands it out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

/// Longest line that is read; a longer one is no line of GeoNames, and would have to be held in memory.
const LONGEST: usize = 1 << 20;

/// A file opened for reading by lines.
pub(crate) struct Lines {
    reader: Box<dyn BufRead>,
    /// Bytes of the unpacked text read so far.
    pub(crate) offset: u64,
    /// Lines read so far.
    pub(crate) number: u64,
    line: Vec<u8>,
}

/// One line of a file.
pub(crate) enum Read1<'a> {
    Line(&'a [u8]),
    /// Too long to be one; it was skipped.
    TooLong,
    End,
}

impl Lines {
    /// Opens a file and goes on after so many bytes of its unpacked text and so many lines.
    pub(crate) fn open(path: &Path, offset: u64, number: u64) -> io::Result<Self> {
        let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
        let head = file.fill_buf()?;
        let mut reader: Box<dyn BufRead> = if head.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(file)))
        } else if head.starts_with(b"PK\x03\x04") {
            let member = text_of_zip(file.get_mut())?;
            file.seek(SeekFrom::Start(member.0))?;
            let bytes = file.take(member.1);
            if member.2 {
                Box::new(BufReader::with_capacity(1 << 18, DeflateDecoder::new(bytes)))
            } else {
                Box::new(bytes)
            }
        } else {
            Box::new(file)
        };
        let skipped = io::copy(&mut (&mut reader).take(offset), &mut io::sink())?;
        if skipped < offset {
            return Err(io::Error::other("it is shorter than when the import began"));
        }
        Ok(Self { reader, offset, number, line: Vec::new() })
    }

    /// The next line, without its end.
    pub(crate) fn next(&mut self) -> io::Result<Read1<'_>> {
        self.line.clear();
        let read = (&mut self.reader).take(LONGEST as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(Read1::End);
        }
        self.offset += read as u64;
        self.number += 1;
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        } else if read == LONGEST {
            self.skip()?;
            return Ok(Read1::TooLong);
        }
        Ok(Read1::Line(&self.line))
    }

    /// Leaves out the rest of a line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let held = self.reader.fill_buf()?;
            let (used, done) = match held.iter().position(|&b| b == b'\n') {
                Some(at) => (at + 1, true),
                None => (held.len(), held.is_empty()),
            };
            self.reader.consume(used);
            self.offset += used as u64;
            if done {
                return Ok(());
            }
        }
    }
}

/// Where the largest text of a zip file stands, how many bytes it has there, and whether they are deflated.
/// GeoNames' zips hold a readme beside the table.
fn text_of_zip(file: &mut File) -> io::Result<(u64, u64, bool)> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "the zip file is damaged: unpack it and give the .txt");
    let len = file.seek(SeekFrom::End(0))?;
    // The end of the directory stands in the last 65,557 bytes.
    let tail = len.min(65_557);
    file.seek(SeekFrom::Start(len - tail))?;
    let mut end = vec![0; tail as usize];
    file.read_exact(&mut end)?;
    let at = end.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or_else(broken)?;
    let (entries, start) = (u16_at(&end, at + 10).ok_or_else(broken)?, u32_at(&end, at + 16).ok_or_else(broken)?);
    let mut best: Option<(u64, u64, u64, bool)> = None;
    let mut at = u64::from(start);
    for _ in 0..entries {
        let mut entry = [0; 46];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut entry)?;
        let u32_of = |i| u64::from(u32_at(&entry, i).unwrap_or(0));
        let u16_of = |i| u64::from(u16_at(&entry, i).unwrap_or(0));
        if &entry[..4] != b"PK\x01\x02" || u32_of(24) == u64::from(u32::MAX) {
            return Err(broken());
        }
        let (method, packed, size, header) = (u16_of(10), u32_of(20), u32_of(24), u32_of(42));
        if matches!(method, 0 | 8) && best.is_none_or(|b| size > b.0) {
            best = Some((size, header, packed, method == 8));
        }
        at += 46 + u16_of(28) + u16_of(30) + u16_of(32);
    }
    let (_, header, packed, deflated) = best.ok_or_else(broken)?;
    let mut local = [0; 30];
    file.seek(SeekFrom::Start(header))?;
    file.read_exact(&mut local)?;
    let skip = 30 + u64::from(u16_at(&local, 26).unwrap_or(0)) + u64::from(u16_at(&local, 28).unwrap_or(0));
    Ok((header + skip, packed, deflated))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(bytes, at)?) | u32::from(u16_at(bytes, at + 2)?) << 16)
}
