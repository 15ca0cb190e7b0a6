#!/bin/sh
# The packages (make deb) on a system that has nothing: installed, a book begun,
# tested and woven with them, and a program linked with the library.
#
#     code/tools/bare_deb.sh [SUITE...]      default: bookworm (Debian 12)
#
# The root is made below $BARE (default build/bare/deb) each time anew. Needs
# root, debootstrap and unshare; packages come from where apt here gets its own.
set -eu

bare=$(realpath -m "${BARE:-build/bare/deb}")
packages=$(realpath "${PACKAGES:-build/deb}")
mirror=$(apt-get indextargets --format '$(SITE) $(RELEASE)' 2>/dev/null |
    awk '$2 ~ /^[a-z]+$/ && $1 ~ /debian\/?$/ { print $1; exit }')

inside() { # ROOT COMMAND
    unshare --mount --pid --fork --kill-child sh -c '
        mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" || exit 2
        exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            DEBIAN_FRONTEND=noninteractive sh -euc "$2"' - "$1" "$2"
}

try() {
    root=$bare/$1
    test -e "$root/etc/debian_version" || debootstrap --variant=minbase "$1" "$root" "$mirror"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump | grep -i '^Acquire::http' >"$root/etc/apt/apt.conf.d/90machine" || true
    if test -e /etc/ssl/certs/ca-certificates.crt; then
        mkdir -p "$root/etc/machine" && cp /etc/ssl/certs/ca-certificates.crt "$root/etc/machine/"
    fi
    rm -rf "$root/packages" "$root/root/first" && cp -r "$packages" "$root/packages"
    inside "$root" 'apt-get -q update
        apt-get -q -y install --no-install-recommends /packages/*.deb git pandoc pkg-config'
    inside "$root" 'cd /root && heddle --version && began=$(date +%s)
        heddle new first && cd first && sed -i "s/Each program here/In my words: each program/" chapters/10-words.md &&
        make test && make && grep -q "In my words" build/slides/index.html
        echo "from nothing to a tested deck with a sentence of its own: $(($(date +%s) - began)) s"'
    inside "$root" 'cd /root && printf "#include <heddle/clock.h>\n#include <heddle/queue.h>\nint main(void) { struct queue q; return queue_init(&q, 1); }\n" >q.c
        sed -i "1i #include <heddle/names.h>" q.c
        cc q.c $(pkg-config --cflags --libs heddle) -o q && ./q && ldd q | grep -q libheddle.so.0
        cc q.c $(pkg-config --cflags heddle) -o s -l:libheddle.a -pthread && ./s'
    inside "$root" 'apt-get -q -y purge heddle libheddle-dev libheddle0 && test ! -e /usr/bin/heddle &&
        test ! -e /usr/share/heddle'
    echo "$1: installed, used, taken away"
}

for suite in ${*:-bookworm}; do
    try "$suite"
done
