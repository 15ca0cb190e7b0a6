#!/bin/sh
# loose.sh EXPLORER_OBJECT: build a program of no book to be explored, for
# `heddle explore FILE.c`. The environment says which:
#
#     LOOSE_SOURCES    one a line, as seen from LOOSE_HERE
#     LOOSE_PROGRAM    what is made, in a folder of its own
#     LOOSE_C          the compiler and its flags, as words for a shell
#     LOOSE_CXX        the same for what does not end in .c
#     LOOSE_CFLAGS     more of them, the user's own
#     LOOSE_LINK       libraries, or words for the linker that begin with -
set -eu

explorer=$(cd "$(dirname "$0")" && pwd)
case $1 in
/*) object=$1 ;;
*) object=$PWD/$1 ;;
esac
made=$(dirname "$LOOSE_PROGRAM")
newline='
'

mkdir -p "$made"
rm -f "$made"/*.o
cd "$LOOSE_HERE"

# Levels of optimisation and sanitizers are not for what is explored.
compile() {
    out=$1 source=$2
    case $source in
    *.c) eval "set -- $LOOSE_C $LOOSE_CFLAGS" ;;
    *) eval "set -- $LOOSE_CXX $LOOSE_CFLAGS" ;;
    esac
    for word; do
        shift
        case $word in
        -O0 | -fsanitize=thread) set -- "$@" "$word" ;;
        -O* | -fsanitize* | -fno-sanitize* | --coverage) ;;
        *) set -- "$@" "$word" ;;
        esac
    done
    sh "$explorer/compile.sh" "$out" "$@" "$source"
}

count=0
set -f
linker=${LOOSE_C%% *}
IFS=$newline
for source in $LOOSE_SOURCES; do
    unset IFS
    count=$((count + 1))
    compile "$made/$count.o" "$source"
    case $source in
    *.c) ;;
    *) linker=${LOOSE_CXX%% *} ;;
    esac
done
unset IFS

libraries=
for word in $LOOSE_LINK; do
    case $word in
    -*) libraries="$libraries $word" ;;
    *) libraries="$libraries -l$word" ;;
    esac
done
set +f
# shellcheck disable=SC2086 # these are words
"$linker" -pthread -o "$LOOSE_PROGRAM.new" "$made"/*.o "$object" $libraries -ldl -lm
rm "$made"/*.o
mv "$LOOSE_PROGRAM.new" "$LOOSE_PROGRAM" # one that runs is not written over

# The programs built last; the names are of hexadecimal digits.
cd "$made/.."
# shellcheck disable=SC2012 # names of digits, by age
for old in $(ls -t | sed 1,32d); do
    rm -rf "./$old"
done
