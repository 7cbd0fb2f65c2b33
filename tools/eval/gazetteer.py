#!/usr/bin/env python3
"""What gazetteers of different sizes cost: import, load, memory, speed.

    gazetteer.py PROGRAM DOCS.jsonl [--rows 1000000 5000000]

Synthetic tables of places in the form of GeoNames (names of made-up syllables, two other names each, a table of alternate names with one
more each; no random number, so the same rows every time) are imported with `marchland gazetteer import`, and then used. One import is
killed half-way and started again: the result must be the same bytes. Prints Markdown.
"""
import argparse, hashlib, os, resource, signal, subprocess, tempfile, time
from pathlib import Path

a = argparse.ArgumentParser()
a.add_argument("program")
a.add_argument("docs")
a.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000])
a = a.parse_args()
SYLLABLES = [c + v for c in "b d f g h j k l m n p r s t v z ch sh kh gh".split() for v in "a e i o u ai".split()]


def name(n):
    n = (n * 2654435761) % (1 << 32)
    out = ""
    for _ in range(3 + n % 2):
        n, i = divmod(n, len(SYLLABLES))
        out += SYLLABLES[i]
    return out.capitalize()


def tables(folder, rows):
    places, names = folder / "places.txt", folder / "names.txt"
    with open(places, "w") as p, open(names, "w") as q:
        for n in range(rows):
            # Out of order, on land or not: only the size counts.
            i = (n * 1_000_003) % rows
            gid = 3_000_000_000 + i
            lat, lon = (i % 14_000) / 100 - 70, (i * 7 % 36_000) / 100 - 180
            p.write(f"{gid}\t{name(i)}\t{name(i)}\t{name(i + rows)},{name(i + 2 * rows)}\t{lat}\t{lon}\tP\tPPL\tRU\t\t{i % 80:02}\t\t\t\t{i % 900}\t\t\tEtc/UTC\t2026-01-01\n")
            q.write(f"{n}\t{gid}\ten\t{name(i + 3 * rows)}\t\t\t\t\t\t\n")
    return places, names


def run(command, kill_after=None):
    """Seconds, seconds of processor time, largest memory in MB of one command."""
    start = time.time()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if kill_after is not None:
        time.sleep(kill_after)
        child.send_signal(signal.SIGKILL)
    _, status, used = os.wait4(child.pid, 0)
    return time.time() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status


def digest(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()[:16]


program = [a.program, "--threads", "1", "-q"]
one = Path(tempfile.mkdtemp()) / "one.txt"
one.write_text("Rebels took Brega.\n")
documents = sum(1 for _ in open(a.docs))
print("| places added | table | import | processor | memory | file | killed at half, started again | one sentence | memory | documents/s of processor time |")
print("|---|---|---|---|---|---|---|---|---|---|")
for rows in [0, *a.rows]:
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        use, cells = [], ["-"] * 6
        if rows:
            inputs = [str(p) for p in tables(folder, rows)]
            size = sum(os.path.getsize(p) for p in inputs) / 1e6
            out, again = folder / "a.gaz", folder / "b.gaz"
            wall, cpu, memory, status = run([*program, "gazetteer", "import", *inputs, "-o", str(out)])
            assert status == 0, status
            run([*program, "gazetteer", "import", *inputs, "-o", str(again)], kill_after=wall / 2)
            cut = not again.exists()
            _, cpu2, _, status = run([*program, "gazetteer", "import", *inputs, "-o", str(again)])
            same = status == 0 and digest(out) == digest(again)
            cells = [f"{size:.0f} MB", f"{wall:.1f} s", f"{cpu:.1f} s", f"{memory:.0f} MB", f"{out.stat().st_size / 1e6:.0f} MB",
                     f"{'same bytes' if same else 'OTHER BYTES'}, {cpu2:.1f} s of processor time" + ("" if cut else " (was done before the kill)")]
            use = ["--gazetteer", str(out)]
        wall, _, memory, _ = min(run([*program, *use, "places", "--json", str(one)]) for _ in range(3))
        _, cpu, _, _ = run([*program, *use, "places", "--json", a.docs])
        _, base, _, _ = run([*program, *use, "places", "--json", str(one)])
        print(f"| {rows:,} | {' | '.join(cells)} | {wall:.2f} s | {memory:.0f} MB | {documents / max(cpu - base, 1e-3):.1f} |", flush=True)
