#!/bin/sh
# Small faults, put in one at a time: do the tests notice? See mutants.txt, and
# explore.txt for those of the explorer.
#
#     tests/mutate/mutate.sh [ROOM [WORD]]
#
# ROOM is heddle, lib, explore, all or table; of a room, only the mutants whose place or
# text has WORD. Works in a copy of the repository, build/mutate/ROOM, where only
# what a mutant changes and its tests are built again; gives way to whatever else
# runs; says what killed each mutant, in the table's order. Exits 1 if one survives
# that is not known to be the same program, or if one that is known so dies; 2 if
# the table is wrong: a text that is not in its file just once, or a mutant that
# does not compile. ROOM table looks for the first of these, and tries no mutant.
set -u
LC_ALL=C
export LC_ALL
unset MAKEFLAGS MAKELEVEL CI

cd "$(dirname "$0")/../.." || exit 2
table=build/mutants room=${1:-all} word=${2-}
case $room in
heddle | explore) place=code/$room/ ;;
lib) place=chapters/ ;;
all | table) place= ;;
*) echo "mutate.sh: no room $room: heddle, lib, explore, all or table" >&2; exit 2 ;;
esac
copy=build/mutate/$room
patience=900 # seconds, for whatever is built; so long is no fault of a mutant
hang=900     # ... and for a test, until it is known how long they take: see below
processor=60 # seconds of each process
make_copy() {
    renice -n 15 $$ > /dev/null 2>&1
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

# run_tests TEST...: 0 if all pass; $killer is the first that does not. 124: it
# would have waited for ever.
run_tests() {
    for killer; do
        case $killer in
        golden/*)
            run_make $patience build/bin/heddle || return $?
            (ulimit -t $processor; exec timeout $hang tests/golden/run.sh $(echo "${killer#golden/}" | tr , ' ')) \
                > build/mutate.log 2>&1 < /dev/null || return $?
            ;;
        corpus/*)
            names=$(echo "${killer#corpus/}" | tr , ' ')
            run_make $patience build/bin/test_corpus $(for n in $names; do echo "build/bin/corpus/gcc/$n"; done) || return $?
            (ulimit -t $processor; exec timeout $hang build/bin/test_corpus $names) \
                > build/mutate.log 2>&1 < /dev/null || return $?
            ;;
        *)
            rm -f "build/passed/$killer"
            run_make $patience built TESTS="$killer" || return $?
            run_make $hang "build/passed/$killer" || return $?
            ;;
        esac
    done
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

# The mutant in $file, $from, $to, $tests, $same.
try() {
    case "$file $from $to" in
    "$place"*"$word"*) ;;
    *) return ;;
    esac
    change "$file" || { bad_entry "not there just once"; return; }
    entries=$((entries + 1))
    [ $room != table ] || return
    cp -p "$file" build/original
    cat build/mutated > "$file"
    program=$(program_of "$file")
    if ! run_make $patience $program; then
        bad_entry "does not compile"
        cat build/mutate.log >&2
    else
        run_tests $tests
        case $?:$same in
        0:) told_of survived ;;
        0:*) told_of same "$same" ;;
        124:) told_of killed "$killer hangs" ;;
        *:) told_of killed "$killer" ;;
        *) told_of died "$killer" ;;
        esac
    fi
    cat build/original > "$file"
}

told_of() {
    printf '%-8s %s: %s -> %s (%s)\n' "$1" "$file" "$from" "${to:-nothing}" "${2-}"
    case $1 in
    killed) killed=$((killed + 1)) ;;
    survived) survived=$((survived + 1)) ;;
    same) same_count=$((same_count + 1)) ;;
    died) died=$((died + 1)) ;;
    esac
}

killed=0 survived=0 same_count=0 died=0 wrong=0 entries=0
# The tests have to pass before a mutant fails them.
try_without() {
    headings=$(grep "^$place"'[^-+=#@ ][^ ]*: ' "$table")
    ! echo "$headings" | grep -q "$word" || headings=$(echo "$headings" | grep "$word")
    all=$(echo "$headings" | sed 's/^[^ ]*: //' | tr ' ' '\n' | sort -u)
    touch $(echo "$headings" | sed 's/: .*//') # what the last mutant left is no newer
    killer=make file=
    case $room in
    heddle) needed=build/bin/heddle ;;
    lib) needed=build/obj/libbook.a ;;
    *) needed='build/bin/heddle build/obj/explorer.o build/obj/libbook.a' ;;
    esac
    run_make $patience $needed \
        && begun=$(date +%s) && run_tests $all || { cat build/mutate.log; echo "$killer fails without any mutant" >&2; exit 2; }
    # What takes thrice as long as all of them together waits for what never comes.
    hang=$((3 * ($(date +%s) - begun) + 30))
    echo "without a mutant all tests pass; one that takes more than $hang seconds hangs"
}
[ $room = table ] || try_without

file= from= next_anchor=
# An entry is complete when the next begins.
while IFS= read -r line; do
    rest=${line#??}
    case $line in
    "- "*)
        [ -z "$from" ] || try
        from=$rest to= same= anchor=$next_anchor next_anchor=
        ;;
    "@ "*) next_anchor=$rest ;;
    "+ "*) to=$rest ;;
    "= "*) same=$rest ;;
    "#"* | "") ;;
    *": "*)
        [ -z "$from" ] || try
        from= file=${line%%: *} tests=${line#*: }
        ;;
    esac
done < "$table"
[ -z "$from" ] || try

if [ $room = table ]; then
    echo "$entries mutants stand in their files, $wrong do not"
    [ $wrong -eq 0 ]
    exit
fi
[ $died -eq 0 ] || echo "$died that are called the same are not: look at their tests"
echo "$killed killed, $survived survived, $same_count the same, $wrong wrong in the table"
[ $wrong -eq 0 ] || exit 2
[ $survived -eq 0 ] && [ $died -eq 0 ]
