#!/bin/sh
# machine.sh [ROUNDS [NAME]]: the litmus programs on this machine (machine.c), which must
# show nothing that the table of x86 lacks. Status 77 on other processors, a skip.
[ "$(uname -m)" = x86_64 ] || { echo "the table of store buffers is x86's"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
awk -f tests/explore/machine.awk tests/explore/litmus/known.tsv >"$dir/programs.c" &&
    "${CC:-cc}" -std=c17 -O1 -pthread -Itests/explore -o "$dir/machine" tests/explore/machine.c "$dir/programs.c" &&
    "$dir/machine" "$@"
