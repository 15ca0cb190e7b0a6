#!/bin/sh
# Queues, ours against others: tests/bench/bench_queue.sh [ROUNDS]
#
# Each round measures everybody once in each cell, each in a process of its own
# and for a tenth of a second, and everybody once on a single core as well if
# PINNED is set; what counts is the median of the ratios within a round, since
# the machine's speed changes from round to round. Others are Debian packages;
# one that is absent is skipped by name: libglib2.0-dev, libaprutil1-dev,
# libck-dev, golang-go, python3. The budgets are those of the design; this is
# never a test that fails.
set -eu
LC_ALL=C
export LC_ALL

rounds=${1:-7}
cc=${CC:-cc}
seconds=0.1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

who='ours ours32 textbook'
flags='' libs=''
without() { echo "bench_queue: without $1 (no $2 here)"; }
if pkg-config --exists glib-2.0 2>/dev/null; then
    who="$who glib" flags="$flags $(pkg-config --cflags glib-2.0) -DWITH_GLIB" libs="$libs $(pkg-config --libs glib-2.0)"
else
    without glib libglib2.0-dev
fi
if pkg-config --exists apr-util-1 2>/dev/null; then # its --libs name LDAP's, which a queue does not need
    who="$who apr" flags="$flags $(pkg-config --cflags apr-1 apr-util-1) -DWITH_APR" libs="$libs -laprutil-1 -lapr-1"
else
    without apr libaprutil1-dev
fi
if test -e /usr/include/ck_ring.h; then who="$who ck" flags="$flags -DWITH_CK"; else without ck libck-dev; fi
if command -v python3 >/dev/null 2>&1; then who="$who python"; else without python python3; fi
if command -v go >/dev/null 2>&1 && GOCACHE="$tmp/cache" GO111MODULE=off go build -o "$tmp/go" tests/bench/bench_queue.go; then
    who="$who go"
else
    without go golang-go
fi
# Everybody with the same options, so from the sources; without the flags of others.
for source in queue queue_sleep worker thread clock; do
    $cc -O2 -std=c17 -pthread -Icode -c -o "$tmp/$source.o" "code/lib/$source.c"
done
# shellcheck disable=SC2086 # words
$cc -O2 -std=gnu17 -pthread -Icode $flags -o "$tmp/bench_queue" tests/bench/bench_queue.c "$tmp"/*.o $libs

cat >"$tmp/bench.py" <<'END'
import queue, sys, threading, time
pairs, capacity, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
q, over, sent, got = queue.Queue(capacity), False, [], []
def produce():
    count = 0
    while not over:
        count += 1
        q.put(count)
    q.put(None)
    sent.append(count)
def consume():
    count = 0
    while q.get() is not None:
        count += 1
    got.append(count)
threads = [threading.Thread(target=f) for _ in range(pairs) for f in (consume, produce)]
start = time.monotonic()
for t in threads: t.start()
time.sleep(seconds)
over = True
for t in threads: t.join()
assert sum(sent) == sum(got)
print(round(sum(got) / (time.monotonic() - start)))
END

# one WHO WHAT CAPACITY: items per second, or nothing.
one() {
    case $1 in
    python) python3 "$tmp/bench.py" "$2" "$3" $seconds ;;
    go) "$tmp/go" "$2" "$3" $seconds ;;
    *) "$tmp/bench_queue" "$1" "$2" "$3" $seconds ;;
    esac
}

shuffled() { printf '%s\n' "$@" | sort -R --random-source=/dev/urandom; }

round=1
while [ "$round" -le "$rounds" ]; do
    for what in 1 2 4; do
        for capacity in 1 64 1024; do
            # shellcheck disable=SC2086
            for name in $(shuffled $who); do
                echo "$what $capacity $name $round $(one "$name" "$what" "$capacity")"
            done
        done
    done
    for what in pipeline-1-1-1 pipeline-3-4-5; do
        for capacity in 64 1024; do
            for name in $(shuffled ours ours32 textbook); do
                echo "$what $capacity $name $round $(one "$name" "$what" "$capacity")"
            done
        done
    done
    for what in 1 2 4; do
        for capacity in 1 64 1024; do
            test -n "${PINNED:-}" || continue
            for name in $(shuffled ours textbook); do
                echo "one-core-$what $capacity $name $round $(taskset -c 0 "$tmp/bench_queue" "$name" "$what" "$capacity" $seconds)"
            done
        done
    done
    round=$((round + 1))
done >"$tmp/numbers"

awk -v rounds="$rounds" -v who="$who" '
function median(list, n,    i, j, t, s) {
    for (i = 1; i <= n; i++) s[i] = list[i]
    for (i = 2; i <= n; i++) for (j = i; j > 1 && s[j - 1] > s[j]; j--) { t = s[j]; s[j] = s[j - 1]; s[j - 1] = t }
    return n % 2 ? s[(n + 1) / 2] : (s[n / 2] + s[n / 2 + 1]) / 2
}
# The median of name, and ours over it.
function judge(cell, name,    r, n, a, q) {
    n = 0
    for (r = 1; r <= rounds; r++) if (rate[cell, name, r] > 0) { n++; a[n] = rate[cell, name, r]; q[n] = rate[cell, "ours", r] / a[n] }
    middle = n ? median(a, n) : 0
    return n ? median(q, n) : 0
}
function budget(what, got, least) {
    printf "%-58s %6.2fx   budget %4.2f  %s\n", what, got, least, got >= least ? "holds" : "MISSED"
}
function budgets(prefix, label,    i, q, sum, count, least, least1) {
    least = least1 = 1e9; sum = count = 0
    for (i = 1; i <= cells; i++) {
        if (cell[i] !~ "^" prefix "[124] ") continue
        q = judge(cell[i], "textbook"); sum += log(q); count++
        if (q < least) { least = q; where = cell[i] }
        if (cell[i] ~ / 1$/ && q < least1) least1 = q
    }
    if (!count) return
    budget("geometric mean x textbook" label, exp(sum / count), 1.8)
    budget("the worst cell x textbook" label " (" where ")", least, 0.95)
    budget("the worst at capacity 1 x textbook" label, least1, 2)
}
$5 != "" && $5 != "-" { key = $1 " " $2; rate[key, $3, $4] = $5; if (!(key in seen)) { seen[key]; cell[++cells] = key } }
END {
    print "\nthousand items a second, medians of " rounds " rounds; ours: how many times as fast as that one, within a round"
    printf "%-20s", "pairs, capacity"
    n = split(who, names, " ")
    for (k = 1; k <= n; k++) printf " %9s %6s", names[k], names[k] == "ours" ? "" : "ours"
    print ""
    for (i = 1; i <= cells; i++) {
        printf "%-20s", cell[i]
        for (k = 1; k <= n; k++) {
            q = judge(cell[i], names[k])
            if (!q) printf " %9s %6s", "-", ""
            else if (names[k] == "ours") printf " %9.0f %6s", middle / 1000, ""
            else printf " %9.0f %5.1fx", middle / 1000, q
        }
        print ""
    }
    print ""
    budgets("", "")
    budgets("one-core-", ", one core")
    budget("pipeline of 3, 4 and 5 workers, capacity 64, x textbook", judge("pipeline-3-4-5 64", "textbook"), 2)
    budget("the same with batches of 32", judge("pipeline-3-4-5 64", "textbook") / (judge("pipeline-3-4-5 64", "ours32") + 1e-9), 2)
}' "$tmp/numbers"
