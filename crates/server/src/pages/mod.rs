//! The pages.

mod add;
mod article;
mod articles;
mod data;
mod edit;
mod feeds;
mod layout;
mod log;
mod map;
mod method;
mod place;
mod reading;
mod review;
mod timeline;
mod views;

pub(crate) use add::add;
pub(crate) use article::article;
pub(crate) use articles::articles;
pub(crate) use data::data;
pub(crate) use edit::differences;
pub(crate) use feeds::{change as change_feed, feeds};
pub(crate) use layout::problem_page;
pub(crate) use log::log;
pub(crate) use map::{map, places_page};
pub(crate) use method::method;
pub(crate) use reading::{progress, publish, read, read_form};
pub(crate) use review::{judge, review};
pub(crate) use views::{save as save_view, views};
