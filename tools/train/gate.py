"""Fits the cheap look that decides which sentences the net reads: a logistic regression on the small-written words of a
sentence. Names are left out, so that no war is learnt by heart.

gate.py ROWS DOCS GOLD SCORE NEWS.jsonl NEWS.rows.jsonl OUT.tsv: NEWS is text with hardly any war, all of it taken as holding no claim."""
import json
import math
import re
import sys

import numpy as np

from align import align, load_scorer, read
from data import fold_of

WORD = re.compile(r"[A-Za-z]+")
KEEP = 0.95  # share of the sentences with claims, among passages not seen, that must pass


def words(text):
    """Runs of ASCII letters that are written small."""
    return sorted({w for w in WORD.findall(text) if w.islower() and len(w) > 1})


def fit(rows, y, weight, size, ridge=1.5, steps=400, rate=0.5):
    """Logistic regression by gradient descent with AdaGrad; rows are lists of word numbers, the last number is the bias."""
    w = np.zeros(size + 1)
    g2 = np.full(size + 1, 1e-8)
    flat = np.concatenate([np.array(r + [size]) for r in rows]); at = np.concatenate([np.full(len(r) + 1, i) for i, r in enumerate(rows)])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.bincount(at, w[flat], len(rows))))
        g = np.bincount(flat, ((p - y) * weight)[at], size + 1)
        g[:-1] += ridge * w[:-1]
        g2 += g * g
        w -= rate * g / np.sqrt(g2)
    return w


def main():
    rows_path, docs_path, gold, score, news, news_rows, out = sys.argv[1:8]
    scorer = load_scorer(score)
    docs = {d["id"]: d for d in read(docs_path)}
    labels = {d["id"]: d["claims"] for d in read(gold)}
    texts, y, fold, shape = [], [], [], []

    def add(row, text, marked):
        """The sentences that the net could read: those with a trigger and something that may be a place."""
        about = {}
        for w in row["windows"]:
            for p in w["places"]:
                if not w["context"][p["first"]]:
                    about.setdefault(p["sentence"], [0, 0, 0, 0])[0 if w["types"][p["first"]] in (1, 3) else 1] += 1
            for p in w["parties"]:
                if not w["context"][p["first"]] and p["force"] and not p["country"]:
                    about.setdefault(p["sentence"], [0, 0, 0, 0])[2] += 1
            for m in w["rules"]:
                p = w["places"][m["place"]]
                if not w["context"][p["first"]]:
                    about[p["sentence"]][3] += 1
        for n, ((a, b), _) in enumerate(row["sentences"]):
            if n in about and sum(about[n][:2]):
                texts.append(text[a:b]); y.append(any(a <= m < b for m in marked)); fold.append(fold_of(row["id"], 5))
                shape.append(["#" + name for name, k in zip(("place", "name", "force", "rule"), about[n]) if k] + (["#no force"] if not about[n][2] else []))

    for row in read(rows_path):
        text = docs[row["id"]]["text"]
        found, _ = align(row, text, [c for c in labels[row["id"]] if c.get("place") and not c.get("doubtful")], scorer)
        add(row, text, {row["windows"][f["window"]]["places"][f["slot"]]["span"][0] for f in found})
    count = len(texts)
    wire = {d["id"]: d["text"] for d in read(news)}
    for row in read(news_rows):
        add(row, wire[row["id"]], set())
    y, fold = np.array(y, float), np.array(fold)
    bags = [words(t) + s for t, s in zip(texts, shape)]
    seen = {}
    for b in bags[:count]:
        for w in b:
            seen[w] = seen.get(w, 0) + 1
    names = sorted(w for w, n in seen.items() if n >= 4)
    number = {w: i for i, w in enumerate(names)}
    rows = [[number[w] for w in b if w in number] for b in bags]
    weight = np.where(np.arange(len(y)) < count, 1.0, 0.5)
    held = np.zeros(len(y))
    for f in range(5):
        mine = np.flatnonzero(fold != f)
        w = fit([rows[i] for i in mine], y[mine], weight[mine], len(names))
        for i in np.flatnonzero(fold == f):
            held[i] = w[rows[i]].sum() + w[-1]
    for keep in (0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.99):
        at = np.quantile(held[y > 0], 1 - keep)
        print(keep, "passing %.3f of the gold passages, %.4f of news without war (%d of %d)" % ((held[:count] >= at).mean(), (held[count:] >= at).mean(), (held[count:] >= at).sum(), len(y) - count))
    least = np.quantile(held[y > 0], 1 - KEEP)
    print("sentences of the gold passages %d, with claims %d; passing %.3f of all, %.3f of those with claims; of news without war %.4f pass" % (
        count, y.sum(), (held[:count] >= least).mean(), (held[y > 0] >= least).mean(), (held[count:] >= least).mean()))
    w = fit(rows, y, weight, len(names))
    with open(out, "w") as f:
        # The threshold is folded into the bias: a sentence passes at 0.
        f.write("# A sentence is read by the net when the weights of its words and the bias are 0 or more together. Made by tools/train/gate.py.\n")
        f.write("*\t%.3f\n" % (w[-1] - least))
        for n, v in zip(names, w):
            if abs(v) >= 0.02:
                f.write("%s\t%.3f\n" % (n, v))


main()
