//! Finds the mentions of actors: names, roles, persons, and what stands for them.

use jiff::civil::Date;
use marchland_article::{Article, Span};
use marchland_reading::Reading;

use crate::compose::Composer;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::resolve::refs;
use crate::{ActorId, ActorMention, ActorRef, Conflict, Context, MentionKind, Registry, refer};

/// What this room makes of an article.
#[derive(Debug, Clone)]
pub struct Actors<'r> {
    /// Every mention, in the order of the text, not overlapping.
    pub mentions: Vec<ActorMention>,
    /// The wars that the article may be about, likeliest first, with weights that add up to one at most: the less where little speaks of war.
    pub wars: Vec<(&'r Conflict, f32)>,
}

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
    read(article, reading, registry, context).mentions
}

/// The same as [`find`], with the wars that the article may be about.
#[must_use]
pub fn read<'r>(article: &Article, reading: &Reading, registry: &'r Registry, context: &Context) -> Actors<'r> {
    let doc = Document::read(article, reading, registry);
    let evidence = Evidence::weigh(&doc, registry, context);
    let mut drafts = Composer::new(registry, &doc, &evidence).run();
    refer::speakers_of_quotes(&doc, &mut drafts);
    let mut mentions: Vec<ActorMention> = drafts
        .into_iter()
        .map(|d| {
            let words = &doc.parts[d.part].folded.words;
            let span = words.get(d.first).map_or_else(Span::default, |w| w.span).cover(words[d.last - 1].span);
            let (actor, alternatives) = refs(d.candidates);
            ActorMention { span, kind: d.kind, actor, alternatives }
        })
        .collect();
    mentions.sort_by_key(|m| (m.span.start, m.span.end));
    let sum: f32 = evidence.conflict.iter().sum();
    let mut wars: Vec<(&Conflict, f32)> = registry
        .conflicts()
        .iter()
        .zip(&evidence.conflict)
        .filter(|w| *w.1 > 0.0)
        .map(|(c, w)| (c, w / (sum + 0.25)))
        .collect();
    wars.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    Actors { mentions, wars }
}

/// A party made up for this very country.
fn in_country(id: &ActorId, country: &str) -> bool {
    crate::registry::generic_parts(id).is_some_and(|(code, _)| code.eq_ignore_ascii_case(country))
}

impl Actors<'_> {
    /// The likeliest war in which the actor has a side.
    #[must_use]
    pub fn war_of(&self, registry: &Registry, actor: &ActorId) -> Option<&Conflict> {
        self.wars.iter().map(|w| w.0).find(|war| registry.is_party_to(actor, war))
    }

    /// Who stands against the actor, seen from a byte offset: the nearest party mentioned that is of another side,
    /// before `at` rather than behind it; else who stands against it in the likeliest war. For clauses that name one
    /// side only ("the attack of the rebels failed").
    #[must_use]
    pub fn opponent(&self, registry: &Registry, actor: &ActorId, at: u32) -> Option<ActorRef> {
        let war = self.war_of(registry, actor)?;
        let side = registry.side(actor, war)?;
        let near = self.mentions.iter().filter_map(|m| {
            let other = m.actor.as_ref()?;
            (registry.side(&other.id, war)? != side).then(|| {
                let distance = if m.span.start <= at { at - m.span.start } else { 2 * (m.span.start - at) };
                (distance, m.span.start, other)
            })
        });
        match near.min_by_key(|n| (n.0, n.1)) {
            Some((distance, _, other)) => {
                Some(ActorRef { id: other.id.clone(), score: other.score * if distance < 600 { 0.7 } else { 0.5 } })
            }
            None => registry.opponents(actor, war).into_iter().next().map(|id| ActorRef { id, score: 0.4 }),
        }
    }

    /// Whom a mention means once the country of the place is known: of the actor and the alternatives the first that has a side
    /// in a war fought there, on that day if one is given ("rebel-held Benghazi" in an article on Syria). Names stay.
    #[must_use]
    pub fn at_place<'m>(
        &self,
        registry: &Registry,
        mention: &'m ActorMention,
        country: &str,
        day: Option<Date>,
    ) -> Option<&'m ActorRef> {
        let first = mention.actor.as_ref();
        if mention.kind == MentionKind::Name {
            return first;
        }
        let fights = |a: &ActorRef| {
            registry.conflicts_in(country, day).any(|war| registry.is_party_to(&a.id, war))
                || in_country(&a.id, country)
        };
        first.into_iter().chain(&mention.alternatives).find(|a| fights(a)).or(first)
    }

    /// True when nobody in the likeliest war counts the actor as of a side, or it is an observer or a civilian.
    #[must_use]
    pub fn is_third_party(&self, registry: &Registry, actor: &ActorId) -> bool {
        registry.is_third_party(actor)
            || self
                .wars
                .first()
                .is_some_and(|(war, _)| !registry.is_party_to(actor, war) && !actor.as_str().starts_with("generic:"))
    }
}
