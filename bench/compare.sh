#!/bin/sh
# Takes turns between `lexiscope bench` and the same tasks in PyTorch and Hugging Face, and writes bench/RESULTS.md.
#
#   bench/compare.sh                                    every task that is not measured yet
#   bench/compare.sh --task forward-16 --rounds 15      this one anew
#   bench/compare.sh --write                            writes RESULTS.md from what was measured
#
# Set up once:  python3 -m venv bench/peers/venv && bench/peers/venv/bin/pip install torch transformers
# LEXISCOPE_PEER_PYTHON names another Python that has both. What was measured is kept in bench/target/compare.json, so that an interrupted run goes on.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=${here%/*}
python=${LEXISCOPE_PEER_PYTHON:-$here/peers/venv/bin/python}
if [ ! -x "$python" ]; then
  echo "compare: expected a Python with torch and transformers, got none at $python; run: python3 -m venv bench/peers/venv && bench/peers/venv/bin/pip install torch transformers" >&2
  exit 1
fi
model=$here/target/gpt2
if [ ! -f "$model/model.safetensors" ]; then
  mkdir -p "$here/target"
  "$root/lexiscope" new --like gpt2 -o "$model" --quiet
fi
exec "$python" "$here/peers/compare.py" --root "$root" --model "$model" "$@"
