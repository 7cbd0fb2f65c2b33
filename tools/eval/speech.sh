#!/usr/bin/env bash
# Remakes eval/speech.md. Needs cargo, python3 and ../shared (or MARCHLAND_SHARED).
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
if [ ! -d "$shared/gold/speech" ]; then
  echo "skipped: $shared/gold/speech is absent (set MARCHLAND_SHARED)" >&2
  exit 0
fi
profile=${PROFILE:-release}
cargo build --profile "$profile" --locked -q -p marchland-claim --example speech
pred=$(mktemp)
trap 'rm -f "$pred"' EXIT
gzip -dc "$shared/gold/speech/polnear_dev.jsonl.gz" | "target/$profile/examples/speech" > "$pred"
python3 tools/eval/speech.py "$shared/gold/speech/polnear_dev.jsonl.gz" "$pred" > eval/speech.md
echo "wrote eval/speech.md"
