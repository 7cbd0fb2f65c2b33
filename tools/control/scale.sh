#!/usr/bin/env bash
# Remakes eval/scale.md and its picture: growth of the ledger and of control, and kills at random moments. Needs the built program and example (MARCHLAND, SCALE); takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${MARCHLAND:-target/release/marchland}
scale=${SCALE:-target/release/examples/scale}
kills=${KILLS:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
{
  echo "# Scale of the ledger and of control"
  echo
  echo "Remade by \`tools/control/scale.sh\` on $(nproc) cores. Made-up claims, ten a place, five an article, over three years (\`crates/situation/examples/scale.rs\`)."
  echo "Store: seconds to write the articles. Rebuild: from the file to the set of reports, then the first map, at which every place is reckoned. Update: one article with"
  echo "five claims stored, taken in, and its places asked again. Explanation: one place with every claim and article fetched. Medians of 5 (maps) and 9. Memory: what the"
  echo "rebuild added. Last column: a situation that followed the updates gives the map that a fresh one gives, byte for byte."
  echo
  "$scale" "$work" ${SIZES:-}
  echo
  echo "![Growth](scale.svg)"
  echo
  echo "## Kills"
  echo
  python3 tools/ledger/kill.py "$bin" "$kills"
} > eval/scale.md
python3 tools/control/plot.py eval/scale.md eval/scale.svg
cat eval/scale.md
