//! Text into SVG and XML safely, and numbers briefly.

use std::fmt;

/// Text for XML: the five special characters escaped, what XML forbids replaced, and controls of
/// writing direction shown as what they are, so that a hostile name cannot turn a line round.
pub(crate) struct Esc<'t>(pub &'t str);

impl fmt::Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => write!(f, "[U+{:04X}]", c as u32)?,
                c if c < ' ' || ('\u{7F}'..='\u{9F}').contains(&c) || c == '\u{FFFE}' || c == '\u{FFFF}' => {
                    f.write_char('\u{FFFD}')?
                }
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A number with at most one decimal.
pub(crate) struct Num(pub f64);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        match (tenths % 10, tenths < 0) {
            (0, _) => write!(f, "{}", tenths / 10),
            (_, true) => write!(f, "-{}.{}", tenths.abs() / 10, tenths.abs() % 10),
            (_, false) => write!(f, "{}.{}", tenths / 10, tenths % 10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let shown = Esc("<script>\"'&\u{202E}x\u{0}").to_string();
        assert_eq!(shown, "&lt;script&gt;&quot;&#39;&amp;[U+202E]x\u{FFFD}");
    }

    #[test]
    fn numbers_are_brief() {
        assert_eq!([0.04, -0.26, 3.0, 12.345].map(|n| Num(n).to_string()), ["0", "-0.3", "3", "12.3"]);
    }
}
