#!/bin/sh
# Every schedule of the model tests/checks/queue.pml, for a few sizes; and that what is
# broken on purpose is noticed. MODEL_FULL=1 explores one size more.
set -eu

command -v spin >/dev/null 2>&1 || { echo "spin is not here"; exit 77; }
model=$PWD/tests/checks/queue.pml
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

# explore PUTTERS GETTERS EACH CAPACITY DOORS BROKEN: the number of errors found.
explore() {
    spin -DPUTTERS="$1" -DGETTERS="$2" -DEACH="$3" -DCAPACITY="$4" -DDOORS="$5" -DBROKEN="$6" -a "$model" >spin.log 2>&1 ||
        { cat spin.log; exit 1; }
    ${CC:-cc} -w -O2 -DSAFETY -o pan pan.c
    ./pan -n -m100000 >pan.log
    sed -n 's/.*errors: //p' pan.log
}

fine() {
    errors=$(explore "$@" 0)
    test "$errors" = 0 && ! grep -q 'max search depth too small' pan.log ||
        { cat pan.log; echo "$1 putters, $2 getters, $3 items each, capacity $4, doors with a lock: $5"; exit 1; }
    echo "ok $1 putters, $2 getters, $3 items each, capacity $4, doors with a lock: $5: $(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' pan.log) states"
}

broken() {
    test "$(explore 2 1 1 1 2 "$1")" != 0 || { echo "model $1 is broken, and nobody noticed"; exit 1; }
    echo "ok broken in way $1: noticed"
}

# begin CASE...: in a folder of its own, beside the others.
begin() {
    count=$((count + 1))
    mkdir $count
    (cd $count && "$@") >$count/said 2>&1 &
    cases="$cases $!"
}

count=0 cases=
for doors in 1 2; do
    begin fine 1 1 4 2 $doors
    begin fine 2 1 2 1 $doors
    begin fine 1 2 3 1 $doors
    test -z "${MODEL_FULL:-}" || begin fine 2 2 1 1 $doors # a few million states
done
for way in 1 2 3 4 5 6; do
    begin broken $way
done
count=0 status=0
for case in $cases; do
    count=$((count + 1))
    wait "$case" || status=1
    cat $count/said
done
exit $status
