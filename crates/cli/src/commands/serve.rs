//! `serve`: the page and the API.

use anyhow::Result;
use marchland_actor::Registry;
use marchland_article::Article;
use marchland_claim::Claim;
use marchland_coder::Coder;
use marchland_ledger::Mode;
use marchland_place::Gazetteer;
use marchland_server::{Desk, Options, Reach, World};

use crate::input::Report;
use crate::output::{note, paint, style};
use crate::{App, args};

/// The coder as the server sees it.
struct OurDesk(Coder);

impl Desk for OurDesk {
    fn gazetteer(&self) -> &Gazetteer {
        self.0.gazetteer()
    }

    fn registry(&self) -> &Registry {
        self.0.registry()
    }

    fn claims(&self, article: &Article) -> Result<Vec<Claim>, String> {
        let coded = self.0.code(article);
        match coded.broken {
            Some(why) => Err(why),
            None => Ok(coded.claims),
        }
    }

    fn version(&self) -> String {
        self.0.version()
    }
}

/// `marchland serve`
pub fn serve(app: &App, args: &args::Serve) -> Result<Report> {
    serve_with(app, args, None)
}

/// The same, with a note on every page.
pub fn serve_with(app: &App, args: &args::Serve, notice: Option<&str>) -> Result<Report> {
    let ledger = marchland_ledger::open(&args.store.store, Mode::Write)?;
    let world = World::new(ledger, OurDesk(app.coder()?))?;
    let reach = if args.private_hosts { Reach::Everywhere } else { Reach::Open };
    let mut world = world.with_shelf(shelf(&args.store.store)).with_reach(reach);
    if let Some(notice) = notice {
        world = world.with_notice(notice);
    }
    marchland_server::serve(world, Options { port: args.port }, |address| {
        note(format_args!("{} http://{address}/  (Ctrl-C stops it)", paint(style::GOOD, "serving")));
    })?;
    Ok(Report::default())
}

/// Where saved views and watched feeds stand: beside the ledger's file; for a ledger on another host, whose address may
/// hold a password, in the folder where the server was started.
fn shelf(store: &str) -> std::path::PathBuf {
    let file = store.strip_prefix("sqlite:").map(|f| f.strip_prefix("//").unwrap_or(f)).unwrap_or(store);
    if file.contains("://") { "marchland.shelf.json".into() } else { format!("{file}.shelf.json").into() }
}

#[cfg(test)]
mod tests {
    use super::shelf;

    #[test]
    fn the_shelf_stands_beside_the_ledger_and_holds_no_password() {
        let check = |store: &str, file: &str| assert_eq!(shelf(store), std::path::Path::new(file));
        check("sqlite:war.ledger", "war.ledger.shelf.json");
        check("sqlite:///tmp/a.db", "/tmp/a.db.shelf.json");
        check("a.db", "a.db.shelf.json");
        check("postgres://ann:secret@host/war", "marchland.shelf.json");
    }
}
