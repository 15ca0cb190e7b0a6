#!/bin/sh
# Every #include of code/heddle points to a lower floor, and code/lib knows
# nothing of heddle. The floors are the table below; a file that is on none
# is an error.
set -eu

floors='
1 arena text
2 crew json margin source diag table talk file fileset words signals interrupt orphans sandbox edits keep
3 attr markdown
4 outcomes run chunk graph expect pattern diff explain printed strand
5 tangle locate listing makefile
5 explore compile doctest trial doctest_run doctest_outcomes doctest_report bless
5 picture gallery html filter outline fit steps rewrite hackmd links figure fragment index page pages volume sources weave
6 book
7 commands
8 main
'

found=$(printf '%s\n' "$floors" | awk '
NF { for (i = 2; i <= NF; i++) floor[$i] = $1; next }
END {
    while (("ls code/heddle/*.[ch]" | getline file) > 0) {
        module = file; sub(/.*\//, "", module); sub(/\.[ch]$/, "", module)
        if (!(module in floor)) { print file ": is on no floor; add it to tests/floors.sh"; continue }
        for (line = 1; (getline text < file) > 0; line++) {
            if (text !~ /^#include "/) continue
            used = text; sub(/^#include "/, "", used); sub(/\.h".*/, "", used)
            if (used ~ /^lib\//) continue
            if (used == module) continue
            if (!(used in floor) || floor[used] > floor[module] || \
                (floor[used] == floor[module] && floor[module] > 5))
                print file ":" line ": error: " module " (floor " floor[module] ") includes " \
                      used " (floor " floor[used] "), which is above it"
        }
    }
    while (("grep -n \"#include \\\"heddle\" code/lib/*.[ch] /dev/null" | getline text) > 0)
        print text ": error: the library knows nothing of heddle"
    while (("grep -nE \"#include \\\"(heddle|lib)/\" code/explore/*.[ch] /dev/null" | getline text) > 0)
        print text ": error: the explorer stands alone"
}')
test -z "$found" || { printf '%s\n' "$found"; exit 1; }
