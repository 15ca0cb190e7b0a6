#!/bin/sh
# link.sh OUTPUT OBJECT...: make the explorer one object, none of whose names
# can meet one of the program's.
#
# Seen from outside are only the names that stand in front of the C library's
# own, and those that the compiler calls. They are weak: a program that has a
# function of its own of that name (C reserves wait or send for nobody) keeps
# it. All other names begin with "explore.", which no C program's do.
#
# What the explorer itself wants of the C library it calls through a table that
# is filled in when the program begins (base/real.c). So it gets the library's
# own, whatever the program or the explorer put in front, and what an executable
# imports is what the program calls. "front.NAME" is how we spell a NAME that
# the explorer also calls; where it has an "explore.NAME", too, that is what it calls.
#
# Whoever looks for a line of the program (addr2line, gdb) would read all of ours first, a
# megabyte and a half: so they are left out, unless EXPLORER_LINES is set to anything.
set -eu

output=$1
shift
LC_ALL=C
export LC_ALL
compile=${CC:-cc}

# What stands behind a name in the table; nothing where we do not know how.
case $(uname -m) in
x86_64) jump='jmp *%s(%%rip)' ;;
aarch64) jump='adrp x16, %s; ldr x16, [x16, :lo12:%s]; br x16' ;;
*) jump= ;;
esac

# The names of the sources that are in it.
sources() {
    nm -a "$1" >"$output.nm"
    awk 'NF == 3 && $2 == "a" { print $3 }' "$output.nm" | sort -u
}

# All names of a file, each once; of two versions in a library the one that
# programs are linked to.
names() {
    nm "$@" >"$output.nm"
    awk '{ name = $NF; sub(/@@.*/, "", name); if (name !~ /[@:]/ && NF > 1) print name }' "$output.nm" |
        sort -u
}

# FILE: the names in the order of the table.
table() {
    echo '.section explore_outside, "aw"'
    while read -r name; do
        printf '.balign 8\n.quad 1f\nexplore.at.%s: .quad 0\n' "$name"
        printf '.pushsection .rodata\n1: .asciz "%s"\n.popsection\n' "$name"
        printf '.text\n.globl explore.%s\n.type explore.%s, %%function\nexplore.%s: ' \
            "$name" "$name" "$name"
        # shellcheck disable=SC2059 # the format is ours
        printf "$jump\n" "explore.at.$name" "explore.at.$name" | sed '/^$/d' | sed 1q
        echo '.section explore_outside, "aw"'
    done <"$1"
    echo '.section .note.GNU-stack, "", %progbits'
}

$compile -r -nostdlib -o "$output.all" "$@"
library=$($compile -print-file-name=libc.so.6)
names -D --defined-only "$library" >"$output.libc"
awk '$2 ~ /[TWi]/ { sub(/@@.*/, "", $3); if ($3 !~ /^__libc_|@/) print $3 }' "$output.nm" | sort -u \
    >"$output.functions"

test -n "$jump" || : >"$output.functions"
names --defined-only "$output.all" | sed -n 's/^explore\.//p' >"$output.own"
names -u "$output.all" | comm -12 - "$output.functions" | comm -23 - "$output.own" >"$output.table"
table "$output.table" >"$output.s"
$compile -c -o "$output.table.o" "$output.s"
{
    sed 's/.*/& explore.&/' "$output.table" "$output.own"
    names --defined-only "$output.all" | sed -n 's/^front\.\(.*\)/& \1/p'
} >"$output.rename"
objcopy --redefine-syms="$output.rename" \
    --rename-section .bss.explore_scratch=explore_scratch "$output.all"
$compile -r -nostdlib -o "$output.both" "$output.all" "$output.table.o"

names -g --defined-only "$output.both" >"$output.ours"
{
    comm -12 "$output.libc" "$output.ours"
    grep -E '^__(tsan|cxa|atomic)_|^__dynamic_cast$|^_ZNSt6thread' "$output.ours"
} | sort -u >"$output.keep"
{
    sources "$output.both"
    names --defined-only "$output.both" | comm -23 - "$output.keep" | grep -v "^\.\|^explore\.\|\.state$"
} | sort -u | awk '{ print $1, "explore." $1 }' >"$output.rename"
test -n "${EXPLORER_LINES:-}" || objcopy --strip-debug --keep-file-symbols "$output.both"
objcopy --keep-global-symbols="$output.keep" --weaken-symbols="$output.keep" \
    --redefine-syms="$output.rename" "$output.both" "$output"
for part in all both own nm libc functions table.o s ours rename; do
    rm -f "$output.$part"
done
