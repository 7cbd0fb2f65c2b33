//! Which kinds of places are kept (data/gazetteer/kept.txt): those that news of a war names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static KEPT: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/gazetteer/kept.txt").lines();
    lines.filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// True for a kind of place that is kept. Historical divisions and what GeoNames no longer knows are not.
pub(crate) fn kept(class: &str, code: &str) -> bool {
    match class {
        "P" => code != "PPLCH",
        "A" => !(code.ends_with('H') || code == "ADM5" || code == "LTER"),
        _ => KEPT.contains(code),
    }
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn towns_bases_and_crossings_but_no_hotels() {
        for (class, code) in
            [("P", "PPL"), ("P", "PPLW"), ("A", "ADM2"), ("S", "AIRB"), ("S", "DAM"), ("T", "ISL"), ("H", "LK")]
        {
            assert!(kept(class, code), "{code}");
        }
        for (class, code) in [("S", "HTL"), ("S", "SCH"), ("A", "ADM1H"), ("R", "ST"), ("V", "FRST"), ("H", "STM")] {
            assert!(!kept(class, code), "{code}");
        }
    }
}
