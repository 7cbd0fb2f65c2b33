//! `clean`, `parse`, `times` and `places`: what each room makes of a text, without a ledger.

use std::io::Write;

use anyhow::{Context as _, Result};
use marchland_article::{Article, BlockKind, CodePoints};
use marchland_place::{Gazetteer, Toponym, ToponymKind};
use marchland_reading::Reading;
use marchland_reading::numeric::Kernels;
use marchland_time::TimeExpression;
use serde_json::{Value, json};

use crate::input::Report;
use crate::output::{Table, json_line, note, paint, safe, stdout, style, wants_json};
use crate::{App, args};

/// `marchland clean`
pub fn clean(app: &App, args: &args::Text) -> Result<Report> {
    run(app, args, |_| (), |article, ()| clean_json(article), |out, article, ()| clean_human(out, article))
}

/// `marchland times`
pub fn times(app: &App, args: &args::Text) -> Result<Report> {
    let coder = app.coder()?;
    run(
        app,
        args,
        |article| coder.times(article),
        |article, times| json!({"id": article.id, "timex": times_json(article, times)}),
        |out, article, times| times_human(out, article, times),
    )
}

/// `marchland places`
pub fn places(app: &App, args: &args::Places) -> Result<Report> {
    let mut coder = app.coder()?;
    coder.options.demonyms = args.demonyms;
    let gazetteer = coder.gazetteer();
    run(
        app,
        &args.text,
        |article| coder.places(article),
        |article, places| {
            // "The city" and "there" point to a place and are no name of one: a list of their own.
            let of = |references: bool| {
                let chosen =
                    places.iter().filter(|t| (t.kind == marchland_place::ToponymKind::Reference) == references);
                places_json(article, chosen, gazetteer)
            };
            json!({"id": article.id, "toponyms": of(false), "references": of(true)})
        },
        |out, article, places| places_human(out, article, places, gazetteer),
    )
}

/// `marchland parse`
pub fn parse(app: &App, args: &args::Parse) -> Result<Report> {
    let coder = app.coder()?;
    let precision = match args.precision {
        args::Precision::Exact => marchland_reading::Precision::Exact,
        args::Precision::Fast => marchland_reading::Precision::Fast,
    };
    let kernels = kernels(args.kernels)?;
    let options = marchland_reading::ReadOptions { precision, whole: args.whole, kernels, ..Default::default() };
    if !app.cli.quiet && !wants_json(args.text.json) {
        note(format_args!("Arithmetic: {}, kernels {}.", precision_words(args.precision), kernels.name()));
    }
    run(
        app,
        &args.text,
        |article| coder.model().read(article, &options),
        |article, reading| reading_json(article, reading),
        |out, article, reading| reading_human(out, article, reading),
    )
}

/// The kernels of that name.
fn kernels(which: args::Kernels) -> Result<Kernels> {
    let name = match which {
        args::Kernels::Best => return Ok(Kernels::best()),
        args::Kernels::Plain => "plain",
        args::Kernels::Avx2 => "avx2",
        args::Kernels::Avx512 => "avx512",
    };
    Kernels::named(name).with_context(|| {
        let have: Vec<&str> = Kernels::all().map(Kernels::name).collect();
        format!("this machine cannot run the kernels {name}; it can run {}", have.join(", "))
    })
}

fn precision_words(precision: args::Precision) -> &'static str {
    match precision {
        args::Precision::Exact => "exact (32-bit floats)",
        args::Precision::Fast => "fast (16-bit integers)",
    }
}

/// Takes every article through `work` and writes it, as JSON Lines or for people.
pub fn run<T: Send>(
    app: &App,
    args: &args::Text,
    work: impl Fn(&Article) -> T + Sync,
    json: impl Fn(&Article, &T) -> Value,
    human: impl Fn(&mut dyn Write, &Article, &T) -> std::io::Result<()>,
) -> Result<Report> {
    let as_json = wants_json(args.json);
    let mut out = stdout();
    let mut first = true;
    let report = app.inputs(&args.files, args.published).each(work, |batch| {
        for (article, result) in &batch {
            if as_json {
                json_line(&mut out, &json(article, result))?;
            } else {
                if !std::mem::take(&mut first) {
                    writeln!(out)?;
                }
                heading(&mut out, article)?;
                human(&mut out, article, result)?;
            }
        }
        out.flush()?;
        Ok(())
    })?;
    Ok(report)
}

