#!/usr/bin/env python3
"""Claims on news that holds hardly any war: how many per 1,000 sentences.   quiet.py DOCS PRED JUDGED

Sentences are counted by full stops, question and exclamation marks that end a word (the program's own count would need a reading
of every item). JUDGED: tab-separated id, offset, place, verdict (true | false), and what it is, in a few words of our own, for a
sample that a person read; the share of false ones there gives the estimate of false claims.
"""
import collections, json, pathlib, re, sys

docs, pred = sys.argv[1:3]
judged = pathlib.Path(sys.argv[3])
sentences = sum(max(1, len(re.findall(r"[a-z0-9)\"'][.?!](?=\s|$)", json.loads(l)["text"], re.I))) for l in open(docs))
claims = [(d["id"], c) for d in map(json.loads, open(pred)) for c in d["claims"] if c["kind"]]
kinds = collections.Counter(c["kind"] for _, c in claims)
print("\n## Claims on reuters_1987\n")
items = sum(1 for _ in open(docs))
events = sum(not c["kind"] for l in open(pred) for c in json.loads(l)["claims"])
print(f"{items} items: {len(claims)} control claims in about {sentences} sentences: {1000 * len(claims) / sentences:.2f} per 1,000 sentences, true and false together ("
      + ", ".join(f"{k} {n}" for k, n in kinds.most_common()) + f"). Other conflict events: {events}.")
if judged.exists():
    rows = [l.rstrip("\n").split("\t") for l in open(judged) if l.strip() and not l.startswith("#")]
    said = {(i, str(c["evidence"]["trigger"]["start"]), c["place_name"] or "") for i, c in claims}
    live = [r for r in rows if (r[0], r[1], r[2]) in said]
    false = [r for r in live if r[3] == "false"]
    print(f"\nOf {len(rows)} that were read, {len(live)} are still said; of these {len(false)} are false. Estimate of false claims: "
          f"{1000 * len(claims) / sentences * len(false) / max(1, len(live)):.2f} per 1,000 sentences. What they are:\n")
    print("| what | true | false |\n|---|---|---|")
    what = collections.Counter((r[4], r[3]) for r in live)
    for w in sorted({k[0] for k in what}, key=lambda w: (-what[w, "false"], -what[w, "true"], w)):
        print(f"| {w} | {what[w, 'true']} | {what[w, 'false']} |")
