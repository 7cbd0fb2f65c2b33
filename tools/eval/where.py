#!/usr/bin/env python3
"""Scores where marked verbs take place (gold/where): where.py GOLD.jsonl PRED.jsonl

PRED is what the example `scenes` of the coder's crate gives. A span is right when it is the same span, or when it is one of the gold's but for an article
or a word such as "city" or "district" at either end ("near" counts these apart from the exact ones). A gold span without a letter is no place.
The even half (by number of the line) was looked at while the prices of the arcs were chosen; the odd half was not. Prints Markdown."""
import json, re, sys

rows = lambda f: [json.loads(l) for l in open(f)]
gold, pred = rows(sys.argv[1]), {d["id"]: d for d in rows(sys.argv[2])}
bare = lambda s: re.sub(r"^(the|north|south|east|west|northern|southern|eastern|western|central)\s+|\s+(city|town|village|province|district|area|governorate|region|state|camp)$", "", s.lower())
print("| half | verbs | with a place | exact spans: P | R | F1 | near: P | R | place-less left empty | with a place: something said | its place is among the names found |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
for half in ("even", "odd"):
    n = tp = fp = fn = near_p = near_r = empty = left = some = placed = found = 0
    for i, g in enumerate(gold):
        if (i % 2 == 0) != (half == "even") or g["id"] not in pred:
            continue
        n += 1
        words = lambda s: g["text"][s[0]:s[1]]
        want = {tuple(s) for s in g["place"] if words(s).strip()}
        got = {tuple(s) for s in pred[g["id"]]["place"]}
        tp += len(want & got); fp += len(got - want); fn += len(want - got)
        alike = lambda a, b: a[0] < b[1] and b[0] < a[1] and bare(words(a)) == bare(words(b))
        near_p += sum(any(alike(a, b) for b in want) for a in got); near_r += sum(any(alike(a, b) for b in got) for a in want)
        if want:
            placed += 1; some += bool(got); found += any(alike(a, tuple(b)) for a in want for b in pred[g["id"]]["names"])
        else:
            empty += 1; left += not got
        if "--errors" in sys.argv and half == "even" and want != got:
            print(g["id"], "want", sorted(map(words, want)), "got", sorted(map(words, got)), "verb", words(g["verb"][0]), "|", g["text"][:260].replace("\n", " "), file=sys.stderr)
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    print(f"| {half} | {n} | {placed} | {p:.3f} | {r:.3f} | {2 * p * r / max(1e-9, p + r):.3f} | {near_p / max(1, tp + fp):.3f} | {near_r / max(1, tp + fn):.3f} | {left / max(1, empty):.3f} | {some / max(1, placed):.3f} | {found / max(1, placed):.3f} |")
