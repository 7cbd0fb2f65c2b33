"""What the net says of windows of our own, for the parity test of crates/reader: parity.py ROWS.jsonl ROUNDED.pt OUT.json"""
import json
import sys

import torch

import data
from align import read
from net import Reader
from train import predict


def main():
    rows = read(sys.argv[1])
    net = Reader()
    net.load_state_dict(torch.load(sys.argv[2]))
    said = predict(net, data.windows(rows, {}, None, None), full=True)
    keep = ("pieces", "types", "context", "words", "rules")
    out = []
    for row in rows:
        for at, w in enumerate(row["windows"]):
            window = {k: w[k] for k in keep}
            window["places"] = [[p["first"], p["last"], p["sentence"]] for p in w["places"]]
            window["parties"] = [[p["first"], p["last"], p["sentence"], p["kind"], p["force"]] for p in w["parties"]]
            window["times"] = [[t["first"], t["last"]] for t in w["times"]]
            slots = [{k: s[k] for k in ("slot", "kind", "stance", "background", "holder", "other", "time", "trigger", "speaker")}
                     for s in said.get(row["id"], []) if s["window"] == at]
            out.append({"window": window, "said": slots})
    short = json.loads(json.dumps(out), parse_float=lambda x: round(float(x), 5))
    json.dump(short, open(sys.argv[3], "w"), separators=(",", ":"))


main()
