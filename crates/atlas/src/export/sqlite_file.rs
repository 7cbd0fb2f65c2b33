//! Writes a new SQLite file in memory: tables with their rows, and the small indexes that constraints imply.
//!
//! GeoPackage is a SQLite file. No SQL runs here: the file format (sqlite.org/fileformat2.html, version 3) is simple
//! for a file that is written once, in order, and the ledger stays the only room with a database in it.

/// Bytes a page.
const PAGE: usize = 4096;

/// One value of a row.
pub(super) enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A table: name, the statement that would make it, and rows with their ids in rising order.
pub(super) struct Table {
    pub name: &'static str,
    pub sql: String,
    pub rows: Vec<(i64, Vec<Value>)>,
    /// Columns of the indexes that `PRIMARY KEY` and `UNIQUE` imply, in the order of the statement. The table then
    /// must be small: each index has one page.
    pub unique: Vec<Vec<usize>>,
}

/// The file. `application_id` and `user_version` go into its header.
pub(super) fn write(tables: &[Table], application_id: u32, user_version: u32) -> Vec<u8> {
    // Page 1 holds the list of tables; it is filled last.
    let mut pages: Vec<Vec<u8>> = vec![Vec::new()];
    let mut schema = Vec::new();
    for table in tables {
        let root = tree(&mut pages, &table.rows);
        let id = schema.len() as i64 + 1;
        schema.push((
            id,
            vec![
                "table".into(),
                table.name.into(),
                table.name.into(),
                Value::Int(root as i64),
                Value::Text(table.sql.clone()),
            ],
        ));
        for (n, columns) in table.unique.iter().enumerate() {
            let root = index(&mut pages, &table.rows, columns);
            let id = schema.len() as i64 + 1;
            let name = format!("sqlite_autoindex_{}_{}", table.name, n + 1);
            schema.push((
                id,
                vec!["index".into(), Value::Text(name), table.name.into(), Value::Int(root as i64), Value::Null],
            ));
        }
    }
    let cells: Vec<Vec<u8>> = schema.iter().map(|(id, row)| leaf_cell(&mut pages, *id, row)).collect();
    pages[0] = page(0x0d, &cells, None, 100);
    header(&mut pages, application_id, user_version);
    pages.concat()
}

