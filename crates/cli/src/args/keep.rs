//! The commands that put into the ledger, look into it and look after it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{Store, country};

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

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Tables: CSV with a head, or JSON Lines (told apart by content); `-`: standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Which column holds what, where its heading does not say it.
    #[arg(long, value_name = "FIELD=HEADING")]
    pub map: Vec<String>,
    /// Country of rows that name none (ISO 3166, two letters).
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// Store nothing; only say which rows are bad.
    #[arg(long)]
    pub check: bool,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// The closing report as JSON, with every rejected row.
    #[arg(long)]
    pub json: bool,
}

/// `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// Words that must all be there; words in double quotes in that order; `word*` for its beginnings.
    #[arg(value_name = "WORDS")]
    pub words: String,
    /// Only articles with a claim at this place, by name or id.
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,
    /// Only articles with a claim on this actor, by name or id.
    #[arg(long, value_name = "ACTOR")]
    pub actor: Option<String>,
    /// Only articles with a claim of this kind (transfer, holds, contested, besieged, withdrawal, repelled).
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Only articles with a claim so said (asserted, claimed, denied, planned, hypothetical).
    #[arg(long, value_name = "STANCE")]
    pub stance: Option<String>,
    /// Only articles with a claim valid on this day or later.
    #[arg(long, value_name = "DAY")]
    pub from: Option<Date>,
    /// Only articles with a claim valid on this day or earlier.
    #[arg(long, value_name = "DAY")]
    pub to: Option<Date>,
    /// Only what was published by the end of this day.
    #[arg(long, value_name = "DAY")]
    pub known_by: Option<Date>,
    /// Only of this outlet.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Only articles with a claim in this country.
    #[arg(long, value_name = "CC", value_parser = country)]
    pub country: Option<String>,
    /// At most so many articles.
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// What is said of a claim or an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerdictWord {
    /// The claim is in the text and coded rightly.
    Accept,
    /// The claim is not in the text, or is no claim.
    Reject,
    /// The claim is what --set says instead.
    Edit,
    /// The claim says the same as --into.
    Merge,
    /// Looked at; nobody can say.
    Unsure,
    /// The last judgement of the claim was a slip: it is as it was before.
    Undo,
    /// The article was published on --day.
    Date,
    /// The article was taken back, or should not be here.
    Withdraw,
    /// The withdrawal was a mistake.
    Restore,
}

/// `judge`.
#[derive(Debug, Args)]
pub struct Judge {
    /// What you say of it.
    #[arg(value_name = "VERDICT")]
    pub verdict: VerdictWord,
    /// Id of the claim, or digest of the article (its first eight characters or more).
    #[arg(value_name = "ID")]
    pub target: String,
    /// Who judges.
    #[arg(long, value_name = "NAME", env = "MARCHLAND_AUTHOR", default_value = "analyst")]
    pub author: String,
    /// Why.
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
    /// For `merge`: the claim that stays.
    #[arg(long, value_name = "ID")]
    pub into: Option<String>,
    /// For `date`: the publication day.
    #[arg(long, value_name = "DAY")]
    pub day: Option<Date>,
    /// For `edit`: kind, holder, other, place, part, stance, valid_from, valid_to or background; an empty value takes it away.
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// The judgement as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `recode`.
#[derive(Debug, Args)]
pub struct Recode {
    /// Also articles that this version has coded already.
    #[arg(long)]
    pub all: bool,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// The closing report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `backup` and `restore`.
#[derive(Debug, Args)]
pub struct Copy {
    /// The backup.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which ledger.
    #[command(flatten)]
    pub store: Store,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
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
