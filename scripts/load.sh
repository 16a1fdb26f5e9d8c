#!/bin/sh
# Holds a running server to its word under load: scripts/load.sh ADDRESS TOKEN|- [CLIENTS] [REQUESTS] [PROCESS ID].
# Every answer must be that of one client alone; health must answer within a second; with a process id memory must stay flat. Ends with 1 otherwise.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
. "$root/scripts/toolchain.sh"
find_jdk
[ $# -ge 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
exec "$JAVA_HOME/bin/java" "$root/server/src/test/java/io/lexiscope/server/Load.java" "$1" "$2" "${3:-64}" "${4:-10000}" "${5:-0}"
