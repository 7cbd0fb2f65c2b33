//! The rule files that the program carries, in the order in which they are tried.

pub(crate) const FILES: &[(&str, &str)] = &[
    ("capture.toml", include_str!("../../../data/rules/capture.toml")),
    ("seize-control.toml", include_str!("../../../data/rules/seize-control.toml")),
    ("fall.toml", include_str!("../../../data/rules/fall.toml")),
    ("nominal-capture.toml", include_str!("../../../data/rules/nominal-capture.toml")),
    ("drive-out.toml", include_str!("../../../data/rules/drive-out.toml")),
    ("lose.toml", include_str!("../../../data/rules/lose.toml")),
    ("hand-over.toml", include_str!("../../../data/rules/hand-over.toml")),
    ("flag.toml", include_str!("../../../data/rules/flag.toml")),
    ("held.toml", include_str!("../../../data/rules/held.toml")),
    ("control-state.toml", include_str!("../../../data/rules/control-state.toml")),
    ("under-control.toml", include_str!("../../../data/rules/under-control.toml")),
    ("rebel-town.toml", include_str!("../../../data/rules/rebel-town.toml")),
    ("stronghold.toml", include_str!("../../../data/rules/stronghold.toml")),
    ("besiege.toml", include_str!("../../../data/rules/besiege.toml")),
    ("withdraw.toml", include_str!("../../../data/rules/withdraw.toml")),
    ("repel.toml", include_str!("../../../data/rules/repel.toml")),
    ("contested.toml", include_str!("../../../data/rules/contested.toml")),
    ("enter.toml", include_str!("../../../data/rules/enter.toml")),
    ("attack.toml", include_str!("../../../data/rules/attack.toml")),
];
