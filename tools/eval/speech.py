#!/usr/bin/env python3
"""Scores attributions on PolNeAR: the cue, and the source of a found cue.   speech.py GOLD.jsonl.gz PRED.jsonl

A cue is found when a predicted cue shares a character with it; its source is right when the predicted source shares a character with
the gold source (an attribution without a source: when none is predicted). PolNeAR also counts attitudes ("wants", "plans") as
attributions; all its attributions with a cue are counted here.
"""
import gzip, json, sys

gold = [json.loads(l) for l in gzip.open(sys.argv[1], "rt")]
pred = {d["id"]: d["attributions"] for d in map(json.loads, open(sys.argv[2]))}
over = lambda a, b: a[0] < b[1] and b[0] < a[1]
cues = said = found = true = sources = right = exact = 0
for doc in gold:
    mine = pred.get(doc["id"], [])
    want = [a for a in doc["attributions"] if a.get("Cue")]
    cues += len(want); said += len(mine)
    true += sum(any(over(m["cue"], c) for a in want for c in a["Cue"]) for m in mine)
    for a in want:
        hits = [m for m in mine if any(over(m["cue"], c) for c in a["Cue"])]
        if not hits:
            continue
        found += 1
        if not a.get("Source"):
            continue
        sources += 1
        got = next((m["source"] for m in hits if m["source"]), None)
        right += bool(got) and any(over(got, s) for s in a["Source"])
        exact += bool(got) and any(abs(got[0] - s[0]) + abs(got[1] - s[1]) <= 2 for s in a["Source"])
p, r = true / max(1, said), found / max(1, cues)
print("# Attributions: who says what\n")
print("Made by `tools/eval/speech.sh` (part of `make eval`), on PolNeAR (see the head of tools/eval/speech.py for what counts).\n")
print("| what | figure | of |\n|---|---|---|")
print(f"| cue, precision | {p:.3f} | {said} |\n| cue, recall | {r:.3f} | {cues} |\n| cue, F1 | {2 * p * r / max(1e-9, p + r):.3f} | |")
print(f"| source of a found cue, overlapping | {right / max(1, sources):.3f} | {sources} |\n| source of a found cue, exact (within two characters) | {exact / max(1, sources):.3f} | {sources} |")