/// The line above each article, for people.
pub fn heading(out: &mut dyn Write, article: &Article) -> std::io::Result<()> {
    let title = article.title.as_deref().unwrap_or("");
    let day = article.published.day().map_or_else(|| "day unknown".to_owned(), |d| d.to_string());
    let outlet = article.outlet.as_deref().unwrap_or("");
    let parts: Vec<String> = [title, outlet, &day].iter().filter(|p| !p.is_empty()).map(|p| safe(p)).collect();
    writeln!(out, "{}  {}", paint(style::STRONG, safe(&article.id)), paint(style::FAINT, parts.join(" · ")))
}

fn clean_json(article: &Article) -> Value {
    json!({
        "id": article.id, "title": article.title, "url": article.url, "outlet": article.outlet,
        "published": article.published.day(), "text": article.clean_text(), "cut": article.cut_quotes(),
    })
}

fn clean_human(out: &mut dyn Write, article: &Article) -> std::io::Result<()> {
    enum Piece<'a> {
        Block(&'a marchland_article::Block),
        Cut(&'a marchland_article::Cut),
    }
    let mut pieces: Vec<(u32, Piece<'_>)> = article.blocks.iter().map(|b| (b.span.start, Piece::Block(b))).collect();
    pieces.extend(article.cuts.iter().map(|c| (c.span.start, Piece::Cut(c))));
    pieces.sort_by_key(|(start, _)| *start);
    for (_, piece) in pieces {
        match piece {
            Piece::Block(block) => {
                let text = safe(block.span.of(&article.text));
                match block.kind {
                    BlockKind::Title | BlockKind::Heading => writeln!(out, "\n{}", paint(style::STRONG, text))?,
                    BlockKind::Dateline => writeln!(out, "{}", paint(style::FAINT, text))?,
                    BlockKind::Paragraph => writeln!(out, "{text}")?,
                    BlockKind::Item => writeln!(out, "- {text}")?,
                }
            }
            Piece::Cut(cut) => {
                let text = safe(cut.span.of(&article.text).trim());
                writeln!(out, "{}", paint(style::FAINT, format!("[{}] {text}", cut.reason.words())))?;
            }
        }
    }
    Ok(())
}

/// TIMEX3 rows with code point offsets.
pub fn times_json(article: &Article, times: &[TimeExpression]) -> Value {
    let points = CodePoints::new(&article.text);
    times
        .iter()
        .map(|t| {
            let (start, end) = points.span(t.span);
            json!({
                "start": start, "end": end, "text": t.span.of(&article.text), "type": t.kind, "value": t.value,
                "from": t.days.and_then(|d| d.from), "to": t.days.and_then(|d| d.to), "precision": t.precision,
            })
        })
        .collect()
}

fn times_human(out: &mut dyn Write, article: &Article, times: &[TimeExpression]) -> std::io::Result<()> {
    if article.published.day().is_none() {
        writeln!(out, "{}", paint(style::WARN, no_day()))?;
    }
    let mut table = Table::new(&["words", "type", "value", "days"]);
    for t in times {
        let days = match t.days {
            Some(d) => match (d.from, d.to) {
                (Some(a), Some(b)) if a == b => a.to_string(),
                (a, b) => format!("{} to {}", day_or(a, "open"), day_or(b, "open")),
            },
            None => paint(style::FAINT, "not known"),
        };
        let kind = format!("{:?}", t.kind).to_lowercase();
        table.row(vec![paint(style::NAME, safe(t.span.of(&article.text))), kind, t.value.clone(), days]);
    }
    write!(out, "{}", table.render())
}

fn day_or(day: Option<jiff::civil::Date>, other: &str) -> String {
    day.map_or_else(|| other.to_owned(), |d| d.to_string())
}

/// What to say where the publication day is not known.
pub fn no_day() -> &'static str {
    "publication day unknown: weekdays and \"today\" stay unresolved; give it with --published 2021-08-09"
}

/// Toponym rows with code point offsets.
fn places_json<'t>(article: &Article, places: impl Iterator<Item = &'t Toponym>, gazetteer: &Gazetteer) -> Value {
    let points = CodePoints::new(&article.text);
    places
        .map(|t| {
            let (start, end) = points.span(t.span);
            let place = t.place.and_then(|c| gazetteer.place(c.id));
            let alternatives: Vec<Value> = t
                .alternatives
                .iter()
                .map(|c| {
                    let p = gazetteer.place(c.id);
                    json!({"id": c.id, "score": round(c.score), "name": p.as_ref().map(|p| p.name.to_string()),
                        "country": p.as_ref().and_then(|p| p.country), "lat": p.as_ref().map(|p| p.lat), "lon": p.as_ref().map(|p| p.lon)})
                })
                .collect();
            json!({
                "start": start, "end": end, "text": t.span.of(&article.text), "kind": t.kind, "precision": t.precision,
                "id": t.place.map(|c| c.id), "score": t.place.map(|c| round(c.score)),
                "name": place.as_ref().map(|p| p.name.to_string()), "country": place.as_ref().and_then(|p| p.country),
                "admin1": place.as_ref().and_then(|p| p.admin1_name),
                "lat": place.as_ref().map(|p| p.lat), "lon": place.as_ref().map(|p| p.lon),
                "feature": place.as_ref().map(|p| p.feature.to_string()),
                "part": t.part.as_ref().map(|p| p.name.clone()), "alternatives": alternatives,
            })
        })
        .collect()
}

