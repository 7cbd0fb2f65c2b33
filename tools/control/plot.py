#!/usr/bin/env python3
"""Draws the growth that eval/scale.md tells of, as a picture with two logarithmic axes.   plot.py SCALE.md OUT.svg"""
import math, sys

rows = [[c.strip() for c in l.strip().strip("|").split("|")] for l in open(sys.argv[1]) if l.startswith("|")]
head, rows = rows[0], [r for r in rows[2:] if r[0].isdigit()]
first = lambda cell: float(cell.split()[0])
# Column, name on the picture, what makes milliseconds of it, colour (chosen to differ in lightness too).
LINES = [("rebuild (s)", "rebuild", 1000, "#1b4f8a"), ("map of a day (ms)", "map of a day", 1, "#c4572e"),
         ("update (ms)", "update", 1, "#3c8c5a"), ("explanation (ms)", "explanation", 1, "#8a5aa8")]
W, H, L, R, T, B = 640, 400, 80, 130, 40, 50
xs = [int(r[0]) for r in rows]
x0, x1, y0, y1 = math.log10(min(xs)), math.log10(max(xs)), -1, 5
X = lambda v: L + (math.log10(v) - x0) / (x1 - x0) * (W - L - R)
Y = lambda v: H - B - (math.log10(v) - y0) / (y1 - y0) * (H - T - B)
out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">' % (W, H, W, H),
       '<rect width="%d" height="%d" fill="#fff"/>' % (W, H), '<text x="%d" y="22" font-size="14">Growth with the number of claims</text>' % L]
for k in range(y0, y1 + 1):
    y = Y(10 ** k); name = {-1: "0.1 ms", 0: "1 ms", 1: "10 ms", 2: "100 ms", 3: "1 s", 4: "10 s", 5: "100 s"}[k]
    out.append('<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>' % (L, y, W - R, L - 6, y + 4, name))
for v in xs:
    out.append('<text x="%.1f" y="%d" text-anchor="middle">%s</text>' % (X(v), H - B + 18, format(v, ",")))
out.append('<text x="%.1f" y="%d" text-anchor="middle">claims, ten a place</text>' % ((L + W - R) / 2, H - 8))
for column, name, scale, colour in LINES:
    ys = [first(r[head.index(column)]) * scale for r in rows]
    out.append('<path d="M%s" fill="none" stroke="%s" stroke-width="2"/>' % ("L".join("%.1f %.1f" % (X(x), Y(y)) for x, y in zip(xs, ys)), colour))
    out += ['<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' % (X(x), Y(y), colour) for x, y in zip(xs, ys)]
    out.append('<text x="%d" y="%.1f" fill="%s">%s</text>' % (W - R + 8, Y(ys[-1]) + 4, colour, name))
open(sys.argv[2], "w").write("\n".join(out + ["</svg>", ""]))
