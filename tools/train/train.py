"""Trains the reader. One fit: `train.py fit --hold doc:0/2 --out NAME`; see train.sh for the whole.

Writes NAME.pt (weights), NAME.pred.jsonl (what the net says of the passages held out) and NAME.log."""
import argparse
import json
import math
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import data
from align import load_scorer
import net as shapes
from net import Reader, gap_bucket


def cache(net, windows):
    """Computes the lower layers once for each window."""
    net.eval()
    with torch.no_grad():
        for group in batches(windows, 4096):
            t = max(len(w.pieces) for w in group)
            pieces, mask = np.zeros((len(group), t), np.int64), np.zeros((len(group), t), bool)
            for i, w in enumerate(group):
                pieces[i, :len(w.pieces)], mask[i, :len(w.pieces)] = w.pieces, True
            x = net.encoder.lower(torch.from_numpy(pieces), torch.from_numpy(mask))
            for i, w in enumerate(group):
                w.lower = x[i, :len(w.pieces)].clone()
    net.train()


def batch_of(windows, rng=None, alone=0.0):
    """Pads windows to tensors. `alone` is the share of windows that are read without what the rules say."""
    n, t = len(windows), max(len(w.pieces) for w in windows)
    lower = torch.zeros(n, t, windows[0].lower.shape[1])
    types, context = np.full((n, t), 8, np.int64), np.ones((n, t), np.int64)
    mask, word = np.zeros((n, t), bool), np.zeros((n, t), bool)
    for i, w in enumerate(windows):
        k = len(w.pieces)
        lower[i, :k] = w.lower
        types[i, :k], context[i, :k] = w.types, w.context
        mask[i, :k], word[i, :k] = True, w.words > 0
    slot_in = np.concatenate([np.full(len(w.slots), i) for i, w in enumerate(windows)])
    place = np.concatenate([w.place for w in windows])
    sentence = np.concatenate([[w.raw["places"][s]["sentence"] % 4096 for s in w.slots] for w in windows])
    def flat(name, width):
        spans, where, start = [], [], []
        for i, w in enumerate(windows):
            start.append(sum(len(s) for s in spans))
            spans.append(getattr(w, name))
            where.append(np.full(len(getattr(w, name)), i))
        # One more at the end, which padding points to.
        spans.append(np.array([[0, 1] + [0] * (width - 2)]))
        where.append(np.zeros(1, np.int64))
        all_spans = np.concatenate(spans)
        most = max(1, max(len(getattr(w, name)) for w in windows))
        index = np.full((n, most), len(all_spans) - 1)
        for i, w in enumerate(windows):
            k = len(getattr(w, name))
            index[i, :k] = start[i] + np.arange(k)
        return all_spans, np.concatenate(where).astype(np.int64), index, index != len(all_spans) - 1
    slots_before = np.concatenate([[0], np.cumsum([len(w.slots) for w in windows])])
    party, party_in, party_index, party_there = flat("party", 5)
    rule = np.zeros((len(slot_in), 6, 16), np.float32)
    rule_party = np.zeros((len(slot_in), 2, 6, party_index.shape[1]), np.float32)
    marks = []
    for i, w in enumerate(windows):
        if alone and (alone >= 1 or rng.random() < alone):
            continue
        for m in w.raw["rules"]:
            k, stance, (first, last) = m["kind"], m["stance"], m["trigger"]
            for t1 in range(first, last):
                marks += [(i, t1, 1 + k), (i, t1, 20 + stance)]
            p = w.raw["places"][m["place"]]
            marks += [(i, t1, 7 + k) for t1 in range(p["first"], p["last"])]
            for mark, at in ((13 + k, m["holder"]), (19, m["other"])):
                marks += [(i, t1, mark) for q in at for t1 in range(w.party[q][0], w.party[q][1])]
            if m["place"] in w.where:
                s = slots_before[i] + w.where[m["place"]]
                if m["confidence"] >= rule[s, k, 1]:
                    rule[s, k, :7] = 0
                    rule[s, k, 0], rule[s, k, 1], rule[s, k, 2 + stance] = 1, m["confidence"], 1
                rule[s, :, 7 + k] = 1
                rule_party[s, 0, k, m["holder"]] = 1
                rule_party[s, 1, k, m["other"]] = 1
    marks = np.array(marks, np.int64).reshape(-1, 3)
    times, time_in, time_index, time_there = flat("time", 2)
    sp = party_index[slot_in]
    gap = torch.from_numpy(party[sp][:, :, 0] - place[:, :1])
    features = torch.cat([
        F.one_hot(torch.from_numpy(party[sp][:, :, 2]), 5), F.one_hot(torch.from_numpy(party[sp][:, :, 3]), 3),
        torch.from_numpy(party[sp][:, :, 4] == sentence[:, None])[..., None], F.one_hot(gap_bucket(gap), 16)], -1).float()
    st = time_index[slot_in]
    tensor = torch.from_numpy
    return {
        "lower": lower, "types": tensor(types), "context": tensor(context), "mask": tensor(mask), "word": tensor(word),
        "slot_in": tensor(slot_in), "place": tensor(place), "party": tensor(party[:, :2]), "party_in": tensor(party_in),
        "slot_party": tensor(sp), "party_there": tensor(party_there[slot_in]), "party_features": features,
        "time": tensor(times), "time_in": tensor(time_in), "slot_time": tensor(st), "time_there": tensor(time_there[slot_in]),
        "time_gap": gap_bucket(tensor(times[st][:, :, 0] - place[:, :1])),
        "marks": tensor(marks), "rule": tensor(rule), "rule_party": tensor(rule_party),
        "kind": tensor(np.concatenate([w.kind for w in windows])), "care": tensor(np.concatenate([w.care for w in windows])),
    }


