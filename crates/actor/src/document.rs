//! An article as this room sees it: words and phrases by block, with the sentence of each word.

use marchland_article::{Article, Span};
use marchland_reading::{Dep, Depth, Reading};

use crate::Registry;
use crate::fold::Folded;
use crate::lexicon::{Hit, Sense};

/// One block.
#[derive(Debug, Default)]
pub(crate) struct Part {
    pub folded: Folded,
    /// Phrases in order, the longest first where several begin at one word, not overlapping.
    pub hits: Vec<Hit>,
    /// For each word, the number of its sentence.
    pub sentence: Vec<u32>,
}

impl Part {
    /// The phrase that covers a word.
    pub fn hit_at(&self, word: usize) -> Option<&Hit> {
        self.hits.get(self.hits.partition_point(|h| h.last <= word)).filter(|h| h.first <= word)
    }

    fn read(text: &str, span: Span, reading: &Reading, registry: &Registry, before: &mut u32) -> Self {
        let folded = Folded::split(text, span);
        let sentence = sentences(text, &folded, reading, before);
        let mut hits = Vec::new();
        let mut i = 0;
        while i < folded.words.len() {
            // No phrase is longer than this.
            let end = (i + 1..folded.words.len().min(i + 12))
                .find(|&n| sentence[n] != sentence[i])
                .unwrap_or(folded.words.len().min(i + 12));
            match registry.lexicon.longest(&folded, i, end) {
                Some(hit) => {
                    i = hit.last;
                    hits.push(hit);
                }
                None => i += 1,
            }
        }
        Self { folded, hits, sentence }
    }
}

/// The article.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    pub reading: &'a Reading,
    pub parts: Vec<Part>,
    /// The title given beside the text: it tells of what war the article is, and is no place for mentions.
    pub title: Part,
    /// For each sentence the countries named in it.
    pub countries: Vec<Vec<u16>>,
}

impl<'a> Document<'a> {
    pub fn read(article: &'a Article, reading: &'a Reading, registry: &Registry) -> Self {
        let text = article.text.as_str();
        let whole = [Span::new(0, text.len())];
        let fits = |s: &Span| text.get(s.start as usize..s.end as usize).is_some();
        let blocks: Vec<Span> = article.blocks.iter().map(|b| b.span).filter(fits).collect();
        let blocks = if blocks.is_empty() && article.cuts.is_empty() { &whole[..] } else { &blocks[..] };
        let mut out = Self { reading, parts: Vec::new(), title: Part::default(), countries: Vec::new() };
        let mut before = 0u32;
        if let Some(title) = &article.title {
            out.title = Part::read(title, Span::new(0, title.len()), &Reading::default(), registry, &mut 0);
        }
        for &span in blocks {
            out.parts.push(Part::read(text, span, reading, registry, &mut before));
        }
        out.countries = vec![Vec::new(); before as usize + 1];
        for part in &out.parts {
            for hit in &part.hits {
                for sense in &hit.senses {
                    if let Sense::Country(c) | Sense::Adjective(c) | Sense::People(c) = sense
                        && (matches!(sense, Sense::Country(_)) || !registry.abroad(*c))
                    {
                        out.countries[part.sentence[hit.first] as usize].push(*c);
                    }
                }
            }
        }
        out.countries.iter_mut().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        out
    }

    /// How the head word of these words hangs in its sentence; `None` where nothing was parsed.
    pub fn dep(&self, span: Span) -> Option<(Dep, usize)> {
        let tokens = self.reading.tokens_in(span);
        let sentence = self.reading.sentence_of(tokens.start)?;
        if self.reading.sentences[sentence].depth != Depth::Full {
            return None;
        }
        let token = tokens.clone().find(|&t| {
            let head = self.reading.tokens[t].head as usize;
            head == t || !tokens.contains(&head)
        })?;
        Some((self.reading.tokens[token].dep, token))
    }
}

/// Numbers the sentences of a block's words, from the reading where it has them, else by punctuation.
fn sentences(text: &str, folded: &Folded, reading: &Reading, next: &mut u32) -> Vec<u32> {
    let mut out = Vec::with_capacity(folded.words.len());
    let known = &reading.sentences;
    let mut last: Option<(usize, Span)> = None;
    for word in &folded.words {
        let at = known.partition_point(|s| s.span.end <= word.span.start);
        let same = match last {
            None => false,
            Some((n, _)) if !known.is_empty() => n == at,
            Some((_, span)) => !ends_sentence(text.get(span.end as usize..word.span.start as usize).unwrap_or("")),
        };
        if last.is_some() && !same {
            *next += 1;
        }
        last = Some((at, word.span));
        out.push(*next);
    }
    *next += 1;
    out
}

/// True when what stands between two words ends a sentence: a stop and white space.
fn ends_sentence(between: &str) -> bool {
    between.contains(['.', '!', '?']) && between.contains(char::is_whitespace) || between.contains("\n\n")
}
