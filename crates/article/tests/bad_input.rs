//! Every kind of bad input: a clear error or a note, never a crash, and the rest is read.

use std::io::{BufRead, BufReader, Cursor, Read};

use marchland_article::{Article, MAX_DOCUMENT, Note, Problem, Published, ReadError, ReadOptions, read, read_bytes};

fn all(bytes: &[u8]) -> Vec<Result<Article, ReadError>> {
    read_bytes("in", bytes, &ReadOptions::default())
}

fn one(bytes: &[u8]) -> Result<Article, ReadError> {
    let mut all = all(bytes);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// The message of the only error: says which input, and has a hint.
fn message(bytes: &[u8]) -> String {
    let message = one(bytes).expect_err("it must not be read").to_string();
    assert!(message.starts_with("in") && message.contains("hint: "), "{message}");
    message
}

const NEWS: &str = "The mill fell on Friday. The army denied it, but nobody in the town had seen a soldier since noon.";

#[test]
fn empty_files() {
    for bytes in [
        &b""[..],
        b" \n\t\r\n",
        b"\xEF\xBB\xBF",
        b"\xEF\xBB\xBF\n",
        b"\0\0\0",
        b"<html><body></body></html>",
        b"<!-- only a comment -->",
    ] {
        assert!(message(bytes).contains("empty"), "{bytes:?}");
    }
}

#[test]
fn binary_files() {
    assert!(message(b"%PDF-1.7\nThe mill fell").contains("a PDF file"));
    assert!(message(b"\x1f\x8b\x08\0\0\0\0\0").contains("gzip"));
    let noise: Vec<u8> = (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert!(message(&noise).contains("binary data"));
}

#[test]
fn nul_in_a_text_is_replaced_and_told() {
    let article = one(b"The mill\0fell on Friday. The army denied it.").expect("read");
    assert_eq!(article.text, "The mill fell on Friday. The army denied it.");
    assert!(matches!(&article.notes[..], [Note::Replaced { what, times: 1 }] if what == "NUL"));
    let article = one(br#"{"text": "The mill\u0000fell."}"#).expect("read");
    assert!(!article.text.contains('\0'));
    let article = one(b"<html><body><p>The mill\0fell on Friday&#0; at noon.</p></body></html>").expect("read");
    assert!(!article.text.contains('\0'), "{:?}", article.text);
}

#[test]
fn wrong_charset_labels() {
    let page = |label: &str, body: &[u8]| {
        let mut page = format!("<html><head><meta charset=\"{label}\"><title>T</title></head><body><p>").into_bytes();
        page.extend_from_slice(body);
        page.extend_from_slice(b"</p></body></html>");
        page
    };
    let article = one(&page("iso-8859-1", "The mill of Hélène fell – on Friday.".as_bytes())).expect("read");
    assert_eq!(article.text, "The mill of Hélène fell – on Friday.");
    assert!(matches!(&article.notes[..], [Note::Charset { used, .. }] if used == "UTF-8"), "{:?}", article.notes);
    let article = one(&page("utf-8", b"The mill \x96 it is H\xE9l\xEAne\x92s \x96 fell on Friday, \x93without a shot\x94, ma\xEEtre Fran\xE7ois said.")).expect("read");
    assert_eq!(article.text, "The mill – it is Hélêne’s – fell on Friday, “without a shot”, maître François said.");
    let article = one(&page("iso-8859-1", b"The mill of H\xE9l\xE8ne fell on Friday.")).expect("read");
    assert!(article.text.contains("Hélène") && article.notes.is_empty());
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("水曜日に町が陥落したと住民が語った。");
    let article = one(&page("windows-1252", &sjis)).expect("any text is read");
    assert!(article.text.contains(|c: char| !c.is_ascii()));
    let utf16: Vec<u8> = "The mill fell on Friday.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one(&utf16).expect("read").text, "The mill fell on Friday.");
}

#[test]
fn a_bad_line_among_good_ones() {
    let line = |n: usize| match n {
        7 => "{\"id\": \"d7\", \"text\": \"The mill".to_owned(),
        n => format!("{{\"id\": \"d{n}\", \"text\": \"The mill fell on day {n}.\"}}"),
    };
    let file: String = (1..=10).map(|n| line(n) + "\n").collect();
    let read = all(file.as_bytes());
    assert_eq!(read.len(), 10);
    for (n, article) in read.iter().enumerate() {
        match article {
            Ok(article) => assert_eq!(article.id, format!("d{}", n + 1)),
            Err(error) => {
                assert_eq!((n, error.line), (6, Some(7)));
                let message = error.to_string();
                assert!(
                    message.starts_with("in, line 7: invalid JSON") && message.contains("{\\\"id\\\": \\\"d7\\\""),
                    "{message}"
                );
            }
        }
    }
    assert_eq!(read.iter().filter(|article| article.is_ok()).count(), 9);
    // Whatever the bad line is, the others are read: the first, no JSON at all, no object, no text, bytes that are no UTF-8.
    for bad in [
        "nonsense",
        "[1, 2]",
        "7",
        "{}",
        "{\"id\": \"x\", \"text\": \"  \"}",
        "{\"id\": 3, \"titel\": \"x\"}",
        "\u{0}\u{1}",
    ] {
        for at in [0, 1, 2] {
            let mut lines = vec!["{\"text\": \"The mill fell.\"}"; 2];
            lines.insert(at, bad);
            let read = all(lines.join("\r\n").as_bytes());
            assert_eq!(
                read.iter().map(Result::is_ok).collect::<Vec<_>>(),
                (0..3).map(|n| n != at).collect::<Vec<_>>(),
                "{bad:?} at {at}"
            );
            assert_eq!(read[at].as_ref().expect_err("bad").line, Some(at as u64 + 1));
        }
    }
}

#[test]
fn fields_of_json() {
    let article = one(br#"{"id": 12, "headline": "T", "link": "https://x.example/a", "source": {"name": "Example Wire"}, "date": "2021-08-09T23:00:00Z", "text": "The mill fell."}"#).expect("read");
    assert_eq!(
        (article.id.as_str(), article.title.as_deref(), article.outlet.as_deref()),
        ("12", Some("T"), Some("Example Wire"))
    );
    assert_eq!(article.published.day().map(|day| day.to_string()).as_deref(), Some("2021-08-09"));
    let article = one(br#"{"published": "last week", "text": "The mill fell."}"#).expect("read");
    assert_eq!((article.id.as_str(), &article.published), ("in:1", &Published::Unknown));
    assert!(article.notes[0].to_string().contains("last week"));
    // Lists and objects over several lines are read as well.
    assert_eq!(all(b"[\n {\"text\": \"The mill fell.\"},\n {\"text\": \"It did not.\"}\n]").len(), 2);
    assert_eq!(one(b"{\n  \"text\":\n  \"The mill fell.\"\n}").expect("read").text, "The mill fell.");
    // Plain text may begin with a bracket.
    assert_eq!(one(b"[The mill fell.]").expect("read").text, "[The mill fell.]");
    assert_eq!(one(b"{The mill fell.}").expect("read").text, "{The mill fell.}");
}

#[test]
fn lone_surrogates() {
    let article = one(br#"{"text": "The mill\ud83d fell \ud83d\ude00."}"#).expect("read");
    assert_eq!(article.text, "The mill\u{FFFD} fell \u{1F600}.");
    assert!(article.notes[0].to_string().contains("lone surrogate"));
}

#[test]
fn json_bombs_are_errors() {
    for bomb in [
        "[".repeat(200_000),
        "{\"a\":".repeat(200_000),
        format!("{{\"text\":{}", "[".repeat(200_000)),
        format!("[{}", "{\"a\":".repeat(100_000)),
    ] {
        let read = all(bomb.as_bytes());
        assert_eq!(read.len(), 1);
    }
}

/// A reader that makes its bytes as they are asked for, so that the test needs no memory for them.
struct Stream {
    parts: Vec<(u8, usize)>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some((byte, left)) = self.parts.first_mut() else { return Ok(0) };
        let n = buffer.len().min(*left);
        buffer[..n].fill(*byte);
        *left -= n;
        if *left == 0 {
            self.parts.remove(0);
        }
        Ok(n)
    }
}

#[test]
fn one_line_of_a_hundred_megabytes() {
    let hundred = 100_000_000;
    let long = Stream { parts: vec![(b'a', hundred)] };
    let mut read_long = read("long.txt", BufReader::new(long), &ReadOptions::default());
    let error = read_long.next().expect("one").expect_err("too large");
    assert!(matches!(error.problem, Problem::TooLarge { what: "document", .. }));
    assert!(error.to_string().contains("64 MiB") && read_long.next().is_none());

    // The same line in a JSON Lines file: the lines around it are read.
    let good = Cursor::new(b"{\"id\": \"a\", \"text\": \"The mill fell.\"}\n{\"text\": \"".to_vec());
    let rest = Cursor::new(b"\"}\n{\"id\": \"c\", \"text\": \"It did not.\"}\n".to_vec());
    let source = BufReader::new(good.chain(Stream { parts: vec![(b'a', hundred)] }).chain(rest));
    let read: Vec<_> = read("long.jsonl", source, &ReadOptions::default()).collect();
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].as_ref().expect("read").id, "a");
    let error = read[1].as_ref().expect_err("too long");
    assert!(error.to_string().starts_with("long.jsonl, line 2: too large: more than 64 MiB in one line"));
    assert_eq!(read[2].as_ref().expect("read").id, "c");
}

#[test]
fn a_long_line_without_sense_is_read_in_linear_time() {
    // Under the limit; no blank, no stop, no English: nothing may be quadratic in it.
    for unit in ["a", "a ", ". ", "Read more: ", "(", "\"", "é", "ب", "-", "1. ", "A", ".Read more:a", "\u{200b}"] {
        let text = format!("The mill fell.\n{}", unit.repeat(1_000_000 / unit.len()));
        let article = one(text.as_bytes()).expect("read");
        assert_eq!(article.text.len(), text.len());
    }
    assert!(MAX_DOCUMENT <= u32::MAX as usize, "spans count in u32");
}

#[test]
fn html_bombs_do_not_overflow_the_stack_and_keep_their_words() {
    let deep = 200_000;
    let bombs = [
        "<div>".repeat(deep),
        "<div/>".repeat(deep),
        "<b>".repeat(deep),
        "<ul><li>".repeat(deep),
        "<table><tr><td>".repeat(deep / 4),
        "<p><b id=1><i>".repeat(20_000),
        (0..20_000).map(|n| format!("<p><font color={n}>")).collect(),
        "<a href=x>".repeat(deep),
        "<blockquote>".repeat(deep),
        "<span>".repeat(deep),
        "<x-y>".repeat(deep),
        "<svg><g>".repeat(deep / 2),
        "<select><option>".repeat(deep / 4),
        "<form><fieldset>".repeat(deep / 4),
        format!("<p {}>", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        "<div></div>".repeat(deep / 10),
        "<p>a".repeat(deep / 10),
        "a<br>".repeat(deep / 10),
        "<!--".repeat(deep / 10),
        "<".repeat(deep / 10),
        "<script>".repeat(deep / 4),
        "&amp;&lt;".repeat(deep / 10),
        "<div><p>x, y, z, and so on for a while, more or less.</p>".repeat(390),
    ];
    for (n, bomb) in bombs.iter().enumerate() {
        let page = format!("<!DOCTYPE html><html><body><p>{NEWS}</p>{bomb}");
        // The threads of a program that reads pages have small stacks. Quadratic time would show as a test that hangs.
        let reader = std::thread::Builder::new().stack_size(1 << 20);
        let article =
            reader.spawn(move || one(page.as_bytes())).expect("a thread").join().expect("no panic").expect("read");
        // The last bomb is all paragraphs: which of them are the story is anybody's guess.
        assert!(article.text.contains("The mill fell on Friday.") || n + 1 == bombs.len(), "bomb {n}");
    }
    let article = one(format!("<html><body><p>{NEWS}</p>{}", "<div>".repeat(deep)).as_bytes()).expect("read");
    assert!(
        article.notes.iter().any(|note| note.to_string().contains("200001 elements deep")
            || note.to_string().contains("200000 elements deep")),
        "{:?}",
        article.notes
    );
}

#[test]
fn other_languages_are_read_and_told() {
    let article = one("Die Mühle ist am Freitag gefallen, teilte die Armee mit. Die Rebellen sagten, dass sie die Stadt und die Brücke halten, und dass niemand mehr dort sei.".as_bytes()).expect("read");
    assert_eq!(article.notes, [Note::NotEnglish]);
    assert!(!article.blocks.is_empty());
    assert!(one(NEWS.as_bytes()).expect("read").notes.is_empty());
}

#[test]
fn a_source_that_breaks_off() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let mut articles = read("x", BufReader::new(Broken), &ReadOptions::default());
    let error = articles.next().expect("one").expect_err("broken").to_string();
    assert!(error.contains("the disk is gone") && articles.next().is_none());
    let lines = Cursor::new("{\"text\": \"The mill fell.\"}\n".repeat(4_000).into_bytes());
    let read: Vec<_> = read("x", BufReader::new(lines.chain(Broken)), &ReadOptions::default()).collect();
    assert_eq!(read.len(), 4_001);
    assert!(read[..4_000].iter().all(Result::is_ok));
    assert_eq!(read[4_000].as_ref().expect_err("broken").line, Some(4_001));
}

#[test]
fn streams_do_not_look_ahead_more_than_they_must() {
    // A slow source gives its first article before its second is there.
    struct Slow(u32);
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0 += 1;
            let line = b"{\"text\": \"The mill fell.\"}\n";
            buffer[..line.len()].copy_from_slice(line);
            Ok(if self.0 > 10_000 { 0 } else { line.len() })
        }
    }
    let mut articles = read("x", BufReader::new(Slow(0)), &ReadOptions::default());
    assert!(articles.next().expect("one").is_ok());
    assert_eq!(articles.count(), 9_999);
    let mut empty: &[u8] = b"";
    assert!(empty.fill_buf().expect("memory").is_empty());
}
