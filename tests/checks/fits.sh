#!/bin/sh
# Does the library fit into other people's programs? It is installed as `make
# install` does, below a prefix with a blank, and somebody's programs (fits/) are
# built with it and run: C and C++, shared and static, inside of a shared library,
# with pkg-config and with CMake, with musl, for 32 bits, and with its sources
# copied in; then all of it is removed again. It is compiled without what macOS and
# FreeBSD lack, too. What needs a tool that is not here is named, and not done; in
# CI that is a failure, but for CMake and -m32, which `make deps-full` does not
# install.
set -eu

heddle=$PWD/${HEDDLE:?} built=$PWD/${1:?the folder that code/tools/library.sh has made}
here=$PWD/tests/checks
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
root="$room/with a blank"
version=$("$heddle" --version | cut -d' ' -f2)
warn='-Wall -Wextra -Wpedantic -Werror'
skipped=

has() { # TOOL PACKAGE
    command -v "$1" >/dev/null 2>&1 && return
    test "$1" = cmake || skipped="$skipped $1"
    echo "without $1: no package $2 here"
    return 1
}
fail() {
    echo "$*"
    exit 1
}
says_it() { # NAME PROGRAM...
    name=$1
    shift
    test "$("$@")" = "it fits" || fail "$name: does not fit"
    echo "ok $name"
}

code/tools/install.sh "$root" "$root" "$heddle" "$built" >/dev/null
include="$root/include" lib="$root/lib"

# The names: those of the list, all with our prefix, and no other.
nm -D --defined-only "$lib/libheddle.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort >"$room/exported"
sed 's/^/heddle_/' "$here/fits/names" | diff - "$room/exported" ||
    fail "the library's names are not those of tests/checks/fits/names (<): is a new one meant, add it there; is an old one gone, old programs break, and abi in code/tools/library.sh is one more"
echo "ok $(wc -l <"$room/exported") names are exported"
! nm -g --defined-only "$lib/libheddle.a" | awk 'NF == 3 && $3 !~ /^heddle_/' | grep . || fail "names without heddle_"
echo "ok no name in the archive is without heddle_"
objdump -p "$lib/libheddle.so" | grep -q 'SONAME *libheddle.so.0' || fail "no soname"
! objdump -p "$lib/libheddle.so" | grep TEXTREL || fail "the code is not independent of its place"
echo "ok soname"

# What a compiler takes from the headers into a program: sizes, places of fields and
# numbers, as an object with all debugging information has them.
layout() { # OBJECT
    grep -ohE '^struct [a-z_]+ \{' "$include"/heddle/*.h | cut -d' ' -f2 >"$room/structs"
    objdump --dwarf=info "$1" | awk -v list="$room/structs" '
        BEGIN { while ((getline name <list) > 0) public[name] = 1 }
        function flush() {
            if (tag == "structure_type") { within = name in public ? name : ""; level = depth; if (within != "") print name, size }
            if (tag == "member" && within != "" && depth == level + 1) print within "." name, place
            if (tag == "enumerator" && name ~ /^(PROCESS|QUEUE)_/) print name, value
            tag = name = ""
        }
        /^ <[0-9a-f]+><[0-9a-f]+>: Abbrev/ {
            flush(); depth = $1; gsub(/^<|>.*/, "", depth); tag = $0; sub(/.*\(DW_TAG_/, "", tag); sub(/\).*/, "", tag)
            if (depth <= level && tag != "member") within = ""
        }
        / DW_AT_name / { name = $NF }
        / DW_AT_byte_size / { size = $NF }
        / DW_AT_data_member_location/ { place = $NF }
        / DW_AT_const_value / { value = $NF }
        END { flush() }'
}
if test "$(gcc -dumpmachine)" = x86_64-linux-gnu; then
    gcc -std=c17 -g -fno-eliminate-unused-debug-types -I"$include" -c -o "$room/layout.o" "$here/fits/uses.c"
    layout "$room/layout.o" >"$room/layout"
    diff "$here/fits/layout" "$room/layout" ||
        fail "programs that were compiled before expect the layout of tests/checks/fits/layout (<): abi in code/tools/library.sh is one more, unless no version since the last change of it was published; then write that file anew"
    echo "ok $(wc -l <"$room/layout") sizes, places and numbers are as programs know them"
fi

# A page of the manual for each call: the one of its header.
for name in $(grep -v '_mark$' "$here/fits/names"); do
    page="$root/share/man/man3/heddle_$name.3"
    shared=$(sed -n 's/^\.so //p' "$page") || fail "no page heddle_$name(3)"
    grep -q "[ *]$name(" "$root/share/man/$shared" || fail "heddle_$name(3) leads to ${shared:-nothing}"
done
echo "ok a manual page for each call"

# A program's own functions may have the short names.
sed 's/.*/int &(void); int &(void) { return 1; }/' "$here/fits/names" >"$room/theirs.c"

for cc in gcc clang; do
    has $cc $cc || continue
    # shellcheck disable=SC2086 # words
    $cc -std=c17 $warn -I"$include" -o "$room/static" "$here/fits/uses.c" "$room/theirs.c" "$lib/libheddle.a" -pthread
    says_it "C, $cc, static, beside functions of the same names" "$room/static"
    # shellcheck disable=SC2086
    $cc -std=c11 $warn -I"$include" -o "$room/shared" "$here/fits/uses.c" -L"$lib" -Wl,-rpath,"$lib" -lheddle
    says_it "C, $cc, shared" "$room/shared"
