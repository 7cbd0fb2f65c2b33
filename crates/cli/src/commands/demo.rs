//! `demo`: the whole way on the bundled examples, beside what is known to be true.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use marchland_actor::ActorId;
use marchland_atlas::{draw, draw_grid, png};
use marchland_control::{Query, Status};
use marchland_ledger::Mode;
use marchland_place::PlaceId;
use marchland_situation::{Area, Picture, Situation};

use crate::commands::{export, read, serve};
use crate::input::Report;
use crate::output::{Table, paint, stdout, style};
use crate::{App, args};

/// The dispatches that the demo reads when no other folder is named: the program runs alone.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/afghanistan-2021");

/// First and last day of the table.
const FIRST: Date = Date::constant(2021, 8, 5);
const LAST: Date = Date::constant(2021, 8, 15);
/// The days of the grid of small maps.
const GRID: [Date; 6] = [
    Date::constant(2021, 8, 6),
    Date::constant(2021, 8, 8),
    Date::constant(2021, 8, 10),
    Date::constant(2021, 8, 12),
    Date::constant(2021, 8, 13),
    Date::constant(2021, 8, 15),
];
/// Maps and tables are of this country's provincial capitals.
const COUNTRY: &str = "AF";

/// A place of the truth table: who took it, and when.
struct Known {
    place: PlaceId,
    name: String,
    day: Date,
    earliest: Date,
    latest: Date,
    to: String,
}

/// `marchland demo`
pub fn demo(app: &App, args: &args::Demo) -> Result<Report> {
    let out_dir = &args.out;
    fresh_folder(out_dir)?;
    let dispatches = out_dir.join("dispatches");
    let (files, truth) = match &args.examples {
        Some(folder) => (folder.clone(), std::fs::read_to_string(folder.join("truth.csv")).ok()),
        None => {
            std::fs::create_dir_all(&dispatches)?;
            EXAMPLES
                .extract(&dispatches)
                .with_context(|| format!("{}: cannot write the examples", dispatches.display()))?;
            (dispatches.clone(), EXAMPLES.get_file("truth.csv").and_then(|f| f.contents_utf8()).map(str::to_owned))
        }
    };
    let store = format!("sqlite:{}", out_dir.join("demo.db").display());
    let mut out = stdout();
    writeln!(out, "{} {}", paint(style::STRONG, "Reading the dispatches in"), files.display())?;
    out.flush()?;
    let (report, done) = read::into_ledger(app, &[files], None, &store)?;
    writeln!(out, "{} articles, {} claims, {:.1} s\n", done.articles, done.claims, done.seconds)?;

    let ledger = marchland_ledger::open(&store, Mode::Read)?;
    let situation = Situation::load(ledger.as_ref(), &app.coder()?)?;
    if let Some(truth) = truth {
        let truth = read_truth(&truth)?;
        compare(&mut out, &situation, &truth, out_dir)?;
    }
    draw_maps(&situation, out_dir)?;
    write_tables(&situation, ledger.as_ref(), out_dir)?;
    writeln!(
        out,
        "\n{} in {}: the ledger (demo.db), maps (*.svg, *.png), tables (*.csv, *.geojson, *.jsonl).",
        paint(style::GOOD, "All of it is"),
        out_dir.display()
    )?;
    writeln!(out, "Ask it: marchland explain Kunduz --on 2021-08-09 --store {store}")?;
    out.flush()?;
    drop((out, ledger, situation));
    if !args.no_serve {
        let serve_args =
            args::Serve { port: args.port, private_hosts: args.private_hosts, store: args::Store { store } };
        return serve::serve_with(app, &serve_args, Some("notice-demo"));
    }
    Ok(report)
}

