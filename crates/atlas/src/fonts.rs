//! The embedded fonts, and how wide a text is in them.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Noto Sans (SIL Open Font License 1.1), cut to Latin, Greek, Cyrillic and Arabic by `tools/atlas/fonts.py`.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../data/atlas/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../data/atlas/fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../data/atlas/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../data/atlas/fonts/NotoSansArabic-Bold.ttf"),
];

/// The fonts as resvg wants them; no font of the machine is ever used, so that a PNG is the same everywhere.
pub(crate) fn database() -> Arc<fontdb::Database> {
    static DATABASE: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    DATABASE
        .get_or_init(|| {
            let mut db = fontdb::Database::new();
            for font in FONTS {
                db.load_font_data(font.to_vec());
            }
            db.set_sans_serif_family("Noto Sans");
            Arc::new(db)
        })
        .clone()
}

/// Width in ems of a text, by the sum of its letters' advances (no kerning, no joining: within a few percent,
/// enough to keep labels apart).
pub(crate) fn ems(text: &str, bold: bool) -> f64 {
    struct Face {
        charmap: skrifa::charmap::Charmap<'static>,
        metrics: GlyphMetrics<'static>,
        units: f64,
    }
    static FACES: OnceLock<Vec<Face>> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let open = |bytes: &'static [u8]| {
            let font = FontRef::new(bytes).ok()?;
            let units = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
            Some(Face {
                charmap: font.charmap(),
                metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
                units,
            })
        };
        FONTS.iter().filter_map(|bytes| open(bytes)).collect()
    });
    let pair = if bold { faces.get(2..4) } else { faces.get(0..2) }.unwrap_or_default();
    let width = |c: char| {
        pair.iter().find_map(|face| Some(f64::from(face.metrics.advance_width(face.charmap.map(c)?)?) / face.units))
    };
    text.chars().map(|c| width(c).unwrap_or(0.6)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_plausible_in_three_scripts() {
        assert_eq!(database().len(), 4);
        for (text, low, high) in [("Kunduz", 3.4, 4.0), ("Харків", 2.9, 3.4), ("کندز", 1.2, 3.2), ("", 0.0, 0.0)]
        {
            let width = ems(text, false);
            assert!((low..=high).contains(&width), "{text}: {width}");
        }
        assert!(ems("Kunduz", true) > ems("Kunduz", false));
    }
}
