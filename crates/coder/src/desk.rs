//! The [`Coder`].

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use marchland_actor::{ActorMention, Context, Registry, RegistryError};
use marchland_article::{Article, Head};
use marchland_claim::{Claim, Known, Mentions, Note, Resources, RuleError, Rules};
use marchland_place::{Gazetteer, LoadError, Toponym};
use marchland_reader::{Decided, Opinion, Reader};
use marchland_reading::{Cascade, Model, ReadOptions, Reading};
use marchland_time::TimeExpression;

/// Everything that coding needs, loaded once and shared by all threads.
#[derive(Clone)]
pub struct Coder {
    model: &'static Model,
    gazetteer: Shelf,
    registry: Arc<Registry>,
    rules: Arc<Rules>,
    cascade: Arc<Cascade>,
    signs: Arc<Cascade>,
    own: String,
    /// What the caller may choose.
    pub options: Options,
}

/// The gazetteer in use.
#[derive(Clone)]
enum Shelf {
    BuiltIn(&'static Gazetteer),
    Own(Arc<Gazetteer>),
}

/// What the caller may choose.
#[derive(Debug, Clone)]
pub struct Options {
    /// Parse only sentences that hold a sign of a claim. The claims are the same, sooner.
    pub cascade: bool,
    /// Count demonyms as place names.
    pub demonyms: bool,
    /// Who codes.
    pub which: Which,
}

/// Who finds the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// The rules alone.
    Rules,
    /// The trained reader alone.
    Reader,
    /// Both propose, and a small model decides.
    #[default]
    Both,
}

impl Default for Options {
    fn default() -> Self {
        Self { cascade: true, demonyms: false, which: Which::default() }
    }
}

/// Least probability at which a span is a place name for coding: a verb of taking and holding beside it is further evidence.
const DOUBTFUL_PLACE: f32 = 0.35;

/// What every room made of one article.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// Sentences, tokens, tags, arcs, names.
    pub reading: Reading,
    /// Place mentions.
    pub places: Vec<Toponym>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Actor mentions.
    pub actors: Vec<ActorMention>,
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What looked like a claim and is none, with the reason.
    pub notes: Vec<Note>,
    /// What the rules and the reader said of each claim that was made or thought of; empty when the rules code alone.
    pub opinions: Vec<Opinion>,
    /// What somebody outside proposed ([`Coder::advise`]), and what came of it.
    pub advice: Vec<crate::Advised>,
    /// Set when a room broke down on this article; the article then has no claims, and the others are not touched.
    pub broken: Option<String>,
}

impl Coder {
    /// With the built-in model, gazetteer, actors and rules.
    #[must_use]
    pub fn embedded() -> Self {
        let rules = Rules::embedded();
        let cascade = Arc::new(Cascade::of_lemmas(Model::embedded(), rules.triggers()));
        let signs = Arc::new(Cascade::of_lemmas(Model::embedded(), rules.signs()));
        Self {
            model: Model::embedded(),
            gazetteer: Shelf::BuiltIn(Gazetteer::embedded()),
            registry: Arc::new(Registry::embedded()),
            rules: Arc::new(rules),
            cascade,
            signs,
            own: String::new(),
            options: Options::default(),
        }
    }

    /// Adds a user's actors: pairs of file name (for messages) and TOML.
    ///
    /// # Errors
    /// Says which file, which entry, and what to do.
    pub fn with_actors(mut self, files: &[(String, String)]) -> Result<Self, RegistryError> {
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let mut registry = Registry::clone(&self.registry);
        registry.extend(&borrowed)?;
        self.registry = Arc::new(registry);
        self.note_own(files);
        Ok(self)
    }

    /// Adds a user's rules to the built-in ones: pairs of file name (for messages) and TOML.
    ///
    /// # Errors
    /// Says which file, which rule, and what to do.
    pub fn with_rules(mut self, files: &[(String, String)]) -> Result<Self, RuleError> {
        self.rules = Arc::new(Rules::with(files)?);
        self.cascade = Arc::new(Cascade::of_lemmas(self.model, self.rules.triggers()));
        self.signs = Arc::new(Cascade::of_lemmas(self.model, self.rules.signs()));
        self.note_own(files);
        Ok(self)
    }

