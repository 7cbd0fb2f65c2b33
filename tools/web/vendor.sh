#!/usr/bin/env bash
# Renews what is vendored from npm, as npm ships it.
#   tools/web/vendor.sh maplibre-gl VERSION     two modules, the style sheet and the licence, into web/vendor
#   tools/web/vendor.sh axe-core VERSION        the library (packed) and its licences, beside this script: for tests only
set -euo pipefail
name=${1:?say what: maplibre-gl or axe-core}
version=${2:?say which version, like 6.17.0}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$name@$version" >/dev/null && tar xzf "$name"-*.tgz)
case $name in
  maplibre-gl)
    out=$(cd "$here/../.." && pwd)/web/vendor/maplibre-gl
    mkdir -p "$out"
    cp "$work"/package/dist/{maplibre-gl.mjs,maplibre-gl-worker.mjs,maplibre-gl.css} "$work"/package/LICENSE.txt "$out"/
    (cd "$out" && sha256sum maplibre-gl* LICENSE.txt) ;;
  axe-core)
    out=$here/vendor/axe-core
    mkdir -p "$out"
    cp "$work"/package/LICENSE "$out"/LICENSE.txt
    cp "$work"/package/LICENSE-3RD-PARTY.txt "$out"/
    gzip -9 -n -c "$work"/package/axe.min.js > "$out"/axe.min.js.gz
    (cd "$work"/package && sha256sum axe.min.js) ;;
  *) echo "unknown: $name" >&2; exit 2 ;;
esac
echo "Note the version and these digests in THIRD_PARTY.md."
