#!/usr/bin/env python3
"""Turns the hand-coded Afghan claims of 2021 into reports for crates/control/examples/fuse.rs.   afghan.py CLAIMS.csv CAPITALS.csv OUT.csv

CLAIMS: publisher,report_day,url,place,asserted_status,valid_day,attributed_to,form. A row says that a place is held by
somebody from a day on ("Taliban", "Government"), or is fought over ("contested"); form is asserted, claimed, denied or
"confirmed by adversary". What a row of this table cannot say (who held the place before) is left empty.
"""
import csv, re, sys

actor = {"Taliban": "taliban", "Government": "afghan-government", "National Resistance Front": "nrf"}
PARTY = [(r"taliban|mujahid", "taliban"), (r"nrf", "nrf"), (r"ministry|mod\b|government|security|official|lawmaker|governor|forces|officer", "afghan-government")]
ids = {r["place"]: r["geonameid"] for r in csv.DictReader(open(sys.argv[2]))}
cols = "place article claim kind holder other stance voice party origin story from to known".split()
w = csv.DictWriter(open(sys.argv[3], "w", newline=""), cols); w.writeheader()
clean = lambda s: re.sub(r"[,;\n]", " ", s)
skipped = []
for n, r in enumerate(csv.DictReader(open(sys.argv[1]))):
    place = ids.get(r["place"], "")
    if not place: skipped.append(r["place"]); continue
    who, form, status = r["attributed_to"].lower(), r["form"], r["asserted_status"]
    party = "" if who == "newsroom" else next((p for rx, p in PARTY if re.search(rx, who)), "")
    kind, holder, stance = "transfer", actor.get(status, ""), "asserted" if who == "newsroom" else "claimed"
    if form == "denied":                      # whoever denies says that the Taliban have not taken it
        kind, holder, stance = "transfer", "taliban", "denied"
    elif status == "contested": kind, holder = "contested", ""
    elif status == "Government": kind = "holds"
    # A report that only repeats what was so some days ago is still about that day.
    if "newsroom" == who: voice = "newsroom"
    elif form == "confirmed by adversary": voice = "loser"
    elif party == "taliban" or form == "denied" and party: voice = "winner"
    elif "resident" in who: voice = "resident"
    else: voice = "official"
    if form == "denied" and not party: voice = "official"
    outlet = clean(r["publisher"])
    origin = "outlet:" + outlet if who == "newsroom" else "party:" + party if voice == "winner" else "speaker:%s@%s" % (clean(who), outlet)
    w.writerow(dict(place=place, article="article of %s %s" % (outlet, r["report_day"]), claim="afg%03d" % n, kind=kind, holder=holder, other="", stance=stance,
                    voice=voice, party=party if voice in ("winner", "loser") else "", origin=origin, story="%s %s" % (outlet, clean(r["url"])), **{"from": r["valid_day"], "to": r["valid_day"]}, known=r["report_day"]))
print("rows without a place id: %s" % (", ".join(skipped) or "none"))
