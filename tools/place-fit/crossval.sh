#!/usr/bin/env bash
# Five-fold figures of the place names on LGL and GeoVirus: every document is scored with weights that were fitted without it.
# Writes predictions to OUT/{lgl,geovirus}{,.demonyms}.jsonl and prints the scores as rows of a Markdown table.
# Use: crossval.sh OUT   (needs what make.sh needs)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
shared=${MARCHLAND_SHARED:-$root/../shared}
out=$1
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export MARCHLAND_PLACE_WORK=${MARCHLAND_PLACE_WORK:-$work}
export MARCHLAND_PLACE_LINES=${MARCHLAND_PLACE_LINES:-$root/target/release/examples/place_lines}
rm -f "$out"/*.jsonl
for fold in 0 1 2 3 4; do
    export MARCHLAND_WEIGHTS=$work/weights.$fold.json
    cp "$root/data/gazetteer/weights.json" "$MARCHLAND_WEIGHTS"
    bash "$here/make.sh" --leave "$fold" > "$work/log.$fold" || { cat "$work/log.$fold" >&2; exit 1; }
    for set in lgl geovirus; do
        gzip -dc "$shared/gold/geo/$set.jsonl.gz" | python3 -c '
import json, sys, zlib
for line in sys.stdin:
    if zlib.crc32(json.loads(line)["doc_id"].encode()) % 5 == int(sys.argv[1]):
        sys.stdout.write(line)' "$fold" > "$work/docs.jsonl"
        for policy in "" --demonyms; do
            "$MARCHLAND_PLACE_LINES" find $policy --weights "$MARCHLAND_WEIGHTS" < "$work/docs.jsonl" >> "$out/$set${policy:+.demonyms}.jsonl"
        done
    done
done
for set in lgl geovirus; do
    for policy in "" .demonyms; do
        echo "$set${policy:+, demonyms counted}: $(python3 "$shared/score/score_places.py" "$shared/gold/geo/$set.jsonl.gz" "$out/$set$policy.jsonl")"
    done
done
