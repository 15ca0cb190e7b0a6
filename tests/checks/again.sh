#!/bin/sh
# tests/checks/again.sh FLAGS: after make, make finds nothing to do, and would print
# nothing. Make's own words (MAKEFLAGS) are kept: it is the same build that is asked.
# A newline at the end of FLAGS would have it make all of heddle again now and then.
set -u
bad=0
say() { # CLAIM STATUS
    if [ "$2" = 0 ]; then echo "ok $1"; else echo "not so: $1"; bad=1; fi
}

test -s "$1" && test -n "$(tail -c 1 "$1")"
say "$1 holds something, and ends without a newline" $?
make -q programs
say "make -q programs has nothing to do" $?
test -z "$(make -r -n --no-print-directory programs | grep -v 'Nothing to be done')"
say "make -r -n programs has nothing to say" $?
exit $bad
