#!/usr/bin/env bash
# Remakes eval/screen.md: the bundled example (34 places) and a made-up country of 5,000 places and 100,000 claims, in a browser and under load.
# Needs the built program (MARCHLAND), node, chromium (CHROMIUM) and python3; takes some minutes. Clock times want a machine without other work.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${MARCHLAND:-target/release/marchland}
export CHROMIUM=${CHROMIUM:-$(command -v chromium || true)}
[ -n "$CHROMIUM" ] || { echo "no chromium (Debian: apt-get install chromium), or name one in CHROMIUM" >&2; exit 1; }
flags=(--no-warnings)
node -e 'process.exit(typeof WebSocket === "undefined" ? 1 : 0)' || flags+=(--experimental-websocket)
work=$(mktemp -d)
server=
end() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap end EXIT
python3 tools/web/crowd.py "$work" 5000 100000
"$bin" -q gazetteer import "$work/places.txt" -o "$work/crowd.gaz" > /dev/null
"$bin" -q --gazetteer "$work/crowd.gaz" import "$work/claims.csv" --store "sqlite:$work/crowd.db" > /dev/null
{
  echo "# The screen, measured"
  echo
  echo "Remade by \`tools/web/screen.sh\` (Debian's chromium, software rendering, $(nproc) cores). The load of the machine stands below each part: clock times"
  echo "are upper limits where other work ran."
  echo
  echo "Bars: first view under 500 kB compressed; the first map within 1.5 s in a cold browser; a slider step under 50 ms of our script's time at 34 places and"
  echo "under 100 ms at 5,000."
  echo
  echo "## The bundled example"
  echo
  MARCHLAND=$bin bash tools/web/journeys.sh measure.mjs screen
  echo
  echo "## A made-up country of 5,000 places (\`tools/web/crowd.py\`)"
  echo
  "$bin" --gazetteer "$work/crowd.gaz" serve --store "sqlite:$work/crowd.db" --port 0 > /dev/null 2> "$work/err" &
  server=$!
  for _ in $(seq 600); do
    site=$(grep -o 'http://127\.0\.0\.1:[0-9]*' "$work/err" || true)
    [ -z "$site" ] || break
    sleep 0.1
  done
  export SERVER=$server
  node "${flags[@]}" tools/web/measure.mjs "$site" screen
  echo
  echo "## The same under load"
  echo
  node "${flags[@]}" tools/web/measure.mjs "$site" load 200 10
} > "$work/screen.md"
cp "$work/screen.md" eval/screen.md
echo "wrote eval/screen.md"
