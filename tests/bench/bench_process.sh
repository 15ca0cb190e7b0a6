#!/bin/sh
# Child processes, ours against others: tests/bench/bench_process.sh [ROUNDS]
#
# Each round measures everybody once, each in a process of its own; what
# counts is the median of the ratios within a round, since the machine's speed
# changes from round to round. Others are Debian packages; one that is absent
# is skipped by name: libglib2.0-dev, libuv1-dev, libapr1-dev, python3. The
# budgets are those of the design; this is never a test that fails.
set -eu

rounds=${1:-7}
cc=${CC:-cc}
library=${LIBRARY:-build/obj/libbook.a}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

who='ours spawn popen'
flags='' libs=''
for peer in glib:gio-2.0:GLIB uv:libuv:UV apr:apr-1:APR; do
    name=${peer%%:*} package=${peer#*:}
    macro=${package#*:} package=${package%:*}
    if pkg-config --exists "$package" 2>/dev/null; then
        who="$who $name"
        flags="$flags $(pkg-config --cflags "$package") -DWITH_$macro"
        libs="$libs $(pkg-config --libs "$package")"
    else
        echo "bench_process: without $name (no $package here)"
    fi
done
# shellcheck disable=SC2086 # words
$cc -O2 -std=gnu17 -pthread -Icode $flags -o "$tmp/bench_process" tests/bench/bench_process.c "$library" $libs

cat >"$tmp/bench.py" <<'END'
import subprocess, sys, time, statistics
what, program = sys.argv[1:]
now, true = time.monotonic, ["/bin/true"]
def starts():
    subprocess.run(true)
    start, count = now(), 0
    while count < 20 or now() - start < 0.2:
        subprocess.run(true)
        count += 1
    return (now() - start) / count
def late():
    end = now() + 0.05
    child = subprocess.Popen([program, "--end-at", f"{end:.9f}"])
    child.wait(timeout=10)
    return now() - end
if what == "start":
    seconds = starts()
elif what == "start-1GiB":
    ballast = bytearray(b"x") * (1 << 30)
    seconds = starts()
elif what == "late":
    seconds = statistics.median(late() for _ in range(15))
elif what == "capture":
    start = now()
    out = subprocess.run([program, "--write", "104857600"], stdout=subprocess.PIPE).stdout
    seconds = now() - start
    assert len(out) == 100 << 20
else:
    data = b"x" * (100 << 20)
    start = now()
    out = subprocess.run(["cat"], input=data, stdout=subprocess.PIPE).stdout
    seconds = now() - start
    assert len(out) == len(data)
print(f"{seconds:.9f}")
END
if command -v python3 >/dev/null 2>&1; then who="$who python"; else echo "bench_process: without python3"; fi

once() { # WHO WHAT
    if [ "$1" = python ]; then
        python3 "$tmp/bench.py" "$2" "$tmp/bench_process"
    else
        "$tmp/bench_process" "$1" "$2"
    fi
}

round=1
while [ "$round" -le "$rounds" ]; do
    for what in start start-1GiB capture both late; do
        for one in $who; do
            echo "$what $one $round $(once "$one" "$what")"
        done
    done
    for what in capture-cpu both-cpu; do
        echo "$what ours $round $(once ours "$what-reused")"
        echo "$what fresh $round $(once ours "$what")"
    done
    round=$((round + 1))
    who="${who#* } ${who%% *}" # nobody is always first: the first finds the memory cold
done >"$tmp/seconds"

awk -v rounds="$rounds" '
function median(list, n,    i, j, t) {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
$4 != "-" { seconds[$1, $2, $3] = $4; if (!(($1, $2) in seen)) { seen[$1, $2]; order[++count] = $1 " " $2 } }
END {
    print "\nmedians of " rounds " rounds; ours: how many times as fast as that one, within a round"
    printf "%-11s %-7s %12s %7s\n", "what", "who", "median", "ours"
    for (k = 1; k <= count; k++) {
        split(order[k], name, " "); what = name[1]; one = name[2]; n = 0
        for (r = 1; r <= rounds; r++)
            if ((what, one, r) in seconds) { n++; s[n] = seconds[what, one, r]; q[n] = s[n] / seconds[what, "ours", r] }
        m = median(s, n); ratio[what, one] = median(q, n); mine[what, one] = m
        printf "%-11s %-7s %9.3f ms %6.2fx\n", what, one, m * 1000, ratio[what, one]
    }
    print ""
    budget("spawn and wait, small parent, x posix_spawn", ratio["start", "spawn"], 0.9)
    budget("spawn and wait, 1 GiB touched, x posix_spawn", ratio["start-1GiB", "spawn"], 1.0)
    if (("capture", "python") in ratio) {
        budget("capture 100 MiB, x Python", ratio["capture", "python"], 2)
        budget("100 MiB both ways through cat, x Python", ratio["both", "python"], 5)
    }
    budget("our time to capture, into memory again", ratio["capture-cpu", "fresh"], 1.5)
    budget("our time both ways, into memory again", ratio["both-cpu", "fresh"], 1.4)
    late = mine["late", "ours"] * 1000
    printf "%-46s %6.2f ms  budget %4.1f  %s\n", "lateness of a wait, median", late, 2, late <= 2 ? "holds" : "MISSED"
}
function budget(what, got, least) {
    printf "%-46s %6.2fx    budget %4.1f  %s\n", what, got, least, got >= least ? "holds" : "MISSED"
}' "$tmp/seconds"
