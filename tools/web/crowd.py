#!/usr/bin/env python3
"""Writes a made-up country for measuring: crowd.py FOLDER PLACES CLAIMS -> places.txt (GeoNames form) and claims.csv (as `marchland import` takes it).

No random number: the same rows every time. Names are made-up syllables, each its own; two parties change places over three years."""
import datetime
import sys
from pathlib import Path

folder, places, claims = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
SYLLABLES = [c + v for c in "b d f g h j k l m n p r s t v z".split() for v in "a e i o u".split()]


def mix(n):
    n = (n + 0x9E3779B97F4A7C15) % 2**64
    n = (n ^ n >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    n = (n ^ n >> 27) * 0x94D049BB133111EB % 2**64
    return n ^ n >> 31


def name(i):
    out = "Qu"
    for _ in range(4):
        i, k = divmod(i, len(SYLLABLES))
        out += SYLLABLES[k]
    return out + "x"


with open(folder / "places.txt", "w") as f:
    for i in range(places):
        # A grid over the south and east of Ukraine.
        lat, lon = 46.5 + (i // 100) * 4 / (places / 100), 31 + i % 100 * 0.08
        f.write(f"{3_100_000_000 + i}\t{name(i)}\t{name(i)}\t\t{lat:.4f}\t{lon:.4f}\tP\tPPL\tUA\t\t05\t\t\t\t{500 + i}\t\t\tEtc/UTC\t2026-01-01\n")
first = datetime.date(2022, 3, 1)
with open(folder / "claims.csv", "w") as f:
    f.write("outlet,published,place,kind,holder,day,country\n")
    for n in range(claims):
        r = mix(n)
        day = first + datetime.timedelta(r % 1000)
        kind = ("transfer", "holds", "holds", "contested")[r >> 20 & 3]
        holder = ("Russia", "Ukraine")[r >> 32 & 1]
        f.write(f"Outlet {n % 37},{day},{name(n % places)},{kind},{holder},{day},UA\n")
