#!/bin/sh
# How exploring grows with the threads of classical programs, by steps and by the graphs of
# each model: classes (runs that end by themselves), runs, seconds of the processor, and
# memory, in MiB. EXPLORED is the folder of the programs of tests/explore. A number with a +
# was stopped after RUNS runs.
set -eu

explored=${EXPLORED:-build/bin/explored}
limit=${RUNS:-300000}

# number KEY
number() {
    printf %s "$found" | sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p" | head -n 1
}

# grow WORDS: each line of the standard input is threads, program and arguments
grow() {
    printf '%-16s %7s %9s %9s %9s %9s %5s\n' "$1" threads classes runs seconds 'runs/s' MiB
    while read -r threads line; do
        # shellcheck disable=SC2086 # words of a command
        found=$(EXPLORE="json $1 spurious=0 runs=$limit" "$explored"/$line || true)
        more=
        printf %s "$found" | grep -q '"stopped": ""' || more=+
        awk -v name="$line" -v threads="$threads" -v runs="$(number runs)" -v more="$more" \
            -v cut="$(number redundant)" -v seconds="$(number processor)" -v kib="$(number kib)" 'BEGIN {
            printf "%-16s %7d %8d%-1s %9d %9.2f %9.0f %5.0f\n", name, threads, runs, more, runs + cut,
                   seconds, (runs + cut) / seconds, kib / 1024 }'
    done
}

for words in by-steps model=sc model=tso model=rc11; do
    grow $words <<END
2 counting 2 1
3 counting 3 1
4 counting 4 1
5 counting 5 1
6 counting 6 1
2 philosophers 2
3 philosophers 3
4 philosophers 4
5 philosophers 5
2 lastzero 1
3 lastzero 2
4 lastzero 3
5 lastzero 4
6 lastzero 5
2 readers 1
3 readers 2
4 readers 3
5 readers 4
6 readers 5
2 slots 1 1 2
3 slots 2 1 2
4 slots 2 2 2
5 slots 3 2 1
6 slots 3 3 1
END
done
