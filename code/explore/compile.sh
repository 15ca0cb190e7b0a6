#!/bin/sh
# compile.sh OBJECT COMPILER ARGUMENT...: compile one source of a program that is
# to be explored. On the way its assembler is looked through (marks.awk).
set -eu

object=$1
shift
here=$(dirname "$0")
"$@" -S -o "$object.s"
awk -f "$here/marks.awk" "$object.s" >"$object.marked.s"
"$1" -c -o "$object" "$object.marked.s"
rm -f "$object.s" "$object.marked.s"