fn round(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

fn places_human(
    out: &mut dyn Write,
    article: &Article,
    places: &[Toponym],
    gazetteer: &Gazetteer,
) -> std::io::Result<()> {
    let mut table = Table::new(&["words", "place", "country", "position", "sure#", "how"]);
    for t in places {
        let place = t.place.and_then(|c| gazetteer.place(c.id));
        let how = match t.kind {
            ToponymKind::Name => String::new(),
            ToponymKind::Fuzzy => "spelled otherwise".to_owned(),
            ToponymKind::Reference => "refers back".to_owned(),
        };
        let how = t.part.as_ref().map_or(how.clone(), |p| format!("{how} part: {}", p.name).trim().to_owned());
        let words = paint(style::NAME, safe(t.span.of(&article.text)));
        table.row(match place {
            Some(p) => vec![
                words,
                p.name.to_string(),
                p.country.unwrap_or("").to_owned(),
                format!("{:.3}, {:.3}", p.lat, p.lon),
                t.place.map_or_else(String::new, |c| format!("{:.0} %", c.score * 100.0)),
                how,
            ],
            None => vec![words, paint(style::FAINT, "not known"), String::new(), String::new(), String::new(), how],
        });
    }
    write!(out, "{}", table.render())
}

fn reading_json(article: &Article, reading: &Reading) -> Value {
    let points = CodePoints::new(&article.text);
    let tokens: Vec<Value> = reading
        .tokens
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let (start, end) = points.span(t.span);
            json!({"start": start, "end": end, "tag": t.tag.as_str(), "pos": t.pos.as_str(), "lemma": reading.lemma(i),
                "head": t.head, "dep": t.dep.as_str()})
        })
        .collect();
    let ents: Vec<Value> = reading
        .names
        .iter()
        .map(|n| {
            let (start, end) = points.span(n.span);
            json!({"start": start, "end": end, "label": n.label.as_str()})
        })
        .collect();
    let sents: Vec<Value> = reading
        .sentences
        .iter()
        .map(|s| {
            let (start, end) = points.span(s.span);
            json!({"start": start, "end": end})
        })
        .collect();
    json!({"id": article.id, "tokens": tokens, "ents": ents, "sents": sents})
}

fn reading_human(out: &mut dyn Write, article: &Article, reading: &Reading) -> std::io::Result<()> {
    for sentence in 0..reading.sentences.len() {
        writeln!(out, "{}", crate::arcs::draw(article, reading, sentence))?;
    }
    for name in &reading.names {
        let label = paint(style::FAINT, name.label.as_str());
        writeln!(out, "{}  {label}", paint(style::NAME, safe(name.span.of(&article.text))))?;
    }
    Ok(())
}