    /// Adds a gazetteer file of the format that tools/gazetteer writes to the built-in one.
    ///
    /// # Errors
    /// When the bytes are no such file.
    pub fn with_gazetteer(mut self, bytes: Vec<u8>) -> Result<Self, LoadError> {
        self.own.push_str(&digest(&bytes));
        self.gazetteer = Shelf::Own(Arc::new(Gazetteer::embedded_with(bytes)?));
        Ok(self)
    }

    fn note_own(&mut self, files: &[(String, String)]) {
        for (_, text) in files {
            self.own.push_str(&digest(text.as_bytes()));
        }
    }

    /// What decides the result of a coding, in words: program, version, and digests of the rules, of the reader where it has a
    /// say, and of the user's own data.
    #[must_use]
    pub fn version(&self) -> String {
        static READER: OnceLock<String> = OnceLock::new();
        let reader = match self.options.which {
            Which::Rules => String::new(),
            which => {
                let files = READER.get_or_init(|| digest(&Reader::files().concat()));
                format!(" reader {files}{}", if which == Which::Reader { " alone" } else { "" })
            }
        };
        let own = if self.own.is_empty() { String::new() } else { format!(" own {}", digest(self.own.as_bytes())) };
        format!(
            "marchland {} rules {}{reader}{own}",
            env!("CARGO_PKG_VERSION"),
            digest(format!("{:?}", self.rules).as_bytes())
        )
    }

