//! Files in, gazetteer out: what is taken, what is told, and that a run that was cut off goes on.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use marchland_gazetteer::{Event, ImportError, Options, Summary, import};
use marchland_place::{Gazetteer, PlaceId};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("marchland-import-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A line of a table of places.
fn place(id: u32, name: &str, alternates: &str, at: (f64, f64), code: &str, a1: &str, a2: &str) -> String {
    let class = match code {
        c if c.starts_with("PPL") => "P",
        c if c.starts_with("ADM") => "A",
        _ => "S",
    };
    format!(
        "{id}\t{name}\t{name}\t{alternates}\t{}\t{}\t{class}\t{code}\tAF\t\t{a1}\t{a2}\t\t\t120\t\t\tAsia/Kabul\t2026-01-01\n",
        at.0, at.1
    )
}

/// A valley of our own in Kunduz province, with ids far above those of GeoNames.
fn valley() -> String {
    let mut text = place(1_135_690, "Kunduz Province", "", (36.8, 68.8), "ADM1", "24", "");
    text += &place(4_000_000_001, "Upper Sangbur", "", (36.9, 68.9), "ADM2", "24", "2499");
    text += &place(4_000_000_002, "Sangbur", "Sang Bur,سنگبور,sngbwr", (36.91, 68.91), "PPL", "24", "2499");
    text += &place(4_000_000_003, "Sangbur Hotel", "", (36.91, 68.91), "HTL", "24", "2499");
    text += &place(4_000_000_004, "Sangbur Airfield", "", (36.92, 68.9), "AIRF", "24", "2499");
    // Of two lines with one id the later counts.
    text += &place(4_000_000_005, "Old Name", "", (30.0, 68.0), "PPL", "24", "");
    text += &place(4_000_000_005, "New Name", "", (36.8, 68.8), "PPL", "24", "");
    // Kunduz, which the program knows: its name and kind stay, another name is added.
    text += &place(1_135_689, "Kunduz", "Kunduz-on-Oxus", (36.72895, 68.857), "PPLA", "24", "");
    text
}

const NAMES: &str = "1\t4000000002\ten\tStone Village\t1\t\t\t\t\t\n2\t4000000002\tlink\thttps://example.org/Sangbur\t\t\t\t\t\t\n3\t4000000002\tfa\tسنگبور\t1\t\t\t\t\t\n4\t99\ten\tNobody\t\t\t\t\t\t\n";

fn make(inputs: &[PathBuf], folder: &Folder, options: &Options) -> (Summary, Vec<Event>, Vec<u8>) {
    let out = folder.0.join("out.gaz");
    let mut events = Vec::new();
    let summary = import(inputs, &out, &folder.0.join("work"), Gazetteer::embedded(), options, |e| events.push(e))
        .expect("it imports");
    assert!(!folder.0.join("work").exists(), "the work folder stays behind");
    (summary, events, std::fs::read(out).expect("the result"))
}

#[test]
fn places_names_divisions_and_what_the_program_knows() {
    let folder = Folder::new("valley");
    let inputs = [folder.file("names.txt", NAMES.as_bytes()), folder.file("AF.txt", valley().as_bytes())];
    let (summary, events, bytes) = make(&inputs, &folder, &Options::default());
    assert_eq!((summary.rows, summary.left_out, summary.bad), (6, 1, 0), "{summary:?}");
    assert!(events.is_empty(), "{events:?}");
    let gazetteer = Gazetteer::embedded_with(bytes).expect("a gazetteer");
    let id = PlaceId(4_000_000_002);
    let town = gazetteer.place(id).expect("the town");
    assert_eq!(
        (town.name, town.local_name, town.country, town.admin1_name, town.admin2_name),
        ("Sangbur", Some("سنگبور"), Some("AF"), Some("Kunduz"), Some("Upper Sangbur"))
    );
    for name in ["Sangbur", "Sang Bur", "Stone Village", "سنگبور"] {
        assert!(gazetteer.lookup(name).contains(&id), "{name}");
    }
    assert!(gazetteer.lookup("sngbwr").is_empty() && gazetteer.lookup("Sangbur Hotel").is_empty());
    assert_eq!(gazetteer.lookup("Sangbur Airfield"), [PlaceId(4_000_000_004)]);
    assert!(gazetteer.lookup("Old Name").is_empty());
    assert_eq!(gazetteer.lookup("New Name"), [PlaceId(4_000_000_005)]);
    let kunduz = PlaceId(1_135_689);
    assert!(gazetteer.lookup("Kunduz-on-Oxus").contains(&kunduz) && gazetteer.lookup("Kunduz").contains(&kunduz));
    assert_eq!(gazetteer.place(kunduz).map(|p| p.feature), Some("PPLA"));
    assert_eq!(gazetteer.seat(gazetteer.place(kunduz).and_then(|p| p.admin1).expect("a province")), Some(kunduz));
}

#[test]
fn all_kinds_and_one_country() {
    let folder = Folder::new("options");
    let elsewhere = place(4_000_000_009, "Farther", "", (10.0, 10.0), "PPL", "", "").replace("\tAF\t", "\tTD\t");
    let inputs = [folder.file("all.txt", (valley() + &elsewhere).as_bytes())];
    let all = Options { all_kinds: true, ..Options::default() };
    assert_eq!(make(&inputs, &folder, &all).0.rows, 8);
    let chad = Options { countries: ["TD".to_owned()].into(), ..Options::default() };
    assert_eq!(make(&inputs, &folder, &chad).0.rows, 1);
}

#[test]
fn bad_lines_are_told_with_their_number_and_cost_nothing_else() {
    let folder = Folder::new("bad");
    let mut text = valley().into_bytes();
    text.extend(b"not a line\n");
    text.extend(b"4000000010\tX\tX\t\tnorth\t68\tP\tPPL\tAF\t\t24\t\t\t\t0\t\t\tAsia/Kabul\t2026-01-01\n");
    text.extend(b"\xff\xfe\n");
    text.extend(vec![b'x'; 3 << 20]);
    text.extend(b"\n");
    text.extend(place(4_000_000_011, "After", "", (36.0, 68.0), "PPL", "24", "").as_bytes());
    let path = folder.file("bad.txt", &text);
    let (summary, events, bytes) = make(std::slice::from_ref(&path), &folder, &Options::default());
    let told: Vec<(u64, &str)> = events
        .iter()
        .filter_map(|e| if let Event::Bad(_, line, why) = e { Some((*line, why.as_str())) } else { None })
        .collect();
    assert_eq!(told.iter().map(|t| t.0).collect::<Vec<_>>(), [9, 10, 11, 12], "{told:?}");
    assert!(
        told[0].1.contains("1 columns") && told[1].1.contains("latitude") && told[2].1.contains("UTF-8"),
        "{told:?}"
    );
    assert!(told[3].1.contains("longer than a megabyte"), "{told:?}");
    assert_eq!(summary.bad, 4);
    let gazetteer = Gazetteer::load(bytes).expect("a gazetteer");
    assert_eq!(gazetteer.lookup("After"), [PlaceId(4_000_000_011)]);
}

#[test]
fn packed_files_give_the_same_bytes() {
    let folder = Folder::new("packed");
    let text = valley();
    let plain = make(&[folder.file("AF.txt", text.as_bytes())], &folder, &Options::default()).2;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).expect("memory");
    let gz = folder.file("AF.txt.gz", &gz.finish().expect("memory"));
    assert!(make(&[gz], &folder, &Options::default()).2 == plain, "gzip differs");
    let zip = folder.file("AF.zip", &zip(&[("readme.txt", b"About."), ("AF.txt", text.as_bytes())]));
    assert!(make(&[zip], &folder, &Options::default()).2 == plain, "zip differs");
}

