#!/bin/sh
# How many runs exploring needs, with and without reduction, and how many runs
# a second it makes. EXPLORED is the folder of the programs of tests/explore/programs.
#
# "classes" is the number of schedules that really differ; "sleep" and "all"
# count the runs that were cut short as well. A number with a + was stopped.
set -eu

explored=${EXPLORED:-build/bin/explored}
limit=${RUNS:-20000}

# number FILE KEY
number() {
    sed -n "s/.*\"$2\": \([0-9.]*\).*/\1/p" "$1" | head -n 1
}

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# cost HOW PROGRAM...: the runs; the seconds are in $tmp/json
cost() {
    how=$1 program=$2
    shift 2
    EXPLORE="json reduce=$how runs=$limit" "$explored/$program" "$@" >"$tmp/json" || true
    more=
    grep -q '"complete": true' "$tmp/json" || more=+
    echo "$(($(number "$tmp/json" runs) + $(number "$tmp/json" redundant)))$more"
}

printf '%-28s %9s %9s %9s %9s %9s\n' program nothing sleep all classes 'runs/s'
while read -r line; do
    # shellcheck disable=SC2086 # words of a command
    set -- $line
    nothing=$(cost nothing "$@")
    sleep=$(cost sleep "$@")
    all=$(cost all "$@")
    awk -v name="$line" -v nothing="$nothing" -v sleep="$sleep" -v all="$all" \
        -v runs="$(number "$tmp/json" runs)" -v seconds="$(number "$tmp/json" seconds)" 'BEGIN {
        printf "%-28s %9s %9s %9s %9d %9.0f\n", name, nothing, sleep, all, runs,
               (seconds > 0 ? (all + 0) / seconds : 0) }'
done <<END
racing-counter
store-buffering
peterson
philosophers 2
philosophers 3
philosophers 4
one-slot
readers 2
readers 4
readers 8
lastzero 5
lastzero 7
indexer 12
indexer 13
filesystem 16
filesystem 19
END
