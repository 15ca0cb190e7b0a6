#!/bin/sh
# code/tools/library.sh FOLDER VERSION COMPILER ARGUMENT...: make the library as
# other people's programs link it, in FOLDER: include/heddle/*.h, libheddle.a and
# libheddle.so.VERSION.
#
# In code/lib/ names are short: queue_put. A program may have such names itself,
# so what is linked has heddle_queue_put, and include/heddle/names.h says so to
# the compiler. Debuggers still know the short ones. It takes binutils' objcopy.
#
# NM and OBJCOPY may be given in the environment.
set -eu

abi=0 # one more where programs must be compiled anew: see code/README.md, Decisions
folder=$1 version=$2
shift 2
rm -rf "$folder"
mkdir -p "$folder/include/heddle" "$folder/objects"

for source in code/lib/*.c; do
    name=${source##*/}
    "$@" -Icode -fPIC -c -o "$folder/objects/${name%.c}.o" "$source"
done

# Every name that one object defines for others.
${NM:-nm} -g --defined-only "$folder"/objects/*.o | awk 'NF == 3 { print $3 }' | sort -u >"$folder/all"
sed 's/.*/& heddle_&/' "$folder/all" >"$folder/renamed"
for object in "$folder"/objects/*.o; do
    ${OBJCOPY:-objcopy} --redefine-syms="$folder/renamed" "$object"
done

# Public is what a header for users names.
for header in code/lib/*.h; do
    case $header in
    *_inside.h) continue ;; # what files of the library share
    esac
    sed 's/NODISCARD/HEDDLE_NODISCARD/
        s,#include "lib/,#include ",
        /^#define HEDDLE_[A-Z]*_H$/a\
\
#include "names.h"' "$header" >"$folder/include/heddle/${header##*/}"
done
cat "$folder"/include/heddle/*.h | grep -oE '[a-z_0-9]+' | sort -u | comm -12 - "$folder/all" >"$folder/public"
{
    echo '/* names - the short names of functions, and how they are called in the library. */'
    echo '#ifndef HEDDLE_NAMES_H'
    echo '#define HEDDLE_NAMES_H'
    echo
    sed 's/.*/#define & heddle_&/' "$folder/public"
    echo
    echo '#endif'
} >"$folder/include/heddle/names.h"

${AR:-ar} rcs "$folder/libheddle.a" "$folder"/objects/*.o
{
    echo "HEDDLE_$abi { global:"
    sed 's/.*/heddle_&;/' "$folder/public"
    echo 'local: *; };'
} >"$folder/exports"
"$@" -shared -Wl,-soname,libheddle.so.$abi -Wl,--version-script,"$folder/exports" -Wl,-Bsymbolic-functions \
    -Wl,-z,defs -pthread -o "$folder/libheddle.so.$version" "$folder"/objects/*.o
ln -s "libheddle.so.$version" "$folder/libheddle.so.$abi"
ln -s libheddle.so.$abi "$folder/libheddle.so"
