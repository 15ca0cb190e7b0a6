#!/bin/bash
# Exploring by graphs under each memory model, beside GenMC where it is installed (GENMC
# names it otherwise): executions, and seconds of the processor, the median of ROUNDS
# rounds in which both take turns. GenMC's seconds have its compiling in them, and ours
# have not. EXPLORER is our object file.
set -eu

explorer=${EXPLORER:-build/obj/explorer.o}
genmc=${GENMC:-$(command -v genmc || true)}
rounds=${ROUNDS:-3}
TIMEFORMAT='%U %S'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
flags="-std=c17 -O0 -gdwarf-4 -Dregister= -fno-builtin -fno-omit-frame-pointer -fsanitize=thread -pthread"

median() {
    sort -n "$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# seconds FILE COMMAND...: what it takes is added to FILE
seconds() {
    file=$1
    shift
    { time "$@" >"$tmp/out" 2>&1 || true; } 2>"$tmp/time"
    awk '{ print $1 + $2 }' "$tmp/time" >>"$file"
}

printf '%-26s %-5s %10s %8s %10s %8s %6s\n' 'threads x rounds' model executions seconds GenMC seconds ratio
while read -r threads times loads stores model; do
    defines="-DTHREADS=$threads -DROUNDS=$times -DLOADS=memory_order_$loads -DSTORES=memory_order_$stores"
    # shellcheck disable=SC2086 # words of a command
    sh code/explore/compile.sh "$tmp/row.o" "${CC:-cc}" $flags $defines tests/bench/row.c &&
        "${CC:-cc}" -pthread -o "$tmp/row" "$tmp/row.o" "$explorer" -ldl -lm
    rm -f "$tmp/ours" "$tmp/others"
    theirs=- others=-
    for _ in $(seq "$rounds"); do
        EXPLORE="json jobs=1 model=$model" seconds "$tmp/ours" "$tmp/row"
        runs=$(sed -n 's/.*"runs": \([0-9]*\).*/\1/p' "$tmp/out" | head -n 1)
        [ -n "$genmc" ] || continue
        # shellcheck disable=SC2086
        seconds "$tmp/others" "$genmc" "--$model" -- $defines tests/bench/row.c
        theirs=$(sed -n 's/.*executions explored: \([0-9]*\).*/\1/p' "$tmp/out")
    done
    [ -z "$genmc" ] || others=$(median "$tmp/others")
    awk -v name="$threads x $times, $loads" -v model="$model" -v runs="$runs" -v ours="$(median "$tmp/ours")" \
        -v theirs="$theirs" -v others="$others" 'BEGIN {
        printf "%-26s %-5s %10d %8.3f %10s %8s %6s\n", name, model, runs, ours, theirs, others,
               others == "-" ? "-" : sprintf("%.2f", others / ours) }'
done <<END
4 1 seq_cst seq_cst sc
4 1 relaxed relaxed rc11
3 2 seq_cst seq_cst sc
3 2 relaxed relaxed rc11
3 2 acquire release rc11
3 2 relaxed relaxed tso
2 4 seq_cst seq_cst sc
2 4 relaxed relaxed rc11
2 5 seq_cst seq_cst sc
2 5 relaxed relaxed rc11
5 1 seq_cst seq_cst sc
5 1 relaxed relaxed rc11
5 1 acquire release rc11
5 1 relaxed relaxed tso
END
