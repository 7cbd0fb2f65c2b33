"""Fits data/gazetteer/weights.json on the development sets (see make.sh).

fit.py spans NAME SPANS.jsonl GOLD.jsonl...        recognition, one weight file for full and one for token-only readings
fit.py mentions NAME MENTIONS.jsonl GOLD.jsonl...  resolution
Options: --weights FILE (read and written), --folds N (also report N-fold cross-validation by document), --l2 X

GOLD files are JSON lines {doc_id, text, toponyms: [{start, end, lat, lon, geonames_id}]}. Deterministic: no random number.
"""
import argparse, gzip, json, math, zlib
from collections import Counter, defaultdict

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

parser = argparse.ArgumentParser()
parser.add_argument("what", choices=["spans", "mentions"])
parser.add_argument("name")
parser.add_argument("rows")
parser.add_argument("gold", nargs="+")
parser.add_argument("--weights", required=True)
parser.add_argument("--folds", type=int, default=0)
parser.add_argument("--leave", type=int, help="with --folds: fit without this fold")
parser.add_argument("--l2", type=float, default=1.0)
parser.add_argument("--least", type=int, default=6, help="word features seen less often are left out")
args = parser.parse_args()


def lines(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as f:
        return [json.loads(l) for l in f]


if args.leave is not None:
    folds, args.folds = args.folds, 0
gold = {}
for path in args.gold:
    for d in lines(path):
        if args.leave is not None and zlib.crc32(d["doc_id"].encode()) % folds == args.leave:
            continue
        gold[d["doc_id"]] = {(t["start"], t["end"]): t for t in d["toponyms"]}
# Features about single words get a stronger prior: they are many and seldom seen.
WORDY = {"prev", "next", "prev2", "next2", "last", "head"}


def fold(doc):
    return zlib.crc32(doc.encode()) % max(args.folds, 1)


def km(a, b, c, d):
    r = math.pi / 180
    x = math.sin((c - a) * r / 2) ** 2 + math.cos(a * r) * math.cos(c * r) * math.sin((d - b) * r / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1, math.sqrt(x)))


class Columns:
    def __init__(self, counts):
        self.index = {k: i for i, k in enumerate(sorted(k for k, n in counts.items() if not k[0].startswith("prior_") and (k[0] not in WORDY or n >= args.least)))}
        self.penalty = np.array([args.l2 * (3.0 if k[0] in WORDY else 1.0) for k in self.index])
        if ("bias", "") in self.index:
            self.penalty[self.index["bias", ""]] = 0.0

    def matrix(self, rows):
        data, cols, ptr = [], [], [0]
        for row in rows:
            for name, word, value in row:
                i = self.index.get((name, word))
                if i is not None:
                    data.append(value); cols.append(i)
            ptr.append(len(data))
        return csr_matrix((data, cols, ptr), shape=(len(rows), len(self.index)))

    def weights(self, w):
        out = defaultdict(dict)
        for (name, word), i in self.index.items():
            if abs(w[i]) >= 0.005:
                out[name][word] = round(float(w[i]), 3)
        return {k: dict(sorted(v.items())) for k, v in sorted(out.items())}


def counts(rows):
    c = Counter()
    for row in rows:
        c.update((n, w) for n, w, _ in row)
    return c