    /// The language model.
    #[must_use]
    pub fn model(&self) -> &'static Model {
        self.model
    }

    /// The gazetteer.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        match &self.gazetteer {
            Shelf::BuiltIn(gazetteer) => gazetteer,
            Shelf::Own(gazetteer) => gazetteer,
        }
    }

    /// The actors.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Puts the sentences of every rule to the test: how many were tried, and what is wrong, in words.
    #[must_use]
    pub fn test_rules(&self) -> (usize, Vec<String>) {
        let (tried, failures) = self.rules.test(|text| {
            let article = Article::plain(Head::named("rule"), text.to_owned());
            let coded = self.code_fully(&article);
            (article, marchland_claim::Coded { claims: coded.claims, notes: coded.notes })
        });
        (tried, failures.into_iter().map(|f| format!("rule {}: {}\n  {:?}", f.rule, f.why, f.text)).collect())
    }

    /// A full reading of every sentence.
    #[must_use]
    pub fn read(&self, article: &Article) -> Reading {
        self.model.read(article, &ReadOptions::default())
    }

    /// The time expressions of an article.
    #[must_use]
    pub fn times(&self, article: &Article) -> Vec<TimeExpression> {
        guarded(|| marchland_time::find(article, &self.read(article))).unwrap_or_default()
    }

    /// The place mentions of an article.
    #[must_use]
    pub fn places(&self, article: &Article) -> Vec<Toponym> {
        guarded(|| self.find_places(article, &self.read(article), marchland_place::Options::default().floor))
            .unwrap_or_default()
    }

    /// Why each place name of an article was taken for one, and for which place.
    #[must_use]
    pub fn explain_places(&self, article: &Article) -> Vec<marchland_place::Explanation> {
        let options = marchland_place::Options { demonyms: self.options.demonyms, ..Default::default() };
        guarded(|| marchland_place::explain(article, &self.read(article), self.gazetteer(), &options))
            .unwrap_or_default()
    }

    fn find_places(&self, article: &Article, reading: &Reading, floor: f32) -> Vec<Toponym> {
        let options = marchland_place::Options { demonyms: self.options.demonyms, floor, ..Default::default() };
        marchland_place::find(article, reading, self.gazetteer(), &options)
    }

    /// Takes an article through every room. Never fails: an article on which a room breaks down comes back without
    /// claims and says so.
    #[must_use]
    pub fn code(&self, article: &Article) -> Coded {
        guarded(|| self.code_unguarded(article))
            .unwrap_or_else(|broken| Coded { broken: Some(broken), ..Coded::default() })
    }

    /// The cheap look, at the bare text: does it hold a word that a rule begins with, or one of war or unrest; and signs enough
    /// that it tells of a conflict? Never false where [`marchland_claim::code`] finds something: it counts at least what
    /// that counts, and a word is a token or more.
    fn may_hold_a_claim(&self, article: &Article) -> bool {
        let blocks = || article.blocks.iter().map(|block| block.span.of(&article.text));
        let words = blocks().map(|text| text.split_whitespace().count()).sum();
        let needed = marchland_claim::signs_needed(words);
        let mut seen = BTreeSet::new();
        let enough = blocks().any(|text| {
            self.signs.collect(text, &mut seen);
            seen.len() >= needed.max(1)
        });
        let told = enough
            || seen.len() + marchland_claim::NAMES >= needed
                && blocks().any(|text| self.registry.may_name_a_fighter(text))
            || needed == 0;
        told && (!seen.is_empty() || blocks().any(|text| self.cascade.triggered(text)))
    }

    /// True when the text holds a word that a rule begins with.
    #[must_use]
    pub fn triggered(&self, text: &str) -> bool {
        self.cascade.triggered(text)
    }

    /// By the rules alone and without the cheap look first. For training.
    #[must_use]
    pub fn code_fully(&self, article: &Article) -> Coded {
        guarded(|| self.by_rules(article)).unwrap_or_else(|broken| Coded { broken: Some(broken), ..Coded::default() })
    }

    fn code_unguarded(&self, article: &Article) -> Coded {
        let told = self.may_hold_a_claim(article);
        if self.options.cascade && !told {
            return Coded { reading: Reading::shallow(article), ..Coded::default() };
        }
        let mut coded = self.by_rules(article);
        if self.options.which != Which::Rules && told && self.worth_reading(&coded) {
            self.read_on(article, &mut coded);
        }
        coded
    }

    /// The reader is asked only where a conflict is told of and somebody who can hold a place is named.
    fn worth_reading(&self, coded: &Coded) -> bool {
        let facts = Known { gazetteer: self.gazetteer(), registry: &self.registry };
        !coded.claims.is_empty()
            || coded
                .actors
                .iter()
                .any(|m| m.actor.as_ref().is_some_and(|a| marchland_claim::Facts::fights(&facts, &a.id)))
    }

    /// Lets the reader decide over what the rules found.
    fn read_on(&self, article: &Article, coded: &mut Coded) {
        let reader = Reader::embedded();
        let facts = Known { gazetteer: self.gazetteer(), registry: &self.registry };
        let resources = Resources { rules: &self.rules, facts: &facts };
        let mentions = Mentions { places: &coded.places, times: &coded.times, actors: &coded.actors };
        let wanted = |n: usize| self.cascade.triggered(coded.reading.sentences[n].span.of(&article.text));
        let Decided { claims, opinions } = if self.options.which == Which::Reader {
            reader.alone(article, &coded.reading, &mentions, &resources, &wanted)
        } else {
            reader.decide(article, &coded.reading, &mentions, &resources, coded.claims.clone(), &wanted)
        };
        coded.claims = claims;
        coded.opinions = opinions;
    }

    fn by_rules(&self, article: &Article) -> Coded {
        let reading = self.read(article);
        let places = self.find_places(article, &reading, DOUBTFUL_PLACE);
        let times = marchland_time::find(article, &reading);
        let countries = marchland_place::document_countries(article, &reading, self.gazetteer(), &places);
        let context = Context { countries: &countries, day: article.published.day() };
        let actors = marchland_actor::find(article, &reading, &self.registry, &context);
        let mentions = Mentions { places: &places, times: &times, actors: &actors };
        let facts = Known { gazetteer: self.gazetteer(), registry: &self.registry };
        let coded =
            marchland_claim::code(article, &reading, &mentions, &Resources { rules: &self.rules, facts: &facts });
        Coded {
            reading,
            places,
            times,
            actors,
            claims: coded.claims,
            notes: coded.notes,
            opinions: vec![],
            advice: vec![],
            broken: None,
        }
    }
}

/// Runs work on one document so that a panic costs this document only. The rooms are written never to panic; a crawl
/// of millions of hostile pages is no place to rely on it.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let said =
            cause.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
        said.unwrap_or_else(|| "unknown cause".to_owned())
    })
}

fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().take(6).map(|b| format!("{b:02x}")).collect()
}