def any_of(logs, slot, kind, wanted):
    """-log of the probability that one of the wanted is meant."""
    return -logs[slot, kind][wanted].logsumexp(0)


def loss_of(out, b, windows, smooth=0.02):
    target = b["kind"] * (1 - smooth) + smooth / 6
    kind = (F.binary_cross_entropy_with_logits(out["kind"], target, reduction="none") * b["care"]).sum()
    parts = {"kind": kind, "stance": 0.0, "background": 0.0, "holder": 0.0, "other": 0.0, "time": 0.0, "speaker": 0.0, "trigger": 0.0}
    start = rows = 0
    for w in windows:
        for slot, k, stance, background, holder, other, speaker, when, quote in w.rows:
            s = start + slot
            rows += 1
            parts["stance"] = parts["stance"] - out["stance"][s, k, stance]
            parts["background"] = parts["background"] + F.binary_cross_entropy_with_logits(out["background"][s, k], torch.tensor(float(background)))
            if holder[0] and holder[1] and k != 2:
                parts["holder"] = parts["holder"] + any_of(out["holder"], s, k, holder[1])
            if not other[0]:
                parts["other"] = parts["other"] - out["other"][s, k, -1]
            elif other[1]:
                parts["other"] = parts["other"] + any_of(out["other"], s, k, other[1])
            if not when[0]:
                parts["time"] = parts["time"] - out["time"][s, k, -1]
            elif when[1]:
                parts["time"] = parts["time"] + any_of(out["time"], s, k, when[1])
            if not speaker[0]:
                parts["speaker"] = parts["speaker"] - out["speaker"][s, k, -1]
            elif speaker[1]:
                parts["speaker"] = parts["speaker"] + any_of(out["speaker"], s, k, speaker[1]).clamp(max=8)
            spoken = [q for q in quote if w.words[q] in (1, 2) and w.types[q] == 0]
            if spoken:
                parts["trigger"] = parts["trigger"] + any_of(out["trigger"], s, k, spoken).clamp(max=8)
        start += len(w.slots)
    weight = {"kind": 1.0, "stance": 0.7, "background": 0.2, "holder": 0.7, "other": 0.2, "time": 0.15, "speaker": 0.15, "trigger": 0.15}
    return sum(parts[k] * v for k, v in weight.items()), {k: float(torch.as_tensor(v).detach()) for k, v in parts.items()}, rows


