#!/usr/bin/env python3
"""Kills `marchland read` at random moments and looks at what is left.   kill.py PROGRAM [TIMES]

Texts are made up here. After each kill the ledger must open, be sound (`doctor`), and hold at least what it held before: what was once seen is
never lost. At the end everything is read once more without a kill; then every text must be there with its claims, as in a ledger that was never disturbed.
Prints a table for eval/scale.md; ends with 1 when anything was lost.
"""
import json, os, random, subprocess, sys, tempfile, time

program = sys.argv[1]; times = int(sys.argv[2]) if len(sys.argv) > 2 else 200
rng = random.Random(1)
work = tempfile.mkdtemp()
towns = ["Brega", "Ajdabiya", "Misrata", "Zawiya", "Ras Lanuf"]
def texts(n): return [{"id": "t%d" % i, "published": "2011-03-%02d" % (1 + i % 28), "outlet": "Made-up Wire %d" % (i % 7),
    "text": "Libyan rebels captured %s on Friday, a resident said. Gaddafi forces left the town in the night, number %d." % (towns[i % 5], i)} for i in range(n)]
N = 400
news = os.path.join(work, "news.jsonl")
with open(news, "w") as f: f.writelines(json.dumps(t) + "\n" for t in texts(N))
def doctor(store):
    out = subprocess.run([program, "doctor", "--json", "--store", "sqlite:" + store], capture_output=True, text=True)
    return json.loads(out.stdout.splitlines()[-1])
store = os.path.join(work, "killed.db")
start = time.time(); calm = os.path.join(work, "calm.db")
subprocess.run([program, "read", "--quiet", "--store", "sqlite:" + calm, news], check=True, stdout=subprocess.DEVNULL)
whole = time.time() - start
held = 0; killed = 0; wrong = []; rounds = 0
for n in range(times):
    child = subprocess.Popen([program, "read", "--quiet", "--store", "sqlite:" + store, news], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.random() * whole)
    killed += child.poll() is None
    child.kill(); child.wait()
    if not os.path.exists(store): continue
    state = doctor(store); counts = state["counts"]
    if not state["sound"]: wrong.append("kill %d: %s" % (n, state["damage"][:3]))
    if counts["articles"] < held: wrong.append("kill %d: %d articles, %d before" % (n, counts["articles"], held))
    held = counts["articles"]
    if held == N:                                        # full: begin anew, so that every kill meets a writer
        rounds += 1; held = 0
        for end in ("", "-wal", "-shm"):
            if os.path.exists(store + end): os.remove(store + end)
subprocess.run([program, "read", "--quiet", "--store", "sqlite:" + store, news], check=True, stdout=subprocess.DEVNULL)
a, b = doctor(store), doctor(calm)
for key in ("articles", "claims", "places"):
    if a["counts"][key] != b["counts"][key]: wrong.append("at the end: %s %d, undisturbed %d" % (key, a["counts"][key], b["counts"][key]))
print("%d kills of `marchland read` on %d texts, of which %d met it at work; the ledger was filled %d times over. Damaged or lost: %s." % (times, N, killed, rounds, "; ".join(wrong) or "nothing"))
sys.exit(1 if wrong else 0)
