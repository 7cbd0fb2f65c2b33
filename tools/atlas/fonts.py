"""Joins the parts of Noto Sans that a map label can need into two small TrueType files a weight.

    python fonts.py FONTSOURCE_FOLDER OUT_FOLDER WEB_FOLDER

The npm packages ship one WOFF2 a script; resvg reads TrueType. Latin (with the letters of romanised
Arabic, Dari and Ukrainian), Greek and Cyrillic go into one file, Arabic (with Persian, Pashto, Kurdish) into another.
"""
import os
import sys

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

source, out, web = sys.argv[1:]
WANTED = (
    list(range(0x20, 0x7F)) + list(range(0xA0, 0x250)) + list(range(0x2B0, 0x2C0)) + [0x2C6, 0x2DA, 0x2DC]
    + list(range(0x1E00, 0x1EFA)) + list(range(0x370, 0x3D0)) + list(range(0x400, 0x530))
    + list(range(0x2010, 0x2028)) + [0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0xFFFD]
)
ARABIC = list(range(0x600, 0x700)) + list(range(0x750, 0x780)) + [0x20, 0x200C, 0x200D, 0x200E, 0x200F, 0xFD3E, 0xFD3F]


def cut(font, code_points, path):
    """Keeps the code points with their shaping rules; drops hinting, which a map at its size does not need."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    worker = subset.Subsetter(options)
    worker.populate(unicodes=code_points)
    worker.subset(font)
    font.flavor = None
    font.save(path)


for weight, name in ((400, "Regular"), (700, "Bold")):
    parts = []
    for script in ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek"):
        font = TTFont(f"{source}/noto-sans/files/noto-sans-{script}-{weight}-normal.woff2")
        font.flavor = None
        part = os.path.join(out, f".{script}.ttf")
        cut(font, WANTED, part)
        parts.append(part)
    merged = Merger().merge(parts)
    for part in parts:
        os.remove(part)
    cut(merged, WANTED, f"{out}/NotoSans-{name}.ttf")
    arabic = TTFont(f"{source}/noto-sans-arabic/files/noto-sans-arabic-arabic-{weight}-normal.woff2")
    cut(arabic, ARABIC, f"{out}/NotoSansArabic-{name}.ttf")

# The same for the pages, packed for browsers.
for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular"):
    font = TTFont(f"{out}/{name}.ttf")
    font.flavor = "woff2"
    font.save(f"{web}/{name}.woff2")
