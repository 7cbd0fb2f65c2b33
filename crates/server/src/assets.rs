//! What is served as it is: style, script, fonts. Embedded; addressed by the digest of their content, so that a
//! browser may keep them for ever.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// One file.
pub(crate) struct Asset {
    name: &'static str,
    pub media: &'static str,
    pub bytes: &'static [u8],
}

const ASSETS: &[Asset] = &[
    Asset {
        name: "marchland.css",
        media: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../web/marchland.css"),
    },
    Asset {
        name: "marchland.mjs",
        media: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../web/marchland.mjs"),
    },
    Asset { name: "map.mjs", media: "text/javascript; charset=utf-8", bytes: include_bytes!("../../../web/map.mjs") },
    Asset {
        name: "maplibre-gl.mjs",
        media: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../web/vendor/maplibre-gl/maplibre-gl.mjs"),
    },
    Asset {
        name: "maplibre-gl-worker.mjs",
        media: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../web/vendor/maplibre-gl/maplibre-gl-worker.mjs"),
    },
    Asset {
        name: "maplibre-gl.css",
        media: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../web/vendor/maplibre-gl/maplibre-gl.css"),
    },
    Asset {
        name: "NotoSans-Regular.woff2",
        media: "font/woff2",
        bytes: include_bytes!("../../../web/fonts/NotoSans-Regular.woff2"),
    },
    Asset {
        name: "NotoSans-Bold.woff2",
        media: "font/woff2",
        bytes: include_bytes!("../../../web/fonts/NotoSans-Bold.woff2"),
    },
    Asset {
        name: "NotoSansArabic-Regular.woff2",
        media: "font/woff2",
        bytes: include_bytes!("../../../web/fonts/NotoSansArabic-Regular.woff2"),
    },
    Asset { name: "icon.svg", media: "image/svg+xml", bytes: include_bytes!("../../../web/icon.svg") },
];

fn digests() -> &'static [String] {
    static DIGESTS: OnceLock<Vec<String>> = OnceLock::new();
    DIGESTS.get_or_init(|| {
        let digest = |a: &Asset| Sha256::digest(a.bytes).iter().take(6).map(|b| format!("{b:02x}")).collect();
        ASSETS.iter().map(digest).collect()
    })
}

/// The address of an asset.
pub(crate) fn address(name: &str) -> String {
    let digest = ASSETS.iter().zip(digests()).find(|(a, _)| a.name == name).map_or("", |(_, d)| d.as_str());
    format!("/asset/{digest}/{name}")
}

/// The asset of that name; the digest in the address is not looked at, an old page gets the new file.
pub(crate) fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|a| a.name == name)
}
