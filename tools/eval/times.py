#!/usr/bin/env python3
"""Scores of the time room on TimeBank and AQUAINT, halves apart.

    times.py GOLD_DIR MARCHLAND [--errors FILE] [--half seen|unseen]

GOLD_DIR holds timebank.jsonl.gz and aquaint.jsonl.gz ({id, dct, text, timex}). MARCHLAND is the built program.
Documents are split by CRC-32 of their id: rules were written looking at the errors of the even
half ("seen") only. Counts as score_times.py does: relaxed = spans overlap, strict = spans equal, value = overlapping and equal value.
"""
import argparse, gzip, json, pathlib, subprocess, zlib


def rows(path):
    with gzip.open(path, "rt") as f:
        return [json.loads(line) for line in f]


def score(gold, pred, errors=None):
    n = {k: 0 for k in ("gold", "found", "relaxed", "strict", "value", "type")}
    for d in gold:
        found = sorted(pred.get(d["id"], []), key=lambda x: x["start"])
        n["gold"] += len(d["timex"])
        n["found"] += len(found)
        used = set()
        show = lambda x: d["text"][max(0, x["start"] - 40):x["start"]].replace("\n", " ") + "[" + d["text"][x["start"]:x["end"]].replace("\n", " ") + "]" + d["text"][x["end"]:x["end"] + 25].replace("\n", " ")
        for x in found:
            hit = next((i for i, y in enumerate(d["timex"]) if i not in used and x["start"] < y["end"] and y["start"] < x["end"]), None)
            if hit is None:
                if errors is not None:
                    errors.append(f"SPURIOUS {x['type'][:4]} {x['value']:12} {show(x)}")
                continue
            used.add(hit)
            y = d["timex"][hit]
            same = (x["start"], x["end"]) == (y["start"], y["end"])
            n["relaxed"] += 1
            n["strict"] += same
            n["value"] += x["value"] == y["value"]
            n["type"] += x["type"] == y["type"]
            if errors is not None and x["value"] != y["value"]:
                errors.append(f"VALUE {x['value']:12} gold {y['value']:12} dct {d['dct'][:10]} {show(y)}")
            if errors is not None and not same:
                errors.append(f"SPAN {show(x)}   gold: {y['text']!r}")
        if errors is not None:
            errors += [f"MISSED {y['type'][:4]} {y['value']:12} {show(y)}" for i, y in enumerate(d["timex"]) if i not in used]
    f1 = lambda t: 2 * t / (n["found"] + n["gold"]) if n["found"] + n["gold"] else 0.0
    return n, {k: f1(n[k]) for k in ("relaxed", "strict", "value", "type")}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("gold")
    a.add_argument("program")
    a.add_argument("--errors")
    a.add_argument("--half", default="seen")
    a = a.parse_args()
    sets = {s: rows(pathlib.Path(a.gold) / f"{s}.jsonl.gz") for s in ("timebank", "aquaint")}
    every = [d for s in sets.values() for d in s]
    lines = "".join(json.dumps({"id": d["id"], "text": d["text"], "published": d["dct"][:10]}) + "\n" for d in every)
    out = subprocess.run([a.program, "times", "--json", "--quiet", "-"], input=lines, capture_output=True, text=True, check=True).stdout
    pred = {r["id"]: r["timex"] for r in map(json.loads, out.splitlines())}
    half = lambda d: ("seen", "unseen")[zlib.crc32(d["id"].encode()) % 2]
    print("| set | half | documents | gold | found | relaxed F1 | strict F1 | value F1 | type F1 |\n|---|---|---|---|---|---|---|---|---|")
    for name in ("timebank", "aquaint", "both"):
        for part in ("seen", "unseen", "all"):
            docs = [d for d in (every if name == "both" else sets[name]) if part in ("all", half(d))]
            errors = [] if a.errors and name == "both" and part == a.half else None
            n, f = score(docs, pred, errors)
            print(f"| {name} | {part} | {len(docs)} | {n['gold']} | {n['found']} | {f['relaxed']:.3f} | {f['strict']:.3f} | {f['value']:.3f} | {f['type']:.3f} |")
            if errors is not None:
                pathlib.Path(a.errors).write_text("\n".join(sorted(errors)) + "\n")


main()
