#!/usr/bin/env bash
# Remakes eval/control-text.md: from texts to who held what. Needs python3, the built program (MARCHLAND) and the texts in ../shared (or MARCHLAND_SHARED).
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
bin=${MARCHLAND:-target/release/marchland}
if [ ! -d "$shared/input" ]; then echo "skipped: no texts at $shared (set MARCHLAND_SHARED)" >&2; exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zcat "$shared/input/wiki_battles_dev.jsonl.gz" > "$work/wiki.jsonl"
# Of the news of 2011 those that name Libya or one of the five towns.
python3 - "$shared/input/news_2011_2012.jsonl.gz" > "$work/libya.jsonl" <<'PY'
import gzip, json, sys
for line in gzip.open(sys.argv[1], "rt"):
    d = json.loads(line)
    if d["published"].startswith("2011") and any(w in d["text"] for w in ("Libya", "Brega", "Ajdabiya", "Misrata", "Misurata", "Zawiya", "Ras Lanuf")): sys.stdout.write(line)
PY
{
  echo "# Text to map"
  echo
  echo "Remade by \`tools/eval/control-text.sh\`: texts read by \`marchland read\`, \`marchland export control\`, scored by the scorer of the shared set."
  echo
  echo "## Ukraine: encyclopedia articles on battles against the development places"
  "$bin" read --quiet --store "sqlite:$work/wiki.db" "$work/wiki.jsonl" > /dev/null 2>&1 || true
  "$bin" export control --country UA --store "sqlite:$work/wiki.db" -o "$work/wiki.csv" --quiet
  echo; echo "$(wc -l < "$work/wiki.jsonl") articles (also on other wars); control rows in Ukraine: $(($(wc -l < "$work/wiki.csv") - 1))."
  for truth in ukr_hand_changes_dev ukr_place_intervals_dev; do
    echo; echo "$truth:"; echo '```'
    python3 "$shared/score/score_control.py" "$shared/truth/$truth.csv" "$work/wiki.csv" --from 2022-04-03 --to 2023-06-01
    echo '```'
  done
  echo
  echo "## Libya, February to July 2011: five towns that changed hands, from the news of those days"
  echo
  echo "The table is \`tools/eval/libya_2011.csv\`: own, from facts of the encyclopedia and a newspaper's timeline, each with its source; days are ranges where they differ."
  "$bin" read --quiet --store "sqlite:$work/libya.db" "$work/libya.jsonl" > /dev/null 2>&1 || true
  "$bin" export control --country LY --store "sqlite:$work/libya.db" -o "$work/libya.csv" --quiet
  echo; echo "$(wc -l < "$work/libya.jsonl") articles."
  echo '```'
  python3 "$shared/score/score_control.py" tools/eval/libya_2011.csv "$work/libya.csv" --from 2011-02-15 --to 2011-07-31
  echo '```'
  echo
  echo "What the program says of them:"
  echo '```'
  for place in Zawiya Misrata "Ras Lanuf" Brega Ajdabiya; do
    "$bin" timeline "$place" --country LY --on 2011-07-31 --json --store "sqlite:$work/libya.db" \
      | python3 -c 'import json,sys
for line in sys.stdin:
    c = json.loads(line); print("%-10s %s  %-16s %-15s -> %-15s %.2f" % (c["name"], c["day"], c["kind"], c["from_name"] or "-", c["to_name"] or "-", c["probability"]))'
  done
  echo '```'
} > eval/control-text.md
cat eval/control-text.md
