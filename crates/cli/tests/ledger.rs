//! The commands on the ledger and on what changed, with the built binary.

mod common;

use common::{Folder, dispatch, run, run_with};
use serde_json::Value;

const SHEET: &str = "publisher,report_day,place,asserted_status,valid_day,attributed_to,form
Example Wire,2021-08-08,Zaranj,Taliban,2021-08-06,newsroom,asserted
Example Wire,2021-08-08,Kunduz,Government,2021-08-05,newsroom,asserted
Example Radio,2021-08-09,Kunduz,Taliban,2021-08-08,residents,asserted
Example Page,2021-08-09,Kunduz,Taliban,2021-08-08,newsroom,asserted
Example Wire,2021-08-09,Kunduz,contested,2021-08-08,MoD,denied
Example Wire,2021-08-10,Farah,contested,2021-08-10,newsroom,asserted
Example Wire,2021-08-10,Nowhere at all,Taliban,2021-08-10,newsroom,asserted
";

fn imported(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    let store = folder.store();
    let sheet = folder.file("sheet.csv", SHEET).display().to_string();
    let ran = run(&["import", &sheet, "--country", "AF", "--store", &store, "--json"]);
    assert_eq!(ran.code, 1, "one row is bad: {}{}", ran.out, ran.err);
    let done = &ran.json_lines()[0];
    assert_eq!((&done["rows"], &done["claims"], &done["new"]), (&7.into(), &6.into(), &6.into()), "{done}");
    assert_eq!(done["rejected"][0]["line"], 8, "{done}");
    assert!(ran.err.contains("line 8") && ran.err.contains("Nowhere at all"), "{}", ran.err);
    (folder, store)
}

fn lines(args: &[&str]) -> Vec<Value> {
    let ran = run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran.json_lines()
}

#[test]
fn an_analysts_table_is_imported_once() {
    let (folder, store) = imported("import");
    let sheet = folder.path().join("sheet.csv").display().to_string();
    let again = run(&["import", &sheet, "--country", "AF", "--store", &store, "--json"]);
    assert_eq!(again.json_lines()[0]["known"], 6, "the same table again changes nothing");
    let checked = run(&["import", "--check", &sheet, "--country", "AF", "--store", "sqlite:/nowhere/x.db", "--json"]);
    assert_eq!(checked.json_lines()[0]["claims"], 6, "checking needs no store: {}", checked.err);
    let bad = run(&["import", &sheet, "--map", "published=no such heading", "--store", &store]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("no such heading") && bad.err.contains("report_day"), "{}", bad.err);
    let state = &lines(&["control", "Kunduz", "--on", "2021-08-09", "--json", "--store", &store])[0];
    assert_eq!(state["holder"], "taliban", "{state}");
}

