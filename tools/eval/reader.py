#!/usr/bin/env python3
"""Scores rules, reader and both with the built program; writes eval/reader.md to standard output.

reader.py MARCHLAND SHARED. What training measured (hold-outs, learning curve) stands in eval/training/ and is quoted."""
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

binary, shared = sys.argv[1], pathlib.Path(sys.argv[2])
root = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(root / "tools" / "train"))
from align import load_scorer  # noqa: E402

SCORE = shared / "score" / "score_claims.py"
scorer = load_scorer(str(SCORE))
CODERS = ("rules", "reader", "both")
KINDS = ("transfer", "holds", "contested", "besieged", "withdrawal", "repelled")
work = pathlib.Path(tempfile.mkdtemp())


def lines(path):
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    return [json.loads(line) for line in opened]


def code(path, coder, threads=None):
    env = dict(os.environ, **({"RAYON_NUM_THREADS": str(threads)} if threads else {}))
    start = time.time()
    run = subprocess.run([binary, "code", "--json", "--quiet", "--coder", coder, str(path)], capture_output=True, text=True, env=env)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    return [json.loads(line) for line in run.stdout.split("\n") if line], time.time() - start


def write(name, rows):
    path = work / name
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def prf(counts):
    right, wrong, missed = counts
    p, r = right / max(1, right + wrong), right / max(1, right + missed)
    return p, r, 2 * p * r / max(1e-9, p + r)


def count(gold, pred, kinds=KINDS):
    """Right, wrong, missed, as score_claims.py counts, and why what is missed is missed."""
    right = wrong = missed = 0
    why = dict.fromkeys(("place not found", "wrong kind", "wrong stance", "wrong party"), 0)
    invented = 0
    guesses = {d["id"]: d["claims"] for d in pred}
    for doc in gold:
        rows = doc["claims"]
        sure = scorer.unique([r for r in rows if not r.get("doubtful") and r.get("place")])
        doubt = [r for r in rows if r.get("doubtful")]
        guess = scorer.unique([r for r in guesses.get(doc["id"], []) if r.get("kind") in KINDS and (r.get("place") or r.get("place_name"))])
        used = set()
        for p in guess:
            hit = next((k for k, g in enumerate(sure) if k not in used and scorer.same(g, p)), None)
            if hit is not None:
                used.add(hit)
                right += p["kind"] in kinds
            elif not any(scorer.same(d, p) for d in doubt) and p["kind"] in kinds:
                wrong += 1
                invented += not any(scorer.same_place(g, p) for g in rows if g.get("place"))
        for k, g in enumerate(sure):
            if k in used or g["kind"] not in kinds:
                continue
            missed += 1
            near = [p for p in guess if scorer.same_place(g, p)]
            if not near:
                why["place not found"] += 1
            elif not any(p["kind"] == g["kind"] for p in near):
                why["wrong kind"] += 1
            elif not any(p["kind"] == g["kind"] and scorer.CLASS[p["stance"]] == scorer.CLASS[g["stance"]] for p in near):
                why["wrong stance"] += 1
            else:
                why["wrong party"] += 1
    return (right, wrong, missed), why, invented


def columns(title, gold, pred):
    print(f"\n## {title}\n")
    print("| | rules | reader | both |\n|---|---|---|---|")
    def row(name, kinds):
        cells = ["P %.3f R %.3f F1 %.3f" % prf(count(gold, pred[c], kinds)[0]) for c in CODERS]
        print(f"| {name} | " + " | ".join(cells) + " |")
    row("all", KINDS)
    row("transfer and holds", ("transfer", "holds"))
    for kind in KINDS:
        row(kind, (kind,))


def side(gold_path, pred, name):
    out = subprocess.run([sys.executable, str(SCORE), str(gold_path), str(write("pred-" + name, pred))], capture_output=True, text=True).stdout
    return re.search(r"of \d+ matched: .*", out).group(0)


def reliability(title, gold, pred):
    print(f"\n## How far the probabilities can be trusted: {title}\n")
    print("| probability | claims | mean | right |\n|---|---|---|---|")
    bins = {}
    labels = {d["id"]: d["claims"] for d in gold}
    for doc in pred:
        if doc["id"] not in labels:
            continue
        sure = [r for r in labels[doc["id"]] if not r.get("doubtful") and r.get("place")]
        doubt = [r for r in labels[doc["id"]] if r.get("doubtful")]
        for c in doc["claims"]:
            if c["kind"] not in KINDS or not c["place_name"]:
                continue
            good = any(scorer.same(g, c) for g in sure)
            if good or not any(scorer.same(d, c) for d in doubt):
                bins.setdefault(min(9, int(c["confidence"] * 10)), []).append((c["confidence"], good))
    for b in sorted(bins):
        x = bins[b]
        print(f"| {b / 10:.1f} to {(b + 1) / 10:.1f} | {len(x)} | {sum(p for p, _ in x) / len(x):.2f} | {sum(g for _, g in x) / len(x):.2f} |")


