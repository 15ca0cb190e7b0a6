#!/bin/sh
# compile.sh OBJECT COMPILER ARGUMENT...: compile one source of a program that is
# to be explored. On the way its assembler is looked through (marks.awk), its source
# for built-in functions (builtins.awk), and what clang makes of it (clang.awk) or gcc
# (blocks.awk).
set -eu

object=$1
shift
here=$(dirname "$0")
level=-O0
for argument; do
    case $argument in -O*) level=$argument ;; esac
done

# clang's own language between source and hooks; what is for the source only, is gone
# then.
through_clang() {
    "$@" -include "$here/weak.h" -S -emit-llvm -Xclang -disable-llvm-passes \
        -Xclang -fsanitize-address-use-after-scope -fno-discard-value-names -o "$object.plain.ll"
    awk -v doubts_file="$object.doubts" -f "$here/clang.awk" "$object.plain.ll" >"$object.ll"
    compiler=$1
    shift
    for argument; do
        shift
        case $skip$argument in
        -MF | -MT | -MQ | -include | -x | -Xclang) skip=skip ;;
        skip* | -M* | -D* | -I* | -std=*) skip= ;;
        *.c | *.cc | *.cpp | *.cxx | *.C | *.i | *.ii) test -e "$argument" || set -- "$@" "$argument" ;;
        *) set -- "$@" "$argument" ;;
        esac
    done
    "$compiler" "$@" -Qunused-arguments -S -o "$object.s" "$object.ll"
}

: >"$object.doubts"
skip=
is_clang() {
    case ${1##*/} in
    *clang*) true ;;
    gcc* | g++*) false ;;
    *) "$1" --version | grep -q clang ;;
    esac
}
if is_clang "$1"; then
    through_clang "$@"
else
    # A table of jumps would look like memory that is read and not told of.
    "$@" -fno-jump-tables -include "$here/weak.h" -gdwarf-4 -dA -fstack-reuse=none -S -o "$object.plain.s"
    awk -f "$here/blocks.awk" "$object.plain.s" >"$object.s"
fi
awk -f "$here/marks.awk" "$object.s" >"$object.marked.s"
# What gcc does with some functions of its own, hooks and assembler do not tell; so
# they are looked for in the source.
if grep -q '^[[:space:]]\.ident[[:space:]]"GCC' "$object.s"; then
    "$@" -include "$here/weak.h" -E -o "$object.i"
    awk -f "$here/builtins.awk" "$object.i" >>"$object.marked.s"
    rm -f "$object.i"
fi
# Behind what clang tells nobody (clang.awk).
if [ -s "$object.doubts" ]; then
    printf '\t.section explore_doubts, "aw"\n' >>"$object.marked.s"
    sed 's/.*/\t.asciz "&"/' "$object.doubts" >>"$object.marked.s"
fi
# An optimiser leaves out accesses, and the hooks of those.
if [ "$level" != -O0 ]; then
    printf '\t.section explore_doubts, "aw"\n\t.asciz "is compiled with %s"\n' "$level" >>"$object.marked.s"
fi
# Who was compiled by others has no such symbol (names/symbols.h).
printf '\t.set explore.compiled, 0\n' >>"$object.marked.s"
"$1" -c -o "$object" "$object.marked.s"
# Of a bit-field gcc tells half (tsan_hooks.c).
LC_ALL=C readelf --debug-dump=info "$object" >"$object.types" 2>"$object.said" || {
    cat "$object.said" >&2
    exit 1
}
if awk -f "$here/bitfields.awk" "$object.types"; then
    printf '\t.set explore.bit_fields, 0\n' >>"$object.marked.s"
    "$1" -c -o "$object" "$object.marked.s"
fi
rm -f "$object.s" "$object.marked.s" "$object.doubts" "$object.types" "$object.said" "$object.ll" "$object.plain.ll" "$object.plain.s"
