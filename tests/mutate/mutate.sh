#!/bin/sh
# Small faults, put in one at a time: do the tests notice? See mutants.txt, and
# explore.txt for those of the explorer.
#
#     tests/mutate/mutate.sh [ROOM [WORD]]
#
# ROOM is heddle, lib, explore, all or table; of a room, only the mutants whose place or
# text has WORD, and none that has a line in the file SEEN: what was printed by a run
# that was stopped. Works in a copy of the repository, build/mutate/ROOM, where only
# what a mutant changes and its tests are built again; gives way to whatever else
# runs; says what killed each mutant, and in how many seconds, in the table's order.
# Exits 1 if one survives that is not known to be the same program, or if one that is
# known so dies; 2 if the table is wrong: a text that is not in its file just once, or
# a mutant that does not compile. ROOM table looks for the first of these, and tries
# no mutant.
set -u
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MAKELEVEL CI

cd "$(dirname "$0")/../.." || exit 2
table=build/mutants room=${1:-all} word=${2-} seen=
[ -z "${SEEN-}" ] || seen=$(cat "$SEEN") || exit 2
case $room in
heddle | explore) place=code/$room/ tangled= ;;
lib) place=chapters/ tangled='code/lib/*.c' ;;
all | table) place= tangled='code/lib/*.c' ;;
*) echo "mutate.sh: no room $room: heddle, lib, explore, all or table" >&2; exit 2 ;;
esac
copy=build/mutate/$room
patience=900 # seconds, for whatever is built; so long is no fault of a mutant
processor=60 # seconds of each process
blink=10     # ... where a search takes a blink, on any machine
make_copy() {
    [ "$(nice)" -gt 0 ] || renice -n 15 $$ > /dev/null 2>&1
    if [ ! -d $copy/build ]; then # what is made already need not be made there
        mkdir -p $copy/build/bin/corpus/gcc
        cp -Rp build/heddle build/obj build/annotated build/plain build/book.mk $copy/build/
        cp -Rp build/bin/heddle build/bin/test_* $copy/build/bin/
        cp -p build/bin/corpus/gcc/*.o $copy/build/bin/corpus/gcc/
    fi 2> /dev/null
    mkdir -p $copy/build || exit 2
    (cd $copy && rm -rf chapters code tests) && cp -Rp chapters code tests Makefile README.md $copy/ || exit 2
    [ ! -d build/npm ] || ln -sfn "$PWD/build/npm" $copy/build/npm
    cd $copy || exit 2
}
[ $room = table ] || make_copy
mkdir -p build || exit 2
cat tests/mutate/mutants.txt tests/mutate/explore.txt > $table

# What has to be there before a test can say anything.
program_of() {
    case $1 in
    code/heddle/*) echo "build/heddle/${1#code/}" | sed 's/c$/o/' ;;
    code/explore/*) echo build/obj/explorer.o ;;
    chapters/*) echo code build/obj/libbook.a ;; # some tests read code/lib
    esac
}

# run_make SECONDS TARGET...: a mutant in heddle shall not tangle the book: that is
# no test.
run_make() {
    limit=$1
    shift
    case $file in
    code/heddle/*) set -- -o build/book.mk "$@" ;;
    esac
    (ulimit -t $processor; exec timeout $limit make -s "$@") > build/mutate.log 2>&1 < /dev/null
}

# run_bounded PROCESSOR SECONDS COMMAND...
run_bounded() (
    ulimit -t "$1"
    shift
    exec timeout "$@" > build/mutate.log 2>&1 < /dev/null
)

# What takes five times as long as without a mutant, and a minute, waits for what
# never comes. Until that is known: a quarter of an hour.
hang_of() {
    awk -v test="$1" '$1 == test { most = 5 * $2 + 60 } END { print most + 0 ? most : 900 }' build/took
}

# What test_corpus says when PROGRAM,PROGRAM... are asked.
run_corpus() {
    names=$(echo "${2#*/}" | tr , ' ')
    run_make $patience build/bin/test_corpus $(for n in $names; do echo "build/bin/corpus/gcc/$n"; done) || return $?
    case $2 in
    claims/*) run_bounded $blink "$1" build/bin/test_corpus --claims $names ;;
    *) run_bounded $processor "$1" build/bin/test_corpus $names ;;
    esac
}

# 0 if it passes. 124: it would have waited for ever.
run_test() {
    hang=$(hang_of "$1")
    case $1 in
    golden/*)
        run_make $patience build/bin/heddle || return $?
        run_bounded $processor $hang tests/golden/run.sh $(echo "${1#golden/}" | tr , ' ')
        ;;
    claims/* | corpus/*) run_corpus $hang "$1" ;;
    *)
        rm -f "build/passed/$1"
        run_make $patience built TESTS="$1" && run_make $hang "build/passed/$1"
        ;;
    esac
}

# A program of the corpus is first asked whether the search still finds what is claimed
# of it, which takes a blink; and what all other opinions are when all of that is so.
in_order() {
    for test; do
        case $test in
        corpus/*) echo "claims/${test#*/}" ;;
        esac
    done
    echo "$@"
}

# run_tests TEST...: 0 if all pass, else as $killer does.
run_tests() {
    for killer in $(in_order "$@"); do
        run_test "$killer" || return $?
    done
}

