#!/bin/sh
# How fast heddle tangles, against the least that any reader on md4c costs and
# against noweb and FunnelWeb with the same book in their own notation.
#
#     tests/bench/bench.sh
#
# HEDDLE names the binary (default build/bin/heddle), ROUNDS how often each
# command runs (default 9). The commands take turns, so that a slow minute of
# the machine hits them all; medians and ratios are printed, and the budgets of
# the design with what was found. It measures, and never fails.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/../heddle.sh"
rounds=${ROUNDS:-9}

work=$(mktemp -d "${TMPDIR:-/tmp}/heddle-bench.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
PATH=$work/bin:$PATH
mkdir "$work/bin"
ln -s "$heddle" "$work/bin/heddle"
${CC:-cc} -O2 -std=c17 -D_GNU_SOURCE -o "$work/bin/bench_time" "$here/bench_time.c" || exit 2
${CC:-cc} -O2 -std=c17 -o "$work/bin/bench_md4c" "$here/bench_md4c.c" -lmd4c || exit 2

has() {
    command -v "$1" > /dev/null 2>&1
}

# make_book NAME CHUNKS LINES PROSE NAMES: the book in each notation, and an
# output folder that is in step.
make_book() {
    mkdir -p "$work/$1/chapters" "$work/$1/noweb/src" "$work/$1/funnelweb/src"
    cd "$work/$1" || exit 2
    for as in markdown noweb funnelweb; do
        case $as in
        markdown) to=chapters/a.md ;;
        noweb) to=noweb/book.nw ;;
        funnelweb) to=funnelweb/book.fw ;;
        esac
        awk -v chunks="$2" -v lines="$3" -v prose="$4" -v names="$5" -v as=$as \
            -f "$here/bench_book.awk" > $to
    done
    heddle tangle -q -o same || exit 2
    wc -c < chapters/a.md > size
    mkdir parts
    awk '/^```c \{file=/ && size > 200000 { n++; size = 0 }
        { size += length + 1; print > sprintf("parts/%03d.md", n) }' chapters/a.md
}

# The programs agree before any of them is timed.
check_peers() {
    cd "$work/$1" || exit 2
    if has notangle && ! notangle -Rsrc/file-00001.c noweb/book.nw | cmp -s - same/src/file-00001.c
    then
        echo "notangle makes another file of the same book: not compared" >&2
    fi
}

# measure BOOK LABEL COMMAND...: one run, its numbers to a file of its own.
measure() {
    numbers=$work/numbers.$1.$2
    shift 2
    bench_time "$@" > /dev/null 2> "$work/said" 3>> "$numbers" < /dev/null
}

round() {
    cd "$work/$1" || exit 2
    measure "$1" md4c bench_md4c chapters/a.md
    measure "$1" first heddle tangle -q -o "first.$i"   # ext4 is slow to reuse what was just removed
    measure "$1" unchanged heddle tangle -q -o same
    measure "$1" chapters heddle tangle -q -o same parts
    measure "$1" check heddle tangle -q -o same --check
    measure "$1" wc wc -l chapters/a.md
    [ "$1" = "$too_slow" ] && return
    if has notangle; then
        measure "$1" notangle notangle -Rsrc/file-00001.c noweb/book.nw
        cd noweb && mv src "src.$i" && mkdir src
        measure "$1" noweb noweb -t book.nw
        cd ..
    fi
    if has fw; then
        cd funnelweb && mv src "src.$i" && mkdir src
        measure "$1" funnelweb fw book.fw -L
        cd ..
    fi
}

# median BOOK LABEL COLUMN (1: microseconds, 2: KiB); empty when not measured.
median() {
    [ -s "$work/numbers.$1.$2" ] || return 0
    sort -n -k"$3,$3" "$work/numbers.$1.$2" | awk -v column="$3" '
        { value[NR] = $column } END { print value[int((NR + 1) / 2)] }'
}

row() {
    for label in "$@"; do
        value=$(median "$book" "$label" 1)
        awk -v label="$label" -v us="$value" -v base="$base" -v kb="$(median "$book" "$label" 2)" \
            -v size="$size" 'BEGIN {
            if (us == "") printf "  %-12s %10s\n", label, "-"
            else printf "  %-12s %10.2f %10.2f %10.1f %10.1f\n", label, us / 1000, us / base, \
                size / us, kb / 1024
        }'
    done
}

