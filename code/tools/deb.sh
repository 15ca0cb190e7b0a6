#!/bin/sh
# code/tools/deb.sh OUT HEDDLE LIBRARY: Debian packages of what is built, into OUT:
# heddle, libheddle0 (what programs run with) and libheddle-dev.
#
# HEDDLE is the program, LIBRARY a folder that code/tools/library.sh has made.
# DEBFULLNAME and DEBEMAIL say who answers for the packages. dpkg-deb makes them
# of folders; nothing else of Debian's tools is needed.
set -eu

out=$(realpath -m "$1") heddle=$2 library=$3
version=$("$heddle" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
triplet=$(${CC:-cc} -dumpmachine)
person="${DEBFULLNAME:-The authors of heddle} <${DEBEMAIL:-heddle@packages.debian.org}>"
stamp=$(git log -1 --format=%ct 2>/dev/null || date +%s)
SOURCE_DATE_EPOCH=$stamp
export SOURCE_DATE_EPOCH # the same packages from the same commit
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
umask 022

code/tools/install.sh "$stage/all" /usr "$heddle" "$library" >/dev/null
rm "$stage/all/share/heddle/installed"
mkdir -p "$out"

# What was installed below one folder, moved to where Debian has it.
take() { # PACKAGE FROM TO
    mkdir -p "$stage/$1/usr/$(dirname "$3")"
    mv "$stage/all/$2" "$stage/$1/usr/$3"
}
take heddle bin bin
take heddle share share
take libheddle-dev include include
mkdir -p "$stage/libheddle-dev/usr/share/man"
mv "$stage/heddle/usr/share/man/man3" "$stage/libheddle-dev/usr/share/man/man3"
mkdir -p "$stage/libheddle0/usr/lib/$triplet"
mv "$stage"/all/lib/libheddle.so.* "$stage/libheddle0/usr/lib/$triplet/"
mkdir -p "$stage/libheddle-dev/usr/lib"
mv "$stage/all/lib" "$stage/libheddle-dev/usr/lib/$triplet"

# Both say where the library is, and know no folder of an architecture.
sed -i "s,^libdir=.*,libdir=\${prefix}/lib/$triplet,; s,^URL:.*,URL: file:///usr/share/doc/libheddle-dev," \
    "$stage/libheddle-dev/usr/lib/$triplet/pkgconfig/heddle.pc"
sed -i "s,/\.\./\.\./\.\.\",/../../../..\",; s,}/lib/libheddle,}/lib/$triplet/libheddle," \
    "$stage/libheddle-dev/usr/lib/$triplet/cmake/heddle/heddle-config.cmake"

strip --strip-unneeded -R .comment -R .note "$stage/heddle/usr/bin/heddle" \
    "$stage/libheddle0/usr/lib/$triplet"/libheddle.so.*.*
strip --strip-debug "$stage/libheddle-dev/usr/lib/$triplet/libheddle.a"
find "$stage"/heddle/usr/share/man "$stage"/libheddle-dev/usr/share/man -name '*.[13]' -exec gzip -9n {} +
chmod 644 "$stage/libheddle0/usr/lib/$triplet"/libheddle.so.*.*
chmod 755 "$stage"/heddle/usr/share/heddle/explore/*.sh "$stage"/heddle/usr/share/heddle/deck/*.sh

copyright() {
    cat <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: heddle

Files: *
$(sed -n 's/^Copyright (c) \(.*\)/Copyright: \1/p' LICENSE)
License: Expat

Files: usr/share/heddle/modules/reveal.js/*
Copyright: 2011-2024 Hakim El Hattab, https://hakim.se, and reveal.js contributors
License: Expat

Files: usr/share/heddle/modules/@codemirror/* usr/share/heddle/modules/@lezer/* usr/share/heddle/modules/@marijn/*
 usr/share/heddle/modules/crelt/* usr/share/heddle/modules/style-mod/* usr/share/heddle/modules/w3c-keyname/*
Copyright: 2016-2026 Marijn Haverbeke and others
License: Expat

Files: usr/share/heddle/modules/@fontsource*/*
Copyright: Adobe, with reserved font name Source; The JetBrains Mono Project Authors
License: OFL-1.1

License: Expat
$(sed '1,/^Copyright/d; /./!d; s/^/ /' LICENSE)

License: OFL-1.1
 The fonts are licensed under the SIL Open Font License, version 1.1, of which
 https://openfontlicense.org has the text: they may be used, studied, modified
 and redistributed freely, but not sold by themselves, and a changed font has
 another name.
END
}

needed() { # FILE: the packages that have its shared libraries
    libc=$(objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -1)
    objdump -p "$1" | awk '$1 == "NEEDED" { print $2 }' | while read -r name; do
        case $name in
        libc.so*) echo "libc6 (>= ${libc#GLIBC_})" ;;
        libheddle*) ;;
        *) dpkg-query -S "*/$name" 2>/dev/null | sed 's/:.*//; q' ;;
        esac
    done | sort -u | paste -sd, | sed 's/,/, /g'
}

package() { # NAME SECTION DEPENDS BRIEF LONG [MORE FIELDS]
    root=$stage/$1
    mkdir -p "$root/DEBIAN" "$root/usr/share/doc/$1"
    copyright >"$root/usr/share/doc/$1/copyright"
    {
        echo "heddle ($version) unstable; urgency=medium"
        printf '\n  * %s\n\n' "What changed is told in .github/CHANGELOG.md of the sources."
        echo " -- $person  $(LC_ALL=C date -u -R -d "@$stamp")"
    } | gzip -9n >"$root/usr/share/doc/$1/changelog.gz"
    {
        echo "Package: $1"
        echo "Source: heddle"
        echo "Version: $version"
        echo "Architecture: $architecture"
        echo "Maintainer: $person"
        echo "Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)"
        test -z "$3" || echo "Depends: $3"
        test -z "${6-}" || echo "$6"
        echo "Section: $2"
        echo "Priority: optional"
        printf 'Description: %s\n' "$4"
        printf '%s\n' "$5" | sed 's/^/ /'
    } >"$root/DEBIAN/control"
    (cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
    chmod -R go-w "$root"
    find "$root" -exec touch -h -d "@$stamp" {} +
    dpkg-deb --root-owner-group -Zxz --build "$root" "$out/$1_${version}_$architecture.deb" >/dev/null
    echo "$out/$1_${version}_$architecture.deb"
}

rmdir "$stage/all"
mkdir "$stage/libheddle0/DEBIAN"
echo "libheddle 0 libheddle0 (>= $version)" >"$stage/libheddle0/DEBIAN/shlibs"
echo "activate-noawait ldconfig" >"$stage/libheddle0/DEBIAN/triggers"
package libheddle0 libs "$(needed "$stage/libheddle0/usr/lib/$triplet"/libheddle.so.0)" \
    "child processes, threads and queues in C" \
    "What programs that are linked with the library of heddle run with." "Multi-Arch: same"
package libheddle-dev libdevel "libheddle0 (= $version), libc6-dev" \
    "child processes, threads and queues in C, for development" \
    "Headers, the static library, manual pages, and what pkg-config and CMake
ask for." "Multi-Arch: same"
package heddle devel "$(needed "$stage/heddle/usr/bin/heddle"), make, gcc, libc6-dev" \
    "literate programs that are proven" \
    "A book in Markdown, with its programs in it: heddle writes them out, compiles
them, compares what they print with what the book says, explores every order
of their threads, and weaves pages and slides." "Recommends: pandoc
Suggests: gdb, git"
