//! Finds the mentions of actors: names, roles, persons, and what stands for them.

use marchland_article::{Article, Span};
use marchland_reading::Reading;

use crate::compose::Composer;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::resolve::refs;
use crate::{ActorMention, Context, Registry, refer};

/// Every mention of an actor in an article, in the order of the text, not overlapping.
///
/// Never fails and never panics; time is linear in the text. What the words mean is decided by the war that the
/// article is about (its countries, its day, the years and parties that it names). Ambiguous words keep the
/// other actors in `alternatives`; words whose actor nobody can tell keep `actor: None`.
///
/// ```
/// use marchland_actor::{Context, Registry, find};
/// # use marchland_article::{Article, Block, BlockKind, Published, Span};
/// # let text = "Taliban fighters entered the city. The insurgents met no resistance.".to_owned();
/// # let article = Article { id: "a".into(), title: None, url: None, outlet: None, published: Published::Unknown, cuts: vec![],
/// #     blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }], digest: String::new(), notes: vec![], text };
/// let registry = Registry::embedded();
/// let context = Context { countries: &[("AF".into(), 1.0)], day: Some("2021-08-09".parse()?) };
/// let mentions = find(&article, &Default::default(), &registry, &context);
/// assert_eq!(mentions[1].span.of(&article.text), "The insurgents");
/// assert_eq!(mentions[1].actor.as_ref().map(|a| a.id.as_str()), Some("taliban"));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn find(article: &Article, reading: &Reading, registry: &Registry, context: &Context) -> Vec<ActorMention> {
    let doc = Document::read(article, reading, registry);
    let evidence = Evidence::weigh(&doc, registry, context);
    let mut drafts = Composer::new(registry, &doc, &evidence).run();
    refer::speakers_of_quotes(&doc, &mut drafts);
    let mut out: Vec<ActorMention> = drafts
        .into_iter()
        .map(|d| {
            let words = &doc.parts[d.part].folded.words;
            let span = words.get(d.first).map_or_else(Span::default, |w| w.span).cover(words[d.last - 1].span);
            let (actor, alternatives) = refs(d.candidates);
            ActorMention { span, kind: d.kind, actor, alternatives }
        })
        .collect();
    out.sort_by_key(|m| (m.span.start, m.span.end));
    out
}
