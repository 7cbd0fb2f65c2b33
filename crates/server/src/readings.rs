//! Articles that are being read for somebody, one after another, so that the page can say how far it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use marchland_article::Article;
use marchland_claim::Claim;
use marchland_ledger::{Coded, Run};

use crate::problem::Problem;
use crate::world::World;

/// Most readings that are remembered; the oldest go first.
const MOST: usize = 20;

/// How far an article is.
#[derive(Debug, Clone)]
pub(crate) enum State {
    Waits,
    Reads,
    /// What was found, not kept yet.
    Read(Arc<Vec<Claim>>),
    /// In the ledger, with so many claims.
    Kept(usize),
    /// What went wrong, in the words of the room where it did.
    Failed(String),
}

/// One order: articles to be read, and perhaps kept.
#[derive(Debug)]
pub(crate) struct Reading {
    pub articles: Vec<Article>,
    states: Mutex<Vec<State>>,
}

impl Reading {
    fn lock(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far each article is.
    pub fn states(&self) -> Vec<State> {
        self.lock().clone()
    }

    fn set(&self, n: usize, state: State) {
        if let Some(slot) = self.lock().get_mut(n) {
            *slot = state;
        }
    }

    /// Reads every article in turn. One that breaks down costs that one.
    fn run(&self, world: &World, keep: bool) {
        for (n, article) in self.articles.iter().enumerate() {
            self.set(n, State::Reads);
            let state = match world.desk().claims(article) {
                Err(why) => State::Failed(why),
                Ok(claims) if keep => store(world, article, &claims),
                Ok(claims) => State::Read(Arc::new(claims)),
            };
            self.set(n, state);
        }
        if keep {
            // What is not taken in now is seen within a second by whoever asks.
            let _ = world.reload();
        }
    }

    /// Puts what was read into the ledger.
    pub fn keep(&self, world: &World) -> Result<(), Problem> {
        for (n, state) in self.states().into_iter().enumerate() {
            if let (State::Read(claims), Some(article)) = (state, self.articles.get(n)) {
                self.set(n, store(world, article, &claims));
            }
        }
        world.reload()
    }
}

fn store(world: &World, article: &Article, claims: &[Claim]) -> State {
    let run = Run { coder: world.desk().version(), at: world.clock() };
    match world.ledger().add_article(Coded { article, read_at: world.clock(), claims }, &run) {
        Ok(_) => State::Kept(claims.len()),
        Err(error) => State::Failed(error.to_string()),
    }
}

/// The readings of this server, by number.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    all: Mutex<(u64, BTreeMap<u64, Arc<Reading>>)>,
}

impl Readings {
    /// Begins to read; gives the number to ask with.
    pub fn start(&self, world: &World, articles: Vec<Article>, keep: bool) -> u64 {
        let states = Mutex::new(vec![State::Waits; articles.len()]);
        let reading = Arc::new(Reading { articles, states });
        let id = {
            let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
            all.0 += 1;
            let id = all.0;
            all.1.insert(id, Arc::clone(&reading));
            while all.1.len() > MOST {
                all.1.pop_first();
            }
            id
        };
        match world.me.get().and_then(std::sync::Weak::upgrade) {
            Some(world) => {
                std::thread::spawn(move || reading.run(&world, keep));
            }
            None => reading.run(world, keep),
        }
        id
    }

    /// A reading that was begun.
    pub fn get(&self, id: u64) -> Option<Arc<Reading>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).1.get(&id).map(Arc::clone)
    }
}