/// Makes the folder anew, but never throws away one that is not ours.
fn fresh_folder(folder: &Path) -> Result<()> {
    const MARK: &str = "made-by-marchland-demo";
    if folder.exists() {
        let empty = std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?.next().is_none();
        if !empty && !folder.join(MARK).exists() {
            return Err(anyhow!(
                "{}: the folder holds files that are not the demo's\n  hint: name another one with --out DIR",
                folder.display()
            ));
        }
        std::fs::remove_dir_all(folder).with_context(|| format!("{}: cannot empty the folder", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot make the folder", folder.display()))?;
    std::fs::write(folder.join(MARK), "This folder is made anew by each `marchland demo`.\n")?;
    Ok(())
}

/// Reads `truth.csv`: place,geonameid,day,day_earliest,day_latest,to_actor,...
fn read_truth(text: &str) -> Result<Vec<Known>> {
    let mut lines = text.lines().filter(|l| !l.starts_with('#'));
    let heads: Vec<&str> = lines.next().unwrap_or("").split(',').collect();
    let column = |name: &str| {
        heads.iter().position(|h| *h == name).ok_or_else(|| anyhow!("truth.csv: no column {name:?} in its first line"))
    };
    let (place, id, day) = (column("place")?, column("geonameid")?, column("day")?);
    let (earliest, latest, to) = (column("day_earliest")?, column("day_latest")?, column("to_actor")?);
    lines
        .filter(|l| !l.trim().is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let cell = |n: usize| cells.get(n).copied().unwrap_or("");
            let date = |n: usize| cell(n).parse::<Date>().with_context(|| format!("truth.csv: no day in {line:?}"));
            Ok(Known {
                place: PlaceId::parse(cell(id)).ok_or_else(|| anyhow!("truth.csv: no place id in {line:?}"))?,
                name: cell(place).to_owned(),
                day: date(day)?,
                earliest: date(earliest)?,
                latest: date(latest)?,
                to: cell(to).to_owned(),
            })
        })
        .collect()
}

/// Prints the day-by-day table and the agreement place by place, and writes both as CSV.
fn compare(out: &mut impl Write, situation: &Situation, truth: &[Known], folder: &Path) -> Result<()> {
    let area = Area::Places(truth.iter().map(|k| k.place).collect());
    let winner = situation.coder().registry().lookup(&truth[0].to).cloned().unwrap_or_else(|| ActorId::from("taliban"));
    let days: Vec<Date> = FIRST.series(jiff::Span::new().days(1)).take_while(|d| *d <= LAST).collect();
    let mut table =
        Table::new(&["day", "Taliban#", "other side#", "contested#", "unknown#", "truth: Taliban#", "other side#"]);
    let mut csv = String::from("day,known_by,taliban,other_side,contested,unknown,truth_taliban,truth_other_side\n");
    for day in &days {
        let query = Query { on: *day, known_by: Some(*day) };
        let states = situation.states(&area, &query);
        let count = |test: &dyn Fn(&marchland_control::PlaceState) -> bool| states.iter().filter(|s| test(s)).count();
        let won = count(&|s| s.status == Status::Controlled && s.holder.as_ref() == Some(&winner));
        let held = count(&|s| s.status == Status::Controlled && s.holder.as_ref() != Some(&winner));
        let contested = count(&|s| s.status == Status::Contested);
        let unknown = count(&|s| s.status == Status::Unknown);
        let really = truth.iter().filter(|k| k.day <= *day).count();
        let cells = [won, held, contested, unknown, really, truth.len() - really];
        let mut row = vec![day.to_string()];
        row.extend(cells.iter().map(ToString::to_string));
        table.row(row);
        csv.push_str(&format!("{day},{day},{won},{held},{contested},{unknown},{really},{}\n", truth.len() - really));
    }
    writeln!(
        out,
        "{}",
        paint(
            style::STRONG,
            format!("How many of the {} provincial capitals each side held, as known on that day", truth.len())
        )
    )?;
    write!(out, "{}", table.render())?;
    std::fs::write(folder.join("day-by-day.csv"), csv)?;

    let mut rows = String::from(
        "place,geonameid,truth_earliest,truth_latest,by_all_that_is_known,as_known_on_the_day,within_a_day\n",
    );
    let mut misses = Table::new(&["place", "truth", "by all that is known", "as known on the day"]);
    let (mut valid_ok, mut known_ok) = (0, 0);
    for known in truth {
        let first = |known_by: &dyn Fn(Date) -> Option<Date>| {
            days.iter().copied().find(|day| {
                let state = situation.control().state(known.place, &Query { on: *day, known_by: known_by(*day) });
                state.status == Status::Controlled && state.holder.as_ref() == Some(&winner)
            })
        };
        let valid = first(&|_| Some(LAST.saturating_add(jiff::Span::new().days(1))));
        let on_the_day = first(&Some);
        let near = |day: Option<Date>| {
            // What fell after the last day of the table is right when it has not changed hands.
            day.map_or(known.earliest > LAST, |d| {
                let one = jiff::Span::new().days(1);
                d >= known.earliest.saturating_sub(one) && d <= known.latest.saturating_add(one)
            })
        };
        valid_ok += usize::from(near(valid));
        known_ok += usize::from(near(on_the_day));
        let words = |day: Option<Date>| day.map_or_else(|| "never".to_owned(), |d| d.to_string());
        let (earliest, latest) = (known.earliest, known.latest);
        let (v, k) = (words(valid), words(on_the_day));
        rows.push_str(&format!("{},{},{earliest},{latest},{v},{k},{}\n", known.name, known.place, near(on_the_day)));
        if !near(valid) || !near(on_the_day) {
            misses.row(vec![known.name.clone(), format!("{earliest} to {latest}"), v, k]);
        }
    }
    std::fs::write(folder.join("capitals.csv"), rows)?;
    writeln!(
        out,
        "\nWithin a day of the truth: {} of {} as known on the day, {} of {} by all that is known in the end.",
        paint(style::STRONG, known_ok),
        truth.len(),
        paint(style::STRONG, valid_ok),
        truth.len()
    )?;
    if known_ok < truth.len() || valid_ok < truth.len() {
        writeln!(out, "Not so:\n{}", misses.render())?;
    }
    Ok(())
}

fn draw_maps(situation: &Situation, folder: &Path) -> Result<()> {
    let picture = |width| Picture {
        situation,
        area: Area::Capitals(COUNTRY.to_owned()),
        title: None,
        width,
        chosen: None,
        link: None,
    };
    let write = |name: String, bytes: Vec<u8>| -> Result<()> {
        let file: PathBuf = folder.join(name);
        std::fs::write(&file, bytes).with_context(|| format!("{}: cannot write the map", file.display()))
    };
    for day in GRID {
        let svg = draw(&picture(1200).on(Query { on: day, known_by: Some(day) }));
        write(format!("map-{day}.png"), png(&svg, 1200)?)?;
        write(format!("map-{day}.svg"), svg.into_bytes())?;
    }
    let small = picture(1400);
    let days: Vec<_> = GRID
        .iter()
        .map(|day| {
            let query = Query { on: *day, known_by: Some(*day) };
            (query, small.points(query))
        })
        .collect();
    let grid = draw_grid(&small.on(Query { on: LAST, known_by: Some(LAST) }), &days, 3);
    write("grid.png".to_owned(), png(&grid, 1400)?)?;
    write("grid.svg".to_owned(), grid.into_bytes())
}

fn write_tables(situation: &Situation, ledger: &dyn marchland_ledger::Ledger, folder: &Path) -> Result<()> {
    let all = args::When { on: None, known_by: None };
    for (format, name) in [("control", "control.csv"), ("geojson", "control.geojson"), ("claims", "claims.jsonl")] {
        let bytes = export::bytes(situation, ledger, format, &all, &Area::All)?;
        std::fs::write(folder.join(name), bytes).with_context(|| format!("{name}: cannot write the table"))?;
    }
    Ok(())
}
