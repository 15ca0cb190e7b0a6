#!/bin/sh
# tests/install.sh ROOT PREFIX HEDDLE LIBRARY: put what people use below ROOT,
# for a system where it will be found below PREFIX.
set -eu

root=$1 prefix=$2 heddle=$3 library=$4
version=$("$heddle" --version | cut -d' ' -f2)

install -d "$root/bin" "$root/share/man/man1" "$root/share/heddle" "$root/include/heddle/lib" \
    "$root/lib/pkgconfig"
install -m 755 "$heddle" "$root/bin/heddle"
install -m 644 code/heddle/heddle.1 "$root/share/man/man1/heddle.1"
for header in code/lib/*.h; do
    case $header in
    *_inside.h) ;; # what files of the library share
    *) install -m 644 "$header" "$root/include/heddle/lib/" ;;
    esac
done
install -m 644 "$library" "$root/lib/libheddle.a"
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
