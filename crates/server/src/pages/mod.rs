//! The pages.

mod add;
mod article;
mod articles;
mod edit;
mod layout;
mod log;
mod map;
mod method;
mod place;
mod reading;
mod review;
mod timeline;

pub(crate) use add::add;
pub(crate) use article::article;
pub(crate) use articles::articles;
pub(crate) use layout::problem_page;
pub(crate) use log::log;
pub(crate) use map::map;
pub(crate) use method::method;
pub(crate) use reading::{publish, read, read_form};
pub(crate) use review::{judge, review};
