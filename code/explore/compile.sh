#!/bin/sh
# compile.sh OBJECT COMPILER ARGUMENT...: compile one source of a program that is
# to be explored. On the way its assembler is looked through (marks.awk), and its
# source for built-in functions (builtins.awk).
set -eu

object=$1
shift
here=$(dirname "$0")
level=-O0
for argument; do
    case $argument in -O*) level=$argument ;; esac
done
"$@" -include "$here/weak.h" -S -o "$object.s"
awk -f "$here/marks.awk" "$object.s" >"$object.marked.s"
# What gcc does with some functions of its own, hooks and assembler do not tell; so
# they are looked for in the source.
if grep -q '^[[:space:]]\.ident[[:space:]]"GCC' "$object.s"; then
    "$@" -E -o "$object.i"
    awk -f "$here/builtins.awk" "$object.i" >>"$object.marked.s"
    rm -f "$object.i"
fi
# An optimiser leaves out accesses, and the hooks of those.
if [ "$level" != -O0 ]; then
    printf '\t.section explore_doubts, "aw"\n\t.asciz "is compiled with %s"\n' "$level" >>"$object.marked.s"
fi
# Who was compiled by others has no such symbol (names/symbols.h).
printf '\t.set explore.compiled, 0\n' >>"$object.marked.s"
"$1" -c -o "$object" "$object.marked.s"
rm -f "$object.s" "$object.marked.s"
