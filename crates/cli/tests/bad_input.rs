//! Bad input gets a clear error that says what was read, where, and what to do; the rest of the batch goes on.

mod common;

use common::{Folder, Ran, dispatch, program, ran, run, run_with};
use std::process::Command;

/// Runs `read` on the file and checks the exit code and that the message holds all of these words.
fn check(folder: &Folder, file: &std::path::Path, code: i32, words: &[&str]) -> Ran {
    let ran = run(&["read", "--store", &folder.store(), &file.display().to_string()]);
    assert_eq!(ran.code, code, "{}\n{}", ran.out, ran.err);
    for word in words {
        assert!(ran.err.contains(word), "no {word:?} in: {}", ran.err);
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

#[test]
fn an_empty_file() {
    let folder = Folder::new("empty");
    let file = folder.file("empty.txt", "");
    check(&folder, &file, 1, &["empty.txt", "empty", "hint"]);
}

#[test]
fn a_binary_file() {
    let folder = Folder::new("binary");
    let file = folder.file("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\xff\xfe\xfd".repeat(50));
    check(&folder, &file, 1, &["picture.txt", "hint"]);
}

#[test]
fn an_html_bomb() {
    let folder = Folder::new("bomb");
    let mut html = String::from("<!doctype html><html><body>");
    html.push_str(&"<div>".repeat(200_000));
    html.push_str("<p>Rebels took Brega on Monday, two residents of the town said by telephone.</p>");
    let file = folder.file("bomb.html", html);
    let ran = run(&["code", "--json", &file.display().to_string()]);
    assert!(ran.code == 0 || ran.code == 1, "{}", ran.err);
    assert!(!ran.err.contains("overflow") && !ran.err.contains("panicked"), "{}", ran.err);
}

#[test]
fn one_line_of_a_hundred_megabytes() {
    let folder = Folder::new("long-line");
    let mut line = String::with_capacity(100 << 20);
    while line.len() < 100 << 20 {
        line.push_str("and so on ");
    }
    let file = folder.file("long.txt", line);
    check(&folder, &file, 1, &["long.txt", "too large", "hint"]);
}

#[test]
fn a_wrong_charset_label() {
    let folder = Folder::new("charset");
    // Labelled UTF-8, but the bytes are Windows-1252.
    let mut html = b"<html><head><meta charset=\"utf-8\"><title>News</title></head><body><article><p>The \x93rebels\x94 took the town of Brega on Monday, and its caf\xe9s opened again, residents said by telephone on the same day.</p></article></body></html>".to_vec();
    html.extend_from_slice(b"\n");
    let file = folder.file("cp1252.html", html);
    let ran = run(&["clean", "--json", &file.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("café"), "{}", ran.out);
}

#[test]
fn invalid_json_on_line_seven_of_ten() {
    let folder = Folder::new("line-seven");
    let mut lines = String::new();
    for n in 1..=10 {
        if n == 7 {
            lines.push_str("{\"id\": \"seven\", \"text\": \"Rebels took\n");
        } else {
            lines.push_str(&dispatch(
                &format!("d{n}"),
                "2011-03-28",
                &format!("Rebels took the town of Brega, report {n} said."),
            ));
        }
    }
    let file = folder.file("ten.jsonl", lines);
    check(&folder, &file, 1, &["line 7", "JSON", "hint"]);
    let log = run(&["log", "--json", "--store", &folder.store()]);
    let read = log.json_lines().iter().filter(|e| e["what"]["what"] == "article").count();
    assert_eq!(read, 9, "{}", log.out);
}

#[test]
fn text_that_is_not_english() {
    let folder = Folder::new("language");
    let file = folder.file(
        "de.txt",
        "Die Aufständischen haben am Montag die Stadt eingenommen. Das teilte ein Sprecher der Regierung mit. Die Armee zog sich zurück und sammelt sich im Norden des Landes.",
    );
    check(&folder, &file, 0, &["English"]);
}

#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("permission");
    let shut = folder.path().join("shut");
    std::fs::create_dir(&shut).expect("a folder");
    std::fs::write(shut.join("a.txt"), "Rebels took Brega.").expect("a file");
    let open = folder.file("open.txt", "Rebels took the town of Brega on Monday, residents said.");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).expect("no permission");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("permission");
    // Root may read everything, so the program is run as nobody.
    let root = std::fs::read_dir(&shut).is_ok();
    let mut command = if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program()]);
        command
    } else {
        Command::new(program())
    };
    let output = command.args(["code", "--json"]).arg(&shut).arg(&open).output();
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o755)).expect("permission again");
    let Ok(output) = output else {
        eprintln!("skipped: running as root, and there is no setpriv to become nobody");
        return;
    };
    let ran = ran(output);
    if root && ran.err.contains("setpriv") {
        eprintln!("skipped: nobody may not run the program here: {}", ran.err);
        return;
    }
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("shut") && ran.err.contains("hint"), "{}", ran.err);
    assert_eq!(ran.json_lines().len(), 1, "the other input is read all the same");
}

