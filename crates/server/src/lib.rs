//! HTTP: pages and the JSON API. The only room that knows HTTP.
//!
//! Everything that can be asked stands in one table ([`routes::ROUTES`](routes)); the router and the OpenAPI document
//! are both made from it. Handlers are plain functions of the [`World`] and the question; they run on threads where
//! blocking is allowed. Pages work without JavaScript; the script only fetches the same pages and puts them in place.

mod answers;
mod api;
mod article_text;
mod ask;
mod assets;
mod charts;
mod corrections;
mod desk;
mod feeds;
mod fetch;
mod forms;
mod guard;
mod openapi;
mod pages;
mod pictures;
mod problem;
mod reach;
mod readings;
mod resolve;
mod routes;
mod said;
mod serve;
mod shelf;
mod snapshot;
mod speech;
mod tongues;
mod view;
mod words;
mod world;

pub use desk::Desk;
pub use marchland_words::Tongue;
pub use problem::ServeError;
pub use reach::Reach;
pub use said::{Given, Said};
pub use serve::{Options, router, serve, shared_router};
pub use view::{SetChoice, View};
pub use world::World;
