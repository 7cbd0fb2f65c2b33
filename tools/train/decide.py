"""From what the net says and what the rules say to candidate claims with features; the model that decides between them.
crates/reader/src/{propose,decide}.rs compute the same in Rust."""
import math

from align import KINDS, STANCES

CLASSES = {"asserted": 0, "claimed": 0, "denied": 1, "planned": 2, "hypothetical": 2}
LEAST_KIND, LEAST = 0.04, 0.02


def logit(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def candidates(row, said):
    """All that the net or the rules propose for a document."""
    out = []
    for s in said:
        window = row["windows"][s["window"]]
        place = window["places"][s["slot"]]
        for k, kind in enumerate(KINDS):
            pk = s["kind"][k]
            if pk < LEAST_KIND:
                continue
            parties = {}
            if kind == "contested":
                parties[None] = 1.0
            else:
                for p, prob in zip(window["parties"], s["holder"][k]):
                    key = p["id"] or p["text"].lower()
                    parties.setdefault(key, [0.0, p["name"] or p["text"]])[0] += prob
                parties = {k2: tuple(v) for k2, v in parties.items()}
            classes = [0.0, 0.0, 0.0]
            for n, prob in enumerate(s["stance"][k]):
                classes[CLASSES[STANCES[n]]] += prob
            for key, v in parties.items():
                pp, name = (v, None) if kind == "contested" else v
                for c, pc in enumerate(classes):
                    if pk * pp * pc >= LEAST:
                        stance = max((x for x in range(5) if CLASSES[STANCES[x]] == c), key=lambda x: s["stance"][k][x])
                        out.append({"kind": kind, "holder": name, "holder_id": key, "class": c, "stance": STANCES[stance], "span": tuple(place["span"]),
                                    "place": place["text"], "place_name": place["name"] or place["text"], "slot": place, "type": window["types"][place["first"]],
                                    "pk": pk, "pp": pp, "pc": pc, "background": s["background"][k] > 0.5, "rule": None})
    # What the rules say of the same place joins; the rest stands beside.
    known = {}
    for s in said:
        window = row["windows"][s["window"]]
        known[tuple(window["places"][s["slot"]]["span"])] = (s, window)
    for claim in row["claims"]:
        if claim["kind"] not in KINDS or (claim["aggregate"] and not claim["place_name"]):
            continue
        at = claim["evidence"]["place"]
        span = (at["start"], at["end"])
        hit = next((k for k in known if k[0] < span[1] and span[0] < k[1]), None)
        c = CLASSES[claim["stance"]]
        mine = None
        for o in out:
            if o["span"] == hit and o["kind"] == claim["kind"] and o["class"] == c and (claim["kind"] == "contested" or o["holder_id"] == (claim["holder_id"] or (claim["holder"] or "").lower())):
                mine = o
                break
        if mine is None:
            s = known[hit][0] if hit else None
            k = KINDS.index(claim["kind"])
            mine = {"kind": claim["kind"], "holder": claim["holder"], "holder_id": claim["holder_id"], "class": c, "stance": claim["stance"], "span": hit or span,
                    "place": claim["place"], "place_name": claim["place_name"], "slot": known[hit][1]["places"][s["slot"]] if hit else None,
                    "type": known[hit][1]["types"][known[hit][1]["places"][s["slot"]]["first"]] if hit else 1,
                    "pk": s["kind"][k] if s else 0.0, "pp": None, "pc": None, "background": claim["background"], "rule": None}
            if s:
                w = known[hit][1]
                mine["pc"] = sum(p for n, p in enumerate(s["stance"][k]) if CLASSES[STANCES[n]] == c)
                mine["pp"] = 1.0 if claim["kind"] == "contested" else sum(prob for p, prob in zip(w["parties"], s["holder"][k]) if (p["id"] or p["text"].lower()) == (claim["holder_id"] or (claim["holder"] or "").lower()))
            out.append(mine)
        if mine["rule"] is None or claim["confidence"] > mine["rule"]["confidence"]:
            mine["rule"] = claim
    by_span = {}
    for claim in row["claims"]:
        at = claim["evidence"]["place"]
        by_span.setdefault((at["start"], at["end"]), []).append(claim)
    told = {}
    for o in out:
        rules = [c for k, v in by_span.items() if k[0] < o["span"][1] and o["span"][0] < k[1] for c in v]
        o["rule_kind"] = any(c["kind"] == o["kind"] for c in rules)
        o["rule_other"] = any(c["kind"] != o["kind"] for c in rules)
        o["p"] = o["pk"] * o["pp"] * o["pc"] if o["pp"] is not None else 0.0
        slot = o["slot"]
        o["where"] = str(slot["id"] or slot["text"].lower()) if slot else str(o["rule"]["place_id"] or o["rule"]["place"].lower())
        told.setdefault((o["where"], o["kind"], o["class"]), []).append(o)
    for group in told.values():
        for o in group:
            # That no other mention says the same, and how sure the likeliest other holder is.
            nowhere, otherwise = 1.0, 0.0
            for x in group:
                if x is o:
                    continue
                if x["holder_id"] == o["holder_id"]:
                    nowhere *= 1 - x["p"]
                else:
                    otherwise = max(otherwise, x["p"])
            # Other mentions speak for the likeliest of those that say the same, not for its repeats.
            same = [x for x in group if x["holder_id"] == o["holder_id"]]
            o["elsewhere"] = 1 - nowhere if max(same, key=lambda x: x["p"]) is o else 0.0
            o["otherwise"] = otherwise
    return out


NAMES = ["bias", "reader", "reader kind", "reader read it", "rule agrees", "rule confidence", "rule has this kind otherwise", "rule has another kind",
         "denied", "unrealised", *KINDS, "name", "person", "site", "reference", "country", "rule agrees x reader", "said elsewhere", "another holder"]


def features(o):
    read = o["pp"] is not None
    agrees = o["rule"] is not None
    p, k = (logit(o["p"]), logit(o["pk"])) if read else (0.0, 0.0)
    f = [1.0, p, k, float(read), float(agrees), o["rule"]["confidence"] if agrees else 0.0, float(o["rule_kind"] and not agrees), float(o["rule_other"]),
         float(o["class"] == 1), float(o["class"] == 2)]
    f += [float(o["kind"] == k) for k in KINDS]
    f += [float(o["type"] == t) for t in (9, 10, 11, 3, 2)]
    f += [p * agrees, o["elsewhere"], o["otherwise"]]
    return f


def row_of(o):
    return {"kind": o["kind"], "holder": o["holder"], "place": o["place"], "place_name": o["place_name"], "stance": o["stance"], "background": o["background"],
            "other": None, "speaker": o["rule"]["speaker"] if o["rule"] else None, "time": o["rule"]["time"] if o["rule"] else None}


def fit(x, y, weight=None, ridge=1.0, steps=60):
    """Logistic regression by Newton's method, with a ridge on all but the bias."""
    import numpy as np
    x, y = np.asarray(x, float), np.asarray(y, float)
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge); penalty[0] = 1e-6
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        g = x.T @ (p - y) + penalty * w
        h = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(h, g)
        w -= step
        if abs(step).max() < 1e-8:
            break
    return w