fn header(pages: &mut [Vec<u8>], application_id: u32, user_version: u32) {
    let count = pages.len() as u32;
    let h = &mut pages[0];
    h[..16].copy_from_slice(b"SQLite format 3\0");
    h[16..18].copy_from_slice(&(PAGE as u16).to_be_bytes());
    h[18..24].copy_from_slice(&[1, 1, 0, 64, 32, 32]);
    for (at, value) in [
        (24, 1),
        (28, count),
        (40, 1),
        (44, 4),
        (56, 1),
        (60, user_version),
        (68, application_id),
        (92, 1),
        (96, 3_046_000),
    ] {
        h[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
}

/// Most significant group first, seven bits a byte; a ninth byte has all eight.
fn varint(out: &mut Vec<u8>, value: u64) {
    if value >= 1 << 56 {
        out.extend((0..8).rev().map(|n| (value >> (8 + 7 * n)) as u8 | 128));
        out.push(value as u8);
        return;
    }
    let mut groups = vec![(value & 127) as u8];
    let mut rest = value >> 7;
    while rest > 0 {
        groups.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    out.extend(groups.into_iter().rev());
}

fn record(values: impl IntoIterator<Item = impl std::borrow::Borrow<Value>>) -> Vec<u8> {
    let (mut types, mut body) = (Vec::new(), Vec::new());
    for value in values {
        match value.borrow() {
            Value::Null => varint(&mut types, 0),
            Value::Int(n) => {
                varint(&mut types, 6);
                body.extend(n.to_be_bytes());
            }
            Value::Real(x) => {
                varint(&mut types, 7);
                body.extend(x.to_be_bytes());
            }
            Value::Text(t) => {
                varint(&mut types, 13 + 2 * t.len() as u64);
                body.extend(t.as_bytes());
            }
            Value::Blob(b) => {
                varint(&mut types, 12 + 2 * b.len() as u64);
                body.extend(b);
            }
        }
    }
    // The header's length counts its own varint: one byte up to 127, two beyond (rows here have few columns).
    let length = types.len() + if types.len() < 127 { 1 } else { 2 };
    let mut out = Vec::new();
    varint(&mut out, length as u64);
    out.extend(types);
    out.extend(body);
    out
}

/// A cell of a table's leaf; what does not fit on a page goes to overflow pages.
fn leaf_cell(pages: &mut Vec<Vec<u8>>, id: i64, row: &[Value]) -> Vec<u8> {
    let payload = record(row);
    let mut cell = Vec::new();
    varint(&mut cell, payload.len() as u64);
    varint(&mut cell, id as u64);
    let most = PAGE - 35;
    if payload.len() <= most {
        cell.extend(payload);
        return cell;
    }
    let least = (PAGE - 12) * 32 / 255 - 23;
    let kept = least + (payload.len() - least) % (PAGE - 4);
    let kept = if kept <= most { kept } else { least };
    cell.extend(&payload[..kept]);
    cell.extend((pages.len() as u32 + 1).to_be_bytes());
    let mut parts = payload[kept..].chunks(PAGE - 4).peekable();
    while let Some(part) = parts.next() {
        let next = if parts.peek().is_some() { pages.len() as u32 + 2 } else { 0 };
        let mut page = next.to_be_bytes().to_vec();
        page.extend(part);
        page.resize(PAGE, 0);
        pages.push(page);
    }
    cell
}

/// A page of a tree: cells from the end backwards, their places in order at the front.
fn page(kind: u8, cells: &[Vec<u8>], right: Option<u32>, start: usize) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let mut content = PAGE;
    let head = start + if right.is_some() { 12 } else { 8 };
    for (n, cell) in cells.iter().enumerate() {
        content -= cell.len();
        page[content..content + cell.len()].copy_from_slice(cell);
        page[head + 2 * n..head + 2 * n + 2].copy_from_slice(&(content as u16).to_be_bytes());
    }
    page[start] = kind;
    page[start + 3..start + 5].copy_from_slice(&(cells.len() as u16).to_be_bytes());
    page[start + 5..start + 7].copy_from_slice(&(content as u16).to_be_bytes());
    if let Some(right) = right {
        page[start + 8..start + 12].copy_from_slice(&right.to_be_bytes());
    }
    page
}

/// Writes the leaves of a table and the levels above them; gives the number of its root page.
fn tree(pages: &mut Vec<Vec<u8>>, rows: &[(i64, Vec<Value>)]) -> u32 {
    // Page number and greatest id of each page of the level.
    let mut level: Vec<(u32, i64)> = Vec::new();
    let mut cells: Vec<Vec<u8>> = Vec::new();
    let (mut used, mut last) = (8, 0);
    for (id, row) in rows {
        let cell = leaf_cell(pages, *id, row);
        if used + cell.len() + 2 > PAGE {
            pages.push(page(0x0d, &cells, None, 0));
            level.push((pages.len() as u32, last));
            cells.clear();
            used = 8;
        }
        used += cell.len() + 2;
        cells.push(cell);
        last = *id;
    }
    pages.push(page(0x0d, &cells, None, 0));
    level.push((pages.len() as u32, last));
    while level.len() > 1 {
        let mut above = Vec::new();
        for part in level.chunks(300) {
            let (right, rest) = part.split_last().unwrap_or((&(0, 0), &[]));
            let cells: Vec<Vec<u8>> = rest
                .iter()
                .map(|(child, greatest)| {
                    let mut cell = child.to_be_bytes().to_vec();
                    varint(&mut cell, *greatest as u64);
                    cell
                })
                .collect();
            pages.push(page(0x05, &cells, Some(right.0), 0));
            above.push((pages.len() as u32, right.1));
        }
        level = above;
    }
    level[0].0
}

/// An index of one page over some columns of a small table.
fn index(pages: &mut Vec<Vec<u8>>, rows: &[(i64, Vec<Value>)], columns: &[usize]) -> u32 {
    let text = |row: &[Value]| -> Vec<String> {
        columns.iter().map(|c| if let Value::Text(t) = &row[*c] { t.clone() } else { String::new() }).collect()
    };
    let mut keys: Vec<(Vec<String>, i64)> = rows.iter().map(|(id, row)| (text(row), *id)).collect();
    keys.sort();
    let cells: Vec<Vec<u8>> = keys
        .into_iter()
        .map(|(key, id)| {
            let payload = record(key.into_iter().map(Value::Text).chain([Value::Int(id)]));
            let mut cell = Vec::new();
            varint(&mut cell, payload.len() as u64);
            cell.extend(payload);
            cell
        })
        .collect();
    pages.push(page(0x0a, &cells, None, 0));
    pages.len() as u32
}
