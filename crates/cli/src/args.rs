//! The command line: what `marchland` understands, with help that has examples.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

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
    /// Gazetteer file of the format that tools/gazetteer writes, added to the built-in one.
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
        after_help = "Examples:\n  marchland gazetteer find Kunduz\n  marchland gazetteer show 1135689\n  marchland gazetteer capitals AF"
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
    /// What changed in the ledger, when, by whom and why.
    Log(Log),
}

/// Input and output of the text commands.
#[derive(Debug, Args)]
pub struct Text {
    /// Files: text, HTML or JSON Lines (told apart by content); `-`: standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
    /// Publication day of articles that do not say theirs.
    #[arg(long, value_name = "DAY")]
    pub published: Option<Date>,
    /// One JSON object a line (the default when the output is no terminal).
    #[arg(long)]
    pub json: bool,
}

/// `parse`.
#[derive(Debug, Args)]
pub struct Parse {
    /// Input and output.
    #[command(flatten)]
    pub text: Text,
    /// Arithmetic of the language model.
    #[arg(long, value_enum, default_value_t = Precision::Fast)]
    pub precision: Precision,
    /// Read each document as one block, exactly as spaCy does, instead of paragraph by paragraph.
    #[arg(long)]
    pub whole: bool,
}

/// Arithmetic of the language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Precision {
    /// 32 bits throughout.
    Exact,
    /// The fastest path of this machine.
    Fast,
}

/// `places`.
#[derive(Debug, Args)]
pub struct Places {
    /// Input and output.
    #[command(flatten)]
    pub text: Text,
    /// Count demonyms ("Afghan") as mentions of their country, as some corpora do.
    #[arg(long)]
    pub demonyms: bool,
}

/// `code`.
#[derive(Debug, Args)]
pub struct Code {
    /// Input and output.
    #[command(flatten)]
    pub text: Text,
    /// Show the rule behind each claim and the words that it matched.
    #[arg(long)]
    pub why: bool,
    /// Parse every sentence, also those that hold no sign of a claim (the claims are the same, only slower).
    #[arg(long)]
    pub no_cascade: bool,
}

/// Which ledger.
#[derive(Debug, Args)]
pub struct Store {
    /// The ledger.
    #[arg(long, value_name = "URL", default_value = "sqlite:marchland.db", env = "MARCHLAND_STORE")]
    pub store: String,
}

/// `read`.
#[derive(Debug, Args)]
pub struct Read {
    /// Files: text, HTML or JSON Lines (told apart by content), folders of them; `-`: standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Publication day of articles that do not say theirs.
    #[arg(long, value_name = "DAY")]
    pub published: Option<Date>,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// The closing report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The day asked about, and what may be known.
#[derive(Debug, Args)]
pub struct When {
    /// The day asked about; left out: the last day of which the ledger knows.
    #[arg(long, value_name = "DAY")]
    pub on: Option<Date>,
    /// Only what was published by the end of this day.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<Date>,
}

/// Which places.
#[derive(Debug, Args)]
pub struct Where {
    /// Only places of this country (ISO 3166, two letters).
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// The seats of this country's provinces, also those of which nobody spoke.
    #[arg(long, value_name = "CC", value_parser = country, conflicts_with = "country")]
    pub capitals: Option<String>,
}

/// `control`.
#[derive(Debug, Args)]
pub struct Control {
    /// Places, by name or id; left out: all of which somebody spoke.
    #[arg(value_name = "PLACE")]
    pub places: Vec<String>,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The place, by name or id.
    #[arg(value_name = "PLACE")]
    pub place: String,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Only places of this country, where a name is ambiguous.
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// `explain-place`.
#[derive(Debug, Args)]
pub struct ExplainPlace {
    /// The name to explain, as the text writes it.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Input and output.
    #[command(flatten)]
    pub text: Text,
}

/// `map`.
#[derive(Debug, Args)]
pub struct Map {
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// A grid of small maps, one for each of these days.
    #[arg(long, value_name = "DAY,DAY,...", value_delimiter = ',', conflicts_with = "on")]
    pub dates: Vec<Date>,
    /// Title; left out: country and day.
    #[arg(long)]
    pub title: Option<String>,
    /// Width in pixels.
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(u32).range(200..=8000))]
    pub width: u32,
    /// File to write: .svg or .png.
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Format; see --list.
    #[arg(value_name = "FORMAT", required_unless_present = "list")]
    pub format: Option<String>,
    /// The formats, and what each holds.
    #[arg(long)]
    pub list: bool,
    /// File to write; `-` or left out: standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// When.
    #[command(flatten)]
    pub when: When,
    /// Where.
    #[command(flatten)]
    pub area: Where,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Port on this machine; 0: any free one (it is printed).
    #[arg(long, default_value_t = 8765)]
    pub port: u16,
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
}

/// `log`.
#[derive(Debug, Args)]
pub struct Log {
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

fn country(text: &str) -> Result<String, String> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err("a country is two letters of ISO 3166, such as AF, SY or UA".to_owned())
    }
}
