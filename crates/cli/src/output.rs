//! The only place that prints: JSON Lines for programs, tables and colours for people.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// Colours by meaning. `anstream` takes them out where NO_COLOR or a pipe asks for it.
pub mod style {
    use super::{AnsiColor, Style};

    /// What matters most in a line.
    pub const STRONG: Style = Style::new().bold();
    /// What may be skipped.
    pub const FAINT: Style = Style::new().dimmed();
    /// Held, read, matched.
    pub const GOOD: Style = AnsiColor::Green.on_default();
    /// Contested, doubtful.
    pub const WARN: Style = AnsiColor::Yellow.on_default();
    /// Failed, denied.
    pub const BAD: Style = AnsiColor::Red.on_default();
    /// Names of things to type or look up.
    pub const NAME: Style = AnsiColor::Cyan.on_default();
}

/// Text in a style.
pub fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// True when JSON is wanted: asked for, or nobody looks.
pub fn wants_json(asked: bool) -> bool {
    asked || !io::stdout().is_terminal()
}

/// Locked, buffered standard output that knows whether colours are wanted.
pub fn stdout() -> impl Write {
    io::BufWriter::with_capacity(1 << 16, anstream::stdout().lock())
}

/// Writes one JSON value as a line.
pub fn json_line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A line on standard error.
pub fn note(text: impl std::fmt::Display) {
    // A closed standard error must not end the work.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// An error on standard error, in the one form that all of them have.
pub fn complain(text: impl std::fmt::Display) {
    note(format_args!("{} {text}", paint(style::BAD, "error:")));
}

/// A table with a head and aligned columns; numbers (a head that ends in `#`) to the right.
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(heads: &[&'static str]) -> Self {
        Self { heads: heads.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; missing cells stay empty.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as text, two blanks between columns, no blanks at the end of a line.
    pub fn render(&self) -> String {
        let columns = self.heads.len();
        let mut widths: Vec<usize> = self.heads.iter().map(|h| h.trim_end_matches('#').width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(visible_width(cell));
            }
        }
        let mut text = String::new();
        let heads: Vec<String> = self.heads.iter().map(|h| paint(style::FAINT, h.trim_end_matches('#'))).collect();
        for row in std::iter::once(&heads).chain(&self.rows) {
            let mut line = String::new();
            for (i, width) in widths.iter().enumerate().take(columns) {
                let cell = row.get(i).map_or("", String::as_str);
                let gap = " ".repeat(width.saturating_sub(visible_width(cell)));
                let right = self.heads[i].ends_with('#');
                let _ = if right { write!(line, "{gap}{cell}  ") } else { write!(line, "{cell}{gap}  ") };
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// Width on a terminal, without the colour codes.
fn visible_width(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// Control characters and bidi overrides of hostile text, made visible so that they cannot drive a terminal.
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => '\u{FFFD}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_align_by_what_is_seen() {
        let mut table = Table::new(&["place", "days#"]);
        table.row(vec![paint(style::GOOD, "Kunduz"), "3".into()]);
        table.row(vec!["Ḥamā".into(), "12".into()]);
        let plain = anstream::adapter::strip_str(&table.render()).to_string();
        assert_eq!(plain, "place   days\nKunduz     3\nḤamā      12\n");
    }

    #[test]
    fn hostile_text_cannot_drive_a_terminal() {
        assert_eq!(safe("a\u{1b}[2Jb\u{202E}c\nd"), "a\u{FFFD}[2Jb\u{FFFD}c d");
    }
}
