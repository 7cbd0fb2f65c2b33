//! Comma-separated tables as analysts keep them (RFC 4180, with the liberties that spreadsheets take).

/// One record with the line on which it begins, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub line: usize,
    pub cells: Vec<String>,
}

/// The records of a table. Separated by commas, semicolons or tabs, whichever the first line has most of. A quote that
/// never closes takes the rest of the text; that is one bad record, told with its line.
pub(super) fn records(text: &str) -> Vec<Record> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text.lines().next().unwrap_or(""));
    let mut out = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begun, mut quoted, mut any) = (1, 1, false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            _ if quoted => cell.push(c),
            '"' if cell.is_empty() => (quoted, any) = (true, true),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                if any {
                    out.push(Record { line: begun, cells: std::mem::take(&mut cells) });
                }
                cells.clear();
                (begun, any) = (line, false);
            }
            c if c == separator => {
                any = true;
                cells.push(std::mem::take(&mut cell));
            }
            c => {
                any = any || !c.is_whitespace();
                cell.push(c);
            }
        }
    }
    if any {
        cells.push(cell);
        out.push(Record { line: begun, cells });
    }
    out
}

fn separator(head: &str) -> char {
    // Of equals the first: a table of one column has none of them.
    [',', ';', '\t'].into_iter().rev().max_by_key(|s| head.matches(*s).count()).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text).into_iter().map(|r| (r.line, r.cells)).collect()
    }

    #[test]
    fn tables_as_spreadsheets_write_them() {
        let check = |text: &str, expect: &[(usize, &[&str])]| {
            let expect: Vec<(usize, Vec<String>)> =
                expect.iter().map(|(l, c)| (*l, c.iter().map(ToString::to_string).collect())).collect();
            assert_eq!(cells(text), expect, "{text:?}");
        };
        check("a,b\r\n1,2\r\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("\u{feff}a;b\n1;2,5", &[(1, &["a", "b"]), (2, &["1", "2,5"])]);
        check("a\tb\n\n \n1\t2\n", &[(1, &["a", "b"]), (4, &["1", "2"])]);
        check("a,b\n\"x, \"\"y\"\"\nz\",2\n3,", &[(1, &["a", "b"]), (2, &["x, \"y\"\nz", "2"]), (4, &["3", ""])]);
        check("a,b\n\"never closed,1\n2,3", &[(1, &["a", "b"]), (2, &["never closed,1\n2,3"])]);
        check("one column\nx", &[(1, &["one column"]), (2, &["x"])]);
        check("", &[]);
    }
}
