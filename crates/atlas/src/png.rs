//! SVG to PNG, with the embedded fonts only.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::fonts::database;

/// Why no PNG could be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG is not one of ours, or damaged.
    #[error("the SVG cannot be read: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// Too large for memory, or empty.
    #[error("a picture of {width} by {height} pixels cannot be made; choose a width from 1 to 8000")]
    Size {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// The encoder gave up.
    #[error("the PNG cannot be written: {0}")]
    Encode(String),
}

/// Renders an SVG at a width in pixels; the height follows.
///
/// # Errors
/// When the SVG cannot be read or the picture is too large.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, PngError> {
    let options = Options { fontdb: database(), font_family: "Noto Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options)?;
    let scale = width as f32 / tree.size().width();
    let height = (tree.size().height() * scale).ceil() as u32;
    if !(1..=8000).contains(&width) || !(1..=16000).contains(&height) {
        return Err(PngError::Size { width, height });
    }
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Size { width, height })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| PngError::Encode(e.to_string()))
}
