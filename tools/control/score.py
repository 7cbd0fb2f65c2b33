#!/usr/bin/env python3
"""Scores methods of fusing reports on the same input, as known at the end of each day.

score.py REPORTS.csv TRUTH.csv FROM TO [NAME=DAYS.csv ...] [--places test|train|all] [--aliases a=b,...] [--reliability]

TRUTH: intervals (place,geonameid,..,from_day,to_day,status) or changes (..,geonameid,..,day,day_earliest,day_latest,from_actor,to_actor);
DAYS: what examples/fuse.rs writes. Beside each the methods that need no model, on the same reports:
  last     the last report wins, by the day on which it was said
  week     the majority of what was said in the last seven days, else what it was before
  sources  a vote of sources, each by its last word

Figures: accuracy and Brier (sum over the two parties) over place-days on which the truth names a party and somebody has spoken;
near: the same within seven days of a true change; delay: days from a true change to the first day on which the method says so
(mean of those found; missed: not within 30 days); false flips: changes of mind per 1,000 place-days to what is not true that day;
ratio: changes said over true changes. The split is by place: a place is in the test half when its digest is even.
"""
import bisect, collections, csv, datetime as dt, hashlib, sys

D = dt.date.fromisoformat
pos = [a for a in sys.argv[1:] if not a.startswith("--")]
arg = lambda n, d: sys.argv[sys.argv.index(n) + 1] if n in sys.argv else d
which = arg("--places", "all")
pos = [a for a in pos if a not in (which,) or "--places" not in sys.argv]
alias = dict(x.split("=") for x in arg("--aliases", "RU=russia,UA=ukraine").split(","))
pos = [a for a in pos if a != arg("--aliases", None)]
reports_file, truth_file, lo, hi = pos[:4]; lo, hi = D(lo), D(hi)
test = lambda place: hashlib.sha256(place.encode()).digest()[0] % 2 == 0
chosen = lambda place: which == "all" or test(place) == (which == "test")
day = lambda n: dt.timedelta(n)

truth, blur = {}, collections.defaultdict(set)          # place -> day -> party;   days on which sources differ are not scored
for r in csv.DictReader(open(truth_file)):
    place = r["geonameid"]
    if not place or not chosen(place): continue
    t = truth.setdefault(place, {})
    if "from_day" in r:
        d = max(D(r["from_day"]), lo)
        while d <= min(D(r["to_day"]), hi): t[d] = alias.get(r["status"]); d += day(1)
    else:
        d = lo
        while d <= hi:
            t[d] = alias.get(r["from_actor"] if d < D(r["day"]) else r["to_actor"])
            if D(r.get("day_earliest") or r["day"]) <= d < D(r.get("day_latest") or r["day"]): blur[place].add(d)
            d += day(1)
reports = collections.defaultdict(list)
for r in csv.DictReader(open(reports_file)):
    if r["place"] in truth: reports[r["place"]].append(r)
for rs in reports.values(): rs.sort(key=lambda r: (r["known"], r["claim"]))
parties = sorted({x for t in truth.values() for x in t.values() if x})
enemy = {parties[0]: parties[1], parties[1]: parties[0]}

def said(r):
    """The party for which a report speaks, if it speaks for one."""
    if r["kind"] in ("transfer", "holds", "repelled"): return (enemy.get(r["holder"]) if r["stance"] == "denied" else r["holder"]) if r["holder"] in enemy else None
    if r["kind"] == "withdrawal" and r["stance"] != "denied": return enemy.get(r["holder"])
    return None

def by_rule(rule):
    out = {}
    for place, rs in reports.items():
        i = 0; seen = []; state = None; out[place] = {}; d = lo
        while i < len(rs) and D(rs[i]["known"]) < lo: seen.append(rs[i]); i += 1
        while d <= hi:
            while i < len(rs) and D(rs[i]["known"]) <= d: seen.append(rs[i]); i += 1
            p = rule(seen, d, state)
            if p: state, conf = p; out[place][d] = (state, conf)
            d += day(1)
    return out

def last(seen, d, state):
    for r in reversed(seen):
        if said(r): return said(r), 1.0
