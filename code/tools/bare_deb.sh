#!/bin/sh
# The packages (make deb) on a system that has nothing: installed, a book begun, tested
# and woven with them in a minute, edited twenty times (bare_book.sh), and a program linked
# with the library; taken away again, nothing of them is left.
#
#     code/tools/bare_deb.sh [SUITE...]      default: bookworm trixie (Debian 12, 13)
#
# A system is made once below $BARE (default build/bare/deb) by debootstrap, and a copy of it
# is used each time. Where $PACKAGES (default build/deb) was made on another Debian, a second
# copy builds them from the last commit, with build/npm of here. Needs root, debootstrap and
# unshare; packages come from where apt here gets its own.
set -eu

bare=$(realpath -m "${BARE:-build/bare/deb}")
packages=$(realpath -m "${PACKAGES:-build/deb}")
here=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 2>/dev/null |
    awk '$2 ~ /^[a-z]+$/ && $1 ~ /debian\/?$/ { print $1; exit }')

inside() { # ROOT COMMAND
    unshare --mount --pid --fork --kill-child sh -c '
        mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" || exit 2
        mount -t tmpfs tmpfs "$1/tmp" && mount -t tmpfs tmpfs "$1/run" || exit 2
        exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            DEBIAN_FRONTEND=noninteractive sh -euc "$2"' - "$1" "$2"
}

# The machine's way to the network, and nothing else of it.
make_root() { # SUITE
    root=$bare/$1
    test -e "$root.made" && return
    debootstrap --variant=minbase "$1" "$root" "$mirror"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump | grep -i '^Acquire::http' >"$root/etc/apt/apt.conf.d/90machine" || true
    if test -e /etc/ssl/certs/ca-certificates.crt; then
        mkdir -p "$root/etc/machine" && cp /etc/ssl/certs/ca-certificates.crt "$root/etc/machine/"
    fi
    inside "$root" 'apt-get -q update'
    touch "$root.made"
}

copy_root() { # SUITE WHAT
    rm -rf "$bare/$1.$2"
    cp -a --reflink=auto "$bare/$1" "$bare/$1.$2"
}

build_packages() { # SUITE
    test -e "$bare/$1.build/built" || copy_root "$1" build
    root=$bare/$1.build
    touch "$root/built"
    mkdir -p "$root/root/src/build"
    git archive HEAD | tar -x -C "$root/root/src"
    cp -r build/npm "$root/root/src/build/"
    inside "$root" 'apt-get -q -y install --no-install-recommends make gcc libc6-dev libmd4c-dev libgumbo-dev \
            libxxhash-dev libutf8proc-dev libmicrohttpd-dev
        cd /root/src && make -s -j"$(nproc)" deb'
    from=$root/root/src/build/deb
}

try() {
    make_root "$1"
    from=$packages
    test "$1" = "$here" || build_packages "$1"
    copy_root "$1" empty
    root=$bare/$1.empty
    cp -r "$from" "$root/packages"
    cp code/tools/bare_book.sh "$root/root/"
    inside "$root" 'apt-get -q -y install --no-install-recommends /packages/*.deb git pandoc pkg-config >/root/apt.log
        cd /root && heddle --version && bash bare_book.sh first'
    inside "$root" 'cd /root && printf "#include <heddle/clock.h>\n#include <heddle/queue.h>\nint main(void) { struct queue q; return queue_init(&q, 1); }\n" >q.c
        sed -i "1i #include <heddle/names.h>" q.c
        cc q.c $(pkg-config --cflags --libs heddle) -o q && ./q && ldd q | grep -q libheddle.so.0
        cc q.c $(pkg-config --cflags heddle) -o s -l:libheddle.a -pthread && ./s
        echo "a program is linked with the library, shared and static"'
    inside "$root" 'apt-get -q -y purge heddle libheddle-dev libheddle0 >>/root/apt.log
        left=$(find / -xdev -name "*heddle*" ! -path "/root/*" ! -path "/packages/*" ! -path "/proc/*")
        test -z "$left" || { echo "left behind: $left"; exit 1; }'
    echo "$1: installed, used, taken away; nothing is left"
}

for suite in ${*:-bookworm trixie}; do
    try "$suite"
done
