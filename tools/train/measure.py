"""Scores what the net said of passages held out: reader alone, rules alone, both. Prints tables; `--fit FILE` writes the model that decides.

measure.py ROWS DOCS GOLD SCORE PRED[,PRED..] [--test ROWS DOCS GOLD PRED]"""
import argparse
import json

import numpy as np

from align import KINDS, load_scorer, read
from data import fold_of
from decide import NAMES, candidates, features, fit, logit, row_of


def collect(rows, gold, preds, scorer, rules=True, fold=None):
    said = {}
    for p in preds:
        for d in read(p):
            said[d["id"]] = d["slots"]
    labels = {d["id"]: d["claims"] for d in read(gold)}
    docs = []
    for row in read(rows):
        # A passage without a window was held out as well when predictions for all are given.
        if (row["id"] not in said and row["windows"]) or (fold and fold_of(row["id"], fold[1]) != fold[0]):
            continue
        if not rules:
            row = {**row, "claims": []}
        cands = candidates(row, said.get(row["id"], []))
        sure = [r for r in labels[row["id"]] if not r.get("doubtful") and r.get("place")]
        doubt = [r for r in labels[row["id"]] if r.get("doubtful")]
        for c in cands:
            r = row_of(c)
            c["y"] = any(scorer.same(g, r) for g in sure)
            c["skip"] = not c["y"] and any(scorer.same(g, r) for g in doubt)
            c["x"] = features(c)
        # A claim counts once in a document: of candidates that say the same, the likeliest teaches.
        rows = []
        for c in sorted(cands, key=lambda c: -(c["p"] + 0.5 * (c["rule"] is not None))):
            r = row_of(c)
            if any(scorer.same(x, r) for x in rows):
                c["skip"] = True
            else:
                rows.append(r)
        docs.append((row, cands, sure, doubt))
    return docs


def score(docs, scorer, choose):
    """Right, wrong and missed, by kind, as score_claims.py counts."""
    tp, fp, fn = (dict.fromkeys(KINDS, 0) for _ in range(3))
    for row, cands, sure, doubt in docs:
        gold = scorer.unique(sure)
        guess = scorer.unique(choose(row, cands))
        used = set()
        for p in guess:
            hit = next((k for k, g in enumerate(gold) if k not in used and scorer.same(g, p)), None)
            if hit is not None:
                used.add(hit); tp[gold[hit]["kind"]] += 1
            elif not any(scorer.same(d, p) for d in doubt):
                fp[p["kind"]] += 1
        for k, g in enumerate(gold):
            if k not in used:
                fn[g["kind"]] += 1
    def prf(kinds):
        t, f, m = (sum(x[k] for k in kinds) for x in (tp, fp, fn))
        p, r = t / max(1, t + f), t / max(1, t + m)
        return p, r, 2 * p * r / max(1e-9, p + r)
    return prf(KINDS), prf(["transfer", "holds"])


def show(name, s):
    print("%-34s P %.3f R %.3f F1 %.3f   transfer+holds F1 %.3f" % (name, *s[0], s[1][2]))


def rules(row, cands):
    return [c for c in row["claims"] if c["kind"] in KINDS and (c["place"] or c["place_name"])]


def reader(least):
    return lambda row, cands: [row_of(c) for c in sorted(cands, key=lambda c: -c["p"]) if c["p"] >= least]


def both(w, least):
    """What the deciding model takes; of one mention, kind and holder the likeliest stance stays."""
    def choose(row, cands):
        out, seen = [], set()
        for c in sorted(cands, key=lambda c: -np.dot(c["x"], w)):
            if np.dot(c["x"], w) < np.log(least / (1 - least)):
                break
            key = (c["span"], c["kind"], c["holder_id"])
            if key not in seen:
                seen.add(key)
                out.append(row_of(c))
        return out
    return choose


