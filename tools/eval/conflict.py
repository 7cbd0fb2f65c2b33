#!/usr/bin/env python3
"""Scores the place names of the conflict set (eval/conflict/places.jsonl) against the program's.

    conflict.py GOLD PRED

PRED is what `marchland places --json` gives. Of the gold, documents numbered 2 or 4 take part in fitting the weights
(tools/place-fit/make.sh); the others do not, and their figures are the ones that count. Prints Markdown: figures, then every error.
References ("the city", "there") are no names and are left out. The sentences are our own, so errors show a few words.
"""
import json, sys
from collections import defaultdict

rows = lambda f: [json.loads(l) for l in open(f)]
gold = rows(sys.argv[1])
pred = {d["id"]: [t for t in d["toponyms"] if t["kind"] != "reference"] for d in rows(sys.argv[2])}
WARS = {"af": "Afghanistan", "sy": "Syria", "iq": "Iraq", "ly": "Libya", "ua": "Ukraine", "sd": "Sudan", "ye": "Yemen", "et": "Ethiopia",
        "cd": "DR Congo", "ml": "Mali", "mm": "Myanmar", "az": "Nagorno-Karabakh", "so": "Somalia", "ge": "Georgia", "lb": "Lebanon", "lk": "Sri Lanka", "ng": "Nigeria", "ps": "Israel and Palestine"}


class Score:
    def __init__(self):
        self.sentences = self.tp = self.fp = self.fn = self.right = 0

    def row(self, name):
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0
        f = 2 * p * r / (p + r) if p + r else 0
        all_ = self.tp + self.fn
        return f"| {name} | {self.sentences} | {all_} | {p:.3f} | {r:.3f} | {f:.3f} | {self.right / all_:.3f} | {self.right / self.tp if self.tp else 0:.3f} |"


halves, wars, errors = defaultdict(Score), defaultdict(Score), []
for d in gold:
    half = "fitted" if d["doc_id"][-2:] in ("-2", "-4") else "unseen"
    war = d["doc_id"].split("-")[0]
    g = {(t["start"], t["end"]): t for t in d["toponyms"]}
    p = {(t["start"], t["end"]): t for t in pred.get(d["doc_id"], [])}
    near = lambda s: d["text"][max(0, s[0] - 25):s[0]].split("\n")[-1] + "[" + d["text"][s[0]:s[1]] + "]" + d["text"][s[1]:s[1] + 25].split("\n")[0]
    scores = (halves[half], halves["all"], wars[war])
    for s in scores:
        s.sentences += d["text"].count("\n") + 1
        s.tp += len(set(g) & set(p)); s.fp += len(set(p) - set(g)); s.fn += len(set(g) - set(p))
    for span in sorted(set(g) | set(p)):
        a, b = g.get(span), p.get(span)
        if a and b and str(b.get("id")) == str(a["geonames_id"]):
            for s in scores:
                s.right += 1
        else:
            what = "missed" if not b else "no place" if not a else f"another place: {b.get('name')} ({b.get('feature')}, {b.get('country')}; {b.get('id')}) for {a['geonames_id']}"
            errors.append(f"- {d['doc_id']} {span[0]}: {near(span)}: {what}")
head = "| | sentences | names | P | R | F1 | right place, of all | of those found |\n|---|---|---|---|---|---|---|---|"
print(head)
for name in ("unseen", "fitted", "all"):
    print(halves[name].row({"unseen": "**unseen half**", "fitted": "half used in fitting", "all": "all"}[name]))
print(); print(head.replace("| |", "| war |", 1))
for war in sorted(wars):
    print(wars[war].row(WARS.get(war, war)))
print(f"\nErrors ({len(errors)}):\n")
print("\n".join(errors))
