#!/usr/bin/env bash
# Remakes eval/time.md and eval/time-conflict.md. Needs cargo, python3 and ../shared (or MARCHLAND_SHARED).
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
if [ ! -d "$shared/gold/time" ]; then
  echo "skipped: $shared/gold/time is absent (set MARCHLAND_SHARED)" >&2
  exit 0
fi
# MARCHLAND and MARCHLAND_TIME_EXAMPLES (a folder) name other builds than release.
bin=${MARCHLAND:-target/release/marchland}
examples=${MARCHLAND_TIME_EXAMPLES:-target/release/examples}
if [ -z "${MARCHLAND_TIME_EXAMPLES:-}" ]; then cargo build --release --locked -q -p marchland-time --example times --example event_days; fi
BLESS=1 cargo test --locked -q -p marchland-time --test conflict >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
gzip -dc "$shared/gold/claims/train.docs.jsonl.gz" >"$work/docs.jsonl"
gzip -dc "$shared/gold/claims/train.labels.jsonl.gz" >"$work/labels.jsonl"
gzip -dc "$shared/input/news_2011_2012.jsonl.gz" >"$work/news.jsonl"
times=$examples/times
{
  echo "# Times"
  echo
  echo "Written by \`tools/eval/time.sh\`."
  echo
  echo "## Expressions: TimeBank and AQUAINT"
  echo
  echo "Targets: relaxed F1 .90, strict .82, value .80. The mark to beat, on a comparable set (TempEval-3 platinum): HeidelTime .900 / .810 / .773."
  echo "Rules were written looking at the errors of the \"seen\" half only (documents whose id has an even CRC-32); of the other half only the totals were seen."
  echo
  python3 tools/eval/times.py "$shared/gold/time" "$bin"
  echo
  echo "The same by \`score_times.py\` of the gold's makers:"
  echo
  for set in timebank aquaint; do
    python3 tools/eval/docs.py "$shared/gold/time/$set.jsonl.gz" >"$work/$set.docs.jsonl"
    "$bin" times --json --quiet "$work/$set.docs.jsonl" >"$work/$set.jsonl"
    echo "- $set: $(python3 "$shared/score/score_times.py" "$shared/gold/time/$set.jsonl.gz" "$work/$set.jsonl")"
  done
  echo
  echo "## Days of events: hand-dated claims"
  echo
  echo "The development claims (train), trigger = topmost word of the quote; agreement = either end within a day, as the claims' scorer counts. The passages of the"
  echo "encyclopedia (\"wiki\") are cut out of their articles and often hold no year; the news passages are told apart. Annotators read days out of context"
  echo "that no word of the sentence gives, and a present state (\"besieged Homs\") as beginning on the day of publication; the latter are counted apart and left to the claim room."
  echo
  for half in seen unseen; do
    for set in "" --news; do
      echo "- ${set:+news only, }$($examples/event_days "$work/docs.jsonl" "$work/labels.jsonl" $half $set | tr '\n' ' ')"
    done
  done
  echo
  echo "## Days of events: the conflict set"
  echo
  sed -n '/^## With/,/right/{/^## With/p;/sentences/p}' eval/time-conflict.md | sed 's/^## \(.*\)/\1:/'
  echo
  echo "The sentences were composed, and dated by hand, before they were first run; the errors of the first runs led to repairs. Every error that is left is in"
  echo "[time-conflict.md](time-conflict.md)."
  echo
  echo "## Speed"
  echo
  python3 - "$times" "$work/news.jsonl" <<'P'
import os, subprocess, sys, time
size = os.path.getsize(sys.argv[2]); lines = sum(1 for _ in open(sys.argv[2]))
with open(sys.argv[2]) as f:
    r0 = os.times(); subprocess.run([sys.argv[1]], stdin=f, stdout=subprocess.DEVNULL, check=True); r1 = os.times()
cpu = r1.children_user + r1.children_system - r0.children_user - r0.children_system
print(f"news_2011_2012 ({lines} articles, {size / 1e6:.1f} MB of JSON), one thread, find alone (JSON in and out counted): {cpu:.2f} s of processor time, {lines / cpu:.0f} articles/s, {size / cpu / 1e6:.1f} MB/s.")
P
} >"$work/time.md"
mv "$work/time.md" eval/time.md
echo "wrote eval/time.md"
