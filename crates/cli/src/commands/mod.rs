//! One file a command, or a family of commands that share their shape.

pub mod change;
pub mod code;
pub mod control;
pub mod demo;
pub mod export;
pub mod gazetteer;
pub mod gazetteer_import;
pub mod import;
pub mod judge;
pub mod map;
pub mod read;
pub mod rules;
pub mod serve;
pub mod store;
pub mod text;
pub mod training;
