#!/usr/bin/env bash
# Compares the reading with spaCy's and times both; writes eval/reading.md. Needs python3, a package registry (once) and the
# shared texts (MARCHLAND_SHARED, else ../shared).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${MARCHLAND_SHARED:-$root/../shared}
if [ ! -d "$shared/input" ]; then
  echo "skipped: reading.sh needs the shared texts; set MARCHLAND_SHARED" >&2
  exit 0
fi
cd "$root/tools/model"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
cd "$root"
cargo build --quiet --release --locked -p marchland-reading --examples
built=${CARGO_TARGET_DIR:-target}/release/examples
tools/model/.venv/bin/python tools/eval/reading.py "$shared" "$built" > eval/reading.md.new
mv eval/reading.md.new eval/reading.md
