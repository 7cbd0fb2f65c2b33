#!/usr/bin/env bash
# Scores rules, reader and both with the built program; writes eval/reader.md. Needs python3, the program (MARCHLAND, else
# target/release/marchland) and the shared texts (MARCHLAND_SHARED, else ../shared).
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
if [ ! -d "$shared/gold" ]; then
  echo "skipped: reader.sh needs the shared texts; set MARCHLAND_SHARED" >&2
  exit 0
fi
python3 tools/eval/reader.py "${MARCHLAND:-target/release/marchland}" "$shared" > eval/reader.md.new
mv eval/reader.md.new eval/reader.md
