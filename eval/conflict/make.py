"""places.txt to places.jsonl: resolves the bracketed names to ids. make.py PLACES.jsonl(of tools/gazetteer) < places.txt > places.jsonl

A name that is not found, or not where it should be, is an error: the gold never rests on a guess of the program.
"""
import json, re, sys
from anyascii import anyascii


def fold(s):
    s = re.sub(r"['`.‘’]", "", anyascii(s).lower())
    return re.sub(r" (i|ye|yi)(?= )", " e", re.sub(r"[^a-z0-9]+", " ", s).strip())


index = {}
for line in open(sys.argv[1]):
    r = json.loads(line)
    for n in {fold(n) for n in r["names"] + [r["name"]]}:
        index.setdefault(n, []).append(r)
KIND = {"": lambda f: f.startswith("PPL"), "p": lambda f: f == "ADM1", "d": lambda f: f == "ADM2", "c": lambda f: f == "PCLI",
        "r": lambda f: True, "s": lambda f: True}


def find(name, kind, country):
    key = fold(name)
    keys = [key, "al " + key, "el " + key] + ([key.split(" ", 1)[1], "al " + key.split(" ", 1)[1]] if re.match(r"(al|el|the) ", key) else [])
    for k in keys:
        found = [r for r in index.get(k, []) if KIND[kind](r["feature"])]
        if kind in ("r", "s"):
            found = [r for r in found if r["id"].startswith("ml:")]
        elif kind != "c":
            found = [r for r in found if r["country"] == country]
        if found:
            return max(found, key=lambda r: (r["population"], r["feature"] in ("PPLA", "PPLC"), k == fold(r["name"])))
    return None


docs, bad = [], []
for line in sys.stdin:
    line = line.strip()
    if line.startswith("## "):
        _, doc, country = line.split()
        docs.append({"doc_id": doc, "country": country, "text": "", "toponyms": []})
    elif line and not line.startswith("#"):
        d = docs[-1]
        d["text"] += "\n" if d["text"] else ""
        at = 0
        for m in re.finditer(r"\[([^\]@]+)(?:@([^\]]+))?\]", line):
            d["text"] += line[at:m.start()]
            at = m.end()
            name, mark = m[1], m[2] or ""
            kind, _, other = mark.partition(".")
            if kind.isupper():
                kind, other = "", kind
            place = find(name, kind, other or d["country"])
            if place is None:
                bad.append(f"{d['doc_id']}: {name} ({mark or 'town'} in {other or d['country']})")
            else:
                d["toponyms"].append({"start": len(d["text"]), "end": len(d["text"]) + len(name), "text": name, "lat": place["lat"], "lon": place["lon"],
                                      "geonames_id": int(place["id"]) if place["id"].isdigit() else place["id"]})
            d["text"] += name
        d["text"] += line[at:]
for d in docs:
    print(json.dumps(d, ensure_ascii=False))
if bad:
    sys.exit("not found:\n" + "\n".join(bad))
