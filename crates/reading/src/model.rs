//! The [`Model`]: rules and weights, loaded once, shared by all threads.

use std::sync::{LazyLock, Mutex};

use marchland_article::{Article, Span};

use crate::ModelError;
use crate::container::Container;
use crate::desk::Desk;
use crate::encode::Encoder;
use crate::lemma::Lemmatizer;
use crate::lexicon::Lexicon;
use crate::name::Namer;
use crate::numeric::Kernels;
use crate::parse::Parser;
use crate::ruler::Ruler;
use crate::tagger::Tagger;
use crate::tokenizer::Tokenizer;

/// The file that the binary carries (made by `tools/model`).
static EMBEDDED: &[u8] = include_bytes!("../../../data/model/en.bin");

/// The language model of English.
#[derive(Debug)]
pub struct Model {
    pub(crate) tokenizer: Tokenizer,
    pub(crate) lexicon: Lexicon,
    pub(crate) encoder: Encoder,
    pub(crate) tagger: Tagger,
    pub(crate) parser: Parser,
    pub(crate) ruler: Ruler,
    pub(crate) lemmatizer: Lemmatizer,
    pub(crate) name_encoder: Encoder,
    pub(crate) namer: Namer,
    /// Working memory of the threads, lent out for one article at a time.
    desks: Mutex<Vec<Desk>>,
}

/// How exactly to compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// 32-bit floats throughout.
    Exact,
    /// 16-bit integers in the large products; `eval/reading.md` says what that changes.
    #[default]
    Fast,
}

/// How to read.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'c> {
    /// How exactly to compute.
    pub precision: Precision,
    /// Treat the whole text as one stretch, cuts and all, with tokens for white space: exactly what spaCy does. For
    /// comparison; every other room wants the blocks.
    pub whole: bool,
    /// Which kernels to use: the best of this machine unless said otherwise. The reading is the same with all of them.
    pub kernels: Kernels,
    /// Says which sentences are worth more than tokens; without it, all are.
    pub cascade: Option<&'c Gate<'c>>,
    /// Is told when a stage begins, so that a caller who has a clock can say where the time goes.
    pub probe: Option<&'c Probe<'c>>,
}

/// A part of the work. A batch of sentences goes through all of them but the first, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Cutting the text into tokens, sentences and units; asking the cascade.
    Tokens,
    /// Looking up the words of a batch.
    Words,
    /// First-layer rows of words not met before (both encoders).
    Embed,
    /// The layers of an encoder that look to either side.
    Encode,
    /// Tags.
    Tag,
    /// What each token gives to each feature of the parser or namer.
    Prepare,
    /// Steps of the parser; heads and labels.
    Parse,
    /// Coarse tags and lemmas.
    Lemmas,
    /// Steps of the namer.
    Names,
    /// Writing sentences down.
    Write,
}

/// See [`ReadOptions::probe`].
pub type Probe<'c> = dyn Fn(Stage) + Sync + 'c;

/// Says of a sentence (its span in the article) whether it needs tags, arcs and names.
pub type Gate<'c> = dyn Fn(&Article, Span) -> bool + Sync + 'c;

impl std::fmt::Debug for ReadOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadOptions")
            .field("precision", &self.precision)
            .field("whole", &self.whole)
            .field("kernels", &self.kernels.name())
            .field("cascade", &self.cascade.is_some())
            .field("probe", &self.probe.is_some())
            .finish()
    }
}

impl Model {
    /// The model inside the binary, loaded on first use.
    ///
    /// # Panics
    /// Never in a tested build: the file is part of it.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(EMBEDDED).expect("the embedded model is sound"));
        &MODEL
    }

    /// Loads a model file of the format that `tools/model` writes.
    ///
    /// # Errors
    /// When the bytes are no such file or are damaged.
    pub fn load(data: &[u8]) -> Result<Self, ModelError> {
        let file = Container::open(data)?;
        Ok(Self {
            tokenizer: Tokenizer::read(&file)?,
            lexicon: Lexicon::read(&file)?,
            encoder: Encoder::read(file.section("encoder")?, 6)?,
            tagger: Tagger::read(file.section("tagger")?)?,
            parser: Parser::read(file.section("parser")?)?,
            ruler: Ruler::read(&file)?,
            lemmatizer: Lemmatizer::read(&file)?,
            name_encoder: Encoder::read(file.section("name.encoder")?, 4)?,
            namer: Namer::read(file.section("namer")?)?,
            desks: Mutex::default(),
        })
    }

    /// Lends out working memory.
    pub(crate) fn with_desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let lent = self.desks.lock().map(|mut desks| desks.pop()).unwrap_or_default();
        let mut desk = lent.unwrap_or_default();
        desk.tidy();
        let done = work(&mut desk);
        if let Ok(mut desks) = self.desks.lock() {
            desks.push(desk);
        }
        done
    }
}
