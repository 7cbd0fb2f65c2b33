"""Parts the passages of one war: a third measures what is learnt (whole documents), of the rest the first 50, 100, 200 teach.

portion.py ROWS GOLD WAR OUT [N ...]   writes OUT.test.rows.jsonl and OUT.N.rows.jsonl; prints how many passages each holds."""
import hashlib
import json
import sys

from align import read
from data import fold_of, war_of


def main():
    rows, gold, war, out, *counts = sys.argv[1:]
    labels = {d["id"]: d["claims"] for d in read(gold)}
    mine = [r for r in read(rows) if war_of(r["id"], labels[r["id"]]) == war]
    test = [r for r in mine if fold_of("teach" + r["id"], 3) == 0]
    # By a digest, not by the order of the file: neighbours there are of one week.
    teach = sorted((r for r in mine if fold_of("teach" + r["id"], 3) != 0), key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    for name, part in [("test", test)] + [(n, teach[:int(n)]) for n in counts]:
        with open(f"{out}.{name}.rows.jsonl", "w") as f:
            f.writelines(json.dumps(r) + "\n" for r in part)
        print(name, len(part), "passages", sum(len(labels[r["id"]]) for r in part), "claims")


main()