table() {
    book=$1 size=$(cat "$work/$1/size") base=$(median "$1" md4c 1)
    echo
    awk -v size="$size" -v what="$2" 'BEGIN { printf "%s, %.1f MB\n", what, size / 1e6 }'
    printf '  %-12s %10s %10s %10s %10s\n' '' ms 'x md4c' MB/s MiB
    [ "$1" = "$too_slow" ] && echo '  (the peers would take minutes)'
    row wc md4c first unchanged chapters check notangle noweb funnelweb
}

# budget WHAT LIMIT SENSE VALUE
budget() {
    awk -v what="$1" -v limit="$2" -v sense="$3" -v value="$4" 'BEGIN {
        if (value == "") { printf "  %-52s %8s   not measured\n", what, ""; exit }
        holds = sense == "most" ? value <= limit : value >= limit
        printf "  %-52s %8.2f   %s %s %s\n", what, value, holds ? "holds:" : "MISSED:", \
            sense == "most" ? "at most" : "at least", limit
    }'
}

ratio() {
    [ -n "$1" ] && [ -n "$2" ] && awk -v a="$1" -v b="$2" 'BEGIN { print a / b }'
}

# The peers keep names in trees that ordered ones turn into lists: 50,000 of
# them last minutes.
too_slow=ordered50k
make_book small 850 12 8 ordered
make_book ordered 8200 12 8 ordered
make_book random 8200 12 8 random
make_book ordered50k 50000 2 1 ordered
make_book random50k 50000 2 1 random
check_peers small
for peer in notangle fw; do
    has $peer || echo "no $peer here: left out"
done

i=0
while [ $i -lt "$rounds" ]; do
    for book in small ordered random ordered50k random50k; do
        round $book
    done
    i=$((i + 1))
done

echo "medians of $rounds rounds; notangle makes one file, all others make all files;"
echo "chapters: nothing changed, and the book in files of 200 KB instead of one"
table small '850 chunks, names in order'
table ordered '8,200 chunks, names in order'
table random '8,200 chunks, random names'
table ordered50k '50,000 chunks, names in order'
table random50k '50,000 chunks, random names'

echo
echo budgets
size=$(cat "$work/ordered50k/size")
budget 'tangle, nothing changed, 50,000 chunks / bare md4c' 1.5 most \
    "$(ratio "$(median ordered50k unchanged 1)" "$(median ordered50k md4c 1)")"
budget 'the same in chapters of 200 KB / bare md4c' 1.5 most \
    "$(ratio "$(median ordered50k chapters 1)" "$(median ordered50k md4c 1)")"
budget 'tangle, first write, 50,000 chunks / bare md4c' 1.5 most \
    "$(ratio "$(median ordered50k first 1)" "$(median ordered50k md4c 1)")"
budget 'ordered names / random names, 50,000 chunks' 1.1 most \
    "$(ratio "$(median ordered50k unchanged 1)" "$(median random50k unchanged 1)")"
budget 'noweb -t / tangle first write, random names' 4 least \
    "$(ratio "$(median random noweb 1)" "$(median random first 1)")"
budget 'notangle of one file / tangle of all, random names' 4 least \
    "$(ratio "$(median random notangle 1)" "$(median random first 1)")"
budget 'memory of a first write / input, 50,000 chunks' 4 most \
    "$(awk -v kb="$(median ordered50k first 2)" -v size="$size" 'BEGIN { print kb * 1024 / size }')"
budget 'memory of a first write / input, 8,200 chunks' 4 most \
    "$(awk -v kb="$(median ordered first 2)" -v size="$(cat "$work/ordered/size")" \
        'BEGIN { print kb * 1024 / size }')"

# Make, when the tree is built.
nothing=
cd "$here/../.." || exit 2
if [ -f Makefile ] && make -q programs > /dev/null 2>&1; then
    i=0
    while [ $i -lt "$rounds" ]; do
        bench_time make -s programs > /dev/null 2>&1 3>> "$work/numbers.make.nothing"
        i=$((i + 1))
    done
    nothing=$(ratio "$(median make nothing 1)" 1000000)
fi
budget 'make with nothing to do, seconds' 0.1 most "$nothing"
exit 0
