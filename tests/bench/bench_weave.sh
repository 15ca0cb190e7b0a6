#!/bin/sh
# How long weaving takes: from nothing, with one changed chapter, and with
# nothing changed.
#
#     tests/bench/bench_weave.sh
#
# HEDDLE names the binary (default build/bin/heddle), ROUNDS how often each is
# run (default 9), in turns; medians. The book is this one's chapters. It
# measures, and never fails.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/../heddle.sh"
command -v pandoc > /dev/null 2>&1 || { echo "weaving: no pandoc here, not measured"; exit 0; }
rounds=${ROUNDS:-9}

work=$(mktemp -d "${TMPDIR:-/tmp}/heddle-weave.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
${CC:-cc} -O2 -std=c17 -D_GNU_SOURCE -o "$work/bench_time" "$here/bench_time.c" || exit 2

cp -R "$here/../../chapters" "$work/chapters"
cd "$work" || exit 2
modules=$here/../../build/npm/node_modules
largest=$(ls -S chapters/*.md | head -n 1)

# measure LABEL
measure() {
    ./bench_time "$heddle" weave -q --modules "$modules" > said 2>&1 3>> "numbers.$1"
    tail -n 1 "numbers.$1" | grep -q '^[0-9]* [0-9]* 0 ' || { cat said; exit 2; }
}

# median LABEL COLUMN (1: microseconds by the clock, 4: of processors)
median() {
    sort -n -k"$2,$2" "numbers.$1" | awk -v column="$2" '
        { value[NR] = $column } END { print value[int((NR + 1) / 2)] / 1000 }'
}

row() {
    awk -v what="$1" -v ms="$(median "$2" 1)" -v cpu="$(median "$2" 4)" -v limit="$3" 'BEGIN {
        printf "  %-34s %8.0f ms, processors %6.0f ms   %s at most %d\n", what, ms, cpu,
            ms <= limit ? "holds:" : "MISSED:", limit }'
}

i=0
while [ $i -lt "$rounds" ]; do
    rm -rf build/woven build/slides
    measure cold
    printf '\n<!-- round %d -->\n' $i >> "$largest"
    measure changed
    measure unchanged
    i=$((i + 1))
done
echo "weaving $(ls chapters/*.md | wc -l | tr -d ' ') chapters, $(cat chapters/*.md | wc -c | tr -d ' ') bytes; medians of $rounds rounds"
row 'cold: nothing was woven before' cold 3000
row 'the largest chapter changed' changed 1000
row 'nothing changed' unchanged 100
