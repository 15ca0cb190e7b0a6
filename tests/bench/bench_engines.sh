#!/bin/bash
# The explorer's two engines on the same programs, and GenMC where it is installed
# (GENMC names it otherwise): runs a second of the processor's time, the median of
# ROUNDS; a machine that does other things as well says nothing by its clock. EXPLORED
# is the folder of the programs of tests/explore.
#
# The fork engine stops after FORKED runs, the other one after RUNS; "ratio" is between the
# two. Where a program has few runs, what it costs to begin is all that is compared.
set -eu

explored=${EXPLORED:-build/bin/explored}
genmc=${GENMC:-$(command -v genmc || true)}
rounds=${ROUNDS:-3} forked=${FORKED:-500} limit=${RUNS:-50000}
TIMEFORMAT='%U %S'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# number KEY
number() {
    sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p" "$tmp/out" | head -n 1
}

median() {
    sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# rate WORDS PROGRAM...: runs a second; how many runs there were is in $tmp/runs
rate() {
    words=$1
    shift
    for _ in $(seq "$rounds"); do
        { time EXPLORE="json jobs=1 $words" "$explored/$@" >"$tmp/out" || true; } 2>"$tmp/time"
        echo "$(($(number runs) + $(number redundant)))" >"$tmp/runs"
        awk -v runs="$(cat "$tmp/runs")" '{ print runs / ($1 + $2) }' "$tmp/time"
    done | median
}

printf '%-20s %8s %9s %9s %7s %9s\n' program runs 'one/s' 'fork/s' ratio 'genmc/s'
while read -r line; do
    # shellcheck disable=SC2086 # words of a command
    set -- $line
    fork=$(rate "engine=fork runs=$forked" "$@")
    one=$(rate "engine=one runs=$limit" "$@")
    runs=$(cat "$tmp/runs")
    other=-
    if [ "$line" = counters ] && [ -n "$genmc" ]; then
        other=$(for _ in $(seq "$rounds"); do
            { time "$genmc" --sc -- tests/explore/programs/counters.c >"$tmp/out" 2>&1; } 2>"$tmp/time"
            awk -v runs="$(sed -n 's/.*executions explored: \([0-9]*\).*/\1/p' "$tmp/out")" \
                '{ print runs / ($1 + $2) }' "$tmp/time"
        done | median)
    fi
    awk -v name="$line" -v runs="$runs" -v one="$one" -v fork="$fork" -v other="$other" 'BEGIN {
        printf "%-20s %8d %9.0f %9.0f %7.1f %9s\n", name, runs, one, fork, one / fork,
               other == "-" ? other : sprintf("%.0f", other) }'
done <<END
counters
racing-counter
one-slot
slots 2 2 2
philosophers 3
readers 8
lastzero 7
indexer 12
END