def logistic(X, y, penalty):
    def loss(w):
        z = X @ w
        p = 1 / (1 + np.exp(-z))
        value = np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(penalty * w * w)
        return value, X.T @ (p - y) + penalty * w
    return minimize(loss, np.zeros(X.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def fit_spans():
    docs, rows, labels = [], [], []
    for d in lines(args.rows):
        g = gold.get(d["id"])
        if g is None:
            continue
        demonyms = {tuple(x) for x in d["demonyms"]}
        for s in d["spans"]:
            docs.append(d["id"]); rows.append(s["features"]); labels.append((s["start"], s["end"]) in g)
    y = np.array(labels, float)
    columns = Columns(counts(rows))
    X = columns.matrix(rows)
    print(f"{args.name}: {len(rows)} spans, {int(y.sum())} places, {len(columns.index)} features")
    if args.folds:
        f = np.array([fold(d) for d in docs])
        p = np.zeros(len(y))
        for k in range(args.folds):
            w = logistic(X[f != k], y[f != k], columns.penalty)
            p[f == k] = 1 / (1 + np.exp(-(X[f == k] @ w)))
        tp = np.sum((p >= .5) & (y == 1)); fp = np.sum((p >= .5) & (y == 0)); fn = np.sum((p < .5) & (y == 1))
        print(f"  {args.folds}-fold, of the spans looked at, before overlaps are settled: P {tp / (tp + fp):.3f} R {tp / (tp + fn):.3f} F1 {2 * tp / (2 * tp + fp + fn):.3f}")
        for lo in range(0, 10, 2):
            m = (p >= lo / 10) & (p < lo / 10 + .2)
            if m.sum(): print(f"  said {lo / 10:.1f} to {lo / 10 + .2:.1f}: {m.sum():5d} spans, true {y[m].mean():.2f}")
    return columns.weights(logistic(X, y, columns.penalty))


def fit_mentions():
    groups, docs, rows, good = [], [], [], []
    unknown = 0
    for d in lines(args.rows):
        g = gold.get(d["id"], {})
        for m in d["mentions"]:
            t = g.get((m["start"], m["end"]))
            if t is None or t.get("lat") is None:
                continue
            far = [km(t["lat"], t["lon"], p[1], p[2]) for p in m["places"]]
            right = [i for i, p in enumerate(m["places"]) if t.get("geonames_id") and p[0] == str(t["geonames_id"])]
            if not right:
                nearest = min(far)
                right = [i for i, x in enumerate(far) if x <= 161 and x <= nearest + 25]
            if not right:
                unknown += 1
                continue
            docs.append(d["id"]); groups.append((len(rows), len(rows) + len(far))); rows += m["features"]
            good.append(([i in right for i in range(len(far))], far))
    columns = Columns(counts(rows))
    X = columns.matrix(rows)
    y = np.concatenate([np.array(a, float) for a, _ in good]); far = np.concatenate([b for _, b in good])
    print(f"{args.name}: {len(groups)} mentions with the right place among {len(rows)} candidates, {unknown} without, {len(columns.index)} features")

    def train(take):
        idx = [g for g, t in zip(groups, take) if t]
        sel = np.concatenate([np.arange(a, b) for a, b in idx])
        sizes = np.array([b - a for a, b in idx]); starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        A, t = X[sel], y[sel]
        owner = np.repeat(np.arange(len(sizes)), sizes)

        def loss(w):
            z = A @ w
            top = np.maximum.reduceat(z, starts)
            e = np.exp(z - top[owner])
            all_, right = np.add.reduceat(e, starts), np.add.reduceat(e * t, starts)
            p, q = e / all_[owner], e * t / right[owner]
            value = np.sum(np.log(all_) - np.log(right)) + 0.5 * np.sum(columns.penalty * w * w)
            return value, A.T @ (p - q) + columns.penalty * w
        return minimize(loss, np.zeros(A.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x

    if args.folds:
        f = np.array([fold(d) for d in docs])
        hit = near = 0
        buckets = defaultdict(list)
        for k in range(args.folds):
            w = train(f != k)
            for (a, b), d in zip(groups, f):
                if d == k:
                    z = X[a:b] @ w
                    i = int(np.argmax(z)); p = np.exp(z - z.max()); p /= p.sum()
                    hit += y[a + i] > 0; near += far[a + i] <= 161
                    buckets[min(int(p[i] * 5), 4)].append(far[a + i] <= 161)
        print(f"  {args.folds}-fold, of mentions with the right place among the candidates: right {hit / len(groups):.3f}, within 161 km {near / len(groups):.3f}")
        for b in sorted(buckets):
            print(f"  said {b / 5:.1f} to {b / 5 + .2:.1f}: {len(buckets[b]):5d} mentions, within 161 km {np.mean(buckets[b]):.2f}")
    return columns.weights(train([True] * len(groups)))


weights = json.load(open(args.weights))
# "prior_*" features are set by hand (see README.md) and stay as they are.
priors = {k: v for k, v in weights.get(args.name, {}).items() if k.startswith("prior_")}
weights[args.name] = {**(fit_spans() if args.what == "spans" else fit_mentions()), **priors}
with open(args.weights, "w") as f:
    json.dump(weights, f, indent=1, ensure_ascii=False, sort_keys=True)
    f.write("\n")
