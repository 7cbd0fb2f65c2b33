//! What a page says of itself: JSON-LD, meta tags, time elements.

use dom_query::Document;
use jiff::civil::Date;
use serde_json::Value;

use crate::day::read_day;

/// What was found; each field from the most telling source that has it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// The day, and where it stood.
    pub published: Option<(Date, &'static str)>,
}

/// Reads the tree's head and its marked times.
pub(super) fn read(document: &Document) -> Meta {
    let mut meta = Meta::default();
    json_ld(document, &mut meta);
    let tags = tags(document);
    let tag = |wanted: &str| tags.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.clone());
    for (name, from) in DAY_TAGS {
        if meta.published.is_none() {
            meta.published = tag(name).and_then(|stamp| read_day(&stamp)).map(|day| (day, from));
        }
    }
    meta.title = meta
        .title
        .or_else(|| tag("og:title"))
        .or_else(|| tag("twitter:title"))
        .or_else(|| first_heading(document))
        .or_else(|| page_title(document));
    meta.outlet =
        meta.outlet.or_else(|| tag("og:site_name")).or_else(|| tag("application-name")).or_else(|| tag("dc.publisher"));
    meta.url = meta.url.or_else(|| {
        let link = document.select_single("link[rel=canonical]").attr("href").map(|href| href.to_string());
        link.filter(|href| href.starts_with("http")).or_else(|| tag("og:url"))
    });
    if meta.published.is_none() {
        meta.published = time_element(document);
    }
    meta
}

/// Meta tags that name the day, most telling first, with the words for `Published::Read::from`.
const DAY_TAGS: [(&str, &str); 16] = [
    ("article:published_time", "meta article:published_time"),
    ("og:article:published_time", "meta og:article:published_time"),
    ("datepublished", "meta datePublished"),
    ("date_published", "meta date_published"),
    ("publishdate", "meta publishdate"),
    ("publish-date", "meta publish-date"),
    ("publication_date", "meta publication_date"),
    ("pubdate", "meta pubdate"),
    ("parsely-pub-date", "meta parsely-pub-date"),
    ("sailthru.date", "meta sailthru.date"),
    ("dc.date.issued", "meta dc.date.issued"),
    ("dcterms.created", "meta dcterms.created"),
    ("dc.date", "meta dc.date"),
    ("cxenseparse:recs:publishtime", "meta cXenseParse:recs:publishtime"),
    ("article.published", "meta article.published"),
    ("date", "meta date"),
];

/// The page's meta tags: names (`name`, `property` or `itemprop`, in small letters) and contents, in order.
fn tags(document: &Document) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    // No page needs more; a hostile one has them.
    for node in document.select("meta[content]").nodes().iter().take(1_000) {
        let Some(content) = node.attr("content").and_then(|content| tidy(&content)) else { continue };
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = node.attr(key) {
                tags.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
    }
    tags
}

fn tidy(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn first_heading(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let mut found = headings.nodes().iter().filter_map(|node| tidy(&node.text()));
    let first = found.next()?;
    // Two first headings: one of them is the site's name; the page title must decide.
    (found.next().is_none() && first.len() <= 300).then_some(first)
}

fn page_title(document: &Document) -> Option<String> {
    tidy(&document.select_single("title").text())
}

fn json_ld(document: &Document, meta: &mut Meta) {
    for node in document.select("script[type=\"application/ld+json\"]").nodes() {
        let text = node.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';').trim();
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        // At most two levels of lists and graphs, so a hostile page cannot make this deep.
        let mut items = Vec::new();
        for item in listed(value) {
            match item {
                Value::Object(mut object) => {
                    if let Some(graph) = object.remove("@graph") {
                        items.extend(listed(graph));
                    }
                    items.push(Value::Object(object));
                }
                other => items.extend(listed(other)),
            }
        }
        for item in items.iter().filter(|item| is_article(item)) {
            let words = |key: &str| item.get(key).and_then(Value::as_str).and_then(tidy);
            if meta.title.is_none() {
                meta.title = words("headline").or_else(|| words("name")).map(unescaped);
            }
            if meta.published.is_none() {
                meta.published = words("datePublished")
                    .or_else(|| words("dateCreated"))
                    .and_then(|stamp| read_day(&stamp))
                    .map(|day| (day, "json-ld"));
            }
            if meta.outlet.is_none() {
                let publisher = item.get("publisher").map(|publisher| publisher.get(0).unwrap_or(publisher));
                meta.outlet = publisher
                    .and_then(|publisher| publisher.get("name").unwrap_or(publisher).as_str())
                    .and_then(tidy)
                    .filter(|name| !name.starts_with("http"))
                    .map(unescaped);
            }
            if meta.url.is_none() {
                meta.url = words("url").filter(|url| url.starts_with("http"));
            }
        }
    }
}

fn listed(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        other => vec![other],
    }
}

/// NewsArticle, ReportageNewsArticle, BlogPosting, Article, LiveBlogPosting ...
fn is_article(item: &Value) -> bool {
    let article = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report"))
    };
    match item.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(article),
        Some(kind) => article(kind),
        None => false,
    }
}

/// Titles inside scripts often hold character references.
fn unescaped(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    text.replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&#039;", "'")
        .replace("&quot;", "\"")
        .replace("&lsquo;", "‘")
        .replace("&rsquo;", "’")
        .replace("&nbsp;", " ")
}

/// A `<time>` that is marked as the publication, or the page's only one.
fn time_element(document: &Document) -> Option<(Date, &'static str)> {
    let times = document.select("time");
    let day = |node: &dom_query::NodeRef| {
        node.attr("datetime").and_then(|stamp| read_day(&stamp)).or_else(|| read_day(&node.text()))
    };
    let marked = times.nodes().iter().find(|node| {
        node.has_attr("pubdate") || node.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("datePublished"))
    });
    if let Some(day) = marked.and_then(day) {
        return Some((day, "time element"));
    }
    // Lists of other stories have times too: only when all of the page's times agree is it the story's own.
    let mut days = times.nodes().iter().filter_map(day);
    let first = days.next()?;
    days.all(|other| other == first).then_some((first, "time element"))
}
