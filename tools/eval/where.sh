#!/usr/bin/env bash
# Remakes eval/where.md: at which place a marked verb's event was. Needs cargo, python3 and ../shared (or MARCHLAND_SHARED); MARCHLAND_SCENES names
# another build of the example.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
if [ ! -d "$shared/gold/where" ]; then
  echo "skipped: $shared/gold/where is absent (set MARCHLAND_SHARED)" >&2
  exit 0
fi
scenes=${MARCHLAND_SCENES:-target/release/examples/scenes}
if [ -z "${MARCHLAND_SCENES:-}" ]; then cargo build --release --locked -q -p marchland-coder --example scenes; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gzip -dc "$shared/gold/where/event_location_dev.jsonl.gz" > "$work/gold.jsonl"
"$scenes" < "$work/gold.jsonl" > "$work/pred.jsonl"
{
  echo "# Where an event was"
  echo
  echo "Written by \`tools/eval/where.sh\`: the marked verbs of gold/where, and the mention of a place at which the claim room (\`scene_of\`) puts each. The gold's"
  echo "places are names of any kind (streets and hotels among them, which no gazetteer has); \"near\" forgives a word such as \"city\" at either end."
  echo
  python3 tools/eval/where.py "$work/gold.jsonl" "$work/pred.jsonl"
} > "$work/where.md"
mv "$work/where.md" eval/where.md
echo "wrote eval/where.md"
