#!/usr/bin/env python3
"""Turns what `marchland control --json` says of some days into the table that score.py reads.   days.py < CONTROL.jsonl > DAYS.csv

DAYS: place,day,status,qualifier,holder,probability,then party=probability pairs joined by `;`, as crates/control/examples/fuse.rs writes them.
"""
import json, sys

for line in sys.stdin:
    s = json.loads(line)
    beliefs = ";".join("%s=%.6f" % (a or "contested", p) for a, p in s["beliefs"])
    print("%s,%s,%s,%s,%s,%.4f,%s" % (s["place"], s["query"]["on"], s["status"], s["qualifier"] or "", s["holder"] or "", s["probability"], beliefs))
