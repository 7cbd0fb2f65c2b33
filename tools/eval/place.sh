#!/usr/bin/env bash
# Remakes eval/place.md. Needs cargo, python3 (with pip, for the fit and for the peer) and ../shared (or MARCHLAND_SHARED).
# MARCHLAND and MARCHLAND_PLACE_LINES name other programs than the release build; PEER=0 and GROWTH=0 leave out the slow parts.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
if [ ! -d "$shared/gold/geo" ]; then
  echo "skipped: $shared/gold/geo is absent (set MARCHLAND_SHARED)" >&2
  exit 0
fi
bin=${MARCHLAND:-target/release/marchland}
if [ -z "${MARCHLAND_PLACE_LINES:-}" ]; then
  cargo build --release --locked -q -p marchland-place --example place_lines
  export MARCHLAND_PLACE_LINES=$PWD/target/release/examples/place_lines
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
score() { python3 "$shared/score/score_places.py" "$shared/gold/geo/$1.jsonl.gz" "$2"; }
for set in lgl geovirus; do python3 tools/eval/docs.py "$shared/gold/geo/$set.jsonl.gz" > "$work/$set.docs.jsonl"; done
{
  echo "# Places"
  echo
  echo "Written by \`tools/eval/place.sh\`."
  echo
  echo "## LGL and GeoVirus, by \`score_places.py\` of the gold's makers"
  echo
  echo "Targets: LGL end-to-end acc@161 above .50 and F1 above .73; GeoVirus above .68 and .92 (best peers: .41/.71 and .62/.92). LGL counts demonyms as places;"
  echo "we do not, unless asked (\`--demonyms\`). \"matched\" is what papers print: only names that were found."
  echo
  echo "Five-fold (each document scored with weights fitted without it):"
  echo
  echo '```'
  bash tools/place-fit/crossval.sh "$work/folds"
  echo '```'
  echo
  echo "With the weights as they are shipped, which were fitted on these sets:"
  echo
  echo '```'
  for set in lgl geovirus; do
    for policy in "" --demonyms; do
      "$bin" -q places --json $policy "$work/$set.docs.jsonl" > "$work/pred.jsonl"
      echo "$set${policy:+, demonyms counted}: $(score $set "$work/pred.jsonl")"
    done
  done
  echo '```'
  echo
  echo "## The conflict set (eval/conflict)"
  echo
  echo "Sentences of our own about the wars of our time, with the ids of the places. Right: the same id, not only near."
  echo
  python3 tools/eval/docs.py eval/conflict/places.jsonl > "$work/conflict.docs.jsonl"
  "$bin" -q places --json "$work/conflict.docs.jsonl" > "$work/conflict.pred.jsonl"
  python3 tools/eval/conflict.py eval/conflict/places.jsonl "$work/conflict.pred.jsonl"
  if [ "${PEER:-1}" = 1 ]; then
    echo
    echo "## Speed beside a peer"
    echo
    python3 tools/eval/peer.py "$bin" "$MARCHLAND_PLACE_LINES" "$shared/gold/geo"
  fi
  if [ "${GROWTH:-1}" = 1 ]; then
    echo
    echo "## A gazetteer of the user's own"
    echo
    echo "Made-up places added to the built-in gazetteer; the last columns are the use of it: one sentence from start to end, and the GeoVirus documents."
    echo
    python3 tools/eval/gazetteer.py "$bin" "$work/geovirus.docs.jsonl"
  fi
} > "$work/place.md"
mv "$work/place.md" eval/place.md
echo "wrote eval/place.md"
