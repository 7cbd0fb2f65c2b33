//! For the trainer: reads articles as JSON Lines, writes for each the windows that the reader would see, with their
//! mentions, and the claims of the rules. Offsets are code points.
//!
//! `rows [--all] < docs.jsonl > rows.jsonl`; with `--all` also the sentences that the cheap look leaves out.

use std::error::Error;
use std::io::Write;

use marchland_article::{Article, CodePoints, ReadOptions, Span};
use marchland_claim::{Facts, Known, Mentions, to_row_with};
use marchland_coder::{Coded, Coder};
use marchland_reader::{Gate, PartySource, PlaceSource, Vocabulary, Window, frame};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let coder = Coder::embedded();
    let vocabulary = Vocabulary::embedded();
    let gate = Gate::embedded();
    let gate = (!std::env::args().any(|a| a == "--all")).then_some(&gate);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for article in marchland_article::read("standard input", std::io::stdin().lock(), &ReadOptions::default()) {
        let article = article?;
        let coded = coder.code_fully(&article);
        let row = row(&coder, &vocabulary, gate, &article, &coded);
        serde_json::to_writer(&mut out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn row(coder: &Coder, vocabulary: &Vocabulary, gate: Option<&Gate>, article: &Article, coded: &Coded) -> Value {
    let mentions = Mentions { places: &coded.places, times: &coded.times, actors: &coded.actors };
    let facts = Known { gazetteer: coder.gazetteer(), registry: coder.registry() };
    let points = CodePoints::new(&article.text);
    let windows = frame(article, &coded.reading, &mentions, &coded.claims, &facts, vocabulary, gate, &|n| {
        coder.triggered(coded.reading.sentences[n].span.of(&article.text))
    });
    let sentences: Vec<Value> = coded
        .reading
        .sentences
        .iter()
        .map(|s| json!([points.span(s.span), coder.triggered(s.span.of(&article.text))]))
        .collect();
    let claims: Vec<Value> = coded.claims.iter().map(|c| to_row_with(c, article, &points)).collect();
    json!({
        "id": article.id,
        "published": article.published.day(),
        "sentences": sentences,
        "windows": windows.iter().map(|w| window(w, article, coded, &facts, &points)).collect::<Vec<_>>(),
        "claims": claims,
    })
}

fn window(w: &Window, article: &Article, coded: &Coded, facts: &Known, points: &CodePoints) -> Value {
    let at = |span: Span| points.span(span);
    let places: Vec<Value> = w
        .places
        .iter()
        .map(|p| {
            let mut v = json!({
                "first": p.first, "last": p.last, "sentence": p.sentence, "span": at(p.span), "text": p.span.of(&article.text),
                "name": null, "country": null, "id": null, "score": null, "precision": null, "kind": null, "mention": null,
            });
            if let PlaceSource::Mention(m) = p.source {
                let mention = &coded.places[m];
                let found = mention.place.and_then(|c| facts.place(c.id));
                v["mention"] = json!(m);
                v["id"] = json!(mention.place.map(|c| c.id));
                v["score"] = json!(mention.place.map(|c| c.score));
                v["kind"] = json!(mention.kind);
                v["precision"] = json!(mention.precision);
                v["name"] = json!(found.as_ref().map(|f| f.name.as_str()));
                v["country"] = json!(found.as_ref().and_then(|f| f.country.as_deref()));
            }
            v
        })
        .collect();
    let parties: Vec<Value> = w
        .parties
        .iter()
        .map(|p| {
            json!({
                "first": p.first, "last": p.last, "sentence": p.sentence, "kind": p.kind, "force": p.force,
                "id": p.actor, "name": p.actor.as_ref().and_then(|a| facts.actor_name(a)),
                "span": at(p.span), "text": p.span.of(&article.text),
                "country": matches!(p.source, PartySource::Country(_)),
            })
        })
        .collect();
    let times: Vec<Value> = w
        .times
        .iter()
        .map(|t| {
            let time = &coded.times[t.mention];
            let days = time.meant();
            json!({"first": t.first, "last": t.last, "text": time.span.of(&article.text), "from": days.and_then(|d| d.from), "to": days.and_then(|d| d.to)})
        })
        .collect();
    json!({
        "pieces": w.pieces.iter().map(|p| p.id).collect::<Vec<_>>(),
        "spans": w.pieces.iter().map(|p| at(p.span)).collect::<Vec<_>>(),
        "types": w.types, "words": w.words,
        "context": w.context.iter().map(|c| u8::from(*c)).collect::<Vec<_>>(),
        "places": places, "parties": parties, "times": times,
        "rules": w.marks.iter().map(|m| json!({
            "place": m.place, "kind": m.kind, "stance": m.stance, "confidence": m.confidence,
            "holder": m.holder, "other": m.other, "trigger": m.trigger,
        })).collect::<Vec<_>>(),
    })
}
