#!/bin/sh
# code/tools/install.sh ROOT PREFIX HEDDLE LIBRARY: put what people use below ROOT,
# for a system where it will be found below PREFIX. LIBRARY is a folder that
# code/tools/library.sh has made. What an earlier one put there is taken away.
#
#     code/tools/install.sh --remove ROOT      take all of it away again
#
# ROOT/share/heddle/installed lists the files.
set -eu

remove() { # ROOT
    list=$1/share/heddle/installed
    test -e "$list" || { echo "nothing of heddle is installed below $1"; return 0; }
    while read -r file; do
        rm -f "$1/$file"
    done <"$list"
    rm -f "$list"
    for folder in share/heddle include/heddle lib/cmake/heddle; do
        test ! -d "$1/$folder" || find "$1/$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
}

if [ "$1" = --remove ]; then
    remove "$2"
    exit
fi

root=$1 prefix=$2 heddle=$3 library=$4
version=$("$heddle" --version | cut -d' ' -f2) # it stands in code/heddle/main.c alone
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

install -d "$stage/bin" "$stage/share/man/man1" "$stage/share/man/man3" "$stage/share/heddle/deck" "$stage/include" \
    "$stage/lib/pkgconfig" "$stage/lib/cmake/heddle"
install -m 755 "$heddle" "$stage/bin/heddle"
sed "1s/\"heddle\"/\"heddle $version\"/" code/heddle/heddle.1 >"$stage/share/man/man1/heddle.1"

# A page for each header of the library, and under each call's name as well.
for module in clock thread lock queue worker process; do
    page=heddle_$module.3
    awk -v version="$version" -f code/tools/manual.awk "code/lib/$module.h" "code/lib/$module.h" \
        >"$stage/share/man/man3/$page"
    sed -n '/^\.SH NAME/,/^\.SH SYN/s/^heddle_[a-z]*, \(.*\) \\- .*/\1/p' "$stage/share/man/man3/$page" |
    tr -d ' ' | tr , '\n' | while read -r call; do
        test "$call.3" = "$page" || echo ".so man3/$page" >"$stage/share/man/man3/$call.3"
    done
done

cp -R "$library/include/heddle" "$stage/include/"
install -m 644 "$library/libheddle.a" "$stage/lib/"
cp -P "$library"/libheddle.so* "$stage/lib/"

# What explores a program is compiled into it.
for file in code/explore/*.[ch] code/explore/*.sh code/explore/*.awk code/explore/*/*.[ch]; do
    install -D -m 644 "$file" "$stage/share/heddle/${file#code/}"
done

# What a page is made of: ours, and from npm just the files that ours name.
install -m 644 chapters/deck/*.html chapters/deck/*.css chapters/deck/*.js chapters/deck/mermaid.sh \
    "$stage/share/heddle/deck/"
install -D -t "$stage/share/heddle/deck/desk" -m 644 chapters/deck/desk/*
{
    grep -ho '{{[a-z0-9]* [^}]*}}' chapters/deck/*.html chapters/deck/*.css | sed 's/.* //; s/}}//'
    sed -n 's/.*: "\(.*\)".*/\1/p' chapters/deck/desk/modules.json
} | sort -u | while read -r part; do
    test ! -e "chapters/deck/$part" || continue
    test -e "build/npm/node_modules/$part" || { echo "no pages are installed: make deps brings what they need ($part)"; break; }
    install -D -m 644 "build/npm/node_modules/$part" "$stage/share/heddle/modules/$part"
done

# Quotes, for a prefix with blanks.
cat >"$stage/lib/pkgconfig/heddle.pc" <<END
prefix=$prefix
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: heddle
Description: child processes, threads and queues in C, as the book tells them
URL: file://\${prefix}/share/man/man1/heddle.1
Version: $version
Cflags: -I"\${includedir}"
Libs: -L"\${libdir}" -lheddle
Libs.private: -pthread
END
cat >"$stage/lib/cmake/heddle/heddle-config.cmake" <<'END'
# find_package(heddle), then link to heddle::heddle, or to heddle::static.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
get_filename_component(heddle_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET heddle::heddle)
    add_library(heddle::heddle SHARED IMPORTED)
    set_target_properties(heddle::heddle PROPERTIES
        IMPORTED_LOCATION "${heddle_prefix}/lib/libheddle.so"
        INTERFACE_INCLUDE_DIRECTORIES "${heddle_prefix}/include")
    add_library(heddle::static STATIC IMPORTED)
    set_target_properties(heddle::static PROPERTIES
        IMPORTED_LOCATION "${heddle_prefix}/lib/libheddle.a"
        INTERFACE_INCLUDE_DIRECTORIES "${heddle_prefix}/include"
        INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
END
# Before 1.0, a program asks for the version that it was written for.
cat >"$stage/lib/cmake/heddle/heddle-config-version.cmake" <<END
set(PACKAGE_VERSION "$version")
string(REGEX MATCH "^[0-9]+\\\\.[0-9]+" heddle_series "$version")
string(REGEX MATCH "^[0-9]+\\\\.[0-9]+" heddle_wanted "\${PACKAGE_FIND_VERSION}.0")
if(NOT PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION AND heddle_series STREQUAL heddle_wanted)
    set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
endif()
END

find "$stage" -type f -exec chmod a+r,go-w {} +
test ! -e "$root/share/heddle/installed" || remove "$root"
mkdir -p "$root"
(cd "$stage" && find . ! -type d) | sed 's,^\./,,' | sort >"$stage/share/heddle/installed"
cp -R -P "$stage/." "$root/"
echo "installed below $root"
