#!/bin/sh
# code/tools/install.sh ROOT PREFIX HEDDLE LIBRARY: put what people use below ROOT,
# for a system where it will be found below PREFIX.
set -eu

root=$1 prefix=$2 heddle=$3 library=$4
version=$("$heddle" --version | cut -d' ' -f2) # it stands in code/heddle/main.c alone

install -d "$root/bin" "$root/share/man/man1" "$root/share/heddle/deck" "$root/include/heddle/lib" \
    "$root/lib/pkgconfig"
install -m 755 "$heddle" "$root/bin/heddle"
sed "1s/\"heddle\"/\"heddle $version\"/" code/heddle/heddle.1 >"$root/share/man/man1/heddle.1"
chmod 644 "$root/share/man/man1/heddle.1"
for header in code/lib/*.h; do
    case $header in
    *_inside.h) ;; # what files of the library share
    *) install -m 644 "$header" "$root/include/heddle/lib/" ;;
    esac
done
install -m 644 "$library" "$root/lib/libheddle.a"

# What explores a program is compiled into it.
for file in code/explore/*.[ch] code/explore/*.sh code/explore/*.awk code/explore/*/*.[ch]; do
    install -D -m 644 "$file" "$root/share/heddle/${file#code/}"
done

# What a page is made of: ours, and from npm just the files that ours name.
install -m 644 chapters/deck/*.html chapters/deck/*.css chapters/deck/*.js chapters/deck/serve.mjs \
    "$root/share/heddle/deck/"
grep -ho '{{[a-z0-9]* [^}]*}}' chapters/deck/*.html chapters/deck/*.css | sed 's/.* //; s/}}//' | sort -u |
while read -r part; do
    test -e "chapters/deck/$part" ||
        install -D -m 644 "build/npm/node_modules/$part" "$root/share/heddle/modules/$part"
done
cat >"$root/lib/pkgconfig/heddle.pc" <<END
prefix=$prefix
includedir=\${prefix}/include/heddle
libdir=\${prefix}/lib

Name: heddle
Description: child processes and threads in C, as the book tells them
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -lheddle -pthread
END
echo "installed below $root"
