#!/bin/sh
# link.sh OUTPUT OBJECT...: make the explorer one object, none of whose names
# can meet one of the program's.
#
# Seen from outside are only the names that stand in front of the C library's
# own, and those that the compiler calls. They are weak: a program that has a
# function of its own of that name (C reserves wait or send for nobody) keeps
# it. All other names begin with "explore.", which no C program's do.
set -eu

output=$1
shift
LC_ALL=C
export LC_ALL
${CC:-cc} -r -nostdlib -o "$output.all" "$@"

# All names of a file that are defined there, each once; of two versions in a
# library the one that programs are linked to.
defined() {
    nm "$@" --defined-only >"$output.nm"
    awk '{ name = $3; sub(/@@.*/, "", name); if (name !~ /@/) print name }' "$output.nm" |
        sort -u
}

defined -D "$(${CC:-cc} -print-file-name=libc.so.6)" >"$output.libc"
defined -g "$output.all" >"$output.ours"
{
    comm -12 "$output.libc" "$output.ours"
    grep -E '^__(tsan|cxa|atomic)_' "$output.ours"
} | sort -u >"$output.keep"
defined "$output.all" | comm -23 - "$output.keep" | grep -v '^\.' |
    awk '{ print $1, "explore." $1 }' >"$output.rename"
objcopy --keep-global-symbols="$output.keep" --weaken-symbols="$output.keep" \
    --redefine-syms="$output.rename" "$output.all" "$output"
rm -f "$output.all" "$output.nm" "$output.libc" "$output.ours" "$output.rename"
