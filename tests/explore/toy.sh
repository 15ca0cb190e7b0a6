#!/bin/sh
# tests/explore/toy.sh OBJECT TOY: does the program call only what the second
# explorer, TOY (toy.c's object), has, and what touches no memory of others?
set -eu

{ nm -g --defined-only "$2"; echo ==; nm -u "$1"; } | awk -v object="$1" '
BEGIN { has["main"]; has["__tsan_init"] } # these do no harm
/^==$/ { asked = 1; next }
NF > 0 && !asked { has[$NF] }
NF > 0 && asked && !($NF in has) { print object " calls " $NF | "cat >&2"; exit 1 }'
# Thread-local variables would need a block for each stack.
! readelf -SW "$1" | grep -qE '\.t(bss|data)'
