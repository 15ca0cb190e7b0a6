#!/bin/sh
# Show README's two commands on systems that have nothing yet:
#
#     code/tools/bare.sh [SUITE...]      default: bookworm trixie (Debian 12, 13)
#
# Each suite gets a root of its own below $BARE (default build/bare), made once
# by debootstrap, and in it a fresh clone of the last commit. There root runs
# `make deps all` and `make deps test`, and then somebody without rights runs
# `make all test` in a clone of their own, on a path with a blank, installs heddle
# below a PREFIX with one, and tests a book of their own, which has one as well. A
# table of times comes last, also in $BARE/SUITE.times, and a SUITE.log beside it.
#
# BUSY=4 lets that many loops compete meanwhile; LIMIT is the seconds that one
# command may take (default 3600). Needs root, debootstrap and unshare; packages
# come from where this machine's own apt and npm get theirs.
set -eu

bare=$(realpath -m "${BARE:-build/bare}")
limit=${LIMIT:-3600}
loops=
mkdir -p "$bare"
trap 'for loop in $loops; do kill "$loop"; done' EXIT

# Where apt here looks for Debian's packages, and through what.
mirror() {
    apt-get indextargets --format '$(SITE) $(RELEASE)' 2>/dev/null |
        awk '$2 ~ /^[a-z]+$/ && $1 ~ /debian\/?$/ { print $1; exit }'
}

# The machine's way to the network, and nothing else of it.
connect() {
    cp /etc/resolv.conf /etc/hosts "$1/etc/"
    apt-config dump | grep -i '^Acquire::http' >"$1/etc/apt/apt.conf.d/90machine" || true
    if test -e /etc/ssl/certs/ca-certificates.crt; then
        mkdir -p "$1/etc/machine"
        cp /etc/ssl/certs/ca-certificates.crt "$1/etc/machine/"
    fi
}

# Run sh -c "$2" in the root $1, with limit, and with /proc and /dev of its own.
# NAME=value words may stand before the command.
inside() {
    timeout --kill-after=10 "$limit" unshare --mount --pid --fork --kill-child sh -c '
        mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" || exit 2
        mount -t tmpfs tmpfs "$1/tmp" && mount -t tmpfs tmpfs "$1/run" || exit 2
        exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
            NODE_EXTRA_CA_CERTS=/etc/machine/ca-certificates.crt \
            npm_config_registry="$3" sh -c "$2"' - "$1" "$2" "$(npm config get registry)"
}

make_root() {
    test -e "$bare/$1.made" && return
    echo "$1: making a bare system"
    test -e "$bare/$1/etc/debian_version" ||
        nice debootstrap --variant=minbase "$1" "$bare/$1" "$(mirror)" >"$bare/$1.log" 2>&1
    connect "$bare/$1"
    inside "$bare/$1" 'apt-get -q update && apt-get -q -y install --no-install-recommends \
        git make gcc libc6-dev ca-certificates && useradd -m weaver' >>"$bare/$1.log" 2>&1
    touch "$bare/$1.made"
}

# Time one command; its status is kept, for the rest shall still be shown.
show() {
    suite=$1 name=$2 began=$(date +%s) status=0
    inside "$bare/$suite" "$3" >>"$bare/$suite.log" 2>&1 || status=$?
    printf '%-10s %-34s %5d s  %s\n' "$suite" "$name" $(($(date +%s) - began)) \
        "$(test $status = 0 && tail -n 1 "$bare/$suite.log" || echo "FAILED, status $status")" |
        tee -a "$bare/$suite.times"
    test $status = 0 || failed=yes
}

try() {
    root=$bare/$1
    : >"$bare/$1.times"
    rm -rf "$root/root/book" "$root/home/weaver/a book"
    git clone -q --no-hardlinks . "$root/root/book"
    git clone -q --no-hardlinks . "$root/home/weaver/a book"
    show "$1" 'root: make deps all' 'cd /root/book && make deps all'
    show "$1" 'root: make deps test' 'cd /root/book && make deps test'
    mkdir "$root/home/weaver/a book/build"
    cp -r "$root/root/book/build/npm" "$root/home/weaver/a book/build/"
    inside "$root" 'chown -R weaver: /home/weaver'
    show "$1" 'user: make all test, on a blank' 'su weaver -c "cd ~/a\ book && make all test"'
    cat >"$root/home/weaver/own.sh" <<'END'
set -e
cd "$HOME/a book"
make install PREFIX="$HOME/in st all"
PATH="$HOME/in st all/bin:$PATH"
rm -rf "$HOME/a book of mine"
heddle new "$HOME/a book of mine"
cd "$HOME/a book of mine"
make test
make
END
    show "$1" 'user: install, and a book of theirs' 'su weaver -c "sh ~/own.sh"'
}

failed=
for _ in $(seq "${BUSY:-0}"); do
    (while :; do :; done) &
    loops="$loops $!"
done
for suite in ${*:-bookworm trixie}; do
    make_root "$suite"
    try "$suite"
done
test -z "$failed"
