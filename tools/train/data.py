"""Windows with targets as arrays, and the splits. What a window holds stands in crates/reader/src/frame.rs."""
import hashlib
import json

import numpy as np

from align import KINDS, STANCES, align, read

MAX_GAP = 127  # pieces; farther is as far


def war_of(doc_id, claims):
    """The war of a passage: what its name says, else the country that most of its claims are about."""
    for name in ("ukraine", "syria", "libya", "iraq", "egypt", "yemen", "afghan"):
        if name in doc_id.lower():
            return name
    count = {}
    for c in claims:
        count[c.get("country") or "?"] = count.get(c.get("country") or "?", 0) + 1
    return max(sorted(count), key=count.get).lower() if count else "none"


def fold_of(doc_id, folds):
    """Passages of one document stand in one fold."""
    return int(hashlib.sha256(doc_id.split("~")[0].encode()).hexdigest(), 16) % folds


class Window:
    """One window, ready for the net."""

    def __init__(self, doc, at, window, pieces_of_name=None):
        self.doc, self.at, self.raw = doc, at, window
        self.pieces = np.array(window["pieces"], np.int64)
        self.types = np.array(window["types"], np.int64)
        self.context = np.array(window["context"], np.int64)
        self.words = np.array(window["words"], np.int64)
        self.slots = [s for s, p in enumerate(window["places"]) if not window["context"][p["first"]]]
        self.where = {s: i for i, s in enumerate(self.slots)}
        n = len(self.slots)
        self.place = np.array([[window["places"][s]["first"], window["places"][s]["last"]] for s in self.slots], np.int64).reshape(-1, 2)
        self.party = np.array([[p["first"], p["last"], p["kind"], p["force"], p["sentence"] % 4096] for p in window["parties"]], np.int64).reshape(-1, 5)
        self.time = np.array([[t["first"], t["last"]] for t in window["times"]], np.int64).reshape(-1, 2)
        self.kind = np.zeros((n, 6), np.float32)
        self.care = np.ones((n, 6), np.float32)
        self.rows = []  # (slot, kind, stance, background, holder, other, speaker, time, quote)


def windows(rows, docs, labels, scorer):
    """All windows of a set with their targets; `labels` maps a document to its gold rows, or is None."""
    out = []
    for row in rows:
        doc = row["id"]
        mine = [Window(doc, i, w) for i, w in enumerate(row["windows"])]
        out += mine
        if labels is None:
            continue
        claims = [c for c in labels[doc] if c.get("place")]
        found, _ = align(row, docs[doc]["text"], claims, scorer)
        for f in found:
            c, w = f["claim"], mine[f["window"]]
            slot, kind = w.where[f["slot"]], KINDS.index(c["kind"])
            if c.get("doubtful"):
                if not w.kind[slot, kind]:
                    w.care[slot, kind] = 0
                continue
            w.kind[slot, kind] = 1
            w.care[slot, kind] = 1
            # Another mention of the same place in the same sentence may be told of as well: nobody knows.
            here = w.raw["places"][f["slot"]]
            for s in w.slots:
                p = w.raw["places"][s]
                if s != f["slot"] and p["sentence"] == here["sentence"] and scorer.same_place(c, {"place": p["text"], "place_name": p["name"]}) and not w.kind[w.where[s], kind]:
                    w.care[w.where[s], kind] = 0
            w.rows.append((slot, kind, STANCES.index(c["stance"]), bool(c["background"]),
                           (bool(c["holder"]), f["holder"]), (bool(c["other"]), f["other"]),
                           (bool(c["speaker"]), f["speaker"]), (bool(c["time"]), f["times"]), f["quote"]))
    return [w for w in out if len(w.slots)]


def load(rows, docs, gold, scorer):
    docs = {d["id"]: d for d in read(docs)}
    labels = {d["id"]: d["claims"] for d in read(gold)} if gold else None
    rows = read(rows)
    return rows, docs, labels, windows(rows, docs, labels, scorer)
