//! A gazetteer of the user's own: made by `gazetteer import`, used by the other commands.

mod common;

use common::{Folder, run, run_with};

const ROWS: &str =
    "4000000001\tSangbur\tSangbur\tSang Bur\t36.9\t68.9\tP\tPPL\tAF\t\t24\t\t\t\t4000\t\t\tAsia/Kabul\t2026-01-01\n";

#[test]
fn an_imported_village_is_found_by_the_other_commands() {
    let folder = Folder::new("import");
    let table = folder.file("AF.txt", ROWS).display().to_string();
    let gaz = folder.path().join("own.gaz").display().to_string();
    let made = run(&["gazetteer", "import", &table, "-o", &gaz, "--json"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert_eq!((made.json_lines()[0]["places"].as_u64(), made.json_lines()[0]["bad"].as_u64()), (Some(1), Some(0)));
    let found = run(&["--gazetteer", &gaz, "gazetteer", "find", "Sang Bur", "--json"]);
    assert_eq!(found.json_lines()[0]["id"], "4000000001", "{}", found.err);
    let text = "Taliban fighters captured the village of Sangbur in Kunduz province, Afghanistan, on Monday.";
    let with = run_with(&["--gazetteer", &gaz, "places", "--json", "-"], text.as_bytes());
    assert!(with.out.contains("4000000001"), "{}", with.out);
    let without = run_with(&["places", "--json", "-"], text.as_bytes());
    assert!(!without.out.contains("4000000001"), "{}", without.out);
}

#[test]
fn bad_rows_are_told_with_file_and_line_and_what_is_no_gazetteer_is_refused() {
    let folder = Folder::new("import-bad");
    let table = folder.file("AF.txt", format!("{ROWS}no such row\n")).display().to_string();
    let gaz = folder.path().join("own.gaz").display().to_string();
    let made = run(&["gazetteer", "import", &table, "-o", &gaz]);
    assert_eq!(made.code, 1, "some input failed: {}", made.out);
    assert!(made.err.contains("AF.txt:2:") && made.err.contains("1 columns"), "{}", made.err);
    let nothing = run(&["gazetteer", "import", &folder.file("e.txt", "").display().to_string(), "-o", &gaz]);
    assert!(nothing.code == 1 && nothing.err.contains("no line of these files"), "{}", nothing.err);
    let refused = run(&["--gazetteer", &table, "gazetteer", "stats"]);
    assert!(refused.code == 1 && refused.err.contains("gazetteer import"), "{}", refused.err);
}