/// A zip file, written by hand: deflated members and the directory.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).expect("memory");
        let packed = packed.finish().expect("memory");
        let mut shared = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        shared.extend((packed.len() as u32).to_le_bytes());
        shared.extend((bytes.len() as u32).to_le_bytes());
        shared.extend((name.len() as u16).to_le_bytes());
        shared.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((members.len() as u16).to_le_bytes());
    out.extend((members.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[test]
fn a_run_that_was_cut_off_goes_on() {
    let folder = Folder::new("resume");
    let mut text = String::new();
    for n in 0..5_000u32 {
        // Out of order, so that sorting has something to do.
        let id = 4_000_000_000 + (n * 2_657) % 5_000;
        text += &place(id, &format!("Village {id}"), &format!("Hamlet {}", id % 70), (36.0, 68.0), "PPL", "24", "");
        if n == 4_000 {
            text += "a bad line\n";
        }
    }
    let small = Options { buffer: 40_000, ..Options::default() };
    let inputs = [folder.file("AF.txt", text.as_bytes())];
    let whole = make(&inputs, &folder, &Options::default()).2;
    let (out, work) = (folder.0.join("cut.gaz"), folder.0.join("work"));
    // The teller breaks down at the bad line, as a kill would.
    let cut = catch_unwind(AssertUnwindSafe(|| {
        import(&inputs, &out, &work, Gazetteer::embedded(), &small, |event| {
            if matches!(event, Event::Bad(..)) {
                panic!("cut off");
            }
        })
    }));
    assert!(cut.is_err() && !out.exists() && Path::new(&work).exists());
    let mut resumed = 0;
    let summary = import(&inputs, &out, &work, Gazetteer::embedded(), &small, |event| {
        if let Event::Resumed(lines) = event {
            resumed = lines;
        }
    })
    .expect("it imports");
    assert!(resumed > 1_000 && resumed < 4_001, "{resumed}");
    assert_eq!((summary.rows, summary.bad), (5_000, 1));
    assert!(std::fs::read(&out).expect("the result") == whole, "the bytes differ");
    // Another task in the same folder starts anew.
    std::fs::create_dir_all(&work).expect("a folder");
    std::fs::write(work.join("state.json"), b"{}").expect("a file");
    let summary =
        import(&inputs, &out, &work, Gazetteer::embedded(), &small, |e| assert!(!matches!(e, Event::Resumed(_))))
            .expect("it imports");
    assert_eq!(summary.rows, 5_000);
}

#[test]
fn files_without_a_place_are_an_error_that_says_so() {
    let folder = Folder::new("nothing");
    let out = folder.0.join("out.gaz");
    let run = |path: PathBuf| {
        import(&[path], &out, &folder.0.join("work"), Gazetteer::embedded(), &Options::default(), |_| {})
    };
    assert!(matches!(run(folder.file("e.txt", b"")), Err(ImportError::Nothing(""))));
    let hotel = place(4_000_000_003, "Sangbur Hotel", "", (36.0, 68.0), "HTL", "24", "");
    let error = run(folder.file("h.txt", hotel.as_bytes())).expect_err("no place");
    assert!(error.to_string().contains("--all"), "{error}");
    assert!(matches!(run(folder.0.join("absent.txt")), Err(ImportError::Input(..))));
    assert!(matches!(run(folder.file("x.zip", b"PK\x03\x04 and no more")), Err(ImportError::Input(..))));
}