def main():
    gold_dir = shared / "gold" / "claims"
    print("# Rules, reader and both\n")
    print("Written by `tools/eval/reader.py` (part of `make eval`) with the built program; the texts are not ours and are not here.")
    dev_gold = lines(gold_dir / "dev.gold.jsonl")
    pred = {c: code(gold_dir / "dev.docs.jsonl", c)[0] for c in CODERS}
    columns("Dev: 34 documents", dev_gold, pred)
    print("\nBeside the claims that match:\n")
    for c in CODERS:
        print(f"- {c}: {side(gold_dir / 'dev.gold.jsonl', pred[c], c)}")
    print("\n## Loss by cause, dev\n\n| | rules | reader | both |\n|---|---|---|---|")
    causes = {c: count(dev_gold, pred[c]) for c in CODERS}
    for cause in causes["rules"][1]:
        print(f"| missed: {cause} | " + " | ".join(str(causes[c][1][cause]) for c in CODERS) + " |")
    print("| wrong: invented, nothing is said of the place | " + " | ".join(str(causes[c][2]) for c in CODERS) + " |")
    print("| wrong: something else is said of it | " + " | ".join(str(causes[c][0][1] - causes[c][2]) for c in CODERS) + " |")
    reliability("dev", dev_gold, pred["both"])
    print("\nThe fifth of the training passages that fits the deciding model: `eval/training/hold-out-documents.txt`.")
    article = shared / "input" / "article.txt"
    ours = root / "eval" / "claims" / "article.gold.jsonl"
    if ours.exists():
        print("\n## The article of the specification\n")
        for c in CODERS:
            run = subprocess.run([binary, "code", "--json", "--quiet", "--coder", c, "--published", "2021-08-09", str(article)], capture_output=True, text=True)
            got = [json.loads(line) for line in run.stdout.splitlines()]
            gold = lines(ours)
            got = [dict(got[0], id=gold[0]["id"])]
            print("- %s: P %.3f R %.3f F1 %.3f" % (c, *prf(count(gold, got)[0])))
    print("\n## Where there is hardly any war: every sixth wire item of 1987\n")
    wire = lines(shared / "input" / "reuters_1987.jsonl.gz")[::6]
    path = write("wire.jsonl", wire)
    sentences = sum(len(re.findall(r"[.!?][\"']?\s", d["text"])) for d in wire)
    print(f"{len(wire)} items, about {sentences} sentences (ends of sentences counted by their marks). Every claim counts here, right or wrong, so these are upper bounds.\n")
    for c in CODERS:
        got, took = code(path, c)
        n = sum(1 for d in got for k in d["claims"] if k["kind"] in KINDS)
        print(f"- {c}: {n} claims, {1000 * n / sentences:.2f} a 1,000 sentences")
    print("\n## Speed (this machine; other work went on beside)\n\n| text | cores | rules | both |\n|---|---|---|---|")
    news = lines(shared / "input" / "news_2011_2012.jsonl.gz")[::13]
    war = [d for d in lines(gold_dir / "train.docs.jsonl.gz")][::11]
    for name, docs in (("mixed news: wire of 1987", wire[:1500]), ("news of 2011 and 2012", news), ("passages on wars", war)):
        path = write("speed.jsonl", docs)
        for threads in (1, 2):
            cells = ["%.0f documents a second" % (len(docs) / code(path, c, threads)[1]) for c in ("rules", "both")]
            print(f"| {name} ({len(docs)}) | {threads} | " + " | ".join(cells) + " |")
    training = root / "eval" / "training"
    if training.exists():
        print("\n## What training measured\n\nWritten by `tools/train/train.sh`; whole logs in `eval/training/`.\n")
        for path in sorted(training.glob("*.txt")):
            text = path.read_text().splitlines()
            keep = [x for x in text if re.match(r"hold |epoch |\d+ passages|rules |reader |both |test|probability", x)]
            print(f"### {path.stem}\n\n```\n" + "\n".join(keep) + "\n```\n")


main()