def main():
    a = argparse.ArgumentParser()
    a.add_argument("rows"); a.add_argument("docs"); a.add_argument("gold"); a.add_argument("score"); a.add_argument("preds")
    a.add_argument("--test", nargs=3); a.add_argument("--fit"); a.add_argument("--about", default="")
    a.add_argument("--fold", default="0/5", help="which fold of the documents was held out; `none` for all that were predicted")
    a.add_argument("--decide", help="a deciding model that is there (decide.json): what it takes of these passages")
    a.add_argument("--alone", help="what the net said without the rules, for `--fit`")
    o = a.parse_args()
    scorer = load_scorer(o.score)
    fold = None if o.fold == "none" else tuple(map(int, o.fold.split("/")))
    docs = collect(o.rows, o.gold, o.preds.split(","), scorer, True, fold)
    docs_alone = collect(o.rows, o.gold, o.alone.split(","), scorer, False, fold) if o.alone else docs
    print(len(docs), "passages")
    if o.alone:
        for t in (0.2, 0.25, 0.3, 0.35, 0.4):
            show(f"reader alone at {t}", score(docs_alone, scorer, reader(t)))
    show("rules", score(docs, scorer, rules))
    for t in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        show(f"reader at {t}", score(docs, scorer, reader(t)))
    if o.decide:
        given = json.load(open(o.decide))
        show(f"both, {o.decide} at {given['least']}", score(docs, scorer, both([given["weights"][n] for n in NAMES], given["least"])))
    flat = [c for _, cands, _, _ in docs for c in cands if not c["skip"]]
    # Two halves by document, each decided by the model of the other.
    halves = [docs[0::2], docs[1::2]]
    ws = [fit(*zip(*[(c["x"], c["y"]) for _, cs, _, _ in h for c in cs if not c["skip"]])) for h in halves]
    for t in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        parts = {}
        for h, w in ((halves[0], ws[1]), (halves[1], ws[0])):
            for d in h:
                parts[id(d[0])] = w
        show(f"both at {t}", score(docs, scorer, lambda row, cands: both(parts[id(row)], t)(row, cands)))
    # How far the probabilities can be trusted, each half by the model of the other.
    bins = {}
    for h, w in ((halves[0], ws[1]), (halves[1], ws[0])):
        for c in (c for _, cs, _, _ in h for c in cs if not c["skip"]):
            p = float(1 / (1 + np.exp(-np.dot(c["x"], w))))
            bins.setdefault(min(9, int(p * 10)), []).append((p, c["y"]))
    for b in sorted(bins):
        print("probability %.1f to %.1f: %4d candidates, mean %.3f, right %.3f" % (b / 10, b / 10 + 0.1, len(bins[b]), np.mean([p for p, _ in bins[b]]), np.mean([y for _, y in bins[b]])))
    w = fit([c["x"] for c in flat], [c["y"] for c in flat])
    for n, v in zip(NAMES, w):
        print("   %-34s %.3f" % (n, v))
    if o.fit:
        # Near its best F1 hardly changes with the threshold, precision does: of those within half a point the highest counts.
        def best(steps, f1):
            scores = {t / 100: f1(t / 100) for t in steps}
            return max(t for t, s in scores.items() if s >= max(scores.values()) - 0.005)
        def at(t):
            return score(docs, scorer, lambda row, cands: both(parts[id(row)], t)(row, cands))[0]
        least = best(range(30, 66), lambda t: at(t)[2])
        alone = best(range(15, 51), lambda t: score(docs_alone, scorer, reader(t))[0][2])
        own = [(c["pk"] * c["pp"] * c["pc"], c["y"]) for _, cs, _, _ in docs_alone for c in cs if not c["skip"] and c["pp"] is not None and c["rule"] is None]
        shift, scale = fit([[1.0, logit(p)] for p, _ in own], [y for _, y in own])
        json.dump({"about": o.about, "least": least, "weights": dict(zip(NAMES, (round(float(v), 4) for v in w))), "reader_least": alone, "reader_scale": [round(float(scale), 4), round(float(shift), 4)]},
                  open(o.fit, "w"), indent=1)
        print("decides at", least, "reader alone at", alone)
    if o.test:
        test = collect(o.test[0], o.test[1], [o.test[2]], scorer)
        print("test", len(test))
        show("rules", score(test, scorer, rules))
        for t in (0.25, 0.3, 0.35, 0.4, 0.45):
            show(f"reader at {t}", score(test, scorer, reader(t)))
        for t in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
            show(f"both at {t}", score(test, scorer, both(w, t)))


main()