done
# As they end, and as they come: in any order.
gcc -std=c17 $warn -I"$include" -o "$room/tasks" "$here/fits/tasks.c" -L"$lib" -Wl,-rpath,"$lib" -lheddle
"$room/tasks" | LC_ALL=C sort | diff "$here/fits/tasks.out" - || fail "six tasks: not as expected"
echo "ok six tasks, in" $(awk '/^static int [a-z_]*\(void\)$/ { lines = 0; inside = 1; next }
    /^}/ { if (inside) print lines; inside = 0 } inside && NF && !/^{/ { lines++ }' "$here/fits/tasks.c") "lines"

for cc in g++ clang++; do
    has $cc "$(echo $cc | sed s/clang++/clang/)" || continue
    # shellcheck disable=SC2086
    $cc -std=c++20 $warn -Wno-missing-field-initializers -I"$include" -o "$room/plus" "$here/fits/uses.cc" \
        -L"$lib" -Wl,-rpath,"$lib" -lheddle -pthread
    says_it "C++20, $cc" "$room/plus"
    for header in "$include"/heddle/*.h; do # each alone, and as old a C++ as has the words
        echo "#include <heddle/${header##*/}>" >"$room/alone.cc"
        # shellcheck disable=SC2086
        $cc -std=c++11 $warn -I"$include" -fsyntax-only "$room/alone.cc"
    done
    echo "ok C++11, $cc: each header alone"
done

echo 'int uses_heddle(void); int puts(const char *); int main(void) { return uses_heddle() || puts("it fits") < 0; }' \
    >"$room/main.c"
gcc -std=c17 -fPIC -fvisibility=hidden -Duses_heddle='__attribute__((visibility("default"))) uses_heddle' -DNO_MAIN \
    -I"$include" -shared -Wl,-z,text,-z,defs,--exclude-libs,ALL -o "$room/libouter.so" "$here/fits/uses.c" \
    "$lib/libheddle.a" -pthread
gcc -o "$room/outer" "$room/main.c" -L"$room" -Wl,-rpath,"$room" -louter
says_it "inside of a shared library" "$room/outer"
! nm -D --defined-only "$room/libouter.so" | grep heddle_ || fail "a library shows ours"

if has pkg-config pkg-config; then
    export PKG_CONFIG_PATH="$lib/pkgconfig"
    test "$(pkg-config --modversion heddle)" = "$version"
    eval "gcc -o '$room/flags' '$here/fits/uses.c' -Wl,-rpath,'$lib' $(pkg-config --cflags --libs heddle)"
    says_it "pkg-config" "$room/flags"
    eval "gcc -static -o '$room/flags' '$here/fits/uses.c' $(pkg-config --static --cflags --libs heddle)" 2>"$room/log" ||
        { cat "$room/log"; exit 1; } # names of users need the C library that is shared: the linker says so
    says_it "pkg-config --static" "$room/flags"
fi

if has cmake cmake; then
    { cmake -S "$here/fits" -B "$room/cmake" -DHEDDLE_VERSION="${version%.*}" -DCMAKE_PREFIX_PATH="$root" &&
        cmake --build "$room/cmake"; } >"$room/log" 2>&1 || { cat "$room/log"; exit 1; }
    says_it "CMake, shared" "$room/cmake/fits-heddle"
    says_it "CMake, static" "$room/cmake/fits-static"
    ! cmake -S "$here/fits" -B "$room/wrong" -DHEDDLE_VERSION=99 -DCMAKE_PREFIX_PATH="$root" >/dev/null 2>&1 ||
        fail "CMake takes any version"
    echo "ok CMake refuses another version"
fi

# Compiled and run for another C library, and another size of word.
elsewhere() { # NAME COMPILER...
    name=$1
    shift
    code/tools/library.sh "$room/other" "$version" "$@" -std=c17 -D_POSIX_C_SOURCE=200809L $warn
    "$@" -std=c17 $warn -I"$room/other/include" -o "$room/elsewhere" "$here/fits/uses.c" "$room/other/libheddle.a" -pthread
    says_it "$name" "$room/elsewhere"
}
! has musl-gcc musl-tools || elsewhere "musl, static" musl-gcc -static-pie
echo 'int main(void) { return 0; }' >"$room/empty.c"
if gcc -m32 -o "$room/empty" "$room/empty.c" 2>/dev/null; then
    elsewhere "32 bits" gcc -m32
else
    echo "without -m32: no package gcc-multilib here"
fi

# Copied into a program, and compiled as that one is.
mkdir "$room/copied"
ln -s "$PWD/code/lib" "$room/copied/heddle"
for cc in gcc clang; do
    has $cc $cc || continue
    for how in '-std=c11 -D_POSIX_C_SOURCE=200809L -O0' '-std=c2x -D_POSIX_C_SOURCE=200809L -O3' '-std=gnu17 -O2 -flto' \
        '-std=gnu17 -Os -D_FORTIFY_SOURCE=2 -DNDEBUG -fPIE -pie'; do
        # shellcheck disable=SC2086
        $cc $how $warn -I"$room/copied" -Icode -o "$room/copy" "$here/fits/uses.c" code/lib/*.c -pthread
        says_it "copied, $cc $how" "$room/copy"
    done
done

for source in code/lib/*.c; do
    for system in "-D__APPLE__=1" ""; do
        # shellcheck disable=SC2086
        gcc -U__linux__ $system -include "$here/elsewhere.h" -Icode -std=c17 $warn -fsyntax-only "$source"
    done
done
echo "ok compiles without what macOS, and FreeBSD, lack"

echo theirs >"$root/include/heddle/theirs.h"
code/tools/install.sh --remove "$root" >/dev/null
test "$(find "$root" ! -type d)" = "$root/include/heddle/theirs.h" || { find "$root" ! -type d; fail "uninstall leaves this"; }
echo "ok uninstall leaves nothing of ours, and what is not ours"

test -z "$skipped" && exit
echo "without$skipped"
test -z "${CI:-}"
