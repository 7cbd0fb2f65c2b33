#!/usr/bin/env bash
# Refits data/gazetteer/weights.json on the development sets in ../shared (or MARCHLAND_SHARED). Deterministic.
# `make.sh` fits on all of them; `make.sh --leave K` fits without fold K of 5 into the file given by MARCHLAND_WEIGHTS.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
shared=${MARCHLAND_SHARED:-$root/../shared}
work=${MARCHLAND_PLACE_WORK:-$here/.work}
weights=${MARCHLAND_WEIGHTS:-$root/data/gazetteer/weights.json}
mkdir -p "$work"
python=${MARCHLAND_PYTHON:-$here/.venv/bin/python}
if [ ! -x "$python" ]; then
    python3 -m venv "$here/.venv"
    "$here/.venv/bin/pip" install --quiet numpy==2.3.5 scipy==1.16.3
fi
if [ -z "${MARCHLAND_PLACE_LINES:-}" ]; then
    cargo build --quiet --release --manifest-path "$root/Cargo.toml" -p marchland-place --example place_lines
    MARCHLAND_PLACE_LINES=$root/target/release/examples/place_lines
fi
docs=$work/geo.jsonl
for set in lgl geovirus; do gzip -dc "$shared/gold/geo/$set.jsonl.gz"; done > "$docs"
extra=$root/eval/conflict/places.jsonl
# Half of the conflict set (documents numbered 2 or 4) is for fitting, thrice because war news is what we read; the other half is for scores.
for _ in 1 2 3; do grep -E '^.{0,30}"doc_id": "[a-z]+-[24]"' "$extra" >> "$docs"; done
fit() { "$python" "$here/fit.py" "$@" "$docs" --weights "$weights" --folds 5 ${leave:-}; }
leave=${1:+"$1 $2"}
[ -f "$work/full.jsonl" ] || "$MARCHLAND_PLACE_LINES" spans < "$docs" > "$work/full.jsonl"
[ -f "$work/tokens.jsonl" ] || "$MARCHLAND_PLACE_LINES" spans --shallow < "$docs" > "$work/tokens.jsonl"
fit spans recognise_full "$work/full.jsonl"
fit spans recognise_tokens "$work/tokens.jsonl"
[ -f "$work/alone.jsonl" ] || "$MARCHLAND_PLACE_LINES" mentions --shallow < "$docs" > "$work/alone.jsonl"
fit mentions resolve_alone "$work/alone.jsonl"
# What the rest of the document says depends on the weights: three rounds are enough for the scores to settle.
for round in 1 2 3; do
    "$MARCHLAND_PLACE_LINES" mentions --shallow --together --weights "$weights" < "$docs" > "$work/together.$$.jsonl"
    fit mentions resolve "$work/together.$$.jsonl"
done
rm -f "$work/together.$$.jsonl"
