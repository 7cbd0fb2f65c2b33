#!/usr/bin/env bash
# Renews the vendored MapLibre GL: two modules, the style sheet and the licence, as npm ships them.
#   tools/web/vendor.sh VERSION
set -euo pipefail
version=${1:?say which version, like 6.17.0}
out=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/web/vendor/maplibre-gl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "maplibre-gl@$version" >/dev/null && tar xzf maplibre-gl-*.tgz)
mkdir -p "$out"
cp "$work"/package/dist/{maplibre-gl.mjs,maplibre-gl-worker.mjs,maplibre-gl.css} "$work"/package/LICENSE.txt "$out"/
(cd "$out" && sha256sum maplibre-gl* LICENSE.txt)
echo "Note the version and these digests in THIRD_PARTY.md."
