#!/usr/bin/env bash
# Remakes eval/control.md: fusion alone, on the hand-coded claims of Afghanistan 2021 and on made-up reports over real map histories of Ukraine.
# Needs python3, the built program and example (MARCHLAND, FUSE), and the tables in ../shared (or MARCHLAND_SHARED).
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
bin=${MARCHLAND:-target/release/marchland}
fuse=${FUSE:-target/release/examples/fuse}
truth=$shared/truth
if [ ! -x "$fuse" ]; then
  cargo build --release --locked -p marchland-control --example fuse
  fuse=target/release/examples/fuse
fi
if [ ! -d "$truth" ]; then echo "skipped: no tables at $truth (set MARCHLAND_SHARED)" >&2; exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools=tools/control

{
  echo "# Control: what fusion alone is worth"
  echo
  echo "Remade by \`tools/eval/control.sh\`. Every method sees the same reports, day by day: only what was published by the end of"
  echo "each day counts for it. Figures are over place-days on which somebody has spoken and the truth names a party. Brier is summed over the two"
  echo "parties. Delay is in days from the true change, changes not seen within 30 days are missed. False flips: changes of mind to what is not true that day,"
  echo "per 1,000 place-days. \"last\" is last report wins, \"week\" the majority of seven days, \"sources\" a vote of sources by their last word."
  echo
  echo "## Afghanistan, August and September 2021: 140 hand-coded claims on the provincial capitals"
  echo
  echo "The table is read by \`marchland import --country AF\`, and \`marchland control --capitals AF --on DAY --known-by DAY\` is asked for each day."
  store=sqlite:$work/afg.db
  "$bin" import "$truth/afg_claims_2021_handcoded.csv" --country AF --store "$store" --json > "$work/import.json" 2> "$work/rejected.txt" || true
  python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print("\nOf %d rows %d were taken, %d rejected." % (d["rows"], d["claims"], len(d["rejected"])))' "$work/import.json"
  for day in $(python3 -c 'import datetime as d; print(*[d.date(2021,8,5)+d.timedelta(n) for n in range(37)])'); do
    "$bin" control --capitals AF --on "$day" --known-by "$day" --json --store "$store"
  done | python3 $tools/days.py > "$work/afg.days.csv"
  python3 $tools/afghan.py "$truth/afg_claims_2021_handcoded.csv" "$truth/afg_capitals_2021.csv" "$work/afg.reports.csv" > /dev/null
  echo '```'
  python3 $tools/score.py "$work/afg.reports.csv" "$truth/afg_capitals_2021.csv" 2021-08-05 2021-09-10 "model=$work/afg.days.csv" \
    --aliases "Government of Afghanistan=afghan-government,Taliban=taliban"
  echo '```'
  echo
  echo "## Ukraine, April 2022 to August 2025: made-up reports over the development places"
  echo
  echo "The histories are map facts, the reports are drawn by \`tools/control/generate.py\` (its rules imitate early and false claims, denials, late and copied news)."
  echo "\"model\" has the parameters that the program carries; \"fitted\" those that \`tools/control/fit.py\` found on the reports of seed 1 at the training half"
  echo "of the places. Scored is the other half."
  python3 $tools/generate.py "$truth/ukr_place_intervals_dev.csv" "$work/ukr1.csv" --seed 1 > /dev/null
  python3 $tools/fit.py "$fuse" "$work/ukr1.csv" "$truth/ukr_place_intervals_dev.csv" data/control/params.toml "$work/fitted.toml" > "$work/fit.txt"
  for seed in 1 2 3; do
    python3 $tools/generate.py "$truth/ukr_place_intervals_dev.csv" "$work/ukr$seed.csv" --seed $seed > /dev/null
    "$fuse" "$work/ukr$seed.csv" 2022-04-03 2025-08-03 > "$work/ukr$seed.days.csv"
    "$fuse" "$work/ukr$seed.csv" 2022-04-03 2025-08-03 "$work/fitted.toml" > "$work/ukr$seed.fitted.csv"
    echo; echo "Seed $seed:"; echo '```'
    python3 $tools/score.py "$work/ukr$seed.csv" "$truth/ukr_place_intervals_dev.csv" 2022-04-03 2025-08-03 \
      "model=$work/ukr$seed.days.csv" "fitted=$work/ukr$seed.fitted.csv" --places test $([ $seed = 1 ] && echo --reliability)
    echo '```'
  done
  echo
  echo "## The fit"
  echo '```'
  cat "$work/fit.txt"
  echo '```'
} > eval/control.md
cat eval/control.md
