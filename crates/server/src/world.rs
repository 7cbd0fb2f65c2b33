//! Everything the server answers from: the ledger, the reading desk, and what the ledger says now.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use marchland_actor::ActorId;
use marchland_article::Article;
use marchland_atlas::{Boundaries, Lookup, PlaceInfo};
use marchland_ledger::Ledger;
use marchland_place::PlaceId;

use crate::answers::Answers;
use crate::desk::Desk;
use crate::feeds;
use crate::problem::Problem;
use crate::reach::Reach;
use crate::readings::Readings;
use crate::shelf::Shelf;
use crate::snapshot::Snapshot;

/// How often the ledger is looked at for what others have added.
const LOOK: Duration = Duration::from_millis(1000);

/// Everything the server answers from. Shared by all threads.
pub struct World {
    ledger: Mutex<Box<dyn Ledger>>,
    desk: Box<dyn Desk>,
    snapshot: RwLock<Arc<Snapshot>>,
    looked: Mutex<Instant>,
    /// A note shown on every page: a key of the catalogue ("notice-demo"), or words.
    pub(crate) notice: Option<String>,
    /// Saved views and watched feeds.
    pub(crate) shelf: Shelf,
    /// Which hosts may be asked for feeds and pages.
    pub(crate) reach: Reach,
    /// Answers that were given since the ledger last changed.
    pub(crate) answers: Answers,
    /// Articles that are being read for somebody.
    pub(crate) readings: Readings,
    /// This world, for threads that go on after an answer.
    pub(crate) me: OnceLock<Weak<Self>>,
}

impl World {
    /// Reads the ledger once; later additions, also by other processes, are seen within a second.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn new(ledger: Box<dyn Ledger>, desk: impl Desk + 'static) -> Result<Self, marchland_ledger::Error> {
        let snapshot = Snapshot::load(&*ledger, desk.gazetteer())?;
        Ok(Self {
            ledger: Mutex::new(ledger),
            desk: Box::new(desk),
            snapshot: RwLock::new(Arc::new(snapshot)),
            looked: Mutex::new(Instant::now()),
            notice: None,
            shelf: Shelf::default(),
            reach: Reach::default(),
            answers: Answers::default(),
            readings: Readings::default(),
            me: OnceLock::new(),
        })
    }

    /// Shows a note on every page: a key of the catalogue, or words that are shown as they are.
    #[must_use]
    pub fn with_notice(mut self, notice: impl Into<String>) -> Self {
        self.notice = Some(notice.into());
        self
    }

    /// Keeps saved views and watched feeds in a file (made when something is saved); without one they are forgotten
    /// when the server ends.
    #[must_use]
    pub fn with_shelf(mut self, file: impl Into<PathBuf>) -> Self {
        self.shelf = Shelf::open(file.into());
        self
    }

    /// Which hosts may be asked for feeds and pages; without this, those of the open net only.
    #[must_use]
    pub fn with_reach(mut self, reach: Reach) -> Self {
        self.reach = reach;
        self
    }

    /// Looks at every watched feed that is due by now, and tells how many were. Asks other hosts: those that somebody
    /// has named, and those that their feeds name.
    pub fn look_at_feeds(&self, now: Timestamp) -> usize {
        feeds::look(self, now)
    }

    /// The ledger, for one question.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Box<dyn Ledger>> {
        // A thread that panicked while reading has broken nothing: writes are transactions.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The reading desk.
    pub(crate) fn desk(&self) -> &dyn Desk {
        &*self.desk
    }

    /// What the ledger says now.
    pub(crate) fn now(&self) -> Result<Arc<Snapshot>, Problem> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.elapsed() >= LOOK {
            *looked = Instant::now();
            let seq = self.current().seq();
            if self.ledger().seq()? != seq {
                self.reload()?;
            }
        }
        Ok(self.current())
    }

    fn current(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes in what was added to the ledger.
    pub(crate) fn reload(&self) -> Result<(), Problem> {
        // Nobody else reloads meanwhile: the ledger is held until the new one is in its place.
        let ledger = self.ledger();
        let fresh = self.current().after(&**ledger, self.desk.gazetteer())?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }

    /// The time, for what is written now. The only clock of this room.
    pub(crate) fn clock(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Lookup for World {
    fn place(&self, id: PlaceId) -> Option<PlaceInfo> {
        let place = self.desk.gazetteer().place(id)?;
        let country = place.country.map(str::to_owned);
        Some(PlaceInfo {
            id,
            name: place.name.to_owned(),
            local_name: place.local_name.map(str::to_owned),
            country_name: country.as_deref().and_then(|iso| Boundaries::world().country(iso)).map(|c| c.name.clone()),
            country,
            admin1: place.admin1_name.map(str::to_owned),
            lat: Some(place.lat),
            lon: Some(place.lon),
            feature: Some(place.feature.to_owned()),
            population: u64::from(place.population),
        })
    }

    fn actor(&self, id: &ActorId) -> Option<String> {
        self.desk.registry().actor(id).map(|a| a.name.clone())
    }

    fn actor_kind(&self, id: &ActorId) -> Option<String> {
        let kind = self.desk.registry().kind_on(id, None)?;
        serde_json::to_value(kind).ok()?.as_str().map(str::to_owned)
    }

    fn article(&self, digest: &str) -> Option<Arc<Article>> {
        self.ledger().article(digest).ok().flatten().map(|entry| Arc::new(entry.article))
    }
}
