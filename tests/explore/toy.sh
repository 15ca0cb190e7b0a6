#!/bin/sh
# tests/explore/toy.sh OBJECT TOY: does the program call only what the second
# explorer, TOY (toy.c's object), has, and what touches no memory of others?
set -eu

harmless='main __tsan_init'
nm -g --defined-only "$2" | awk '{ print $NF }' >"$1.has"
nm -u "$1" | awk '{ print $NF }' | while read -r name; do
    case " $harmless " in *" $name "*) continue ;; esac
    grep -qx "$name" "$1.has" || { echo "$1 calls $name" >&2; exit 1; }
done
# Thread-local variables would need a block for each stack.
! nm "$1" 2>/dev/null | grep -q ' [bBdD] .*tls' && ! readelf -SW "$1" | grep -qE '\.t(bss|data)'
