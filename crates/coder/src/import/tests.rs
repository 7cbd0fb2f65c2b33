use marchland_actor::Registry;
use marchland_claim::{Interest, Kind, Stance};
use marchland_place::Gazetteer;

use super::*;

fn taken(text: &str, country: &str) -> Imported {
    let options = TableOptions { country: Some(country.into()), name: "own.csv".into(), ..TableOptions::default() };
    import(text, &options, &Known { gazetteer: Gazetteer::embedded(), registry: Registry::shared() }).unwrap()
}

fn claims(all: &Imported) -> Vec<&Claim> {
    all.articles.iter().flat_map(|(_, _, c)| c).collect()
}

const SHEET: &str = "publisher,report_day,place,asserted_status,valid_day,attributed_to,form
Example Wire,2021-08-09,Kunduz,Taliban,2021-08-08,newsroom,asserted
Example Wire,2021-08-09,Kunduz,contested,2021-08-08,MoD,denied
Example Radio,2021-08-09,Taloqan,Taliban,2021-08-08,Taliban statement,claimed
Example Radio,2021-08-09,Taloqan,Taliban,2021-08-08,a police officer,confirmed by adversary
Example Radio,2021-08-09,Herat,Government,2021-08-07,residents,asserted
";

#[test]
fn an_analysts_sheet_becomes_claims() {
    let all = taken(SHEET, "AF");
    assert_eq!(all.rejected, []);
    assert_eq!((all.rows, all.articles.len()), (5, 5));
    let told: Vec<_> = claims(&all)
        .into_iter()
        .map(|c| {
            let holder = c.holder.as_ref().and_then(|p| p.actor.as_ref()).map_or("", |a| a.as_str()).to_owned();
            let speaker = c.speaker.as_ref().map(|s| (s.interest, s.party.as_ref().map(ToString::to_string)));
            (c.place.name.as_str(), c.kind.unwrap(), holder, c.stance, speaker)
        })
        .collect();
    let party = |p: &str| Some(p.to_owned());
    assert_eq!(
        told,
        [
            ("Kunduz", Kind::Transfer, "taliban".into(), Stance::Asserted, None),
            (
                "Kunduz",
                Kind::Contested,
                String::new(),
                Stance::Claimed,
                Some((Interest::SelfServing, party("afghan-government")))
            ),
            (
                "Taloqan",
                Kind::Transfer,
                "taliban".into(),
                Stance::Claimed,
                Some((Interest::SelfServing, party("taliban")))
            ),
            ("Taloqan", Kind::Transfer, "taliban".into(), Stance::Claimed, Some((Interest::AgainstInterest, None))),
            ("Herāt", Kind::Holds, "afghan-government".into(), Stance::Asserted, Some((Interest::ThirdParty, None))),
        ]
    );
    for (article, _, claims) in &all.articles {
        for c in claims {
            assert_eq!(c.evidence.article, article.digest);
            // The words are the sheet's, the name is the gazetteer's.
            assert_eq!(c.place.span.of(&article.text).replace("Herat", "Herāt"), c.place.name);
            assert!(c.evidence.sentence.of(&article.text).contains("asserted_status"));
            assert_eq!(c.time.span.unwrap().of(&article.text), c.time.valid_from.unwrap().to_string());
        }
    }
}

#[test]
fn every_bad_row_says_why() {
    let all = taken(
        "place,status,day,published,form,kind,holder,place_id
Kunduz,Taliban,2021-08-12,2021-08-09,,,,
Atlantis,Taliban,2021-08-08,2021-08-09,,,,
Kunduz,the Martians,2021-08-08,2021-08-09,,,,
Kunduz,Taliban,yesterday,2021-08-09,,,,
Kunduz,Taliban,2021-08-08,2021-08-09,shouted,,,
Kunduz,,2021-08-08,2021-08-09,,,,
Kunduz,,2021-08-08,2021-08-09,,conquered,Taliban,
Kunduz,,2021-08-08,2021-08-09,,transfer,,
,,2021-08-08,2021-08-09,,transfer,Taliban,999999999
Kunduz,Taliban,2021-08-08,2021-08-09,,,,,too,many
Kunduz,Taliban,2021-08-08,2021-08-09,,,,
",
        "AF",
    );
    assert_eq!(claims(&all).len(), 1);
    let words =
        ["after its publication", "no place is called", "nobody is called", "no day", "shouted", "neither a kind"];
    let more = ["conquered", "does not say who", "not in the gazetteer", "10 cells"];
    let expect: Vec<&str> = words.into_iter().chain(more).collect();
    assert_eq!(all.rejected.len(), expect.len(), "{:?}", all.rejected);
    for (n, (r, words)) in all.rejected.iter().zip(expect).enumerate() {
        assert!(r.line == n + 2 && r.why.contains(words), "{r:?} should say {words:?}");
    }
}

#[test]
fn rows_of_one_article_share_its_text() {
    let line = |id: &str, start: u32, exact: &str, kind: &str| {
        serde_json::json!({
            "id": id, "kind": kind, "holder": {"actor": "taliban", "name": "Taliban"},
            "place": {"id": 1_135_689, "name": "Kunduz", "precision": "exact", "score": 0.9,
                "words": {"start": start, "end": start + 6, "exact": "Kunduz", "prefix": "", "suffix": ""}},
            "valid_from": "2021-08-08", "stance": "claimed", "confidence": 0.5, "outlet": "Example Wire",
            "published": "2021-08-09", "read_at": "2021-08-10T00:00:00Z",
            "evidence": {"article": "abc", "rule": "took", "sentence": {"start": start, "end": 0, "exact": exact}},
        })
        .to_string()
    };
    let text = [line("1", 2, "Kunduz fell to the Taliban.", "transfer"), line("2", 40, "Kunduz is held.", "holds")];
    let all = taken(&text.join("\n"), "AF");
    assert_eq!(all.rejected, []);
    let [(article, read_at, claims)] = &all.articles[..] else { panic!("{all:?}") };
    assert_eq!(article.text, format!("  Kunduz fell to the Taliban.{}Kunduz is held.", " ".repeat(11)));
    assert_eq!(read_at.unwrap().to_string(), "2021-08-10T00:00:00Z");
    assert_eq!((claims[0].id.0.as_str(), claims[1].id.0.as_str()), ("1", "2"));
    assert_eq!(claims[1].evidence.sentence.of(&article.text), "Kunduz is held.");
    assert_eq!(claims[1].place.span.of(&article.text), "Kunduz");
    assert_eq!(claims[1].confidence, 0.5);
    let bad = taken("{\"kind\":1}\nno json\n{\"place\":\"Kunduz\",\"status\":\"Taliban\"}", "AF");
    assert_eq!((bad.rejected.len(), bad.articles.len()), (2, 1), "{bad:?}");
}

#[test]
fn any_order_of_rows_gives_the_same_articles() {
    let digests = |text: &str| {
        let mut all: Vec<String> = taken(text, "AF").articles.into_iter().map(|(a, ..)| a.digest).collect();
        all.sort();
        all
    };
    let mut lines: Vec<&str> = SHEET.lines().collect();
    let straight = digests(&lines.join("\n"));
    lines[1..].reverse();
    assert_eq!(digests(&lines.join("\n")), straight);
}
