#!/bin/sh
# Tries the command line where its surroundings refuse: scripts/surroundings.sh [LAUNCHER]. A full disk, a closed and a full standard output, a home that
# cannot be written, another user's installation. Each time: one line that says so, the right exit code, nothing half-written. As root on Linux (it
# mounts a small disk and becomes `nobody`); ends with 1 where something is not so.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
lexiscope=${1:-$root/lexiscope}
model=$root/model/src/test/resources/golden/gpt2-a
[ "$(id -u)" = 0 ] || { echo "surroundings: expected root, to mount a disk and to become nobody; use sudo" >&2; exit 2; }
work=$(mktemp -d)
mkdir "$work/disk" "$work/home" "$work/cache" && chmod 755 "$work"
mount -t tmpfs -o size="${DISK_SIZE:-600k}" tmpfs "$work/disk" || { rm -rf "$work"; echo "surroundings: expected to mount a small disk, got a refusal" >&2; exit 2; }
trap 'umount "$work/disk"; rm -rf "$work"' EXIT
tried=0
wrong=0

# check NAME EXIT PATTERN: holds the last command's exit code and standard error against what they should be.
check() {
  tried=$((tried + 1))
  lines=$(wc -l <"$work/err")
  if [ "$code" != "$2" ] || { [ "$3" != anything ] && ! grep -q "$3" "$work/err"; } || [ "$lines" -gt "${4:-1}" ] || grep -q 'Exception\|	at ' "$work/err"; then
    wrong=$((wrong + 1))
    echo "WRONG $1: exit $code, expected $2 and “$3”, got:"
    head -n 5 "$work/err"
  else
    echo "$1: exit $code: $(head -n 1 "$work/err" | cut -c 1-150)"
  fi
}

# run ARGS: the command line with a cache of its own; its exit code in $code.
run() {
  LEXISCOPE_CACHE=${cache:-$work/cache} "$lexiscope" "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
}

nothing_left() {
  left=$(find "$work/disk" -type f | head -n 5)
  [ -z "$left" ] || { wrong=$((wrong + 1)); echo "WRONG $1: left behind: $left"; }
  rm -rf "${work:?}/disk"/* "$work"/disk/.[!.]*
}

# Standard output.
LEXISCOPE_CACHE=$work/cache "$lexiscope" lens -m "$model" --tokens 1,2,3 --json >/dev/full 2>"$work/err" </dev/null
code=$?
check "standard output is full" 1 "write: "
LEXISCOPE_CACHE=$work/cache "$lexiscope" lens -m "$model" --tokens 1,2,3 --json >&- 2>"$work/err" </dev/null
code=$?
check "standard output is closed" 1 "write: "
LEXISCOPE_CACHE=$work/cache "$lexiscope" lens -m "$model" --tokens 1,2,3,4,5,6,7,8,9 --json 2>"$work/err" </dev/null | head -c 10 >/dev/null
code=0
check "a reader that had enough" 0 anything 0

# A full disk.
run new --like gpt2 -o "$work/disk/new"
check "full disk: new" 1 "space"
nothing_left new
run activations -m "$model" --tokens "$(seq -s, 1 60)" --at 'blocks.*.hook_resid_post,blocks.*.hook_resid_mid,blocks.*.hook_resid_pre,blocks.*.mlp.hook_post,blocks.*.mlp.hook_pre,blocks.*.attn.hook_pattern,logits' -o "$work/disk/a.safetensors"
check "full disk: activations" 1 "a.safetensors\|space"
nothing_left activations
run edit -m "$model" --tokens 5,6,7 --target '#9' --method shift --layer 1 -o "$work/patch.json"
cat "$work/err"
run apply -m "$model" -p "$work/patch.json" -o "$work/disk/edited"
check "full disk: apply" 1 "space"
nothing_left apply
run train counting -o "$work/disk/trained" --steps 3
check "full disk: train" 1 "space" 3
rm -f "$work"/disk/trained/*.json "$work"/disk/trained/*.csv # whole ones, of a run that can begin again
nothing_left train
run flow -m "$model" --tokens "$(seq -s, 1 60)" -o "$work/disk/flow.html"
check "full disk: flow" "$([ -s "$work/disk/flow.html" ] && echo 0 || echo 2)" anything 1
rm -rf "${work:?}/disk"/*
head -c 10m /dev/zero >"$work/disk/zeros" 2>/dev/null
cache=$work/disk/cache
run search -m "$model" '#5'
check "full disk: the cache, for an index" 1 "space\|cache\|index"
run lens -m "$model" --tokens 1,2,3
check "full disk: the cache, for a lens" 0 anything 2
cache=
rm -rf "${work:?}/disk"/*

# A home that cannot be written, another user's installation.
chmod 555 "$work/home"
as_nobody() {
  HOME=$work/home LEXISCOPE_CACHE='' setpriv --reuid=65534 --regid=65534 --clear-groups env -u LEXISCOPE_CACHE -u XDG_CACHE_HOME "$lexiscope" "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
}
as_nobody lens -m "$model" --tokens 1,2,3
check "another user's installation, a home that cannot be written: lens" 0 anything 2
as_nobody search -m "$model" '#5'
check "another user's installation, a home that cannot be written: search" 1 "permission\|cannot be written\|refus"
as_nobody activations -m "$model" --tokens 1,2,3 --at hook_embed -o "$work/home/a.safetensors"
check "another user's installation, a home that cannot be written: activations" 1 "permission\|cannot be written\|a.safetensors"
as_nobody apply -m "$model" -p "$work/patch.json" -o "$work/home/edited"
check "another user's installation, a home that cannot be written: apply" 1 "permission\|cannot be written"
as_nobody new --like gpt2 -o "$work/home/new"
check "another user's installation, a home that cannot be written: new" 1 "permission\|cannot be written"

echo "$tried tried, $wrong wrong"
[ "$wrong" = 0 ]
