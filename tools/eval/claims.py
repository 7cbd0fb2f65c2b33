#!/usr/bin/env python3
"""The loss of the coder by cause, and each error as a line of facts (never a sentence).

    tools/eval/claims.py DIR [--errors SET] [--show]

DIR holds SET.docs.jsonl, SET.gold.jsonl, SET.pred.jsonl (of `marchland code --json`) and SET.places.jsonl (of
`marchland places --json`) for the sets dev and train. Scores are those of score_claims.py in the shared folder (SCORE).
Half A of dev: documents at even positions of the file, which a developer may look at; half B: the others.

Causes of a missed claim, the first that fits, against the claims of the same document that are wrong:
  wrong stance, wrong party, wrong kind: all else agrees on that place;
  wrong in two ways: another claim on that place, from the same clause;
  wrong place: the same kind from the same clause, on another place;
  place not found: the place room found no mention where the claim's place stands, nor elsewhere under that name;
  not coded: the place is there, and nothing was said of it.
A wrong claim that pairs with no missed one is invented.

--show prints the errors of SET with their quotes, for a developer's eyes; never commit that.
"""
import collections, json, os, pathlib, sys

root = pathlib.Path(__file__).resolve().parents[2]
shared = pathlib.Path(os.environ.get("MARCHLAND_SHARED", root / ".." / "shared")).resolve()
scorer = {}
exec((shared / "score" / "score_claims.py").read_text().replace("\nmain()", ""), scorer)
same, same_place, same_holder, unique, CLASS, norm = (scorer[k] for k in ("same", "same_place", "same_holder", "unique", "CLASS", "norm"))
same_time = scorer["same_time"]
KINDS = ["transfer", "holds", "contested", "besieged", "withdrawal", "repelled"]
CAUSES = ["place not found", "wrong place", "wrong party", "wrong kind", "wrong stance", "wrong in two ways", "not coded"]


def rows(path):
    return [json.loads(line) for line in open(path)]


class Error:
    def __init__(self, doc, cause, gold, pred, text):
        self.doc, self.cause, self.gold, self.pred = doc, cause, gold, pred
        self.at = text.find(gold["quote"]) if gold else pred["evidence"]["clause"]["start"]

    def fact(self, r):
        return f"{r['kind']}, {r.get('holder') or 'nobody'}, {r.get('place_name') or r.get('place')}, {r['stance']}"

    def line(self):
        if self.gold and self.pred:
            return f"{self.doc} {self.at}: {self.cause}: {self.fact(self.gold)}; said {self.fact(self.pred)} ({self.pred['rule']})"
        if self.gold:
            return f"{self.doc} {self.at}: {self.cause}: {self.fact(self.gold)}"
        return f"{self.doc} {self.at}: invented: {self.fact(self.pred)} ({self.pred['rule']})"


def near(gold, pred, text):
    """True when a prediction rests on the clause of a gold row."""
    at = text.find(gold["quote"])
    t = pred["evidence"]["trigger"]
    if at < 0:
        return False
    return at <= t["start"] < at + len(gold["quote"]) or (pred["quote"] in gold["quote"] or gold["quote"] in pred["quote"])


def pair(gold, pred, text):
    """How a wrong claim relates to a missed one: (rank, cause), or None."""
    place = same_place(gold, pred)
    kind = gold["kind"] == pred["kind"]
    cls = CLASS[gold["stance"]] == CLASS.get(pred["stance"])
    who = scorer["party"](gold.get("holder")) == scorer["party"](pred.get("holder"))
    close = near(gold, pred, text)
    if place and kind and who:
        return (0 if close else 3), "wrong stance"
    if place and kind and cls:
        return (1 if close else 4), "wrong party"
    if place and cls and (who or "contested" in (gold["kind"], pred["kind"])) and close:
        return 2, "wrong kind"
    if place and close:
        return 5, "wrong in two ways"
    if kind and close and not place:
        return 6, "wrong place"
    return None


def errors_of(docs, gold, pred, places):
    found = {d["id"]: d for d in places}
    right, wrong, missed, out = collections.Counter(), collections.Counter(), collections.Counter(), []
    side = collections.Counter()
    bydoc = {}
    for doc in docs:
        i, text = doc["id"], doc["text"]
        all_rows = gold.get(i, [])
        sure = unique([r for r in all_rows if not r.get("doubtful") and r.get("place")])
        doubt = [r for r in all_rows if r.get("doubtful")]
        guess = unique([r for r in pred.get(i, []) if r.get("kind") in KINDS and (r.get("place") or r.get("place_name"))])
        used, bad, n = set(), [], [0, 0, 0]
        for p in guess:
            hit = next((k for k, g in enumerate(sure) if k not in used and same(g, p)), None)
            if hit is not None:
                used.add(hit)
                g = sure[hit]
                right[g["kind"]] += 1
                n[0] += 1
                alike = [x for x in all_rows if same(x, g)]
                side["matched"] += 1
                side["exact stance"] += any(x["stance"] == p["stance"] for x in alike)
                side["time"] += any(same_time(x, p) for x in alike)
                side["background"] += any(bool(x.get("background")) == bool(p.get("background")) for x in alike)
                mine = norm(p.get("speaker"))
                side["speaker"] += any(norm(x.get("speaker")) == mine or (mine and norm(x.get("speaker")) and (norm(x["speaker"]) in mine or mine in norm(x["speaker"]))) for x in alike)
            elif not any(same(d, p) for d in doubt):
                bad.append(p)
                wrong[p["kind"]] += 1
                n[1] += 1
        left = [g for k, g in enumerate(sure) if k not in used]
        for g in left:
            missed[g["kind"]] += 1
            n[2] += 1
        ranked = sorted(((r[0], a, b, r[1]) for a, g in enumerate(left) for b, p in enumerate(bad) if (r := pair(g, p, text))), key=lambda x: x[:3])
        took_g, took_p = {}, set()
        for _, a, b, cause in ranked:
            if a not in took_g and b not in took_p:
                took_g[a] = (cause, bad[b])
                took_p.add(b)
        spots = found.get(i, {}).get("mentions") or found.get(i, {}).get("places") or found.get(i, {}).get("toponyms", []) + found.get(i, {}).get("references", [])
        for a, g in enumerate(left):
            if a in took_g:
                out.append(Error(i, took_g[a][0], g, took_g[a][1], text))
                continue
            names = [{"place": text[m["start"]:m["end"]], "place_name": m.get("name")} for m in spots]
            known = any(same_place(g, m) for m in names)
            out.append(Error(i, "not coded" if known else "place not found", g, None, text))
        out += [Error(i, "invented", None, p, text) for b, p in enumerate(bad) if b not in took_p]
        bydoc[i] = n
    return right, wrong, missed, side, out, bydoc


