//! The net says in Rust what it says in the trainer (PyTorch, in f32, with the weights as the file holds them), and the
//! same bits by every kernel path. The windows of the fixture are of sentences of our own; tools/train/parity.py makes it.

use marchland_article::Span;
use marchland_reader::{Mark, Net, PartySlot, PartySource, Piece, PlaceSlot, PlaceSource, Said, TimeSlot, Window};
use marchland_reading::numeric::Kernels;
use serde_json::Value;

const WEIGHTS: &[u8] = include_bytes!("../../../data/reader/reader.bin");

fn numbers(v: &Value) -> Vec<usize> {
    v.as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect()
}

fn window(v: &Value) -> Window {
    let rows = |name: &str| v[name].as_array().unwrap().iter().map(numbers).collect::<Vec<_>>();
    let span = Span { start: 0, end: 0 };
    Window {
        pieces: numbers(&v["pieces"]).into_iter().map(|id| Piece { id: id as u32, span }).collect(),
        types: numbers(&v["types"]).into_iter().map(|t| t as u8).collect(),
        context: numbers(&v["context"]).into_iter().map(|c| c > 0).collect(),
        words: numbers(&v["words"]).into_iter().map(|w| w as u8).collect(),
        places: rows("places")
            .into_iter()
            .map(|p| PlaceSlot { source: PlaceSource::Words, span, first: p[0], last: p[1], sentence: p[2] })
            .collect(),
        parties: rows("parties")
            .into_iter()
            .map(|p| PartySlot {
                source: PartySource::Actor(0),
                actor: None,
                span,
                first: p[0],
                last: p[1],
                sentence: p[2],
                kind: p[3] as u8,
                force: p[4] as u8,
            })
            .collect(),
        times: rows("times").into_iter().map(|t| TimeSlot { mention: 0, first: t[0], last: t[1] }).collect(),
        marks: v["rules"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| Mark {
                place: m["place"].as_u64().unwrap() as usize,
                kind: m["kind"].as_u64().unwrap() as u8,
                stance: m["stance"].as_u64().unwrap() as u8,
                confidence: m["confidence"].as_f64().unwrap() as f32,
                holder: numbers(&m["holder"]),
                other: numbers(&m["other"]),
                trigger: (m["trigger"][0].as_u64().unwrap() as usize, m["trigger"][1].as_u64().unwrap() as usize),
            })
            .collect(),
    }
}

#[track_caller]
fn close(name: &str, got: &[f32], expect: &Value) {
    let expect: Vec<f32> = expect.as_array().unwrap().iter().map(|x| x.as_f64().unwrap() as f32).collect();
    assert_eq!(got.len(), expect.len(), "{name}");
    for (n, (a, b)) in got.iter().zip(&expect).enumerate() {
        assert!((a - b).abs() < 2e-4, "{name} {n}: {a} here, {b} in the trainer");
    }
}

fn fixture() -> Vec<Value> {
    serde_json::from_str(include_str!("parity.json")).unwrap()
}

#[test]
fn the_net_says_what_the_trainer_says() {
    let net = Net::read(WEIGHTS, Kernels::best()).unwrap();
    let mut slots = 0;
    for case in fixture() {
        let said = net.say(&window(&case["window"]));
        let expect = case["said"].as_array().unwrap();
        assert_eq!(said.len(), expect.len());
        for (said, expect) in said.iter().zip(expect) {
            assert_eq!(said.place as u64, expect["slot"].as_u64().unwrap());
            slots += 1;
            for (n, of) in said.kinds.iter().enumerate() {
                close("kind", &[of.claimed], &Value::from(vec![expect["kind"][n].clone()]));
                close("background", &[of.background], &Value::from(vec![expect["background"][n].clone()]));
                close("stance", &of.stance, &expect["stance"][n]);
                close("holder", &of.holder, &expect["holder"][n]);
                close("other", &of.other, &expect["other"][n]);
                close("time", &of.time, &expect["time"][n]);
                close("trigger", &of.trigger, &expect["trigger"][n]);
                close("speaker", &of.speaker, &expect["speaker"][n]);
            }
        }
    }
    assert!(slots > 10, "the fixture is empty");
}

#[test]
fn every_kernel_path_says_the_same_bits() {
    let case = &fixture()[0];
    let run = |kernels| -> Vec<Said> { Net::read(WEIGHTS, kernels).unwrap().say(&window(&case["window"])) };
    let plain = run(Kernels::plain());
    for kernels in Kernels::all() {
        assert_eq!(run(kernels), plain, "{}", kernels.name());
    }
}
