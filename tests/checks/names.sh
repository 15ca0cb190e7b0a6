#!/bin/bash
# A program may use every name that the explorer uses inside itself, for a
# variable or for a function: it links, and its own things are meant. It may
# even have functions of its own with names that stand in front of POSIX's
# (C17 7.1.3 reserves none of those), like wait or send; and names that the
# explorer calls there, like open and pipe.
set -eu

objects=$OUT/obj/explorer
keep=$OUT/obj/explorer.o.keep
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

find "$objects" -name '*.o' -exec nm -g --defined-only {} + | awk 'NF == 3 && $3 !~ /[.]/ { print $3 }' |
    LC_ALL=C sort -u | LC_ALL=C comm -23 - <(LC_ALL=C sort "$keep") >"$room/inside"
grep -xE 'wait|waitpid|send|recv|poll|select|accept|connect|pause|kill|fork|sleep|readv|writev' "$keep" \
    >"$room/posix"
# What the unwinder calls, like strlen, is the program's if it has that; then no
# program works, explored or not.
nm -D -u "$(gcc -print-file-name=libgcc_s.so.1)" | awk '{ sub(/@.*/, "", $2); print $2 }' >"$room/unwinder"
grep -vxFf "$room/unwinder" "$OUT/obj/explorer.o.table" >"$room/called"
test "$(wc -l <"$room/called")" -gt 50
test "$(wc -l <"$room/inside")" -gt 50 # else this test has lost its list
test "$(wc -l <"$room/posix")" -gt 10

# Two threads change what has that name; NAME may be anything but the reserved.
program() { # KIND NAMES
    echo 'typedef unsigned long pthread_t;'
    echo 'int pthread_create(pthread_t *, const void *, void *(*)(void *), void *);'
    echo 'int pthread_join(pthread_t, void **); int puts(const char *);'
    if [ "$1" = variable ]; then
        sed 's/.*/int & = 1;/' "$2"
        echo 'static void *first(void *x) {'
        sed 's/.*/    & += 1;/' "$2"
    else
        echo 'static int called;'
        sed 's/.*/int &(void) { return ++called; }/' "$2"
        echo 'static void *first(void *x) {'
        sed 's/.*/    &();/' "$2"
    fi
    echo '    return x; }'
    echo 'int main(void) { pthread_t thread; int wrong = 0;'
    echo '    pthread_create(&thread, 0, first, 0); pthread_join(thread, 0);'
    if [ "$1" = variable ]; then
        sed 's/.*/    wrong += & != 2;/' "$2"
    else
        echo "    wrong = called != $(wc -l <"$2");"
    fi
    echo '    puts(wrong ? "wrong" : "right"); return wrong; }'
}

try() { # COMPILER KIND NAMES
    program "$2" "$room/$3" >"$room/program.c"
    sh code/explore/compile.sh "$room/program.o" \
        "$1" -O0 -w -g -fno-builtin -fsanitize=thread -pthread "$room/program.c"
    "$1" -pthread -o "$room/program" "$room/program.o" "$OUT/obj/explorer.o" -ldl
    "$room/program" >"$room/said" || true
    if ! grep -q '^complete' "$room/said" || ! grep -q '| right$' "$room/said"; then
        cat "$room/said"
        echo "names of ours meet the program's, as $2s, with $1"
        exit 1
    fi
    echo "ok $1: $(wc -l <"$room/$3") names as ${2}s"
}

for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    try $compiler variable inside
    try $compiler function inside
    try $compiler function posix
    try $compiler variable called
    try $compiler function called
done
