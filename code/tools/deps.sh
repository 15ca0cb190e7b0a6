#!/bin/sh
# Install what is missing, and nothing when nothing is: what building and
# testing need, or with "full" what the fuller checks use as well. With "quiet"
# behind that it has nothing to say when nothing is missing; with "ask" it
# installs nothing, and says what is missing.
#
# Packages are Debian's (and Ubuntu's), without recommends. The browser parts
# come from npm, exactly as chapters/deck/package-lock.json pins them.
set -eu

level=${1:-base}
modules=build/npm

# A package is named with what shows that it is there: a header or a command.
base='
libmd4c-dev      /usr/include/md4c.h
libgumbo-dev     /usr/include/gumbo.h
libxxhash-dev    /usr/include/xxhash.h
xxhash           xxh128sum
libutf8proc-dev  /usr/include/utf8proc.h
libmicrohttpd-dev /usr/include/microhttpd.h
libcmocka-dev    /usr/include/cmocka.h
libcmark-dev     /usr/include/cmark.h
pandoc           pandoc
openssl          openssl
npm              npm
'
full='
clang            clang
g++              g++
clang-format     clang-format
llvm             llvm-symbolizer
gdb              gdb
valgrind         valgrind
pkg-config       pkg-config
libglib2.0-dev   /usr/include/glib-2.0/gio/gio.h
libuv1-dev       /usr/include/uv.h
libapr1-dev      /usr/include/apr-1.0/apr.h
libaprutil1-dev  /usr/include/apr-1.0/apr_queue.h
libck-dev        /usr/include/ck_ring.h
spin             spin
musl-tools       musl-gcc
chromium         chromium
fonts-noto-cjk   /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
noweb            notangle
bubblewrap       bwrap
'

is_there() {
    case $1 in
    /*) test -e "$1" ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

missing_packages() {
    { echo "$base"; test "$level" != full || echo "$full"; } | while read -r package sign; do
        test -z "$package" || is_there "$sign" || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "deps: this system has no apt-get; install by its own means: $*" >&2
        exit 2
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
        echo "deps: missing here, and only root may install it. Ask root for:" >&2
        echo "    apt-get install --no-install-recommends $*" >&2
        exit 2
    fi
    echo "deps: installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$@"
}

# What was installed last, and how much of it: the lock file, and the level.
wanted_modules() {
    cat chapters/deck/package-lock.json
    echo "$level"
}

have_modules() {
    test -d $modules/node_modules || return 1
    wanted_modules | cmp -s - $modules/installed && return 0
    test "$level" = base && { cat chapters/deck/package-lock.json; echo full; } |
        cmp -s - $modules/installed
}

install_modules() {
    echo "deps: installing the pages' parts into $modules"
    mkdir -p $modules
    cp chapters/deck/package.json chapters/deck/package-lock.json $modules/
    rm -f $modules/installed
    if [ "$level" = full ]; then omit=; else omit=--omit=dev; fi
    (cd $modules && npm ci --ignore-scripts --no-audit --no-fund $omit)
    wanted_modules >$modules/installed.tmp
    mv $modules/installed.tmp $modules/installed
}

missing=$(missing_packages)
if [ "${2:-}" = ask ]; then
    test -z "$missing" && have_modules && exit 0
    echo "deps: missing here:" ${missing:-"the pages' parts in $modules"} >&2
    echo "deps: make deps installs what is missing" >&2
    exit 2
fi
did=no
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # one word a package
    install_packages $missing
    did=yes
fi
if ! have_modules; then
    install_modules
    did=yes
fi
test $did = yes || test "${2:-}" = quiet || echo "deps: nothing is missing"
