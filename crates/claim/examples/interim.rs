//! Interim driver over dumped parses.
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use jiff::civil::Date;
use marchland_actor::{ActorId, ActorMention, ActorRef, MentionKind};
use marchland_article::{Article, Block, BlockKind, Published, Span};
use marchland_claim::{Facts, Mentions, PlaceFacts, Resources, Rules, code, to_row};
use marchland_place::{Candidate, PlaceId, Precision, Toponym, ToponymKind};
use marchland_reading::{Dep, Depth, Pos, Reading, Sentence, Tag, Token};
use serde_json::{Value, json};

struct F(Vec<String>);
impl Facts for F {
    fn place(&self, id: PlaceId) -> Option<PlaceFacts> {
        let n = self.0[id.geonames()? as usize].clone();
        let c = match n.as_str() { "Russia" => "RU", "Turkey" => "TR", "US" | "the United States" => "US", "Ukraine" => "UA", "Israel" => "IL", "Iran" => "IR", "Syria" => "SY", _ => "" };
        Some(PlaceFacts { country: (!c.is_empty()).then(|| c.to_owned()), name: n, ..Default::default() })
    }
    fn actor_name(&self, id: &ActorId) -> Option<String> {
        Some(id.as_str().replace('-', " "))
    }
    fn government(&self, c: &str) -> Option<ActorId> {
        Some(ActorId::from(match c { "RU" => "russia", "TR" => "turkey", "UA" => "ukraine", "US" => "united-states", "IL" => "israel", "IR" => "iran", "SY" => "syrian-government", _ => return None }))
    }
    fn allied(&self, a: &ActorId, b: &ActorId, _: Option<Date>) -> bool {
        a == b
    }
    fn is_state(&self, _: &ActorId, _: Option<Date>) -> Option<bool> {
        None
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let rules = Rules::embedded();
    let mut out = std::io::BufWriter::new(std::fs::File::create(&args[2]).unwrap());
    for line in std::io::BufReader::new(std::fs::File::open(&args[1]).unwrap()).lines() {
        let d: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = d["text"].as_str().unwrap().to_owned();
        let mut at: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
        at.push(text.len());
        let sp = |a: &Value, b: &Value| Span::new(at[a.as_u64().unwrap() as usize], at[b.as_u64().unwrap() as usize]);
        let mut r = Reading::default();
        let mut blocks = vec![];
        let mut lem: BTreeMap<String, u32> = BTreeMap::new();
        for (n, b) in d["blocks"].as_array().unwrap().iter().enumerate() {
            blocks.push(Block { span: sp(&b["span"][0], &b["span"][1]), kind: BlockKind::Paragraph });
            let base = r.tokens.len() as u32;
            for t in b["tokens"].as_array().unwrap() {
                let l = t[6].as_str().unwrap().to_owned();
                let next = lem.len() as u32;
                let lemma = *lem.entry(l.clone()).or_insert_with(|| { r.lemmas.push(l.into()); next });
                r.tokens.push(Token { span: sp(&t[0], &t[1]), tag: Tag::parse(t[2].as_str().unwrap()).unwrap_or_default(), pos: Pos::parse(t[3].as_str().unwrap()).unwrap_or_default(), dep: Dep::parse(t[4].as_str().unwrap()).unwrap_or_default(), head: base + t[5].as_u64().unwrap() as u32, lemma });
            }
            for s in b["sents"].as_array().unwrap() {
                let (a, z) = (base + s[0].as_u64().unwrap() as u32, base + s[1].as_u64().unwrap() as u32);
                r.sentences.push(Sentence { span: r.tokens[a as usize].span.cover(r.tokens[z as usize - 1].span), first: a, last: z, block: n as u32, depth: Depth::Full });
            }
        }
        let mut names = vec![];
        let places: Vec<Toponym> = d["places"].as_array().unwrap().iter().map(|p| {
            names.push(p[2].as_str().unwrap().to_owned());
            Toponym { span: sp(&p[0], &p[1]), kind: if p[3].as_bool().unwrap() { ToponymKind::Reference } else { ToponymKind::Name }, place: Some(Candidate { id: PlaceId(names.len() as u64 - 1), score: 0.9 }), alternatives: vec![], part: None, precision: if p[4] == json!(1) { Precision::Country } else { Precision::Exact } }
        }).collect();
        let actors: Vec<ActorMention> = d["actors"].as_array().unwrap().iter().map(|p| ActorMention { span: sp(&p[0], &p[1]), kind: match p[3].as_str().unwrap() { "role" => MentionKind::Role, "reference" => MentionKind::Reference, _ => MentionKind::Name }, actor: Some(ActorRef { id: ActorId::from(p[2].as_str().unwrap()), score: 0.9 }), alternatives: vec![] }).collect();
        let article = Article { id: d["id"].as_str().unwrap().into(), text, title: None, url: None, outlet: None, published: d["published"].as_str().and_then(|p| p.parse().ok()).map_or(Published::Unknown, |day| Published::Given { day }), cuts: vec![], blocks, digest: "x".into() };
        let facts = F(names);
        let times = marchland_time::find(&article, &r);
        let coded = code(&article, &r, &Mentions { places: &places, times: &times, actors: &actors }, &Resources { rules: &rules, facts: &facts });
        let rows: Vec<Value> = coded.claims.iter().map(|c| to_row(c, &article)).collect();
        writeln!(out, "{}", json!({"id": article.id, "claims": rows})).unwrap();
    }
}
