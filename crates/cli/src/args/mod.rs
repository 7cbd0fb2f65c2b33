//! The command line: what `marchland` understands, with help that has examples.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod ask;
mod keep;
mod text;

pub use ask::*;
pub use keep::*;
pub use text::*;

/// Who holds which place, since when, according to whom.
///
/// Marchland reads news, codes every statement on who holds, took, lost, left or besieges a place,
/// keeps them in a ledger, and computes for each place and day who holds it, how surely, and why.
#[derive(Debug, Parser)]
#[command(name = "marchland", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  marchland code article.txt --published 2021-08-09     what one article says
  marchland read news/*.html                            read into marchland.db
  marchland control --country AF --on 2021-08-09        who holds what that day
  marchland explain Kunduz --on 2021-08-09              and why
  marchland serve --port 8765                           the map, in a browser

Exit codes: 0 fine, 1 some input failed (the rest was done), 2 wrong use.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Threads to use; 0: as many as there are cores. The output is the same whatever the number.
    #[arg(long, global = true, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Folder with actors/*.toml and rules/*.toml of your own, added to the built-in ones.
    #[arg(long, global = true, value_name = "DIR", env = "MARCHLAND_DATA")]
    pub data: Option<PathBuf>,
    /// Gazetteer file made by `marchland gazetteer import`, added to the built-in one.
    #[arg(long, global = true, value_name = "FILE", env = "MARCHLAND_GAZETTEER")]
    pub gazetteer: Option<PathBuf>,
    /// No progress, no closing remarks; errors are still shown.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Clean text of articles: what is news, what was cut, and why.
    #[command(after_help = "Examples:\n  marchland clean page.html\n  marchland clean --json news.jsonl > clean.jsonl")]
    Clean(Text),
    /// Sentences, tokens, tags, arcs, lemmas and names.
    #[command(
        after_help = "Examples:\n  echo 'Rebels took Brega on Monday.' | marchland parse -\n  marchland parse --json --whole news.jsonl"
    )]
    Parse(Parse),
    /// Time expressions and the days that they mean.
    #[command(after_help = "Examples:\n  echo 'The town fell on Friday.' | marchland times - --published 2021-08-09")]
    Times(Text),
    /// Place names and the places that they mean.
    #[command(
        after_help = "Examples:\n  echo 'Rebels took Brega.' | marchland places -\n  marchland places --json news.jsonl > places.jsonl"
    )]
    Places(Places),
    /// The claims of articles: who holds, took, lost or left which place, when, and who says so.
    #[command(
        after_help = "Examples:\n  marchland code article.txt --published 2021-08-09\n  marchland code --why article.txt\n  marchland code --json news.jsonl > claims.jsonl"
    )]
    Code(Code),
    /// Read articles into the ledger. Reading the same article again changes nothing.
    #[command(
        after_help = "Examples:\n  marchland read news/*.html\n  marchland read --store sqlite:war.db news.jsonl\n  zcat crawl.jsonl.gz | marchland read -"
    )]
    Read(Read),
    /// Claims that somebody else coded: an analyst's table (CSV) or JSON Lines, as `export claims` writes them.
    #[command(
        after_help = "Examples:\n  marchland import hand-coded.csv --country AF\n  marchland import table.csv --map published=report_day --map status=held_by\n  marchland export claims --store sqlite:a.db | marchland import - --store sqlite:b.db\n  marchland import --check table.csv        only say which rows are bad, and why"
    )]
    Import(Import),
    /// Who holds what on a day, from all that the ledger holds.
    #[command(
        after_help = "Examples:\n  marchland control --country AF --on 2021-08-09\n  marchland control Kunduz Herat --on 2021-08-12 --known-by 2021-08-10\n  marchland control --capitals AF --on 2021-08-15 --json"
    )]
    Control(Control),
    /// Why: the argument for and against who holds a place on a day.
    #[command(after_help = "Examples:\n  marchland explain Kunduz --on 2021-08-09\n  marchland explain ml:12 --json")]
    Explain(Explain),
    /// Why a place name was taken for this place: the candidates and their features.
    #[command(
        name = "explain-place",
        after_help = "Examples:\n  marchland explain-place Tripoli article.txt\n  echo 'Clashes in Tripoli, Lebanon.' | marchland explain-place Tripoli -"
    )]
    ExplainPlace(ExplainPlace),
    /// Draw the map of a day as SVG or PNG.
    #[command(
        after_help = "Examples:\n  marchland map --country AF --on 2021-08-09 -o map.svg\n  marchland map --country LY --on 2011-03-30 --width 2400 -o map.png\n  marchland map --country AF --dates 2021-08-06,2021-08-09,2021-08-12,2021-08-15 -o grid.svg"
    )]
    Map(Map),
    /// Write what the ledger holds in a format of the field.
    #[command(
        after_help = "Examples:\n  marchland export --list\n  marchland export control -o control.csv\n  marchland export geojson --on 2021-08-09 -o map.geojson"
    )]
    Export(Export),
    /// Serve the map, the evidence and the API, on this machine only (loopback).
    #[command(after_help = "Examples:\n  marchland serve\n  marchland serve --store sqlite:war.db --port 9000")]
    Serve(Serve),
    /// Look into the gazetteer.
    #[command(
        after_help = "Examples:\n  marchland gazetteer find Kunduz\n  marchland gazetteer show 1135689\n  marchland gazetteer capitals AF\n  marchland gazetteer import allCountries.zip alternateNamesV2.zip -o world.gaz\n  marchland --gazetteer world.gaz places article.txt"
    )]
    Gazetteer {
        /// What to do.
        #[command(subcommand)]
        action: GazetteerAction,
    },
    /// The rules that find claims.
    #[command(after_help = "Examples:\n  marchland rules list\n  marchland --data mydata rules test")]
    Rules {
        /// What to do.
        #[command(subcommand)]
        action: RulesAction,
    },
    /// Read the bundled examples, compare day by day with what is known, draw maps, serve the page.
    #[command(after_help = "Examples:\n  marchland demo\n  marchland demo --no-serve --out demo-out")]
    Demo(Demo),
    /// What is not as it was: between two days, who gained and lost what, and what is newly fought over.
    #[command(
        after_help = "Examples:\n  marchland diff 2021-08-06 2021-08-09 --capitals AF\n  marchland diff 2021-08-09 2021-08-09 --known-by 2021-08-09 --then-known-by 2021-08-12   what was learned later"
    )]
    Diff(Diff),
    /// What happened at one place, in order of days.
    #[command(
        after_help = "Examples:\n  marchland timeline Kunduz\n  marchland timeline Herat --country AF --known-by 2021-08-10 --json"
    )]
    Timeline(Timeline),
    /// How many of a named set of places each party holds ("6 of the 34 provincial capitals").
    #[command(
        after_help = "Examples:\n  marchland counters --capitals AF --on 2021-08-09\n  marchland counters Brega Ajdabiya Misrata --country LY --on 2011-03-30"
    )]
    Counters(Control),
    /// Changes of hands a day, by whom, with the pace over seven days.
    #[command(
        after_help = "Examples:\n  marchland advance --capitals AF --on 2021-08-15 --days 14\n  marchland advance --country UA --on 2022-11-15 --days 60 --json"
    )]
    Advance(Advance),
    /// Claims of many articles about one happening, with how many independent origins they have.
    #[command(
        after_help = "Examples:\n  marchland incidents --country AF --on 2021-08-09 --days 7\n  marchland incidents Kunduz --json"
    )]
    Incidents(Incidents),
    /// Full text: articles that hold every word, with their claims.
    #[command(
        after_help = "Examples:\n  marchland search '\"withdrew from\" airport'\n  marchland search denied --country AF --stance denied --from 2021-08-08 --to 2021-08-10"
    )]
    Search(Search),
    /// Say what you think of a claim or an article. Nothing is overwritten; `log` shows who said what, and why.
    #[command(
        after_help = "Examples:\n  marchland judge reject 4f1c9a0b77d2 --reason 'a headline of another day'\n  marchland judge edit 4f1c9a0b77d2 --set place=Kunduz --set valid_from=2021-08-08\n  marchland judge merge 4f1c9a0b77d2 --into 88ab03c1d5e6\n  marchland judge date 9be1c2d3a4f5 --day 2021-08-09\n  marchland judge withdraw 9be1c2d3a4f5 --reason 'taken back by its publisher'"
    )]
    Judge(Judge),
    /// What changed in the ledger, when, by whom and why.
    #[command(after_help = "Examples:\n  marchland log\n  marchland log --json | tail")]
    Log(Log),
    /// Code the kept articles again with the present rules. Only what changed is written; both versions stay.
    #[command(after_help = "Examples:\n  marchland recode\n  marchland recode --all --json")]
    Recode(Recode),
    /// Look the ledger over: damage, claims that contradict what they count, sequences that cannot be.
    #[command(after_help = "Examples:\n  marchland doctor\n  marchland doctor --store sqlite:war.db --json")]
    Doctor(Log),
    /// Write a whole copy to a new file; the ledger stays in use meanwhile.
    #[command(
        after_help = "Examples:\n  marchland backup war-2021-08-09.db\n  marchland backup copy.db --store sqlite:war.db"
    )]
    Backup(Copy),
    /// Bring a backup back as a ledger. What is there is never overwritten.
    #[command(after_help = "Examples:\n  marchland restore war-2021-08-09.db --store sqlite:war.db")]
    Restore(Copy),
    /// Give unused room back to the disk.
    #[command(after_help = "Examples:\n  marchland compact --store sqlite:war.db")]
    Compact(Log),
}

/// Which ledger.
#[derive(Debug, Args)]
pub struct Store {
    /// The ledger: `sqlite:FILE`, or `postgres://USER@HOST/DATABASE`, with `?schema=NAME` in a schema of its own.
    #[arg(long, value_name = "URL", default_value = "sqlite:marchland.db", env = "MARCHLAND_STORE")]
    pub store: String,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on this machine; 0: any free one (it is printed).
    #[arg(long, default_value_t = 8765)]
    pub port: u16,
    /// Lets feeds and pages of this machine and of private networks be asked for; without it, those of the open net only.
    #[arg(long)]
    pub private_hosts: bool,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
}

/// `gazetteer`.
#[derive(Debug, Subcommand)]
pub enum GazetteerAction {
    /// Places of a name.
    Find {
        /// The name.
        name: String,
        /// Only in this country.
        #[arg(long, value_name = "CC", value_parser = country)]
        country: Option<String>,
        /// Also names spelled a little otherwise.
        #[arg(long)]
        fuzzy: bool,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// One place, by id.
    Show {
        /// GeoNames id, or `ml:N`.
        id: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Counts and origin of the gazetteer.
    Stats {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a gazetteer file of GeoNames files: allCountries, single countries, alternateNamesV2.
    ///
    /// Takes files of any size, plain, zip or gzip, in little memory. Stopped half-way, it goes on when the same
    /// command is given again. Every command uses the file with `--gazetteer FILE` or MARCHLAND_GAZETTEER=FILE.
    Import {
        /// Tables of places and of alternate names, in any order.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// File to write.
        #[arg(long, short, value_name = "FILE", default_value = "marchland.gaz")]
        output: PathBuf,
        /// Only places of this country (ISO 3166, two letters); may be given more than once.
        #[arg(long, value_name = "CC", value_parser = country)]
        country: Vec<String>,
        /// Also kinds of places that news hardly ever names (hotels, schools, streams).
        #[arg(long)]
        all: bool,
        /// What was done, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The seats of a country's provinces.
    Capitals {
        /// ISO 3166, two letters.
        #[arg(value_parser = country)]
        country: String,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// `rules`.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum RulesAction {
    /// Every rule, what it means and what it gives.
    List,
    /// Run the sentences that each rule must and must not match.
    Test,
}

/// `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Folder for the ledger, maps and tables; made anew.
    #[arg(long, default_value = "demo-out", value_name = "DIR")]
    pub out: PathBuf,
    /// Folder of the examples.
    #[arg(long, value_name = "DIR")]
    pub examples: Option<PathBuf>,
    /// Do not serve the page at the end.
    #[arg(long)]
    pub no_serve: bool,
    /// Port of the page.
    #[arg(long, default_value_t = 8765)]
    pub port: u16,
    /// Lets the page ask for feeds of this machine and of private networks.
    #[arg(long)]
    pub private_hosts: bool,
}

fn country(text: &str) -> Result<String, String> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err("a country is two letters of ISO 3166, such as AF, SY or UA".to_owned())
    }
}
