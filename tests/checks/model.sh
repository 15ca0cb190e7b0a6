#!/bin/sh
# Every schedule of the model tests/checks/queue.pml, for a few sizes; and that what is
# broken on purpose is noticed. MODEL_FULL=1 explores one size more.
set -eu

command -v spin >/dev/null 2>&1 || { echo "spin is not here"; exit 77; }
model=$PWD/tests/checks/queue.pml
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

# explore PUTTERS GETTERS EACH CAPACITY BROKEN: the number of errors found.
explore() {
    spin -DPUTTERS="$1" -DGETTERS="$2" -DEACH="$3" -DCAPACITY="$4" -DBROKEN="$5" -a "$model" >spin.log 2>&1 ||
        { cat spin.log; exit 1; }
    ${CC:-cc} -w -O2 -DSAFETY -o pan pan.c
    ./pan -n -m100000 >pan.log
    sed -n 's/.*errors: //p' pan.log
}

fine() {
    errors=$(explore "$@" 0)
    test "$errors" = 0 && ! grep -q 'max search depth too small' pan.log ||
        { cat pan.log; echo "$1 putters, $2 getters, $3 items each, capacity $4"; exit 1; }
    echo "ok $1 putters, $2 getters, $3 items each, capacity $4: $(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' pan.log) states"
}

broken() {
    test "$(explore 2 1 1 1 "$1")" != 0 || { echo "model $1 is broken, and nobody noticed"; exit 1; }
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
begin fine 1 1 4 2
begin fine 2 1 2 1
begin fine 1 2 3 1
test -z "${MODEL_FULL:-}" || begin fine 2 2 1 1 # a few million states
begin broken 1
begin broken 2
begin broken 3
begin broken 4
count=0 status=0
for case in $cases; do
    count=$((count + 1))
    wait "$case" || status=1
    cat $count/said
done
exit $status
