//! The [`Registry`]: every party and every war that we know, read from TOML.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::lexicon::Lexicon;
use crate::schema::{self, ClassEntry, ConflictEntry, CountryEntry, RegistryError};
use crate::{Actor, ActorId, ActorKind, Conflict, Role};

/// What a country and its people are called.
#[derive(Debug, Clone)]
pub(crate) struct Country {
    pub code: String,
    pub entry: CountryEntry,
}

/// A class of words ("rebel") and how it is resolved.
#[derive(Debug, Clone)]
pub(crate) struct Class {
    pub name: String,
    pub entry: ClassEntry,
}

/// Every party and every war that we know.
#[derive(Debug, Clone)]
pub struct Registry {
    pub(crate) actors: Vec<Actor>,
    pub(crate) by_id: BTreeMap<ActorId, usize>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) countries: Vec<Country>,
    pub(crate) country_index: BTreeMap<String, usize>,
    pub(crate) classes: Vec<Class>,
    pub(crate) words: BTreeMap<String, Vec<String>>,
    pub(crate) states: BTreeMap<String, usize>,
    /// For each actor the wars in which it, or a party that it is a part of, has a side.
    pub(crate) wars: Vec<Vec<usize>>,
    pub(crate) lexicon: Lexicon,
}

impl Registry {
    /// The registry that is built into the program; read once, then copied.
    #[must_use]
    pub fn embedded() -> Self {
        Self::shared().clone()
    }

