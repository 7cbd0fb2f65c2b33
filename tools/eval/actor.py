#!/usr/bin/env python3
"""Scores the actors of control claims: does the mention in the quote of a claim give the party of its holder?

    tools/eval/actor.py [--shared DIR] [--errors N] [--only train|dev] [--set NAME]

Reads gold/claims of the shared folder (MARCHLAND_SHARED, else ../shared), runs the example `mentions` of crates/actor, writes eval/actor.md.
Parties are compared as score/score_claims.py compares them. Nothing of the texts is written to the file.
"""
import collections, gzip, json, os, pathlib, random, subprocess, sys

root = pathlib.Path(__file__).resolve().parents[2]
args = sys.argv[1:]
def opt(name, default=None):
    return args[args.index(name) + 1] if name in args else default
shared = pathlib.Path(opt("--shared", os.environ.get("MARCHLAND_SHARED", root / ".." / "shared"))).resolve()
if not (shared / "gold" / "claims").is_dir():
    sys.exit(print(f"skipped: no gold/claims in {shared}; set MARCHLAND_SHARED", file=sys.stderr))
KINDS = ("name", "role", "person", "reference")
scorer = {}
exec((shared / "score" / "score_claims.py").read_text().replace("\nmain()", ""), scorer)
party = scorer["party"]

def lines(name):
    path = shared / "gold" / "claims" / name
    return [json.loads(l) for l in (gzip.open(path, "rt") if name.endswith("gz") else open(path))]

def mentions(docs, shallow):
    program = root / "target" / os.environ.get("PROFILE", "debug") / "examples" / "mentions"
    if not os.environ.get("BUILT"):
        subprocess.run(["cargo", "build", "-q", "-p", "marchland-actor", "--example", "mentions"] + (["--release"] if program.parts[-3] == "release" else []), cwd=root, check=True)
    text = "".join(json.dumps(d) + "\n" for d in docs)
    out = subprocess.run([str(program)] + (["--shallow"] if shallow else []), input=text, capture_output=True, text=True, check=True).stdout
    return {d["id"]: d for d in map(json.loads, out.splitlines())}

def score(docs, gold, found, errors):
    c, causes, confused, bysets = collections.Counter(), collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    texts = {d["id"]: d for d in docs}
    for g in gold:
        if g["id"] not in texts:
            continue
        text, ms, sets = texts[g["id"]]["text"], found[g["id"]]["mentions"], texts[g["id"]].get("set", "dev")
        for row in g["claims"]:
            if row.get("doubtful"):
                continue
            at = text.find(row["quote"])
            if at < 0:
                c["quote not found"] += 1
                continue
            end = at + len(row["quote"])
            if row.get("holder"):
                c["rows"] += 1; bysets[sets]["rows"] += 1
                want = party(row["holder"])
                fits = lambda m: m["actor"] and want in {party(a) for a in m["line"]}
                inside = [m for m in ms if m["start"] < end and m["end"] > at]
                # Where the clause names nobody: the mentions of its sentence, then the nearest before it.
                sentence = next((s for s in found[g["id"]]["sentences"] if s[0] <= at < s[1]), (at, end))
                same = [m for m in ms if sentence[0] <= m["start"] < sentence[1]]
                before = [m for m in ms if m["end"] <= at and not m["third"]][-1:]
                parties = [m for m in inside if not m["third"]]
                if any(map(fits, parties)):
                    how = "in the clause"
                elif not parties and any(map(fits, same)):
                    how = "in the sentence"
                elif not parties and any(map(fits, before)):
                    how = "nearest before"
                else:
                    others = {party(o) for m in parties for o in m["others"]}
                    foes = {party(m["against"]) for m in parties if m["against"]}
                    how = "missed: " + ("the opponent of the party named" if want in foes else "alternative has it" if want in others else "other party in the clause" if parties else "nobody in the clause")
                causes[how] += 1
                bysets[sets]["right"] += not how.startswith("missed")
                c["right"] += not how.startswith("missed")
                if parties:
                    c["named"] += 1; c["named right"] += any(map(fits, parties))
                if how.startswith("missed") and len(errors) < 10**6:
                    errors.append((how, row["holder"], row.get("other"), [(m["words"], m["actor"]) for m in (parties or same or before)], row["quote"], g["id"]))
                allowed = {want, party(row.get("other")), party(row.get("speaker_side"))}
                for m in parties:
                    c[m["kind"]] += 1
                    ok = m["actor"] and allowed & {party(a) for a in m["line"]}
                    c["mentions"] += 1; c["mentions fit"] += bool(ok); c[m["kind"] + " fit"] += bool(ok)
                    c[m["kind"] + " at", int((m["score"] or 0) * 5)] += 1; c[m["kind"] + " ok", int((m["score"] or 0) * 5)] += bool(ok)
                    if not ok:
                        confused[(m["words"].lower(), m["actor"], row["holder"])] += 1
            side = row.get("speaker_side")
            if row.get("speaker") and side:
                c["speakers"] += 1
                at = text.find(row["speaker"], max(0, at - 1500))
                hits = [m for m in ms if at >= 0 and m["start"] < at + len(row["speaker"]) and m["end"] > at]
                m = next((m for m in hits if m["kind"] == "person"), hits[0] if hits else None)
                third = side in ("third party", "unknown")
                right = (m is None or m["outside"] or not m["actor"]) if third else (m is not None and m["actor"] and party(side) in {party(a) for a in m["line"]})
                c["speakers right"] += bool(right)
                key = "third or unknown" if third else "of a party"
                c["sp " + key] += 1; c["sp right " + key] += bool(right)
                if not right:
                    errors.append(("speaker", side, None, [(x["words"], x["actor"]) for x in hits], row["speaker"], g["id"]))
    return c, causes, confused, bysets