#[test]
fn a_file_that_is_not_there() {
    let folder = Folder::new("missing");
    check(&folder, &folder.path().join("nowhere.txt"), 1, &["nowhere.txt", "no such file"]);
}

#[test]
fn wrong_use_is_told_apart_from_bad_input() {
    assert_eq!(run(&["code", "--published", "yesterday", "-"]).code, 2);
    assert_eq!(run(&["no-such-command"]).code, 2);
    assert_eq!(run(&["export", "no-such-format"]).code, 2);
    assert_eq!(run_with(&["code", "-"], b"").code, 1);
}

/// Many dispatches, so that reading them takes a while.
fn many(folder: &Folder, n: usize) -> std::path::PathBuf {
    let lines: String = (0..n)
        .map(|i| {
            let text = format!(
                "Rebels seized control of the town of Brega on Monday, report number {i} said. Government troops withdrew to Ajdabiya. \
                 A spokesman for the rebels said that the fighters had also entered Ras Lanuf."
            );
            dispatch(&format!("d{i}"), "2011-03-28", &text)
        })
        .collect();
    folder.file("many.jsonl", lines)
}

fn whole_articles(store: &str) -> usize {
    let log = run(&["log", "--json", "--store", store]);
    assert_eq!(log.code, 0, "the ledger opens: {}", log.err);
    let entries = log.json_lines();
    let articles = entries.iter().filter(|e| e["what"]["what"] == "article").count();
    let coded = entries.iter().filter(|e| e["what"]["what"] == "coding").count();
    assert_eq!(articles, coded, "each article has its coding");
    articles
}

#[test]
fn a_killed_process_leaves_whole_articles_and_can_go_on() {
    let folder = Folder::new("killed");
    let file = many(&folder, 3000);
    let store = folder.store();
    for wait in [150, 400, 900] {
        let mut child = Command::new(program())
            .args(["read", "--quiet", "--threads", "1", "--store", &store])
            .arg(&file)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
        // Killed before the file was made, there is nothing to open. Killed before the first commit, the file
        // is empty or holds no table yet, and opens as a ledger without entries.
        if folder.path().join("test.db").exists() {
            whole_articles(&store);
        }
    }
    let ran = run(&["read", "--json", "--store", &store, &file.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(whole_articles(&store), 3000);
}

#[test]
fn a_full_disk_leaves_whole_articles_and_says_so() {
    let folder = Folder::new("full");
    let file = many(&folder, 2000);
    let store = folder.store();
    // A limit on the size of a file stands in for a full disk: the write fails in the middle.
    let script = format!("trap '' XFSZ; ulimit -f 2000; exec {} read --store {store} {}", program(), file.display());
    let output = Command::new("bash").args(["-c", &script]).output().expect("a shell");
    let first = ran(output);
    assert_eq!(first.code, 1, "{}{}", first.out, first.err);
    assert!(first.err.contains("test.db") && first.err.contains("whole"), "{}", first.err);
    let before = whole_articles(&store);
    assert!(before < 2000, "the limit was reached: {before}");
    let again = run(&["read", "--store", &store, &file.display().to_string()]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert_eq!(whole_articles(&store), 2000);
}