def week(seen, d, state):
    c = collections.Counter()
    for r in reversed(seen):
        if D(r["known"]) <= d - day(7): break
        if said(r): c[said(r)] += 1
    if not c: return (state, 1.0) if state else None
    best = max(c, key=lambda k: (c[k], k == state, k)); return best, 1.0
def sources(seen, d, state):
    latest = {}
    for r in seen:
        if said(r): latest[r["origin"]] = said(r)
    c = collections.Counter(latest.values())
    if not c: return None
    best = max(c, key=lambda k: (c[k], k == state, k)); return best, c[best] / sum(c.values())

def from_days(file):
    out = collections.defaultdict(dict)
    for line in open(file):
        place, d, status, q, holder, p, beliefs = line.rstrip("\n").split(",")
        if place not in truth or not beliefs: continue
        b = dict(x.split("=") for x in beliefs.split(";"))
        m = {k: float(b.get(k, 0)) for k in parties}
        total = sum(m.values())
        # "Somebody else" and "contested" are shared out, so that the two parties' probabilities sum to one.
        rest = max(0.0, 1 - total); conf = {k: (m[k] + rest / 2) if total + rest > 0 else .5 for k in parties}
        best = max(conf, key=lambda k: (conf[k], k)); out[place][D(d)] = (best, conf[best] / sum(conf.values()), status, holder, q)
    return out

def score(name, pred, common):
    n = ok = nn = nok = 0; brier = nbrier = 0.0; flips = truth_changes = said_changes = 0; delays = []; missed = 0
    bins = collections.defaultdict(lambda: [0, 0.0, 0])
    for place, t in truth.items():
        p = pred.get(place, {}); days = sorted(t)
        changes = []; prev = None
        for d in days:
            if t[d]:
                if prev and t[d] != prev: changes.append((d, t[d]))
                prev = t[d]
        mind = None
        for d in days:
            x = p.get(d)
            if x and mind and x[0] != mind:
                said_changes += 1
                if t[d] and x[0] != t[d]: flips += 1
            if x: mind = x[0]
            if not t[d] or d in blur[place] or (place, d) not in common: continue
            x = x or (None, 0.5); good = x[0] == t[d]; conf = x[1] if x[0] else 0.5
            b = 2 * (1 - conf if good else conf) ** 2 if x[0] else 0.5
            n += 1; ok += good; brier += b
            k = min(9, int((conf - .5) * 20)); bins[k][0] += 1; bins[k][1] += conf; bins[k][2] += good
            if any(abs((d - c).days) <= 7 for c, _ in changes): nn += 1; nok += good; nbrier += b
        for c, to in changes:
            truth_changes += 1
            first = next((d for d in (c + day(i) for i in range(31)) if d <= hi and p.get(d) and p[d][0] == to), None)
            if first is None: missed += 1
            else: delays.append((first - c).days)
    print("%-9s %9d  %.4f   %.4f   %.4f   %.4f   %5.2f  %4d of %-4d  %6.2f   %5.2f" % (name, n, ok / max(1, n), brier / max(1, n), nok / max(1, nn), nbrier / max(1, nn),
          sum(delays) / max(1, len(delays)), missed, truth_changes, 1000 * flips / max(1, n), said_changes / max(1, truth_changes)))
    return bins

methods = {"last": by_rule(last), "week": by_rule(week), "sources": by_rule(sources)}
for spec in pos[4:]:
    name, file = spec.split("="); methods[name] = from_days(file)
# Every method is scored on the same days: those on which anybody has said who holds the place.
common = {(place, d) for place, p in methods["last"].items() for d in p}
print("%d places, %d reports, %d place-days scored" % (len(truth), sum(map(len, reports.values())), 0) if False else "%d places, %d reports" % (len(truth), sum(map(len, reports.values()))))
print("method   place-days  accuracy Brier   near acc near Brier delay  missed        false flips/1000  said/true changes")
for name, pred in methods.items():
    bins = score(name, pred, common)
    if "--reliability" in sys.argv and name not in ("last", "week", "sources"):
        print("  said      days   came true")
        for k in sorted(bins): print("  %.3f  %8d   %.3f" % (bins[k][1] / bins[k][0], bins[k][0], bins[k][2] / bins[k][0]))
