//! The door: bytes of any kind to articles, told apart by what they hold, not by their name.

use std::io::BufRead;

use jiff::civil::Date;
use serde_json::Value;

use crate::error::{Problem, ReadError};
use crate::{Article, Head, Note, Published, charset, html, json, plain};

/// The most bytes of one document, or of one line of JSON Lines.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// How many bytes are looked at to tell what an input is.
const LOOK: usize = 64 << 10;

/// What the caller knows beside the bytes.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The publication day, for documents that do not have their own from whoever gave them.
    /// It goes before what a page says of itself.
    pub published: Option<Date>,
}

/// Reads all documents in these bytes. See [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
    read(name, bytes, options).collect()
}

/// Reads documents one by one: JSON Lines (one object a line: `text` or `html`, and `id`, `title`, `url`, `outlet`,
/// `published` where known), one JSON object or list, HTML, or plain text.
///
/// JSON Lines hold one line in memory at a time, so a file may be larger than memory. A bad line gives an error
/// that names it; the lines after it are read.
pub fn read<R: BufRead>(name: &str, mut source: R, options: &ReadOptions) -> Articles<R> {
    let mut first = Vec::new();
    let mut broken = None;
    while first.len() < LOOK {
        match source.fill_buf() {
            Ok([]) => break,
            Ok(buffer) => {
                let take = buffer.len().min(LOOK - first.len());
                first.extend_from_slice(&buffer[..take]);
                source.consume(take);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                broken = Some(error);
                break;
            }
        }
    }
    let state = match broken {
        Some(error) => State::Broken(error),
        None if looks_like_json_lines(&first) => State::Lines,
        None => State::Whole,
    };
    Articles {
        name: name.to_owned(),
        options: options.clone(),
        first,
        used: 0,
        source,
        line: 0,
        state,
        ready: Vec::new(),
    }
}

/// The articles of one input, in order. See [`read`].
#[derive(Debug)]
pub struct Articles<R> {
    name: String,
    options: ReadOptions,
    /// The bytes that were looked at, and how many of them are used up.
    first: Vec<u8>,
    used: usize,
    source: R,
    line: u64,
    state: State,
    /// Articles of a JSON list, last first.
    ready: Vec<Result<Article, ReadError>>,
}

#[derive(Debug)]
enum State {
    Lines,
    Whole,
    Broken(std::io::Error),
    Done,
}

impl<R: BufRead> Iterator for Articles<R> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(ready) = self.ready.pop() {
            return Some(ready);
        }
        match std::mem::replace(&mut self.state, State::Done) {
            State::Done => None,
            State::Broken(error) => Some(Err(Problem::Io(error).at(&self.name, None))),
            State::Whole => {
                self.read_whole();
                self.ready.pop()
            }
            State::Lines => {
                self.state = State::Lines;
                self.next_line()
            }
        }
    }
}

impl<R: BufRead> Articles<R> {
    fn next_line(&mut self) -> Option<Result<Article, ReadError>> {
        loop {
            let mut line = Vec::new();
            let whole = match self.fill_line(&mut line) {
                Ok(None) => {
                    self.state = State::Done;
                    return None;
                }
                Ok(Some(whole)) => whole,
                Err(error) => {
                    self.state = State::Done;
                    return Some(Err(Problem::Io(error).at(&self.name, Some(self.line + 1))));
                }
            };
            self.line += 1;
            let at = Some(self.line);
            if !whole {
                return Some(Err(Problem::TooLarge { limit: MAX_DOCUMENT >> 20, what: "line" }.at(&self.name, at)));
            }
            let line = if self.line == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line) } else { &line };
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            let spare = format!("{}:{}", self.name, self.line);
            return Some(json::article(line, &spare, &self.options).map_err(|problem| problem.at(&self.name, at)));
        }
    }

    /// The next line without its end: `None` at the end of the input, `Some(false)` when it was longer than
    /// one may be (it is skipped, and not held in memory).
    fn fill_line(&mut self, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
        let mut any = false;
        let mut whole = true;
        loop {
            let from_first = self.used < self.first.len();
            let buffer = if from_first {
                &self.first[self.used..]
            } else {
                match self.source.fill_buf() {
                    Ok(buffer) => buffer,
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                    Err(error) => return Err(error),
                }
            };
            if buffer.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let end = memchr::memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            if whole && line.len() + part.len() <= MAX_DOCUMENT {
                line.extend_from_slice(part);
            } else {
                whole = false;
                *line = Vec::new();
            }
            let take = end.map_or(buffer.len(), |end| end + 1);
            if from_first {
                self.used += take;
                if self.used == self.first.len() {
                    (self.first, self.used) = (Vec::new(), 0);
                }
            } else {
                self.source.consume(take);
            }
            if end.is_some() {
                return Ok(Some(whole));
            }
        }
    }

    fn read_whole(&mut self) {
        let mut bytes = std::mem::take(&mut self.first);
        loop {
            match self.source.fill_buf() {
                Ok([]) => break,
                Ok(buffer) => {
                    let take = buffer.len();
                    bytes.extend_from_slice(buffer);
                    self.source.consume(take);
                    if bytes.len() > MAX_DOCUMENT {
                        self.ready.push(Err(
                            Problem::TooLarge { limit: MAX_DOCUMENT >> 20, what: "document" }.at(&self.name, None)
                        ));
                        return;
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ready.push(Err(Problem::Io(error).at(&self.name, None)));
                    return;
                }
            }
        }
        self.ready = whole(&self.name, &bytes, &self.options);
        self.ready.reverse();
    }
}

