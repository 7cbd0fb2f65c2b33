//! Bytes to text: byte order marks, labels that may lie, and a guess where there is none.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::Note;
use crate::error::Problem;

/// Decodes bytes. `label` is what the page says of itself.
///
/// Valid UTF-8 is UTF-8, whatever the label says: no other charset fits by chance. Else the label is tried, and when
/// it does not fit the bytes, a guess.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> (String, Option<Note>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text.into_owned(), damaged.then(|| note(None, encoding, true)));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), Some(note(label, encoding, damaged)));
    }
    let labelled = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Ok(text) = std::str::from_utf8(bytes) {
        let lied = label.is_some() && labelled != Some(UTF_8) && !bytes.is_ascii();
        return (text.to_owned(), lied.then(|| note(label, UTF_8, false)));
    }
    if let Some(encoding) =
        labelled.filter(|encoding| *encoding != UTF_8 && *encoding != UTF_16LE && *encoding != UTF_16BE)
    {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        if !damaged {
            return (text.into_owned(), None);
        }
    }
    // Mostly valid UTF-8 with a few broken bytes stays UTF-8: a guess would garble all the rest.
    let (text, _) = UTF_8.decode_without_bom_handling(bytes);
    let broken = text.matches('\u{FFFD}').count();
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    if broken * 4 < beyond {
        return (text.into_owned(), Some(note(label, UTF_8, true)));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), Some(note(label, encoding, damaged)))
}

fn note(label: Option<&str>, used: &'static Encoding, damaged: bool) -> Note {
    Note::Charset { labelled: label.map(str::to_owned), used: used.name().to_owned(), damaged }
}

/// UTF-16 without a mark: in Western text every second byte is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (nul(0), nul(1)) {
        (0, odd) if odd * 10 > half * 7 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

/// The charset that a page names in its first kilobytes.
pub(crate) fn label_in_html(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find_iter(head, b"harset").find(|at| *at > 0 && matches!(head[at - 1], b'c' | b'C'))?;
    let rest = head[at + 6..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))).unwrap_or(rest.len());
    (end > 0).then(|| String::from_utf8_lossy(&rest[..end]).into_owned())
}

/// Refuses what is no text: known file heads, many NULs or control characters.
pub(crate) fn refuse_binary(bytes: &[u8]) -> Result<(), Problem> {
    const HEADS: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF file"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"PK\x03\x04", "a ZIP archive (or an office document)"),
        (b"\x1F\x8B", "gzip data"),
        (b"\x28\xB5\x2F\xFD", "zstd data"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3\0", "an SQLite file"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"{\\rtf", "an RTF document"),
    ];
    if let Some((_, looks)) = HEADS.iter().find(|(head, _)| bytes.starts_with(head)) {
        return Err(Problem::Binary { looks });
    }
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return Ok(());
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let odd = head.iter().filter(|b| matches!(**b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    // A stray NUL or two happens in scraped text; a file of them does not.
    if odd > 4 && odd * 50 > head.len() { Err(Problem::Binary { looks: "binary data" }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: Option<&str>, text: &str, noted: bool) {
        let (got, note) = decode(bytes, label);
        assert_eq!(got, text);
        assert_eq!(note.is_some(), noted, "{note:?}");
    }

    #[test]
    fn labels_marks_and_guesses() {
        check("Ḥamā fell".as_bytes(), None, "Ḥamā fell", false);
        check("Ḥamā fell".as_bytes(), Some("windows-1252"), "Ḥamā fell", true);
        check(b"\xEF\xBB\xBFplain", None, "plain", false);
        check(b"caf\xE9 in town", Some("iso-8859-1"), "café in town", false);
        check(b"a caf\xE9 in the town of \x93Northtown\x94", None, "a café in the town of “Northtown”", true);
        check(b"caf\xE9 in town", Some("utf-8"), "café in town", true);
        check(b"caf\xE9 in town", Some("no such charset"), "café in town", true);
        check(b"\xFF\xFEa\0b\0", None, "ab", false);
        check(b"t\0h\0e\0 \0t\0o\0w\0n\0", None, "the town", true);
        let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("Армия оставила город в пятницу, сообщили жители");
        check(&russian, None, "Армия оставила город в пятницу, сообщили жители", true);
        // One broken byte in a long UTF-8 text costs that byte only.
        check(
            b"Ab\xC5\xAB Kam\xC4\x81l \xE2\x80\x9Chere\xE2\x80\x9D \xFF end",
            None,
            "Abū Kamāl “here” \u{FFFD} end",
            true,
        );
        check(b"", None, "", false);
    }

    #[test]
    fn the_label_in_a_page() {
        assert_eq!(label_in_html(b"<meta charset=utf-8>").as_deref(), Some("utf-8"));
        assert_eq!(label_in_html(b"<meta content='text/html; Charset = \"x-sjis\"'>").as_deref(), Some("x-sjis"));
        assert_eq!(label_in_html(b"harset"), None);
        assert_eq!(label_in_html(b"<p>no label"), None);
    }

    #[test]
    fn binary_is_refused_and_text_with_a_stray_nul_is_not() {
        assert!(refuse_binary(b"%PDF-1.7 ...").is_err());
        assert!(refuse_binary(&(0..=255u8).cycle().take(10_000).collect::<Vec<_>>()).is_err());
        assert!(refuse_binary(b"The town\0fell on Friday.").is_ok());
        assert!(refuse_binary(b"").is_ok());
    }
}