def batches(windows, size, rng=None):
    """Windows of like length together; at most `size` pieces a batch."""
    order = sorted(range(len(windows)), key=lambda i: (len(windows[i].pieces) + (rng.random() * 24 if rng else 0), i))
    out, now, longest = [], [], 0
    for i in order:
        longest = max(longest, len(windows[i].pieces))
        if now and longest * (len(now) + 1) > size:
            out.append(now)
            now, longest = [], len(windows[i].pieces)
        now.append(windows[i])
    if now:
        out.append(now)
    if rng:
        rng.shuffle(out)
    return out


def predict(net, windows, alone=0.0, full=False):
    """What the net says of each slot, as plain numbers: document -> list of slots."""
    cache(net, [w for w in windows if not hasattr(w, "lower")])
    net.eval()
    said = {}
    with torch.no_grad():
        for group in batches(windows, 4096):
            b = batch_of(group, alone=alone)
            out = net(b)
            start = 0
            for w in group:
                for i, s in enumerate(w.slots):
                    k = start + i
                    said.setdefault(w.doc, []).append({
                        "window": w.at, "slot": s,
                        "kind": out["kind"][k].sigmoid().tolist(), "stance": out["stance"][k].exp().tolist(),
                        "background": out["background"][k].sigmoid().tolist(),
                        "holder": out["holder"][k][:, :len(w.party)].exp().tolist(),
                        "other": out["other"][k][:, list(range(len(w.party))) + [-1]].exp().tolist(),
                        "time": out["time"][k][:, list(range(len(w.time))) + [-1]].exp().tolist(),
                        "trigger": out["trigger"][k][:, :len(w.pieces)].argmax(-1).tolist(),
                        "speaker": out["speaker"][k][:, list(range(len(w.pieces))) + [-1]].argmax(-1).tolist(),
                    })
                    if full:
                        said[w.doc][-1]["trigger"] = out["trigger"][k][:, :len(w.pieces)].exp().tolist()
                        said[w.doc][-1]["speaker"] = out["speaker"][k][:, list(range(len(w.pieces))) + [-1]].exp().tolist()
                start += len(w.slots)
    for rows in said.values():
        rows.sort(key=lambda r: (r["window"], r["slot"]))
    net.train()
    return said


def split(windows, hold, labels):
    if hold == "none":
        return windows, []
    how, what = hold.split(":")
    if how == "doc":
        fold, of = map(int, what.split("/"))
        out = lambda w: data.fold_of(w.doc, of) == fold
    else:
        wars = set(what.split(","))
        out = lambda w: data.war_of(w.doc, labels[w.doc]) in wars
    return [w for w in windows if not out(w)], [w for w in windows if out(w)]


