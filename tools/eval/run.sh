#!/usr/bin/env bash
# Remakes the scores in eval/: first those of the built program (scores.md), then what each other script here writes.
# Needs python3, the release binary (or MARCHLAND), and the sets in ../shared (or MARCHLAND_SHARED).
# `run.sh brief` stops after scores.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=$(cd "${MARCHLAND_SHARED:-../shared}" 2>/dev/null && pwd || echo "${MARCHLAND_SHARED:-../shared}")
bin=${MARCHLAND:-target/release/marchland}
if [ ! -d "$shared/gold" ]; then
  echo "skipped: no gold sets at $shared (set MARCHLAND_SHARED)" >&2
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
score=$shared/score

# Articles for the program from a gold set: its own names for id and day become ours.
docs() { python3 tools/eval/docs.py "$@"; }

{
  echo "# Scores of the built program"
  echo
  echo "Remade by \`make eval\`. The sets are not ours and are not here; see the README of each."
  for set in lgl geovirus; do
    docs "$shared/gold/geo/$set.jsonl.gz" > "$work/$set.jsonl"
    for policy in "" --demonyms; do
      "$bin" places --json $policy "$work/$set.jsonl" > "$work/$set.pred.jsonl"
      echo; echo "## places, $set${policy:+, demonyms counted}"; echo '```'
      python3 "$score/score_places.py" "$shared/gold/geo/$set.jsonl.gz" "$work/$set.pred.jsonl"
      echo '```'
    done
  done
  for set in timebank aquaint; do
    docs "$shared/gold/time/$set.jsonl.gz" > "$work/$set.jsonl"
    "$bin" times --json "$work/$set.jsonl" > "$work/$set.pred.jsonl"
    echo; echo "## times, $set"; echo '```'
    python3 "$score/score_times.py" "$shared/gold/time/$set.jsonl.gz" "$work/$set.pred.jsonl"
    echo '```'
  done
  docs "$shared/gold/html/pages_dev.jsonl.gz" > "$work/pages.jsonl"
  "$bin" clean --json --quiet "$work/pages.jsonl" > "$work/pages.pred.jsonl" 2> /dev/null || true
  echo; echo "## main text of pages"; echo '```'
  python3 "$score/score_pages.py" "$shared/gold/html/pages_dev.jsonl.gz" "$work/pages.pred.jsonl"
  echo '```'
  zcat "$shared/gold/claims/train.docs.jsonl.gz" > "$work/train.docs.jsonl"
  zcat "$shared/gold/claims/train.labels.jsonl.gz" > "$work/train.gold.jsonl"
  cp "$shared/gold/claims/dev.docs.jsonl" "$work/dev.docs.jsonl"
  cp "$shared/gold/claims/dev.gold.jsonl" "$work/dev.gold.jsonl"
  for set in dev train; do
    "$bin" code --json --quiet "$work/$set.docs.jsonl" > "$work/$set.pred.jsonl"
    echo; echo "## claims, $set"; echo '```'
    python3 "$score/score_claims.py" "$work/$set.gold.jsonl" "$work/$set.pred.jsonl"
    echo '```'
  done
} > eval/scores.md
cat eval/scores.md
[ "${1:-}" = brief ] && exit 0

export MARCHLAND_SHARED="$shared" MARCHLAND="$bin"
failed=()
for script in tools/eval/*.sh; do
  [ "$script" = tools/eval/run.sh ] && continue
  echo "== $script"
  bash "$script" || failed+=("$script")
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}" >&2
  exit 1
fi
