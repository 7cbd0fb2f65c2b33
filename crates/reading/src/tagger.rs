//! Fine tags: one linear layer over the shared encoder.

use crate::container::Cursor;
use crate::kernels::{Level, Panels, WIDTH, product};
use crate::weights::layer;
use crate::{ModelError, Tag};

/// The tagger.
#[derive(Debug)]
pub(crate) struct Tagger {
    out: Panels,
    tags: Vec<Tag>,
}

impl Tagger {
    pub(crate) fn read(mut from: Cursor<'_>) -> Result<Self, ModelError> {
        let out = layer(&mut from, WIDTH)?;
        let count = from.u16()? as usize;
        let mut tags = Vec::with_capacity(count);
        for _ in 0..count {
            tags.push(Tag::parse(from.text()?).ok_or_else(|| from.bad("a tag is not known"))?);
        }
        if tags.len() != out.columns {
            return Err(from.bad("there are not as many tags as scores"));
        }
        Ok(Self { out, tags })
    }

    /// The best tag of each token.
    pub(crate) fn tag(&self, level: Level, encoded: &[f32], work: &mut Vec<f32>, tags: &mut Vec<Tag>) {
        let tokens = encoded.len() / WIDTH;
        work.resize(tokens * self.out.padded(), 0.0);
        product(level, encoded, WIDTH, tokens, &self.out, work);
        tags.clear();
        tags.extend(work.chunks_exact(self.out.padded()).map(|scores| {
            let mut best = 0;
            for (i, score) in scores[..self.tags.len()].iter().enumerate() {
                if *score > scores[best] {
                    best = i;
                }
            }
            self.tags[best]
        }));
    }
}