def finish(o, net, held, scorer):
    """Writes what the net says, with the rules and without."""
    def save(path, said):
        with open(path, "w") as f:
            for doc in sorted(said):
                f.write(json.dumps({"id": doc, "slots": said[doc]}) + "\n")
    if held:
        save(o.out + ".pred.jsonl", predict(net, held))
        save(o.out + ".alone.jsonl", predict(net, held, 1.0))
    if o.also:
        also = data.read(o.also)
        also = data.windows(also, {}, None, scorer)
        save(o.out + ".also.jsonl", predict(net, also))
        save(o.out + ".also.alone.jsonl", predict(net, also, 1.0))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--rows", required=True); a.add_argument("--docs", required=True); a.add_argument("--gold", required=True)
    a.add_argument("--score", required=True); a.add_argument("--encoder", required=True); a.add_argument("--out", required=True)
    a.add_argument("--hold", default="none"); a.add_argument("--epochs", type=int, default=5); a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--decay", type=float, default=0.85); a.add_argument("--size", type=int, default=2200); a.add_argument("--seed", type=int, default=1)
    a.add_argument("--empty", type=float, default=0.4);
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--alone", type=float, default=0.25, help="share of windows that are read without the rules in training")
    a.add_argument("--top", type=float, default=1e-3, help="learning rate of the heads")
    a.add_argument("--share", type=float, default=1.0, help="share of the training documents that is used (learning curve)")
    a.add_argument("--begin", help="a net that is there: train on from it")
    a.add_argument("--predict", help="a net that is there: predict only")
    a.add_argument("--also", help="ROWS to predict at the end, beside those held out")
    a.add_argument("--net", default="minilm", choices=sorted(shapes.SHAPES)); a.add_argument("--short", action="store_true", help="bfloat16 in training")
    o = a.parse_args()
    torch.manual_seed(o.seed); rng = random.Random(o.seed); torch.set_num_threads(o.threads)
    scorer = load_scorer(o.score)
    rows, docs, labels, windows = data.load(o.rows, o.docs, o.gold, scorer)
    train, held = split(windows, o.hold, labels)
    if o.share < 1:
        train = [w for w in train if data.fold_of("share" + w.doc, 1000) < 1000 * o.share]
    net = Reader(o.net)
    frozen, layers = net.encoder.shape.frozen, net.encoder.shape.layers
    if o.predict:
        net.load_state_dict(torch.load(o.predict))
        return finish(o, net, held, scorer)
    net.encoder.load_pretrained(o.encoder)
    if o.begin:
        net.load_state_dict(torch.load(o.begin))
    for part in (net.encoder.word, net.encoder.position, net.encoder.norm, *net.encoder.layers[:frozen]):
        part.requires_grad_(False)
    groups = [{"params": [p for p in net.heads.parameters()], "rate": o.top},
              {"params": [net.encoder.typed.weight, net.encoder.context.weight, net.encoder.mark.weight], "rate": o.top}]
    for n, layer in enumerate(net.encoder.layers):
        if n >= frozen:
            groups.append({"params": list(layer.parameters()), "rate": o.rate * o.decay ** (layers - 1 - n)})
    optim = torch.optim.AdamW([{"params": g["params"], "lr": g["rate"]} for g in groups], weight_decay=0.01, betas=(0.9, 0.98))
    cache(net, train)
    full = [w for w in train if w.rows or (w.care == 0).any()]
    empty = [w for w in train if not (w.rows or (w.care == 0).any())]
    log = open(o.out + ".log", "w")
    def say(*x):
        print(*x, flush=True); print(*x, file=log, flush=True)
    say(f"hold {o.hold}: {len(full)} windows with claims, {len(empty)} without, {sum(len(w.rows) for w in full)} claims, {sum(len(w.pieces) for w in full)} + {sum(len(w.pieces) for w in empty)} pieces; held out {len(held)} windows")
    some = lambda: full + rng.sample(empty, int(len(empty) * o.empty))
    steps = len(batches(some(), o.size, rng)) * o.epochs
    step = 0
    net.train()
    shapes.SHORT = o.short
    begin = time.time()
    for epoch in range(o.epochs):
        total, parts_all, count, claims = 0.0, {}, 0, 0
        for group in batches(some(), o.size, rng):
            b = batch_of(group, rng, o.alone)
            loss, parts, n = loss_of(net(b), b, group)
            optim.zero_grad(set_to_none=True)
            (loss / 24).backward()
            torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.grad is not None], 1.0)
            warm = min(1.0, (step + 1) / (0.08 * steps)); cool = max(0.02, 1 - step / steps)
            for g, known in zip(optim.param_groups, groups):
                g["lr"] = known["rate"] * min(warm, cool)
            optim.step()
            step += 1
            for k, v in parts.items():
                parts_all[k] = parts_all.get(k, 0.0) + v
            count += len(b["kind"]); claims += n
            if step % 40 == 0:
                say(f"  step {step}/{steps} {time.time() - begin:.0f}s", *(f"{k} {v / max(1, count if k == 'kind' else claims):.3f}" for k, v in parts_all.items()))
        say(f"epoch {epoch + 1} {time.time() - begin:.0f}s", *(f"{k} {v / max(1, count if k == 'kind' else claims):.4f}" for k, v in parts_all.items()))
    shapes.SHORT = False
    torch.save(net.state_dict(), o.out + ".pt")
    finish(o, net, held, scorer)
    say(f"done {time.time() - begin:.0f}s")


if __name__ == "__main__":
    main()
