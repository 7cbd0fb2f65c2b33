//! Where marked verbs take place: `scenes < ROWS.jsonl > PLACES.jsonl`. Rows have `id`, `text` and `verb` ([[from, to]], code points);
//! the answer has `place`, the spans at which the claim room puts the verb's event, and `names`, all names of places found; see `tools/eval/where.py`.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::BufRead;

use marchland_article::{Article, Block, BlockKind, CodePoints, Head, Span};
use marchland_claim::scene_of;
use marchland_coder::Coder;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let coder = Coder::embedded();
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
        let head = Head::named(row["id"].as_str().unwrap_or_default());
        let article = Article::new(head, text.to_owned(), Vec::new(), blocks, Vec::new());
        let points = CodePoints::new(&article.text);
        let at = usize::try_from(row["verb"][0][0].as_u64().unwrap_or(0))?;
        let byte = text.char_indices().nth(at).map_or(text.len(), |c| c.0);
        let reading = coder.read(&article);
        let places = coder.places(&article);
        let trigger = reading.token_at(u32::try_from(byte)?);
        let spans = |n: usize| {
            let (a, b) = points.span(places[n].span);
            json!([a, b])
        };
        let scene: Vec<Value> = scene_of(&reading, &places, trigger).into_iter().map(spans).collect();
        let names: Vec<Value> = (0..places.len()).map(spans).collect();
        println!("{}", json!({"id": row["id"], "place": scene, "names": names}));
    }
    Ok(())
}
