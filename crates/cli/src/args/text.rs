//! The commands that take articles and write what is found in them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

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
    /// Version of the kernels that do the arithmetic; the reading is the same with each.
    #[arg(long, value_enum, default_value_t = Kernels::Best)]
    pub kernels: Kernels,
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

/// Versions of the numeric kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kernels {
    /// The fastest that this machine can run.
    Best,
    /// For any machine.
    Plain,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512 and VNNI.
    Avx512,
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
    /// Show what the rules and the reader say of each claim, also of those that were not made.
    #[arg(long)]
    pub why: bool,
    /// Who finds the claims: the rules, the trained reader, or both with a small model that decides between them.
    #[arg(long, value_enum, default_value_t = Coder::Both)]
    pub coder: Coder,
    /// Parse every sentence, also those that hold no sign of a claim (the claims are the same, only slower).
    #[arg(long)]
    pub no_cascade: bool,
    /// Also ask a language model at this address (OpenAI's chat protocol, for instance http://127.0.0.1:8080/v1). The text of the
    /// articles is sent there. What it proposes is checked against the text and stands beside the other claims; it replaces
    /// none. A key is taken from MARCHLAND_ENDPOINT_KEY.
    #[arg(long, value_name = "URL", requires = "endpoint_model")]
    pub endpoint: Option<String>,
    /// The model to ask there, by the name that the endpoint knows.
    #[arg(long, value_name = "NAME", requires = "endpoint")]
    pub endpoint_model: Option<String>,
    /// Longest wait for one answer of the endpoint.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, requires = "endpoint")]
    pub endpoint_wait: u64,
}

/// Who finds the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Coder {
    /// The rules alone.
    Rules,
    /// The trained reader alone.
    Reader,
    /// Both.
    Both,
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
