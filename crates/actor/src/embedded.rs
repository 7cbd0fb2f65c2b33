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
    "angola.toml",
    "central_america.toml",
    "chad.toml",
    "chechnya.toml",
    "colombia.toml",
    "drc.toml",
    "ethiopia.toml",
    "georgia.toml",
    "iran_iraq.toml",
    "iraq.toml",
    "israel.toml",
    "karabakh.toml",
    "liberia.toml",
    "libya.toml",
    "myanmar.toml",
    "nigeria.toml",
    "others.toml",
    "philippines.toml",
    "sahel.toml",
    "somalia.toml",
    "south_asia.toml",
    "south_sudan.toml",
    "sri_lanka.toml",
    "sudan.toml",
    "syria.toml",
    "ukraine.toml",
    "yemen.toml",
    "yugoslavia.toml",
);