# The program of the corpus that it was, where it can be told.
who_failed() {
    case $killer in
    claims/* | corpus/*)
        who=$(sed -n 's,^\[  FAILED  \] \([a-z0-9-]*\)\, [a-z]*$,\1,p' build/mutate.log | sed 1q)
        echo "${killer%%/*}/${who:-${killer#*/}}"
        ;;
    *) echo "$killer" ;;
    esac
}

# A test that kills has to pass without the mutant; how long that takes is kept. Some
# tests read code/, which the chapter is tangled into first.
passes_without() {
    ! grep -qF "$1 " build/took || return 0
    [ -z "$file" ] || run_make $patience $program
    start=$(date +%s)
    run_test "$1" || { cat build/mutate.log; echo "$1 fails without any mutant" >&2; exit 2; }
    echo "$1 $(($(date +%s) - start))" >> build/took
}

# Replace the text: the first behind the anchor, or the only one.
change() {
    FROM=$from TO=$to ANCHOR=$anchor awk '
    BEGIN { from = ENVIRON["FROM"]; to = ENVIRON["TO"]; anchor = ENVIRON["ANCHOR"] }
    anchor != "" && index($0, anchor) > 0 { anchors++ }
    {
        at = index($0, from)
        if (at > 0 && (anchor == "" || (anchors == 1 && found == 0))) {
            found += 1 + (anchor == "" && index(substr($0, at + 1), from) > 0)
            $0 = substr($0, 1, at - 1) to substr($0, at + length(from))
        }
        print
    }
    END { exit found == 1 && (anchor == "" || anchors == 1) ? 0 : 1 }' "$1" > build/mutated
}

bad_entry() {
    echo "$file: $1: $from" >&2
    wrong=$((wrong + 1))
}

# Is the mutant in $file, $from, $to to be tried?
is_asked_for() {
    case "$file $from $to" in
    "$place"*"$word"*) ;;
    *) return 1 ;;
    esac
    what="$file: $from -> ${to:-nothing}${anchor:+, behind $anchor} ("
    ! printf '%s\n' "$seen" | grep -qF -e "$what"
}

# The mutant in $file, $from, $to, $tests, $same.
try() {
    is_asked_for || return
    change "$file" || { bad_entry "not there just once"; return; }
    entries=$((entries + 1))
    [ $room != table ] || return
    began=$(date +%s)
    cp -p "$file" build/original
    echo "$file" >> build/changed
    cat build/mutated > "$file"
    program=$(program_of "$file")
    killer=
    if ! run_make $patience $program; then
        bad_entry "does not compile"
        cat build/mutate.log >&2
    else
        run_tests $tests
        case $?:$same in
        0:) told_of survived && killer= ;;
        0:*) told_of same "$same" && killer= ;;
        124:) told_of killed "$(who_failed) hangs" ;;
        *:) told_of killed "$(who_failed)" ;;
        *) told_of died "$(who_failed)" ;;
        esac
    fi
    cat build/original > "$file"
    [ -z "$killer" ] || passes_without "$killer"
}

told_of() {
    printf '%-8s %s%s) %d s\n' "$1" "$what" "${2-}" $(($(date +%s) - began))
    case $1 in
    killed) killed=$((killed + 1)) ;;
    survived) survived=$((survived + 1)) ;;
    same) same_count=$((same_count + 1)) ;;
    died) died=$((died + 1)) ;;
    esac
}

killed=0 survived=0 same_count=0 died=0 wrong=0 entries=0
# for_each COMMAND: of the table's entries, each in $file, $from, $to, $anchor, $tests,
# $same. An entry is complete when the next begins.
for_each() {
    file= from= next_anchor=
    while IFS= read -r line; do
        rest=${line#??}
        case $line in
        "- "*)
            [ -z "$from" ] || "$1"
            from=$rest to= same= anchor=$next_anchor next_anchor=
            ;;
        "@ "*) next_anchor=$rest ;;
        "+ "*) to=$rest ;;
        "= "*) same=$rest ;;
        "#"* | "") ;;
        *": "*)
            [ -z "$from" ] || "$1"
            from= file=${line%%: *} tests=${line#*: }
            ;;
        esac
    done < "$table"
    [ -z "$from" ] || "$1"
}

note() {
    is_asked_for || return
    entries=$((entries + 1))
    in_order $tests | grep '^claims/' >> build/first
}

# What is asked first has to pass before a mutant fails it; the others are asked when
# they first kill.
try_without() {
    : > build/took
    : > build/first
    for_each note
    [ $entries -gt 0 ] || return
    [ ! -e build/changed ] || touch build/took $(sort -u build/changed) $tangled # what a mutant left is no newer
    file=
    case $room in
    heddle) needed=build/bin/heddle ;;
    lib) needed=build/obj/libbook.a ;;
    *) needed='build/bin/heddle build/obj/explorer.o build/obj/libbook.a' ;;
    esac
    run_make $patience $needed || { cat build/mutate.log; echo "$needed cannot be made" >&2; exit 2; }
    : > build/changed
    for test in $(sort -u build/first); do
        passes_without "$test"
    done
}
[ $room = table ] || try_without
for_each try

if [ $room = table ]; then
    echo "$entries mutants stand in their files, $wrong do not"
    [ $wrong -eq 0 ]
    exit
fi
[ $died -eq 0 ] || echo "$died that are called the same are not: look at their tests"
echo "$killed killed, $survived survived, $same_count the same, $wrong wrong in the table"
[ $wrong -eq 0 ] || exit 2
[ $survived -eq 0 ] && [ $died -eq 0 ]
