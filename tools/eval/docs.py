#!/usr/bin/env python3
"""Turns a gold set into JSON Lines that the program reads: {id, published?, text | html}. Usage: docs.py FILE[.gz]"""
import gzip
import json
import sys

name = sys.argv[1]
with gzip.open(name, "rt") if name.endswith(".gz") else open(name) as lines:
    for line in lines:
        row = json.loads(line)
        doc = {"id": row.get("id") or row.get("doc_id")}
        day = row.get("published") or row.get("dct")
        if day:
            doc["published"] = day[:10]
        for field in ("title", "url", "text", "html"):
            # The text of a set of pages is the answer, not the question.
            if row.get(field) and not (field == "text" and row.get("html")):
                doc[field] = row[field]
        print(json.dumps(doc, ensure_ascii=False))
