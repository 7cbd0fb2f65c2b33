//! What the server needs of the reading desk.

use marchland_actor::Registry;
use marchland_article::Article;
use marchland_claim::Claim;
use marchland_place::Gazetteer;

/// The reading desk, as the server needs it: names to show, and article in, claims out.
pub trait Desk: Send + Sync {
    /// Places.
    fn gazetteer(&self) -> &Gazetteer;
    /// Parties.
    fn registry(&self) -> &Registry;
    /// The claims of an article, or what broke down.
    ///
    /// # Errors
    /// Says, in words, which part broke down on this article.
    fn claims(&self, article: &Article) -> Result<Vec<Claim>, String>;
    /// What decides the result of a coding, in words.
    fn version(&self) -> String;
}
