//! The [`Model`]: rules and weights, loaded once, shared by all threads.

use std::sync::{LazyLock, Mutex};

use marchland_article::{Article, Span};

use crate::container::Container;
use crate::tokenizer::{TokenCache, Tokenizer};
use crate::{Depth, ModelError, Reading, Sentence, Token, sentence};

/// The file that the binary carries (made by `tools/model`).
static EMBEDDED: &[u8] = include_bytes!("../../../data/model/en.bin");

/// The language model of English.
#[derive(Debug)]
pub struct Model {
    tokenizer: Tokenizer,
    /// Working memory of the threads, lent out for one article at a time.
    desks: Mutex<Vec<Desk>>,
}

/// Working memory: what one thread needs to read.
#[derive(Debug, Default)]
struct Desk {
    cache: TokenCache,
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
        Ok(Self { tokenizer: Tokenizer::read(&file)?, desks: Mutex::default() })
    }

    fn with_desk<T>(&self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let lent = self.desks.lock().map(|mut desks| desks.pop()).unwrap_or_default();
        let mut desk = lent.unwrap_or_default();
        if desk.cache.is_full() {
            desk.cache.clear();
        }
        let done = work(&mut desk);
        if let Ok(mut desks) = self.desks.lock() {
            desks.push(desk);
        }
        done
    }

    /// Sentences and tokens only, by the marks: no tags, arcs, lemmas or names.
    #[must_use]
    pub fn shallow(&self, article: &Article) -> Reading {
        self.with_desk(|desk| {
            let mut reading = Reading::default();
            let mut raw = Vec::new();
            for (number, block) in article.blocks.iter().enumerate() {
                let text = block.span.of(&article.text);
                raw.clear();
                self.tokenizer.cut(text, block.span.start, false, &mut desk.cache, &mut raw);
                let base = reading.tokens.len();
                reading.tokens.extend(raw.iter().enumerate().map(|(i, t)| Token {
                    span: Span { start: t.start, end: t.end },
                    head: (base + i) as u32,
                    ..Token::default()
                }));
                sentence::split(&article.text, &raw, |first, last| {
                    let span = Span { start: raw[first].start, end: raw[last - 1].end };
                    reading.sentences.push(Sentence {
                        span,
                        first: (base + first) as u32,
                        last: (base + last) as u32,
                        block: number as u32,
                        depth: Depth::Tokens,
                    });
                });
            }
            reading
        })
    }
}

impl Reading {
    /// Reads an article's sentences and tokens with the embedded model, nothing deeper.
    #[must_use]
    pub fn shallow(article: &Article) -> Self {
        Model::embedded().shallow(article)
    }
}
