#!/usr/bin/env python3
"""Made-up reports over real map histories.   generate.py INTERVALS.csv OUT.csv [--seed N]

INTERVALS: place,geonameid,lat,lon,from_day,to_day,status (RU, UA, UNKNOWN), one stretch a row.
OUT: one report a row, in the columns that crates/control/examples/fuse.rs reads.

The histories are facts; the reports are not: each is drawn by the rules below from a generator with a fixed seed per
place. The rules imitate what is known of war news: winners speak early and sometimes falsely, losers deny, newsrooms
are late and copy each other, few people own up, states are repeated from memory. Only how methods rank on the same
reports means anything; the figures themselves are those of these rules.
"""
import csv, datetime as dt, random, sys

arg = lambda n, d: sys.argv[sys.argv.index(n) + 1] if n in sys.argv else d
SEED = int(arg("--seed", "1"))
D = dt.date.fromisoformat
ACTOR = {"RU": "russia", "UA": "ukraine"}
ENEMY = {"russia": "ukraine", "ukraine": "russia"}
OUTLETS = ["outlet%02d" % n for n in range(12)]

def geometric(rng, mean):
    n = 0
    while rng.random() > 1 / (mean + 1): n += 1
    return n

def reports(place, rows):
    rng = random.Random("%d %s" % (SEED, place))
    start, end = D(rows[0]["from_day"]), D(rows[-1]["to_day"])
    days = {}
    for r in rows:
        d = D(r["from_day"])
        while d <= D(r["to_day"]): days[d] = r["status"]; d += dt.timedelta(1)
    holder = lambda d: ACTOR.get(days.get(d))
    fought = lambda d: days.get(d) == "UNKNOWN"
    # Some towns are in the news more than others.
    fame = rng.choice([0.5, 1.0, 1.0, 2.0])
    out = []
    def say(kind, who, valid, known, voice, origin, stance="asserted", party="", story=None, other=""):
        if known > end or valid < start: return
        n = "%s-%d" % (place, len(out))
        out.append(dict(place=place, article="a" + n, claim="c" + n, kind=kind, holder=who or "", other=other, stance=stance,
                        voice=voice, party=party, origin=origin, story=story or "a" + n, **{"from": valid, "to": valid}, known=known))
    def copies(kind, who, valid, known, other=""):
        """A newsroom's report, and those who copy it."""
        story = "s%s-%d" % (place, len(out))
        say(kind, who, valid, known, "newsroom", "outlet:" + rng.choice(OUTLETS), story=story, other=other)
        while rng.random() < 0.5:
            say(kind, who, valid, known + dt.timedelta(geometric(rng, 0.7)), "newsroom", "outlet:" + rng.choice(OUTLETS), story=story, other=other)
    day = lambda n: dt.timedelta(n)
    # The first map: who holds what at the beginning.
    first = next(d for d in sorted(days) if holder(d))
    say("holds", holder(first), first, first, "map", "outlet:mapmaker")
    last = None
    for d in sorted(days):
        now = holder(d)
        if now and last and now != last:
            lost = last
            # The winner, often early.
            if rng.random() < 0.8:
                early = geometric(rng, 1.5) if rng.random() < 0.5 else 0
                k = d - day(early) + day(geometric(rng, 0.5))
                say("transfer", now, min(d - day(early), k), k, "winner", "party:" + now, "claimed", now, other=lost)
            # Newsrooms, each on its own, with lags and wrong days.
            for _ in range(sum(rng.random() < 0.35 * fame for _ in range(5))):
                lag = geometric(rng, 1.5)
                wrong = rng.choice([0, 0, 0, 0, 0, 0, 1, 1, -1, 2])
                valid = d + day(lag) if rng.random() < 0.25 else d + day(wrong)
                copies("transfer", now, min(valid, d + day(lag)), d + day(lag), other=lost)
            if rng.random() < 0.3: say("transfer", now, d, d + day(geometric(rng, 1)), "official", "speaker:official%d" % len(out), "claimed")
            if rng.random() < 0.2: say("transfer", now, d, d + day(geometric(rng, 1)), "resident", "speaker:resident%d" % len(out), "claimed")
            if rng.random() < 0.5: say("transfer", now, d, d + day(geometric(rng, 2)), "map", "outlet:mapmaker")
            # The loser: denies for some days, and may own up.
            n = geometric(rng, 1.5) if rng.random() < 0.5 else 0
            for i in range(n): say("transfer", now, d + day(i), d + day(i), "winner", "party:" + lost, "denied", lost)
            if rng.random() < 0.3:
                k = d + day(n + geometric(rng, 1))
                say("withdrawal", lost, min(d, k), k, "loser", "party:" + lost, "claimed", lost, other=now)
        if now: last = now
        near = any(holder(d + day(i)) not in (None, now) or fought(d + day(i)) for i in range(-20, 21))
        # States, told from what the teller knew some days ago.
        if rng.random() < 0.02 * fame:
            known = holder(d - day(geometric(rng, 2))) or last
            if known:
                who = known if rng.random() < 0.97 else ENEMY[known]
                voice = rng.choice(["newsroom"] * 5 + ["official", "resident", "map"])
                if voice == "newsroom": copies("holds", who, d, d)
                else: say("holds", who, d, d, voice, "outlet:mapmaker" if voice == "map" else "speaker:%s%d" % (voice, len(out)), "asserted" if voice == "map" else "claimed")
        # Fighting.
        if fought(d) and rng.random() < 0.2 * fame: copies("contested", "", d, d + day(geometric(rng, 0.5)))
        if near and rng.random() < 0.01 * fame: copies("contested", "", d, d)
        # Boasts: captures that never were; more of them near the front.
        if last and rng.random() < (0.004 if near else 0.0002):
            boaster = ENEMY[last]
            say("transfer", boaster, d, d, "winner", "party:" + boaster, "claimed", boaster)
            # Some are printed as fact.
            if rng.random() < 0.15: copies("transfer", boaster, d, d + day(geometric(rng, 0.5)))
            elif rng.random() < 0.4: say("transfer", boaster, d, d + day(1), "winner", "party:" + last, "denied", last)
    return out

rows = {}
for r in csv.DictReader(open(sys.argv[1])): rows.setdefault(r["geonameid"], []).append(r)
with open(sys.argv[2], "w", newline="") as f:
    cols = "place article claim kind holder other stance voice party origin story from to known".split()
    w = csv.DictWriter(f, cols); w.writeheader()
    n = 0
    for place in sorted(rows):
        if not place.isdigit(): continue
        for x in sorted(reports(place, rows[place]), key=lambda x: (x["known"], x["claim"])): w.writerow(x); n += 1
print("%d reports on %d places" % (n, len(rows)))
