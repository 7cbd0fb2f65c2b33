"""From gold claims and the windows of `rows` to training targets: which place mention each claim is about, and which
mentions its holder, other side, time and speaker are. The comparison of names is the scorer's own (score_claims.py)."""
import datetime as dt
import importlib.util
import json
import re
import sys

KINDS = ["transfer", "holds", "contested", "besieged", "withdrawal", "repelled"]
STANCES = ["asserted", "claimed", "denied", "planned", "hypothetical"]


def load_scorer(path):
    """The scorer is a script that runs when it is imported: it is loaded without its last line."""
    source = open(path).read().rsplit("\nmain()", 1)[0]
    spec = importlib.util.spec_from_loader("score_claims", loader=None)
    module = importlib.util.module_from_spec(spec)
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def quotes_at(text, quote, used):
    """Where a quote stands; a quote used before goes to its next place."""
    start = text.find(quote, used.get(quote, -1) + 1)
    if start < 0:
        start = text.find(quote)
    if start < 0:
        loose = re.compile(r"\s+".join(re.escape(w) for w in quote.split()))
        hit = loose.search(text)
        return (hit.start(), hit.end()) if hit else None
    return start, start + len(quote)


def day(text):
    try:
        return dt.date.fromisoformat(text[:10])
    except Exception:
        return None


def same_days(slot, want):
    if not want or not (slot["from"] or slot["to"]):
        return False
    for a, b in ((slot["from"], want[0]), (slot["to"], want[1])):
        a, b = day(a), day(b)
        if (a is None) != (b is None) or (a and abs((a - b).days) > 1):
            return False
    return True


def align(row, text, claims, scorer):
    """For each claim that finds its place mention: a dict with the window, the place slot and the targets."""
    slots = []  # (window, slot, place) of mentions that are to be told of there
    for w, window in enumerate(row["windows"]):
        for s, place in enumerate(window["places"]):
            if not window["context"][place["first"]]:
                slots.append((w, s, place))
    used, out, lost = {}, [], []
    seen = {}
    for claim in claims:
        key = (claim["quote"],)
        if key in seen and claim.get("repeat") is not True:
            span = seen[key]
        else:
            span = quotes_at(text, claim["quote"], used)
            if span:
                used[claim["quote"]] = span[0]
        seen[key] = span
        if span is None:
            lost.append(("quote", claim))
            continue
        named = []
        for w, s, place in slots:
            guess = {"place": place["text"], "place_name": place["name"] or place["text"]}
            if not scorer.same_place(claim, guess):
                continue
            a, b = place["span"]
            inside = a >= span[0] and b <= span[1]
            gap = 0 if inside else min(abs(a - span[1]), abs(span[0] - b))
            exact = scorer.norm(place["text"]) == scorer.norm(claim["place"])
            named.append(((0 if inside else 1, 0 if exact else 1, gap + (40 if a > span[1] else 0)), w, s, place))
        if not named:
            lost.append(("place", claim))
            continue
        rank, w, s, place = min(named, key=lambda x: (x[0], x[3]["span"]))
        if rank[2] > 400:
            lost.append(("far", claim))
            continue
        window = row["windows"][w]
        holder, other = [], []
        for who, into in (("holder", holder), ("other", other)):
            if not claim.get(who):
                continue
            want = scorer.party(claim[who])
            for p, party in enumerate(window["parties"]):
                if scorer.party(party["name"] or party["text"]) == want:
                    into.append(p)
        pieces = [i for i, (a, b) in enumerate(window["spans"]) if a >= span[0] and b <= span[1] and b > a]
        speaker = []
        if claim.get("speaker"):
            for hit in re.finditer(re.escape(claim["speaker"]), text):
                speaker += [i for i, (a, b) in enumerate(window["spans"]) if a >= hit.start() and b <= hit.end() and b > a]
        times = [t for t, slot in enumerate(window["times"]) if same_days(slot, claim.get("time"))]
        out.append({"claim": claim, "window": w, "slot": s, "holder": holder, "other": other, "quote": pieces,
                    "speaker": speaker, "times": times, "in_quote": rank[0] == 0})
    return out, lost


def read(path):
    return [json.loads(line) for line in open(path)]


if __name__ == "__main__":
    rows, docs, gold, score = sys.argv[1:5]
    scorer = load_scorer(score)
    texts = {d["id"]: d["text"] for d in read(docs)}
    labels = {d["id"]: d["claims"] for d in read(gold)}
    from collections import Counter
    count = Counter()
    for row in read(rows):
        text = texts[row["id"]]
        for w in row["windows"]:
            for p in w["places"]:
                assert text[p["span"][0]:p["span"][1]] == p["text"], row["id"]
        claims = [c for c in labels[row["id"]] if not c.get("doubtful") and c.get("place")]
        found, lost = align(row, text, claims, scorer)
        count["claims"] += len(claims)
        for why, claim in lost:
            count["lost", why] += 1
        trig = {tuple(s[0]): s[1] for s in row["sentences"]}
        for f in found:
            count["found"] += 1
            count["in quote"] += f["in_quote"]
            w = row["windows"][f["window"]]; p = w["places"][f["slot"]]
            t = any(on for (a, b), on in ((tuple(s[0]), s[1]) for s in row["sentences"]) if a <= p["span"][0] < b)
            count["triggered", t] += 1
            c = f["claim"]
            if c["kind"] != "contested":
                if not c["holder"]:
                    count["holder", "none in gold"] += 1
                else:
                    count["holder", "in window" if f["holder"] else "anywhere" if any(scorer.party(q["name"] or q["text"]) == scorer.party(c["holder"]) for x in row["windows"] for q in x["parties"]) else "nowhere"] += 1
            if c.get("time"):
                count["time", bool(f["times"])] += 1
            if c.get("speaker"):
                count["speaker", bool(f["speaker"])] += 1
    for k, v in sorted(count.items(), key=str):
        print(k, v)
