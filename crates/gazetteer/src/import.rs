//! The import: lines to sorted runs, runs to columns and names, all put together.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use marchland_place::{Gazetteer, Info, PlaceId, fold};

use crate::columns::{Columns, Row, assemble, close, section};
use crate::input::{Lines, Read1};
use crate::kept::kept;
use crate::line::{Line, PlaceLine, parse};
use crate::names::{own_script, script, spoken, useful};
use crate::sort::{Merge, Sorter};
use crate::state::{self, State, Task};

/// What to take.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only places of these countries (ISO 3166, two letters); empty: of all.
    pub countries: BTreeSet<String>,
    /// Also kinds of places that news hardly ever names (hotels, schools, streams).
    pub all_kinds: bool,
    /// Bytes that one sorting buffer may hold. Two are in use at a time.
    pub buffer: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { countries: BTreeSet::new(), all_kinds: false, buffer: 96 << 20 }
    }
}

/// Parts of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Lines are read and sorted; counts bytes of the unpacked input, whose total is not known for packed files.
    Read,
    /// Places are joined with their names; counts places.
    Join,
    /// The map of names is made; counts names.
    Names,
}

/// What an import tells while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// How far it is: done, and out of how many, where that is known.
    Progress(Stage, u64, Option<u64>),
    /// It goes on where an earlier attempt stood: lines already read.
    Resumed(u64),
    /// A line that cannot be used: file, number of the line from 1, and what is wrong with it.
    Bad(PathBuf, u64, String),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines of places that were taken.
    pub places: u64,
    /// Other names that were taken.
    pub names: u64,
    /// Places of kinds or countries that were not asked for.
    pub left_out: u64,
    /// Lines that could not be used.
    pub bad: u64,
    /// Places in the file: of two lines with one id the later counts.
    pub rows: u32,
    /// Different folded names in the file.
    pub keys: u64,
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read.
    #[error("{0}: cannot be read: {1}")]
    Input(PathBuf, #[source] io::Error),
    /// The work folder or the result cannot be written.
    #[error("{0}: {1}; give the same command again to go on from here")]
    Work(PathBuf, #[source] io::Error),
    /// No line of any file was a place.
    #[error("no line of these files is a place of GeoNames that was asked for{0}")]
    Nothing(&'static str),
}

/// Makes the gazetteer file `out` of GeoNames files: tables of places (allCountries, one country) and of other names
/// (alternateNamesV2), in any order, plain, gzip or zip. Works in the folder `work`, which is removed at the end; when
/// it holds an earlier attempt at the same task, that is gone on with.
///
/// What `known` (the built-in gazetteer) says of countries and divisions stays as it is; the files add names to them.
///
/// # Errors
/// When a file cannot be read or written, or no line is a place. A bad line is no error: it is told and left out.
pub fn import(
    inputs: &[PathBuf],
    out: &Path,
    work: &Path,
    known: &Gazetteer,
    options: &Options,
    mut tell: impl FnMut(Event),
) -> Result<Summary, ImportError> {
    let at_work = |e| ImportError::Work(work.to_owned(), e);
    let wanted = format!("{:?} {}", options.countries, options.all_kinds);
    for input in inputs {
        std::fs::metadata(input).map_err(|e| ImportError::Input(input.clone(), e))?;
    }
    let task = Task::new(inputs, wanted).map_err(at_work)?;
    std::fs::create_dir_all(work).map_err(at_work)?;
    let mut state = match State::load(work, &task) {
        Some(state) => {
            tell(Event::Resumed(state.places + state.names + state.left_out + state.bad));
            state
        }
        None => {
            clear(work).map_err(at_work)?;
            State { task, ..State::default() }
        }
    };
    let importer = Importer { inputs, work, known, options };
    importer.read(&mut state, &mut tell)?;
    if state.place_runs == 0 {
        let hint = if state.left_out > 0 { "; --all takes every kind of place" } else { "" };
        clear(work).and_then(|()| std::fs::remove_dir(work)).map_err(at_work)?;
        return Err(ImportError::Nothing(hint));
    }
    let columns = match state.columns {
        Some(done) => done,
        None => {
            let done = importer.join(&state, &mut tell).map_err(at_work)?;
            state.columns = Some(done);
            state.save(work).map_err(at_work)?;
            done
        }
    };
    let keys = importer.names(columns, &mut tell).map_err(at_work)?;
    let bytes = assemble(work, out).map_err(|e| ImportError::Work(out.to_owned(), e))?;
    clear(work).and_then(|()| std::fs::remove_dir(work)).map_err(at_work)?;
    let State { places, names, left_out, bad, .. } = state;
    Ok(Summary { places, names, left_out, bad, rows: columns.rows, keys, bytes })
}

/// Removes what an import left in its folder; nothing else is touched there.
fn clear(work: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(work)? {
        let path = entry?.path();
        let stem = path.file_name().and_then(|n| n.to_str()).and_then(|n| n.split('.').next()).unwrap_or("");
        if matches!(stem, "places" | "names" | "divisions" | "keys" | "section" | "state" | "gazetteer") {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

struct Importer<'a> {
    inputs: &'a [PathBuf],
    work: &'a Path,
    known: &'a Gazetteer,
    options: &'a Options,
}

/// How many lines pass between two signs of life.
const BEAT: u64 = 100_000;

impl Importer<'_> {
    /// Lines to sorted runs.
    fn read(&self, state: &mut State, tell: &mut impl FnMut(Event)) -> Result<(), ImportError> {
        let at_work = |e| ImportError::Work(self.work.to_owned(), e);
        let mut sorters = Sorters {
            places: Sorter::new(self.work, "places", state.place_runs, self.options.buffer),
            names: Sorter::new(self.work, "names", state.name_runs, self.options.buffer),
            divisions: Sorter::new(self.work, "divisions", state.division_runs, self.options.buffer),
        };
        while let Some(path) = self.inputs.get(state.input) {
            let unreadable = |e| ImportError::Input(path.clone(), e);
            let mut lines = Lines::open(path, state.offset, state.line).map_err(unreadable)?;
            let total = std::fs::metadata(path).ok().map(|m| m.len()).filter(|_| plain(path));
            loop {
                let number = lines.number + 1;
                let fault = match lines.next().map_err(unreadable)? {
                    Read1::End => break,
                    Read1::TooLong => Some("the line is longer than a megabyte".to_owned()),
                    Read1::Line(line) => match std::str::from_utf8(line) {
                        Ok(line) if line.is_empty() || line.starts_with('#') => None,
                        Ok(line) => parse(line)
                            .map(|l| self.take(&l, (state.input as u64) << 40 | number, &mut sorters, state))
                            .err(),
                        Err(_) => Some("the line is not UTF-8".to_owned()),
                    },
                };
                if let Some(fault) = fault {
                    state.bad += 1;
                    tell(Event::Bad(path.clone(), number, fault));
                }
                if sorters.full() {
                    state.offset = lines.offset;
                    state.line = lines.number;
                    sorters.commit(state, self.work).map_err(at_work)?;
                }
                if number % BEAT == 0 {
                    tell(Event::Progress(Stage::Read, lines.offset, total));
                }
            }
            state.input += 1;
            state.offset = 0;
            state.line = 0;
            sorters.commit(state, self.work).map_err(at_work)?;
        }
        Ok(())
    }

    /// One line into the runs. `sequence`: of two lines with one id the one with the greater number counts.
    fn take(&self, line: &Line<'_>, sequence: u64, sorters: &mut Sorters, state: &mut State) {
        match line {
            Line::Name(n) => {
                if !spoken(n.language) {
                    return;
                }
                state.names += 1;
                let preferred = if n.preferred { b"1" } else { b"0" };
                sorters.names.push(&[&n.id.to_be_bytes(), &sequence.to_be_bytes(), preferred, n.name.as_bytes()]);
            }
            Line::Place(p) => {
                if let Some(key) = division_key(p) {
                    sorters.divisions.push(&[key.as_bytes(), b"\0", &p.id.to_be_bytes()]);
                }
                let here = self.options.countries.is_empty() || self.options.countries.contains(p.country);
                if !here || !(self.options.all_kinds || kept(p.class, p.code)) {
                    state.left_out += 1;
                    return;
                }
                state.places += 1;
                let fields = format!(
                    "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                    p.name, p.ascii, p.alternates, p.lat, p.lon, p.code, p.country, p.admin1, p.admin2, p.population
                );
                sorters.places.push(&[&p.id.to_be_bytes(), &sequence.to_be_bytes(), fields.as_bytes()]);
            }
        }
    }

    /// Sorted runs of places and names to columns and to runs of keys.
    fn join(&self, state: &State, tell: &mut impl FnMut(Event)) -> io::Result<state::Columns> {
        let divisions = self.divisions(state.division_runs)?;
        let mut places = Merge::open(self.work, "places", state.place_runs)?;
        let mut names = Merge::open(self.work, "names", state.name_runs)?;
        let mut columns = Columns::create(self.work)?;
        columns.reserve();
        let mut keys = Sorter::new(self.work, "keys", 0, self.options.buffer);
        let (mut record, mut name) = (Vec::new(), Vec::new());
        let mut others: Vec<(bool, String)> = Vec::new();
        let mut done = 0u64;
        while places.next(&mut record)? {
            let Some(id) = id_of(&record) else { continue };
            // The last line of an id counts.
            if places.peek().and_then(id_of) == Some(id) {
                continue;
            }
            others.clear();
            while names.peek().and_then(id_of).is_some_and(|n| n <= id) {
                names.next(&mut name)?;
                if id_of(&name) == Some(id)
                    && let Some((&flag, text)) = name.get(12..).and_then(<[u8]>::split_first)
                {
                    others.push((flag == b'1', String::from_utf8_lossy(text).into_owned()));
                }
            }
            let fields = String::from_utf8_lossy(record.get(12..).unwrap_or(&[]));
            self.place(id, &fields, &others, &divisions, &mut columns, &mut keys)?;
            if keys.full() {
                keys.flush()?;
            }
            done += 1;
            if done.is_multiple_of(BEAT) {
                tell(Event::Progress(Stage::Join, done, Some(state.places)));
            }
        }
        keys.flush()?;
        Ok(state::Columns { rows: columns.finish()?, key_runs: keys.runs() })
    }

    fn place(
        &self,
        id: u32,
        fields: &str,
        others: &[(bool, String)],
        divisions: &HashMap<String, u32>,
        columns: &mut Columns,
        keys: &mut Sorter,
    ) -> io::Result<()> {
        let mut cells = [""; 10];
        for (cell, text) in cells.iter_mut().zip(fields.split('\t')) {
            *cell = text;
        }
        let [name, ascii, alternates, lat, lon, code, country, admin1, admin2, population] = cells;
        let known = self.known.place(PlaceId(u64::from(id)));
        let fixed = known.filter(|k| matches!(k.feature, "PCLI" | "ADM1" | "ADM2" | "RGN"));
        let all = || {
            let listed = alternates.split(',').map(str::trim);
            others.iter().map(|o| o.1.as_str()).chain(listed).chain([ascii]).filter(|n| useful(n, country))
        };
        let home = own_script(country).and_then(|own| {
            let preferred = others.iter().filter(|o| o.0).map(|o| o.1.as_str());
            preferred.chain(all()).find(|n| script(n) == Some(own))
        });
        let shown = known.map_or(name, |k| k.name);
        let local = known.and_then(|k| k.local_name).or(home).filter(|l| *l != shown);
        let row = Row {
            id,
            name: shown,
            local,
            country: fixed.map_or(country, |k| k.country.unwrap_or("")),
            parent: fixed
                .map_or_else(|| self.parent(id, code, country, admin1, admin2, divisions), |k| held_by(self.known, &k)),
            lat: fixed.map_or_else(|| lat.parse().unwrap_or(0.0), |k| k.lat),
            lon: fixed.map_or_else(|| lon.parse().unwrap_or(0.0), |k| k.lon),
            feature: fixed.map_or(code, |k| k.feature),
            population: fixed.map_or_else(|| population.parse().unwrap_or(0), |k| k.population),
        };
        let row = columns.push(&row)?;
        let mut folded: BTreeSet<String> = all().map(fold).collect();
        folded.extend([name, shown].into_iter().chain(local).map(fold));
        for key in folded {
            // One letter names nothing that a text could mean.
            if key.chars().nth(1).is_some() {
                keys.push(&[key.as_bytes(), b"\0", &row.to_be_bytes()]);
            }
        }
        Ok(())
    }

    /// The smallest division that holds a place: by the codes of its line, else the country.
    fn parent(&self, id: u32, code: &str, country: &str, a1: &str, a2: &str, divisions: &HashMap<String, u32>) -> u32 {
        let second = (!a2.is_empty() && code != "ADM1").then(|| format!("{country}.{a1}.{a2}"));
        let first = (!a1.is_empty()).then(|| format!("{country}.{a1}"));
        let coded = second.into_iter().chain(first).find_map(|key| divisions.get(&key).copied().filter(|&d| d != id));
        let nation = || {
            let built_in = self.known.country_place(country).and_then(|p| p.id.geonames());
            built_in.or_else(|| divisions.get(country).copied()).filter(|&d| d != id)
        };
        coded.or_else(nation).unwrap_or(0)
    }

    fn divisions(&self, runs: u32) -> io::Result<HashMap<String, u32>> {
        let mut merge = Merge::open(self.work, "divisions", runs)?;
        let mut out = HashMap::new();
        let mut record = Vec::new();
        while merge.next(&mut record)? {
            if let Some(at) = record.len().checked_sub(5)
                && let Some(id) = id_of(&record[at + 1..])
            {
                out.insert(String::from_utf8_lossy(&record[..at]).into_owned(), id);
            }
        }
        Ok(out)
    }

    /// Sorted runs of keys to the map of names and its postings; then what the file says of itself.
    fn names(&self, columns: state::Columns, tell: &mut impl FnMut(Event)) -> io::Result<u64> {
        let other = |e: fst::Error| io::Error::other(e.to_string());
        let mut merge = Merge::open(self.work, "keys", columns.key_runs)?;
        let mut map = fst::MapBuilder::new(section(self.work, *b"FST ")?).map_err(other)?;
        let mut postings = section(self.work, *b"POST")?;
        let mut written = 0u64;
        let (mut record, mut rows, mut key) = (Vec::new(), Vec::<u32>::new(), Vec::new());
        let mut keys = 0u64;
        loop {
            let more = merge.next(&mut record)?;
            let at = record.len().saturating_sub(5);
            if (!more || record[..at] != key) && !rows.is_empty() {
                let value = if let [row] = rows[..] {
                    u64::from(row) << 1
                } else {
                    postings.write_all(&(rows.len() as u32).to_le_bytes())?;
                    for row in &rows {
                        postings.write_all(&row.to_le_bytes())?;
                    }
                    let at = written;
                    written += rows.len() as u64 + 1;
                    at << 1 | 1
                };
                map.insert(&key, value).map_err(other)?;
                keys += 1;
                rows.clear();
                if keys.is_multiple_of(BEAT) {
                    tell(Event::Progress(Stage::Names, keys, None));
                }
            }
            if !more {
                break;
            }
            key.clear();
            key.extend_from_slice(&record[..at]);
            let row = record.get(at + 1..).and_then(id_of).unwrap_or(0);
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
        close(map.into_inner().map_err(other)?)?;
        close(postings)?;
        let info = Info {
            sources: vec!["GeoNames (geonames.org), CC BY 4.0, imported by the user".to_owned()],
            places: columns.rows,
            names: keys,
            ..Info::default()
        };
        let mut out = section(self.work, *b"INFO")?;
        out.write_all(&serde_json::to_vec(&info)?)?;
        close(out)?;
        Ok(keys)
    }
}

struct Sorters {
    places: Sorter,
    names: Sorter,
    divisions: Sorter,
}

impl Sorters {
    fn full(&self) -> bool {
        self.places.full() || self.names.full() || self.divisions.full()
    }

    /// Puts all that is held on disk, and with it how far the input has been read.
    fn commit(&mut self, state: &mut State, work: &Path) -> io::Result<()> {
        self.places.flush()?;
        self.names.flush()?;
        self.divisions.flush()?;
        state.place_runs = self.places.runs();
        state.name_runs = self.names.runs();
        state.division_runs = self.divisions.runs();
        state.save(work)
    }
}

/// The id at the front of a record.
fn id_of(record: &[u8]) -> Option<u32> {
    record.get(..4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

/// The code by which other lines name a division or country.
fn division_key(p: &PlaceLine<'_>) -> Option<String> {
    match p.code {
        "ADM1" if !p.admin1.is_empty() => Some(format!("{}.{}", p.country, p.admin1)),
        "ADM2" if !p.admin2.is_empty() => Some(format!("{}.{}.{}", p.country, p.admin1, p.admin2)),
        "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "TERR" if !p.country.is_empty() => Some(p.country.to_owned()),
        _ => None,
    }
}

/// The parent that the built-in gazetteer gives to a division.
fn held_by(known: &Gazetteer, place: &marchland_place::Place<'_>) -> u32 {
    let first = place.admin1.filter(|&a| a != place.id);
    let nation = || place.country.and_then(|c| known.country_place(c)).map(|c| c.id).filter(|&c| c != place.id);
    first.or_else(nation).and_then(PlaceId::geonames).unwrap_or(0)
}

/// True for a file whose size is that of its text.
fn plain(path: &Path) -> bool {
    path.extension().is_none_or(|e| e != "gz" && e != "zip")
}
