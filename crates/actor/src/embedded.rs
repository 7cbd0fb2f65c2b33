//! The files of `data/actors`, as they are built in.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name and text of each file.
        pub(crate) const FILES: &[(&str, &str)] = &[$((concat!("data/actors/", $name), include_str!(concat!("../../../data/actors/", $name)))),+];
    };
}

files!(
    "words.toml",
    "demonyms.toml",
    "international.toml",
    "states.toml",
    "afghanistan.toml",
    "libya.toml",
    "syria.toml",
    "iraq.toml",
    "ukraine.toml",
);
