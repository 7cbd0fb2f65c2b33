#!/usr/bin/env bash
# Walks the journeys through the built program: starts `marchland demo` on a free port, drives a browser, ends both.
#   tools/web/journeys.sh [SCRIPT [ARGS]]     SCRIPT: journeys.mjs (left out), pictures.mjs or another beside it
# Says so and ends well where there is no program (MARCHLAND), browser (CHROMIUM) or node; JOURNEYS=0 skips too.
set -euo pipefail
cd "$(dirname "$0")/../.."
skip() { echo "skipped: the journeys in a browser: $1" >&2; exit 0; }
[ "${JOURNEYS:-1}" != 0 ] || skip "JOURNEYS=0"
script=${1:-journeys.mjs}
shift || true

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$CHROMIUM" ] || skip "no chromium (Debian: apt-get install chromium), or name one in CHROMIUM"
export CHROMIUM
command -v node >/dev/null || skip "no node"
flags=(--no-warnings)
if ! node -e 'process.exit(typeof WebSocket === "undefined" ? 1 : 0)'; then
  node --experimental-websocket -e 0 2>/dev/null || skip "this node knows no WebSocket (20 or later does)"
  flags+=(--experimental-websocket)
fi
target=${CARGO_TARGET_DIR:-target}
bin=${MARCHLAND:-}
# The newest of those that are built: `make test` has just built one.
[ -n "$bin" ] || bin=$(ls -t "$target"/{debug,fast,release}/marchland 2>/dev/null | head -n 1 || true)
[ -x "$bin" ] || skip "the program is not built"

work=$(mktemp -d)
"$bin" demo --out "$work/demo" --port 0 --private-hosts >"$work/out" 2>"$work/err" &
server=$!
end() { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"; }
trap end EXIT
for _ in $(seq 1200); do
  site=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/err" || true)
  [ -z "$site" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$work/out" "$work/err" >&2; exit 1; }
  sleep 0.1
done
[ -n "$site" ] || { echo "the server did not start" >&2; exit 1; }
node "${flags[@]}" "tools/web/$script" "$site" "$@"