def pct(a, b):
    return f"{a / b:.3f}" if b else "-"

out = ["# Actors: whom the words of a claim mean", "", "Made by `tools/eval/actor.py` (part of `make eval`). For each gold control claim with a holder: does a mention within its clause (else its sentence,",
       "else the nearest before) resolve to the holder's party, as score_claims.py compares parties? `clean`: share of the mentions within clauses that are",
       "of the holder, the other side or the speaker's side. Countries of the documents are not given: the room finds them itself.", ""]
random.seed(7)
for name, docs, gold in (("train", "train.docs.jsonl.gz", "train.labels.jsonl.gz"), ("dev", "dev.docs.jsonl", "dev.gold.jsonl")):
    if opt("--only", name) != name:
        continue
    docs, gold = lines(docs), lines(gold)
    if opt("--set"):
        docs = [d for d in docs if d.get("set") == opt("--set")]
    for shallow in ((False,) if "--deep" in args else (True,) if "--shallow" in args else (False, True)):
        errors = []
        c, causes, confused, bysets = score(docs, gold, mentions(docs, shallow), errors)
        head = f"{name}, {'tokens only' if shallow else 'full reading'}"
        out += [f"## {head}", "", "| what | share | of |", "|---|---|---|",
                f"| holder's party found | {pct(c['right'], c['rows'])} | {c['rows']} |",
                f"| the same where the clause names a party | {pct(c['named right'], c['named'])} | {c['named']} |",
                f"| clean mentions | {pct(c['mentions fit'], c['mentions'])} | {c['mentions']} |",
                *[f"| clean mentions: {k} | {pct(c[k + ' fit'], c[k])} | {c[k]} |" for k in KINDS],
                f"| speaker's side | {pct(c['speakers right'], c['speakers'])} | {c['speakers']} |",
                f"| speaker's side, of a party | {pct(c['sp right of a party'], c['sp of a party'])} | {c['sp of a party']} |",
                f"| speaker's side, third party or unknown | {pct(c['sp right third or unknown'], c['sp third or unknown'])} | {c['sp third or unknown']} |", ""]
        out += ["How: " + ", ".join(f"{k} {v}" for k, v in causes.most_common()) + ".", ""]
        if name == "train":
            out += ["By set: " + ", ".join(f"{k} {pct(v['right'], v['rows'])} of {v['rows']}" for k, v in sorted(bysets.items())) + ".", ""]
        out += ["| score | " + " | ".join(KINDS) + " |", "|---|" + "---|" * len(KINDS)] + [
            f"| {b / 5:.1f} to {(b + 1) / 5:.1f} | " + " | ".join(f"{pct(c[k + ' ok', b], c[k + ' at', b])} of {c[k + ' at', b]}" for k in KINDS) + " |" for b in range(5)] + [""]
        print("\n".join(out))
        if "--errors" in args and name == "train":
            for e in random.sample(errors, min(int(opt("--errors")), len(errors))):
                print(*e, sep=" | ")
            print("--- words that mean another party")
            for k, v in confused.most_common(60):
                print(v, k)
if len(args) == 0 or args[0] == "--shared":
    (root / "eval").mkdir(exist_ok=True)
    (root / "eval" / "actor.md").write_text("\n".join(out))
