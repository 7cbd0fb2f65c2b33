#!/usr/bin/env bash
# Scores the article room and writes eval/article.md: main text of pages against the gold, and what is cut from
# plain-text collections. Needs the shared folder (MARCHLAND_SHARED, or ../shared) and python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared="${MARCHLAND_SHARED:-../shared}"
if [ ! -e "$shared/gold/html/pages_dev.jsonl.gz" ]; then
    echo "skipped: $shared/gold/html/pages_dev.jsonl.gz is not there (set MARCHLAND_SHARED)" >&2
    exit 0
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
profile="${PROFILE:-release}"
cargo build --quiet --locked --profile "$profile" -p marchland-article --example pages
pages="target/$([ "$profile" = dev ] && echo debug || echo "$profile")/examples/pages"

# The gold must not reach the reader: only id and html are handed over.
python3 - "$shared/gold/html/pages_dev.jsonl.gz" "$work/pages.jsonl" <<'PY'
import gzip, json, sys
with gzip.open(sys.argv[1], "rt") as rows, open(sys.argv[2], "w") as out:
    for row in map(json.loads, rows):
        out.write(json.dumps({"id": row["id"], "html": row["html"]}) + "\n")
PY
gunzip -c "$shared/input/news_2011_2012.jsonl.gz" > "$work/news.jsonl"
gunzip -c "$shared/input/reuters_1987.jsonl.gz" > "$work/reuters.jsonl"
for set in pages news reuters; do
    "$pages" "$work/$set.jsonl" > "$work/$set.out" 2> "$work/$set.speed"
    cat "$work/$set.speed" >&2
done
score="$(python3 "$shared/score/score_pages.py" "$shared/gold/html/pages_dev.jsonl.gz" "$work/pages.out")"
python3 - "$work" "$score" > eval/article.md <<'PY'
import collections, json, sys
work, score = sys.argv[1:]
print("# The article room, scored\n\nWritten by `tools/eval/article.sh`; no text of the collections is kept here.\n")
print("## Main text of pages\n\nThe 174 development pages of the article extraction benchmark, word 4-shingles, macro average.\n")
print("| reader | P | R | F1 |\n|---|---|---|---|")
part = score.split()
print(f"| Marchland | {part[3]} | {part[5]} | {part[7]} |")
print("| dom_smoothie 0.19 alone (as the plan states) | | | .951 |\n| trafilatura (as the plan states) | | | .959 |\n")
rows = [json.loads(line) for line in open(f"{work}/pages.out")]
found = collections.Counter(row["from"] or "no day found" for row in rows)
print(f"Publication day read from {sum(n for k, n in found.items() if k != 'no day found')} of {len(rows)} pages (the gold has no days to check them against):\n")
for what, n in sorted(found.items(), key=lambda x: (-x[1], x[0])):
    print(f"- {what}: {n}")
for name, title in (("news", "2,624 news articles of 2011 and 2012, one sentence a line"), ("reuters", "19,043 wire items of 1987, wrapped lines")):
    rows = [json.loads(line) for line in open(f"{work}/{name}.out")]
    cuts = collections.Counter(cut["reason"] for row in rows for cut in row["cut"])
    kinds = collections.Counter(kind for row in rows for kind, _ in row["blocks"])
    notes = collections.Counter(note["note"] for row in rows for note in row["notes"])
    print(f"\n## {title}\n\nWhat is cut and what is left; a change of a rule shows here.\n")
    for label, table in (("cut", cuts), ("block", kinds), ("note", notes)):
        for what, n in sorted(table.items(), key=lambda x: (-x[1], x[0])):
            print(f"- {label} {what}: {n}")
PY
cat eval/article.md