#[test]
fn what_is_exported_comes_back_as_it_was() {
    let (folder, first) = imported("round");
    // Claims of a text too, with their quotes.
    let news =
        dispatch("t", "2021-08-12", "The Taliban captured the city of Ghazni on Thursday, a police officer said.");
    let news = folder.file("news.jsonl", news).display().to_string();
    assert_eq!(run(&["read", "--store", &first, &news]).code, 0);
    let export = |format: &str, store: &str| {
        let ran = run(&["export", format, "--store", store]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    for format in ["claims-jsonl", "claims-csv"] {
        let told = export(format, &first);
        assert!(told.lines().count() >= 7, "{told}");
        let second = format!("sqlite:{}", folder.path().join(format!("{format}.db")).display());
        let ran = run_with(&["import", "-", "--store", &second], told.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(export("control-csv", &second), export("control-csv", &first), "{format}");
        let back = export(format, &second);
        if format == "claims-jsonl" {
            let bare = |text: &str| -> Vec<Value> {
                text.lines()
                    .map(|l| {
                        let mut v: Value = serde_json::from_str(l).expect("json");
                        // The article is the excerpt now, and so is its digest.
                        v["evidence"]["article"] = Value::Null;
                        v
                    })
                    .collect()
            };
            assert_eq!(bare(&back), bare(&told));
        }
        // From the second time on nothing changes at all.
        let third = format!("sqlite:{}", folder.path().join(format!("{format}-3.db")).display());
        assert_eq!(run_with(&["import", "-", "--store", &third], back.as_bytes()).code, 0);
        assert_eq!(export("control-csv", &third), export("control-csv", &first), "{format}");
    }
}

#[test]
fn changes_are_told_day_by_day() {
    let (_folder, store) = imported("changes");
    let with = |args: &[&str]| {
        let mut all = args.to_vec();
        all.extend(["--json", "--store", &store]);
        lines(&all)
    };
    let diff = with(&["diff", "2021-08-06", "2021-08-09", "--country", "AF"]);
    let kunduz = diff.iter().find(|c| c["name"] == "Kunduz").expect("Kunduz changed");
    assert_eq!((&kunduz["kind"], &kunduz["to"]), (&"changed_hands".into(), &"taliban".into()), "{kunduz}");
    let later =
        with(&["diff", "2021-08-09", "2021-08-09", "--known-by", "2021-08-08", "--then-known-by", "2021-08-09"]);
    assert!(later.iter().any(|c| c["name"] == "Kunduz"), "learned a day later: {later:?}");
    let timeline = with(&["timeline", "Kunduz"]);
    assert_eq!(timeline.last().expect("changes")["to"], "taliban", "{timeline:?}");
    assert!(with(&["timeline", "Kunduz", "--known-by", "2021-08-07"]).is_empty());
    let counters = with(&["counters", "--capitals", "AF", "--on", "2021-08-10"]);
    assert!(counters.iter().all(|c| c["of"] == 34), "{counters:?}");
    assert_eq!(counters.iter().map(|c| c["count"].as_u64().unwrap_or(0)).sum::<u64>(), 34);
    let taliban = counters.iter().find(|c| c["holder"] == "taliban").expect("the Taliban hold some");
    assert_eq!(taliban["count"], 2, "{taliban}");
    assert!(taliban["set"].as_str().is_some_and(|s| s.contains("provincial capitals of Afghanistan")), "{taliban}");
    let advance = with(&["advance", "--capitals", "AF", "--on", "2021-08-10", "--days", "10"]);
    let day = advance.iter().find(|p| p["party"] == "taliban" && p["day"] == "2021-08-10").expect("a pace");
    assert_eq!(day["week"], 2, "{advance:?}");
    let incidents = with(&["incidents", "Kunduz", "--on", "2021-08-10"]);
    let held = incidents.iter().find(|i| i["holder"] == "taliban").expect("one happening");
    assert_eq!((&held["articles"], &held["origins"]), (&2.into(), &2.into()), "{incidents:?}");
    let why = with(&["explain", "Kunduz", "--on", "2021-08-10"]);
    assert!(why[0]["what_would_change_it"].as_array().is_some_and(|t| !t.is_empty()), "{why:?}");
}

#[test]
fn what_was_judged_teaches_the_reader() {
    let folder = Folder::new("training");
    let store = folder.store();
    let first = "The Taliban captured Zaranj on Friday. Government troops hold Kunduz. Rebels, a resident said, withdrew from Farah.";
    let texts =
        dispatch("one", "2021-08-07", first) + &dispatch("two", "2021-08-08", "The Taliban captured Aybak on Sunday.");
    let file = folder.file("texts.jsonl", texts).display().to_string();
    assert_eq!(run(&["read", &file, "--store", &store]).code, 0);
    assert_eq!(run(&["export", "training", "--store", &store]).out, "", "nothing was judged");
    let claims = lines(&["export", "claims", "--store", &store]);
    let judge = |place: &str, args: &[&str]| {
        let claim =
            claims.iter().find(|c| c["place"]["name"] == place).unwrap_or_else(|| panic!("{place}: {claims:?}"));
        let id = claim["id"].as_str().expect("an id");
        let all = [&[args[0], id], &args[1..], &["--store", &store, "--author", "Mina"]].concat();
        assert_eq!(run(&[&["judge"][..], &all].concat()).code, 0);
    };
    judge("Zaranj", &["edit", "--set", "stance=denied"]);
    judge("Kunduz", &["reject"]);
    let rows = lines(&["export", "training", "--store", &store]);
    assert_eq!(rows.len(), 1, "the other article was not reviewed: {rows:?}");
    assert_eq!((&rows[0]["text"], &rows[0]["published"]), (&first.into(), &"2021-08-07".into()));
    let of = |place: &str| rows[0]["claims"].as_array().expect("claims").iter().find(|c| c["place"] == place).cloned();
    let zaranj = of("Zaranj").expect("the edited claim");
    assert_eq!(
        (&zaranj["kind"], &zaranj["stance"], &zaranj["doubtful"]),
        (&"transfer".into(), &"denied".into(), &Value::Null)
    );
    assert!(first.contains(zaranj["quote"].as_str().expect("a quote")), "{zaranj}");
    assert_eq!(of("Kunduz"), None, "a rejected claim is no row");
    assert!(of("Farah").is_none_or(|c| c["doubtful"] == true), "nobody has judged it");
    let file = folder.path().join("rows.jsonl").display().to_string();
    assert_eq!(run(&["export", "training", "--store", &store, "-o", &file]).code, 0);
    assert!(std::fs::read_to_string(file).expect("rows").contains("Zaranj"));
}

#[test]
fn an_analyst_judges_and_the_log_tells() {
    let (_folder, store) = imported("judge");
    let claims = lines(&["export", "claims", "--store", &store]);
    let of = |place: &str| {
        claims.iter().find(|c| c["place"]["name"] == place).unwrap_or_else(|| panic!("{place} in {claims:?}"))
    };
    let id = of("Zaranj")["id"].as_str().expect("an id").to_owned();
    let judge = |args: &[&str]| {
        let mut all = vec!["judge"];
        all.extend(args);
        all.extend(["--store", &store, "--author", "Mina"]);
        run(&all)
    };
    let state = || lines(&["control", "Zaranj", "--on", "2021-08-09", "--json", "--store", &store])[0].clone();
    assert_eq!(state()["holder"], "taliban");
    let ran = judge(&["reject", &id[..10], "--reason", "another town"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(state()["status"], "unknown", "a rejected claim does not count");
    assert_eq!(judge(&["edit", &id, "--set", "holder=Afghan government"]).code, 0);
    assert_eq!(state()["holder"], "afghan-government", "an edit brings it back, changed");
    let article = of("Zaranj")["evidence"]["article"].as_str().expect("an article").to_owned();
    assert_eq!(judge(&["withdraw", &article[..12], "--reason", "taken back"]).code, 0);
    assert_eq!(state()["status"], "unknown");
    assert_eq!(judge(&["restore", &article]).code, 0);
    assert_eq!(judge(&["date", &article, "--day", "2021-08-20"]).code, 0);
    let early =
        lines(&["control", "Zaranj", "--on", "2021-08-09", "--known-by", "2021-08-09", "--json", "--store", &store]);
    assert_eq!(early[0]["status"], "unknown", "it was not known by then");
    let other = of("Farah")["id"].as_str().expect("an id").to_owned();
    assert_eq!(judge(&["merge", &other, "--into", &id]).code, 0);
    assert_eq!(judge(&["merge", &other]).code, 2, "merge needs --into");
    assert_eq!(judge(&["edit", &other, "--set", "colour=red"]).code, 2);
    assert_eq!(judge(&["accept", "ffffffffffff"]).code, 1);
    let log = run(&["log", "--store", &store]);
    for words in ["reject", "another town", "taken back", "Mina"] {
        assert!(log.out.contains(words), "{words}: {}", log.out);
    }
}

#[test]
fn search_finds_articles_and_their_claims() {
    let folder = Folder::new("search");
    let store = folder.store();
    let news = dispatch("a", "2021-08-09", "The Taliban captured Kunduz on Sunday. Smoke rose over the old market.")
        + &dispatch("b", "2021-08-09", "The Taliban captured Taloqan on Sunday. The market stayed open.");
    let news = folder.file("n.jsonl", news).display().to_string();
    assert_eq!(run(&["read", "--store", &store, &news]).code, 0);
    assert_eq!(lines(&["search", "market", "--json", "--store", &store]).len(), 2);
    let hits = lines(&["search", "\"old market\"", "--json", "--store", &store]);
    assert_eq!((hits.len(), &hits[0]["id"]), (1, &"a".into()));
    assert_eq!(hits[0]["words"][0]["exact"], "old market");
    let here = lines(&["search", "market", "--place", "Taloqan", "--json", "--store", &store]);
    assert_eq!((here.len(), &here[0]["id"]), (1, &"b".into()));
    assert_eq!(run(&["search", "market", "--kind", "nonsense", "--store", &store]).code, 2);
}

#[test]
fn a_ledger_is_looked_after() {
    let (folder, store) = imported("care");
    let sound = &lines(&["doctor", "--json", "--store", &store])[0];
    assert_eq!((&sound["sound"], &sound["counts"]["articles"]), (&true.into(), &6.into()), "{sound}");
    let copy = folder.path().join("copy.db").display().to_string();
    assert_eq!(run(&["backup", &copy, "--store", &store]).code, 0);
    assert_eq!(run(&["backup", &copy, "--store", &store]).code, 1, "a file that is there is not overwritten");
    let second = format!("sqlite:{}", folder.path().join("second.db").display());
    assert_eq!(run(&["restore", &copy, "--store", &second]).code, 0);
    let refused = run(&["restore", &copy, "--store", &second]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("not overwritten"), "{}", refused.err);
    let told = |store: &str| run(&["export", "claims", "--store", store]).out;
    assert_eq!(told(&second), told(&store));
    assert_eq!(run(&["compact", "--store", &second]).code, 0);
    assert_eq!(told(&second), told(&store));
    let again = &lines(&["recode", "--json", "--store", &second])[0];
    assert_eq!(again["coded"], 0, "what was imported is not coded anew: {again}");
    // Half of the copy is overwritten: the doctor says so, and it is not restored.
    let mut bytes = std::fs::read(&copy).expect("the backup");
    let quarter = bytes.len() / 4;
    bytes[quarter..3 * quarter].fill(0xAA);
    std::fs::write(&copy, bytes).expect("the backup");
    let third = format!("sqlite:{}", folder.path().join("third.db").display());
    let ran = run(&["restore", &copy, "--store", &third]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(!folder.path().join("third.db").exists());
}

#[test]
fn coding_again_touches_only_what_changed() {
    let folder = Folder::new("recode");
    let store = folder.store();
    let news = folder.file("n.jsonl", dispatch("a", "2021-08-09", "The Taliban captured Kunduz on Sunday."));
    assert_eq!(run(&["read", "--store", &store, &news.display().to_string()]).code, 0);
    assert_eq!(lines(&["recode", "--json", "--store", &store])[0]["coded"], 0, "this version has coded it already");
    let all = &lines(&["recode", "--all", "--json", "--store", &store])[0];
    assert_eq!((&all["coded"], &all["changed"]), (&1.into(), &0.into()), "{all}");
}

#[test]
fn every_command_has_an_example() {
    for command in [
        "import",
        "diff",
        "timeline",
        "counters",
        "advance",
        "incidents",
        "search",
        "judge",
        "log",
        "recode",
        "doctor",
        "backup",
        "restore",
        "compact",
    ] {
        let ran = run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("Examples:"), "{command}: {}", ran.out);
        assert!(ran.out.contains("--json") && ran.out.contains("--store"), "{command}: {}", ran.out);
    }
}

#[test]
fn control_says_when_a_total_and_the_named_places_disagree() {
    let folder = Folder::new("totals");
    let table = "outlet,published,place,kind,holder,day,aggregate_count,aggregate_unit,country\n\
        Wire,2021-08-01,Kunduz,transfer,Taliban,2021-08-01,,,AF\n\
        Paper,2021-08-02,Kunduz,holds,Taliban,2021-08-02,,,AF\n\
        Wire,2021-08-03,,holds,Taliban,2021-08-03,9,provincial capitals,AF\n";
    let store = folder.store();
    assert_eq!(run_with(&["import", "-", "--store", &store], table.as_bytes()).code, 0);
    let control = |more: &[&str]| {
        run(&[&["control", "--capitals", "AF", "--on", "2021-08-04", "--store", &store], more].concat())
    };
    let says = "9 provincial capitals of AF are said to be held by Taliban; by name we count 1";
    let json = control(&["--json"]);
    assert!(json.err.contains(says), "{}", json.err);
    assert_eq!(json.json_lines().len(), 34, "on standard output stand places only");
    assert_eq!(control(&["--json", "--quiet"]).err, "");
    let doctor = run(&["doctor", "--json", "--store", &store]);
    assert!(doctor.json_lines()[0]["doubts"].to_string().contains(says), "{}", doctor.out);
}