def prf(t, f, m):
    p, r = (t / (t + f) if t + f else 0), (t / (t + m) if t + m else 0)
    return p, r, (2 * p * r / (p + r) if p + r else 0)


def score_row(name, t, f, m):
    p, r, f1 = prf(t, f, m)
    return f"| {name} | {f1:.3f} | {p:.3f} | {r:.3f} | {t} | {f} | {m} |"


def main():
    work = pathlib.Path(sys.argv[1])
    show = sys.argv[sys.argv.index("--errors") + 1] if "--errors" in sys.argv else None
    results = {}
    for name in ("dev", "train", "article"):
        if not (work / f"{name}.pred.jsonl").exists():
            continue
        docs = rows(work / f"{name}.docs.jsonl")
        gold = {d["id"]: d["claims"] for d in rows(work / f"{name}.gold.jsonl")}
        pred = {d["id"]: d["claims"] for d in rows(work / f"{name}.pred.jsonl")}
        places = rows(work / f"{name}.places.jsonl")
        results[name] = (docs, *errors_of(docs, gold, pred, places))
    if show:
        half = {d["id"]: n % 2 for n, d in enumerate(results["dev"][0])} if show.startswith("dev") else {}
        docs, *_, out, _ = results[show.split(":")[0]]
        for e in out:
            if show == "dev:A" and half[e.doc]:
                continue
            print(e.line())
            if "--show" in sys.argv:
                print("     ", (e.gold or e.pred)["quote"][:300].replace("\n", " "))
                if e.gold and e.pred:
                    print("   <<", e.pred["quote"][:300].replace("\n", " "))
        return
    print("# Control claims\n")
    print("Made by `tools/eval/claims.sh` (part of `make eval`). Scores are those of score_claims.py over the sets of the shared folder;")
    print("halves of dev: A has the documents at even positions of the file (its errors may be looked at), B the others.\n")
    print("| set | F1 | precision | recall | right | wrong | missed |\n|---|---|---|---|---|---|---|")
    for name, (docs, right, wrong, missed, side, out, bydoc) in results.items():
        print(score_row(name, sum(right.values()), sum(wrong.values()), sum(missed.values())))
        if name == "dev":
            for half in (0, 1):
                n = [sum(bydoc[d["id"]][k] for at, d in enumerate(docs) if at % 2 == half) for k in range(3)]
                print(score_row("dev, half " + "AB"[half], *n))
            both = ("transfer", "holds")
            print(score_row("dev, transfer and holds", *(sum(c[k] for k in both) for c in (right, wrong, missed))))
            for k in KINDS:
                print(score_row("dev, " + k, right[k], wrong[k], missed[k]))
        if name == "train":
            for k in KINDS:
                print(score_row("train, " + k, right[k], wrong[k], missed[k]))
            sets = {d["id"]: d.get("set", "") for d in docs}
            for s in sorted(set(sets.values())):
                n = [sum(v[k] for i, v in bydoc.items() if sets[i] == s) for k in range(3)]
                if n[0] + n[2] >= 20:
                    print(score_row("train, " + s, *n))
    print("\nOf the right claims:\n\n| set | exact stance | time | speaker | background |\n|---|---|---|---|---|")
    for name, (docs, right, wrong, missed, side, out, bydoc) in results.items():
        print("| " + name + " | " + " | ".join(f"{side[k] / max(1, side['matched']):.3f}" for k in ("exact stance", "time", "speaker", "background")) + " |")
    print("\n## The loss by cause\n\nA missed claim has one cause; a wrong claim that pairs with no missed one is invented. See the head of tools/eval/claims.py.\n")
    print("| set | " + " | ".join(CAUSES) + " | invented |\n|" + "---|" * (len(CAUSES) + 2))
    for name, (docs, right, wrong, missed, side, out, bydoc) in results.items():
        n = collections.Counter(e.cause for e in out)
        print(f"| {name} | " + " | ".join(str(n[c]) for c in CAUSES) + f" | {n['invented']} |")
    for name in ("dev", "article"):
        if name in results:
            print(f"\n## Errors on {name}\n\nDocument, offset in code points, cause, and kind, holder, place, stance as they should be; what was said instead, with its rule.\n")
            for e in results[name][5]:
                print("- " + e.line())


main()