/// True when the first lines are JSON objects, each complete on its line; a broken one among them does not matter.
fn looks_like_json_lines(first: &[u8]) -> bool {
    let first = first.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(first);
    let cut_off = first.len() >= LOOK - 3;
    let mut lines =
        first.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).take(10).peekable();
    let (mut objects, mut others) = (0, 0);
    while let Some(line) = lines.next() {
        let opens =
            line.strip_prefix(b"{").is_some_and(|rest| matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')));
        let last = lines.peek().is_none();
        // The last line may be cut off by the look; a line that only opens may be a pretty-printed object.
        let closes = line.ends_with(b"}") || (last && cut_off);
        if opens && closes { objects += 1 } else { others += 1 }
    }
    objects > 0 && objects >= others
}

/// One document that is no JSON Lines file.
fn whole(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
    let one = |result: Result<Article, Problem>| vec![result.map_err(|problem| problem.at(name, None))];
    if bytes.trim_ascii().is_empty() {
        return one(Err(Problem::Empty));
    }
    if let Err(problem) = charset::refuse_binary(bytes) {
        return one(Err(problem));
    }
    let label = charset::label_in_html(bytes);
    let (text, note) = charset::decode(bytes, label.as_deref().filter(|_| looks_like_html(bytes)));
    let notes: Vec<Note> = note.into_iter().collect();
    let bare = text.trim_start();
    if bare.starts_with(['{', '['])
        && let Some(articles) = json_document(name, bare, options)
    {
        return articles;
    }
    if !text.contains(|c| !crate::lines::is_blank(c)) {
        return one(Err(Problem::Empty));
    }
    let published = options.published.map_or(Published::Unknown, |day| Published::Given { day });
    let head = Head { published, ..Head::named(if name.is_empty() { "article" } else { name }) };
    if looks_like_html(bare.as_bytes()) {
        one(html_article(head, &text, notes))
    } else {
        one(Ok(plain::article(head, text, notes)))
    }
}

/// A JSON list of objects, or one object over several lines; `None` when it is no JSON at all.
fn json_document(name: &str, text: &str, options: &ReadOptions) -> Option<Vec<Result<Article, ReadError>>> {
    let begins_json = text.starts_with('{') && text[1..].trim_start().starts_with(['"', '}'])
        || text.starts_with('[') && text[1..].trim_start().starts_with(['{', ']']);
    if !begins_json {
        return None;
    }
    let items = match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items,
        Ok(object) => vec![object],
        Err(error) => {
            let problem = Problem::Json { message: error.to_string(), begins: text.chars().take(40).collect() };
            return Some(vec![Err(problem.at(name, Some(error.line() as u64)))]);
        }
    };
    let several = items.len() > 1;
    let read = |(n, item)| match item {
        Value::Object(object) => {
            let spare = if several { format!("{name}:{}", n + 1) } else { name.to_owned() };
            json::from_object(object, &spare, options, Vec::new()).map_err(|problem| problem.at(name, None))
        }
        _ => Err(Problem::NoText { found: "no object".into() }.at(name, None)),
    };
    Some(items.into_iter().enumerate().map(read).collect())
}

/// True when the text begins like a page: a doctype, or a tag that pages begin with.
fn looks_like_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(LOOK)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if !head.starts_with(b"<") {
        // A page may begin with stray words; then its skeleton still shows.
        let small = head.to_ascii_lowercase();
        return memchr::memmem::find(&small, b"<html").is_some() && memchr::memmem::find(&small, b"<body").is_some();
    }
    let rest = head[1..].to_ascii_lowercase();
    const TAGS: [&[u8]; 21] = [
        b"!doctype",
        b"!--",
        b"html",
        b"head",
        b"body",
        b"meta",
        b"title",
        b"script",
        b"article",
        b"div",
        b"p",
        b"section",
        b"main",
        b"h1",
        b"h2",
        b"?xml",
        b"table",
        b"span",
        b"header",
        b"link",
        b"ul",
    ];
    TAGS.iter().any(|tag| {
        rest.strip_prefix(*tag)
            .is_some_and(|after| tag.len() == 3 || after.first().is_none_or(|b| !b.is_ascii_alphanumeric()))
    })
}

/// A page: refused only when no word is in it.
pub(crate) fn html_article(head: Head, page: &str, notes: Vec<Note>) -> Result<Article, Problem> {
    let article = html::article(head, page, notes);
    if article.text.contains(char::is_alphanumeric) { Ok(article) } else { Err(Problem::Empty) }
}