    /// The registry that is built into the program, for those who add nothing to it.
    ///
    /// A test reads every embedded file; should one be broken all the same, the registry is empty.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Registry> =
            LazyLock::new(|| Registry::from_toml(crate::embedded::FILES).unwrap_or_else(|_| Registry::empty()));
        &SHARED
    }

    /// A registry of these files alone: pairs of name (for messages) and TOML text.
    pub fn from_toml(files: &[(&str, &str)]) -> Result<Self, RegistryError> {
        let mut registry = Self::empty();
        registry.extend(files)?;
        Ok(registry)
    }

    fn empty() -> Self {
        Self {
            actors: Vec::new(),
            by_id: BTreeMap::new(),
            conflicts: Vec::new(),
            countries: Vec::new(),
            country_index: BTreeMap::new(),
            classes: Vec::new(),
            words: BTreeMap::new(),
            states: BTreeMap::new(),
            wars: Vec::new(),
            lexicon: Lexicon::default(),
        }
    }

    /// Adds a user's files. An actor, conflict, country or class with an id that we have replaces ours;
    /// the same id twice among the new files is an error. On an error nothing is changed.
    pub fn extend(&mut self, files: &[(&str, &str)]) -> Result<(), RegistryError> {
        let mut next = self.clone();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut once = |file: &str, what: &str, id: &str| match seen.insert(format!("{what} {id:?}"), file.into()) {
            None => Ok(()),
            Some(first) => Err(RegistryError::value(
                file,
                format!("{what} {id:?}"),
                format!("the id is taken by {first}"),
                "give one of the two another id",
            )),
        };
        let mut fresh = Vec::new();
        for (file, text) in files {
            let parsed = schema::parse(file, text)?;
            for (code, entry) in parsed.country {
                once(file, "country", &code)?;
                next.put_country(file, code, entry)?;
            }
            for (name, entry) in parsed.class {
                once(file, "class", &name)?;
                match next.classes.iter_mut().find(|c| c.name == name) {
                    Some(class) => class.entry = entry,
                    None => next.classes.push(Class { name, entry }),
                }
            }
            for (list, words) in parsed.words {
                next.words.entry(list).or_default().extend(words);
            }
            for entry in parsed.actor {
                once(file, "actor", &entry.id)?;
                next.put_actor(file, entry)?;
            }
            for entry in parsed.conflict {
                once(file, "conflict", &entry.id)?;
                fresh.push((file.to_string(), entry));
            }
        }
        for (file, entry) in fresh {
            next.put_conflict(&file, &entry)?;
        }
        next.check(files)?;
        next.states = next
            .actors
            .iter()
            .enumerate()
            .filter(|(_, a)| a.state)
            .filter_map(|(i, a)| Some((a.country.clone()?, i)))
            .collect();
        let fights =
            |a: &Actor| (0..next.conflicts.len()).filter(|&c| next.side(&a.id, &next.conflicts[c]).is_some()).collect();
        next.wars = next.actors.iter().map(fights).collect();
        next.lexicon = Lexicon::build(&next);
        *self = next;
        Ok(())
    }

    fn put_country(&mut self, file: &str, code: String, entry: CountryEntry) -> Result<(), RegistryError> {
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(RegistryError::value(
                file,
                format!("country {code:?}"),
                "not a country code",
                "write the ISO 3166 code in two capitals, such as TD",
            ));
        }
        let country = Country { code: code.clone(), entry };
        match self.country_index.get(&code) {
            Some(&i) => self.countries[i] = country,
            None => {
                self.country_index.insert(code, self.countries.len());
                self.countries.push(country);
            }
        }
        Ok(())
    }

    fn put_actor(&mut self, file: &str, entry: schema::ActorEntry) -> Result<(), RegistryError> {
        let key = |field: &str| format!("actor {:?}: {field}", entry.id);
        let kebab = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if entry.id.is_empty() || !entry.id.bytes().all(kebab) {
            return Err(RegistryError::value(
                file,
                key("id"),
                "not in kebab-case",
                "write it like \"libyan-rebels\": a-z, 0-9 and hyphens",
            ));
        }
        if entry.name.trim().is_empty() {
            return Err(RegistryError::value(file, key("name"), "empty", "give the standard English name"));
        }
        for role in &entry.role {
            if let (Some(from), Some(to)) = (role.from, role.to)
                && from > to
            {
                return Err(RegistryError::value(
                    file,
                    key("role"),
                    format!("ends ({to}) before it begins ({from})"),
                    "swap the two days",
                ));
            }
        }
        if let Some(q) = &entry.wikidata
            && !(q.len() > 1 && q.starts_with('Q') && q[1..].bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(RegistryError::value(
                file,
                key("wikidata"),
                format!("{q:?} is no Wikidata id"),
                "write it like \"Q42418\", or leave it out",
            ));
        }
        let actor = Actor {
            id: entry.id.as_str().into(),
            name: entry.name,
            kind: entry.kind,
            roles: entry.role.iter().map(|r| Role { kind: r.kind, from: r.from, to: r.to }).collect(),
            country: entry.country,
            state: entry.state,
            part_of: entry.part_of.map(|p| p.as_str().into()),
            aliases: entry.aliases,
            persons: entry.persons,
            wikidata: entry.wikidata,
        };
        match self.by_id.get(&actor.id) {
            Some(&i) => self.actors[i] = actor,
            None => {
                self.by_id.insert(actor.id.clone(), self.actors.len());
                self.actors.push(actor);
            }
        }
        Ok(())
    }

    fn put_conflict(&mut self, file: &str, entry: &ConflictEntry) -> Result<(), RegistryError> {
        let key = |field: &str| format!("conflict {:?}: {field}", entry.id);
        if entry.countries.is_empty() {
            return Err(RegistryError::value(
                file,
                key("countries"),
                "empty",
                "name at least the country where it is fought",
            ));
        }
        if entry.to.is_some_and(|to| to < entry.from) {
            return Err(RegistryError::value(file, key("to"), "before its \"from\"", "swap the two days"));
        }
        let known = |field: &str, lists: BTreeMap<String, Vec<String>>| {
            let mut out = BTreeMap::new();
            for (name, ids) in lists {
                let mut actors = Vec::new();
                for id in ids {
                    let id = ActorId::from(id.as_str());
                    if !self.by_id.contains_key(&id) {
                        return Err(RegistryError::value(
                            file,
                            key(&format!("{field}.{name}")),
                            format!("no actor {id:?} is known", id = id.as_str()),
                            "correct the id, or add an [[actor]] with it",
                        ));
                    }
                    actors.push(id);
                }
                out.insert(name, actors);
            }
            Ok(out)
        };
        for class in entry.roles.keys() {
            if !self.classes.is_empty() && !self.classes.iter().any(|c| &c.name == class) {
                return Err(RegistryError::value(
                    file,
                    key(&format!("roles.{class}")),
                    "no such class of words",
                    "use a class of words.toml, or put the very words under conflict.words",
                ));
            }
        }
        let conflict = Conflict {
            sides: known("sides", entry.sides.clone())?,
            roles: known("roles", entry.roles.clone())?,
            words: known("words", entry.words.clone())?,
            id: entry.id.clone(),
            name: entry.name.clone(),
            aliases: entry.aliases.clone(),
            countries: entry.countries.clone(),
            from: entry.from,
            to: entry.to,
            between_states: entry.between_states,
        };
        match self.conflicts.iter_mut().find(|c| c.id == conflict.id) {
            Some(old) => *old = conflict,
            None => self.conflicts.push(conflict),
        }
        Ok(())
    }

    /// What can only be seen when all is read.
    fn check(&self, files: &[(&str, &str)]) -> Result<(), RegistryError> {
        let all = files.iter().map(|f| f.0).collect::<Vec<_>>().join(", ");
        for actor in &self.actors {
            let mut at = actor;
            for step in 0.. {
                let Some(parent) = &at.part_of else { break };
                let known = self.actor(parent);
                let problem = match known {
                    None => format!("no actor {:?} is known", parent.as_str()),
                    Some(_) if step > 8 => "goes in a circle".to_owned(),
                    Some(_) => String::new(),
                };
                if !problem.is_empty() {
                    return Err(RegistryError::value(
                        &all,
                        format!("actor {:?}: part_of", actor.id.as_str()),
                        problem,
                        "name the larger party's id, or leave it out",
                    ));
                }
                at = known.unwrap_or(at);
            }
        }
        for conflict in &self.conflicts {
            let mut taken: BTreeMap<String, &ActorId> = BTreeMap::new();
            for actor in conflict.sides.values().flatten().filter_map(|id| self.actor(id)) {
                for alias in actor.aliases.iter().chain(&actor.persons).chain([&actor.name]) {
                    if let Some(other) = taken.insert(alias.to_lowercase(), &actor.id)
                        && other != &actor.id
                    {
                        return Err(RegistryError::value(
                            &all,
                            format!("conflict {:?}", conflict.id),
                            format!(
                                "the name {alias:?} is given to both {:?} and {:?}",
                                other.as_str(),
                                actor.id.as_str()
                            ),
                            "leave it with one of the two",
                        ));
                    }
                }
            }
        }
        Ok(())
    }

    /// The actor with that id; `None` for one that is made up on the spot ("generic:td:rebels").
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.by_id.get(id).map(|&i| &self.actors[i])
    }

    /// Every actor, in the order of the files.
    #[must_use]
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// Every conflict, in the order of the files.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// The conflict with that id.
    #[must_use]
    pub fn conflict(&self, id: &str) -> Option<&Conflict> {
        self.conflicts.iter().find(|c| c.id == id)
    }

    /// The conflicts fought in a country on a day (any day, when none is given).
    pub fn conflicts_in(&self, country: &str, day: Option<Date>) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(move |c| c.touches(country) && day.is_none_or(|d| c.on(d)))
    }

    /// The standard name. A generic id is spelled out ("Chadian rebels"); an unknown one is given back as it is.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a ActorId) -> Cow<'a, str> {
        if let Some(actor) = self.actor(id) {
            return Cow::Borrowed(&actor.name);
        }
        if let Some((code, role)) = generic_parts(id)
            && let Some(&i) = self.country_index.get(&code.to_ascii_uppercase())
        {
            return Cow::Owned(format!("{} {role}", self.countries[i].entry.adjective));
        }
        Cow::Borrowed(id.as_str())
    }

    /// The larger party that it is a part of.
    #[must_use]
    pub fn parent(&self, id: &ActorId) -> Option<&ActorId> {
        self.actor(id)?.part_of.as_ref()
    }

    /// The actor itself, its parent, and so on upwards.
    pub fn lineage<'a>(&'a self, id: &'a ActorId) -> impl Iterator<Item = &'a ActorId> {
        std::iter::successors(Some(id), |id| self.parent(id)).take(10)
    }

    /// The side that an actor, or a party that it is a part of, stands on in a conflict.
    #[must_use]
    pub fn side<'a>(&'a self, id: &'a ActorId, conflict: &'a Conflict) -> Option<&'a str> {
        self.lineage(id).find_map(|id| conflict.side_of(id))
    }

    /// True when the two are one, one is part of the other, or they stand on one side in a war of that day
    /// (of any day, when none is given) and on different sides in none.
    #[must_use]
    pub fn same_side(&self, a: &ActorId, b: &ActorId, day: Option<Date>) -> bool {
        if self.lineage(a).any(|x| x == b) || self.lineage(b).any(|x| x == a) {
            return true;
        }
        let (mut together, mut against) = (false, false);
        for conflict in self.conflicts.iter().filter(|c| day.is_none_or(|d| c.on(d))) {
            if let (Some(x), Some(y)) = (self.side(a, conflict), self.side(b, conflict)) {
                together |= x == y;
                against |= x != y;
            }
        }
        if together || against {
            return together && !against;
        }
        generic_parts(a).is_some() && a == b
    }

    /// Everybody on another side than `a` in the conflict, likeliest first: who plays a part comes before who does not.
    #[must_use]
    pub fn opponents(&self, a: &ActorId, conflict: &Conflict) -> Vec<ActorId> {
        let Some(own) = self.side(a, conflict) else { return Vec::new() };
        let mut out: Vec<ActorId> = Vec::new();
        let playing =
            ["government", "rebel", "jihadist", "separatist"].iter().filter_map(|c| conflict.roles.get(*c)).flatten();
        for id in playing.chain(conflict.sides.values().flatten()) {
            if self.side(id, conflict).is_some_and(|s| s != own) && !out.contains(id) {
                out.push(id.clone());
            }
        }
        out
    }

    /// What an actor is on a day; without a day, what it is by default. `None` for an id that nobody knows.
    #[must_use]
    pub fn kind_on(&self, id: &ActorId, day: Option<Date>) -> Option<ActorKind> {
        if let Some(actor) = self.actor(id) {
            let role = day.and_then(|d| actor.roles.iter().find(|r| r.holds(d)));
            return Some(role.map_or(actor.kind, |r| r.kind));
        }
        let (_, role) = generic_parts(id)?;
        self.classes.iter().find(|c| c.entry.generic.as_deref() == Some(role)).and_then(|c| c.entry.kind)
    }

    /// True when the actor, or a party that it is a part of, has a side in the conflict. Who has none speaks there as a
    /// third party, state or not.
    #[must_use]
    pub fn is_party_to(&self, id: &ActorId, conflict: &Conflict) -> bool {
        self.side(id, conflict).is_some()
    }

    /// True for observers and civilians: who speaks for no party as far as we know.
    #[must_use]
    pub fn is_third_party(&self, id: &ActorId) -> bool {
        matches!(self.kind_on(id, None), Some(ActorKind::Observer | ActorKind::Civilians))
    }

    /// The actor with that name, alias or id, whatever its case; for analysts and tests.
    #[must_use]
    pub fn lookup(&self, name: &str) -> Option<&ActorId> {
        let name = name.trim().to_lowercase();
        let same = |s: &str| s.to_lowercase() == name;
        self.actors
            .iter()
            .find(|a| a.id.as_str() == name || same(&a.name))
            .or_else(|| self.actors.iter().find(|a| a.aliases.iter().any(|s| same(s))))
            .map(|a| &a.id)
    }

    /// The actor that stands for a country wherever it appears.
    pub(crate) fn state(&self, country: u16) -> Option<usize> {
        self.states.get(&self.countries.get(country as usize)?.code).copied()
    }

    /// True for a country whose forces are met abroad: its people's adjective tells little of where a war is.
    pub(crate) fn abroad(&self, country: u16) -> bool {
        self.state(country).is_some_and(|a| self.actors[a].kind == ActorKind::ExternalForces)
    }

    /// The words of a list of `words.toml`.
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.words.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The id of the party made up for a country without a file: `generic:td:rebels`.
pub(crate) fn generic_id(country: &str, role: &str) -> ActorId {
    format!("generic:{}:{role}", country.to_ascii_lowercase()).as_str().into()
}

/// Country code and role of a generic id.
pub(crate) fn generic_parts(id: &ActorId) -> Option<(&str, &str)> {
    id.as_str().strip_prefix("generic:")?.split_once(':')
}
