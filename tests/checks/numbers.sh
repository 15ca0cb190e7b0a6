#!/bin/sh
# Each number in the chapters' prose is one that a block of the same chapter has,
# or has its source behind it (heddle holds it to that), or stands in
# numbers.txt with the reason why no block can have it; and that list has no
# number that no prose needs.
set -eu

here=$(dirname "$0")
found=$(mktemp)
trap 'rm -f "$found"' EXIT

awk -f "$here/numbers.awk" chapters/*.md > "$found"
awk '
FNR == NR { if (!/^#/ && NF > 2) { line[$1 " " $2] = FNR } next }
{
    split($1, place, ":"); key = place[1] " " $2
    if (key in line) used[key] = 1
    else { print $1 " error: no block of this chapter has " $2 "; quote its source, or give a reason in tests/checks/numbers.txt"; failed = 1 }
}
END {
    for (key in line) if (!(key in used)) { print "tests/checks/numbers.txt:" line[key] ": error: no prose needs this: " key; failed = 1 }
    exit failed
}' "$here/numbers.txt" "$found"
