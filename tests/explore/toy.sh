#!/bin/sh
# tests/explore/toy.sh OBJECT NAMES: does the program call only what the second
# explorer has (NAMES: what toy.c defines, one a line), and what touches no memory
# of others?
set -eu

LC_ALL=C readelf -SsW "$1" | awk -v object="$1" '
BEGIN { has["main"]; has["__tsan_init"] } # these do no harm
FILENAME != "-" { has[$1]; next }
# Thread-local variables would need a block for each stack.
$0 ~ /\.t(bss|data)/ { why = "has thread-local variables" }
$7 == "UND" && $8 != "" && !($8 in has) { why = "calls " $8 }
END { if (why != "") { print object " " why | "cat >&2"; exit 1 } }' "$2" -
