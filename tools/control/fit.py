#!/usr/bin/env python3
"""Fits the parameters of control on the training half of the places.   fit.py FUSE REPORTS.csv INTERVALS.csv PARAMS.toml OUT.toml [--places train]

FUSE is the built example crates/control/examples/fuse.rs; REPORTS as generate.py writes them; INTERVALS the true histories
(place,geonameid,..,from_day,to_day,status); PARAMS the file to start from. The split is by place, never by day (score.py has the same).

1. Tables, by counting. For each voice: how often it says "taken by v" on a day on which the place went over to v, had been v's already, was
   fought over, or was another's, each over the number of such place-days. The weight is the ratio of these rates to that on the day of the change,
   in decibans. In the same way for "held by v", "fought over", "left". Counts are smoothed: (n + kappa p) / (N + kappa), p by the file to start from.
2. Hazard, by counting changes of hands over place-days.
3. Temper, implied and again, by search: the log loss on the training places of what is known each day, by FUSE.
What the reports hold nothing of stays as it was in PARAMS.
"""
import collections, csv, datetime as dt, hashlib, math, os, re, subprocess, sys, tempfile

fuse, reports_file, truth_file, params_file, out_file = sys.argv[1:6]
D = dt.date.fromisoformat; DAY = dt.timedelta(1)
ACTOR = {"RU": "russia", "UA": "ukraine"}
ENEMY = {"russia": "ukraine", "ukraine": "russia"}
KAPPA = 20.0                                             # as many place-days' worth of the old table
train = lambda place: hashlib.sha256(place.encode()).digest()[0] % 2 == 1

days = collections.defaultdict(dict)
for r in csv.DictReader(open(truth_file)):
    if not r["geonameid"].isdigit() or not train(r["geonameid"]): continue
    d = D(r["from_day"])
    while d <= D(r["to_day"]): days[r["geonameid"]][d] = ACTOR.get(r["status"], "fight"); d += DAY
reports = [r for r in csv.DictReader(open(reports_file)) if r["place"] in days]
print("%d training places, %d reports on them" % (len(days), len(reports)))

# What a place-day is to somebody who says that v took or holds it, and how many there are of each.
def kind_of_day(place, d, v):
    t = days[place]; now, eve = t.get(d), t.get(d - DAY)
    if now is None: return None
    if now == "fight": return "fight"
    if now != v: return "other"
    before = [t.get(d - DAY * n) for n in range(1, 4)]
    return "kept" if all(b in (v, None) for b in before) else "change"
exposure = collections.Counter()
for place, t in days.items():
    for d in t:
        for v in ENEMY: exposure[kind_of_day(place, d, v)] += 1
said = collections.defaultdict(collections.Counter)      # (voice, what) -> kind of day -> number
for r in reports:
    d = D(r["from"]); v = r["holder"]
    if r["stance"] == "denied": what = "denied"
    else: what = r["kind"]
    k = kind_of_day(r["place"], d, v if v else "russia")
    if r["kind"] == "contested": k = {"fight": "fight"}.get(k, "calm")
    if k: said[r["voice"], what][k] += 1
exposure["calm"] = exposure["change"] + exposure["kept"] + exposure["other"]

text = open(params_file).read()
def section(voice): return re.search(r"(?ms)^\[voice\.%s\]$.*?(?=^\[|\Z)" % voice, text)
def deciban(voice, what, wrong, right, old):
    """Rate on wrong days over rate on right days."""
    n = said[voice, what]
    prior = 10 ** (old / 10)
    r = (n[right] + 1) / (exposure[right] + 1)
    w = (n[wrong] + KAPPA * r * prior) / (exposure[wrong] + KAPPA)
    return max(-300.0, min(0.0, 10 * math.log10(w / r)))
print("\nvoice      what                 reports   old     fitted (decibans)")
for voice in ("map", "newsroom", "official", "resident", "winner", "loser"):
    m = section(voice)
    if not m: continue
    block = m.group(0); new = block
    def put(line, key, what, wrong, right):
        pattern = r"(%s.*?%s = )(-?[\d.]+)" % (line, key) if line else r"(^%s = )(-?[\d.]+)" % key
        found = re.search(pattern, state["new"], re.M)
        if not found or sum(said[voice, what].values()) < 30: return
        old = float(found.group(2)); value = deciban(voice, what, wrong, right, old)
        print("%-10s %-20s %6d  %6.1f  %6.1f" % (voice, (line + " " if line else "") + key, sum(said[voice, what].values()), old, value))
        state["new"] = state["new"][: found.start(2)] + "%.1f" % value + state["new"][found.end(2):]
    state = {"new": new}
    put("change", "kept", "transfer", "kept", "change")
    put("change", "contested", "transfer", "fight", "change")
    put("change", "other", "transfer", "other", "change")
    put("state", "contested", "holds", "fight", "kept")
    put("state", "other", "holds", "other", "kept")
    put("", "fight", "contested", "calm", "fight")
    text = text.replace(block, state["new"])

changes = n = 0
for t in days.values():
    last = None
    for d in sorted(t):
        if t[d] == "fight": continue
        n += 1; changes += last is not None and t[d] != last; last = t[d]
print("\nhazard: %d changes in %d place-days = %.5f" % (changes, n, changes / max(1, n)))
text = re.sub(r"(?m)^hazard = .*$", "hazard = %.5f" % (changes / max(1, n)), text)

lo, hi = min(min(t) for t in days.values()), max(max(t) for t in days.values())
work = tempfile.mkdtemp()
sub = os.path.join(work, "reports.csv")
with open(sub, "w", newline="") as f:
    w = csv.DictWriter(f, list(reports[0])); w.writeheader(); w.writerows(reports)
def loss(text):
    p = os.path.join(work, "params.toml"); open(p, "w").write(text)
    out = subprocess.run([fuse, sub, str(lo), str(hi), p], capture_output=True, text=True, check=True).stdout
    total = n = 0
    for line in out.splitlines():
        place, d, *_, beliefs = line.split(",")
        now = days.get(place, {}).get(D(d))
        if now in (None, "fight") or not beliefs: continue
        b = dict(x.split("=") for x in beliefs.split(";"))
        mine, theirs = float(b.get(now, 0)), float(b.get(ENEMY[now], 0)); rest = max(0.0, 1 - mine - theirs) / 2
        total -= math.log(max(1e-6, mine + rest)); n += 1
    return total / max(1, n)
def with_value(text, key, value): return re.sub(r"(?m)^%s = .*$" % key, "%s = %g" % (key, value), text)
best = loss(text); print("\nlog loss on the training places: %.5f with the file to start from, %.5f with the fitted tables" % (loss(open(params_file).read()), best))
for key, values in (("temper", (0.25, 0.35, 0.5, 0.7, 0.85, 1.0)), ("implied", (0.1, 0.3, 0.6)), ("again", (0.25, 0.5, 1.0)), ("settle", (0.03, 0.07, 0.15)), ("fight", (0.0005, 0.0015, 0.004))):
    # "fight" stands in [chain], [prior] and the voices: only that of the chain is sought.
    def trial(value):
        if key == "fight":
            a, b = text.index("[chain]"), text.index("[prior]")
            return text[:a] + with_value(text[a:b], "fight", value) + text[b:]
        return with_value(text, key, value)
    for value in values:
        t = trial(value); l = loss(t)
        print("  %-8s %-7g %.5f" % (key, value, l))
        if l < best - 1e-6: best, keep = l, t
        else: continue
        text = keep
open(out_file, "w").write("# Fitted by tools/control/fit.py on made-up reports; for measuring, not for use.\n" + text)
print("log loss at the end: %.5f" % best)
