//! Comma-separated tables (RFC 4180).

/// A table under construction; fields are quoted where they must be.
pub struct Table {
    out: String,
    separator: char,
}

impl Table {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self { out: String::new(), separator: ',' }
    }

    /// A table of tab-separated values: tabs and line ends in a field become spaces.
    #[must_use]
    pub fn tabs() -> Self {
        Self { out: String::new(), separator: '\t' }
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, fields: impl IntoIterator<Item = S>) {
        for (n, field) in fields.into_iter().enumerate() {
            if n > 0 {
                self.out.push(self.separator);
            }
            self.field(field.as_ref());
        }
        self.out.push_str(if self.separator == ',' { "\r\n" } else { "\n" });
    }

    fn field(&mut self, field: &str) {
        if self.separator == '\t' {
            self.out.extend(field.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        } else if field.contains([',', '"', '\n', '\r']) {
            self.out.push('"');
            self.out.push_str(&field.replace('"', "\"\""));
            self.out.push('"');
        } else {
            self.out.push_str(field);
        }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
