#!/usr/bin/env bash
# Remakes eval/claims.md: scores of the control claims, the loss by cause, each error on dev as a line of facts.
# Needs python3, the built program (MARCHLAND, else target/release/marchland) and ../shared (or MARCHLAND_SHARED).
# With a folder as argument, the sets and what the program made of them are kept there.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
bin=${MARCHLAND:-target/release/marchland}
if [ ! -d "$shared/gold/claims" ]; then
  echo "skipped: $shared/gold/claims is absent (set MARCHLAND_SHARED)" >&2
  exit 0
fi
if [ $# -gt 0 ]; then
  work=$1
  mkdir -p "$work"
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
export MARCHLAND_SHARED="$shared"
cp "$shared/gold/claims/dev.docs.jsonl" "$shared/gold/claims/dev.gold.jsonl" "$work/"
chmod u+w "$work"/*.jsonl
gzip -dc "$shared/gold/claims/train.docs.jsonl.gz" > "$work/train.docs.jsonl"
gzip -dc "$shared/gold/claims/train.labels.jsonl.gz" > "$work/train.gold.jsonl"
cp eval/claims/article.gold.jsonl "$work/article.gold.jsonl"
python3 -c 'import json, sys
print(json.dumps({"id": "article", "published": "2021-08-09", "text": open(sys.argv[1]).read()}))' "$shared/input/article.txt" > "$work/article.docs.jsonl"
for set in dev train article; do
  "$bin" code --json --quiet "$work/$set.docs.jsonl" > "$work/$set.pred.jsonl"
  "$bin" places --json --quiet "$work/$set.docs.jsonl" > "$work/$set.places.jsonl"
done
python3 tools/eval/docs.py "$shared/gold/types/case21_dev.jsonl.gz" > "$work/types.docs.jsonl"
"$bin" code --json --quiet "$work/types.docs.jsonl" > "$work/types.pred.jsonl"
# News of business and trade, hardly any war: every claim there is suspect. Every sixth item, for time (EVERY=1: all).
gzip -dc "$shared/input/reuters_1987.jsonl.gz" | awk -v n="${EVERY:-6}" 'NR % n == 1 || n == 1' > "$work/reuters.docs.jsonl"
"$bin" code --json --quiet "$work/reuters.docs.jsonl" > "$work/reuters.pred.jsonl"
{
  python3 tools/eval/claims.py "$work"
  echo; echo "## Event types, case21_dev"; echo; echo '```'
  python3 "$shared/score/score_types.py" "$shared/gold/types/case21_dev.jsonl.gz" "$work/types.pred.jsonl"
  echo '```'
  python3 tools/eval/quiet.py "$work/reuters.docs.jsonl" "$work/reuters.pred.jsonl" eval/claims/reuters.judged.tsv
} > eval/claims.md
echo "wrote eval/claims.md"
