#!/bin/sh
# Each method of CPython's tests that cpython.txt names has a test of ours that is
# there, or a reason why there is none; and how many of each.
set -eu

awk '
FILENAME ~ /\.txt$/ {
    if (/^#/ || NF == 0) next
    if ($1 in seen) { print FILENAME ":" FNR ": error: " $1 " twice"; bad = 1 }
    seen[$1] = 1
    if ($2 == "-" && NF > 3) missing++
    else if (NF == 3) { place[FILENAME ":" FNR] = $2 " " $3; held++ }
    else { print FILENAME ":" FNR ": error: a method, a file and a test are wanted, or a dash and a reason"; bad = 1 }
    next
}
/^TEST(_WITH)?\([a-z_0-9]+/ {
    file = FILENAME; sub(/.*\//, "", file); sub(/\.[ch]$/, "", file)
    name = $0; sub(/^[A-Z_]*\(/, "", name); sub(/[,)].*/, "", name)
    defined[file " " name] = 1
}
END {
    for (line in place)
        if (!(place[line] in defined)) { print line ": error: there is no test " place[line]; bad = 1 }
    print held " of " held + missing " methods of CPython hold; " missing " have a reason"
    exit bad
}' "$(dirname "$0")/cpython.txt" tests/unit/*.c
