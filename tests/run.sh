#!/bin/sh
# Run one test: tests/run.sh MARK COMMAND...
#
# Quiet when it passes, and MARK is then made; loud when it fails. Status 77
# is a skip: it says why, makes MARK.skipped only, and in CI it is a failure.
#
#     tests/run.sh --summary MARK...      how many of them are there
#
# names those that failed, among them those that could not even be built.
set -u

if [ "$1" = --summary ]; then
    shift
    passed=0 failed=0 skipped=0 names=
    for mark; do
        if [ -e "$mark" ]; then
            passed=$((passed + 1))
        elif [ -e "$mark.skipped" ]; then
            skipped=$((skipped + 1))
        else
            failed=$((failed + 1)) names="$names ${mark##*/}"
        fi
    done
    [ $failed -eq 0 ] || echo "failed:$names"
    [ $skipped -eq 0 ] && rest= || rest=", $skipped skipped"
    echo "$passed passed, $failed failed$rest"
    [ $failed -eq 0 ]
    exit
fi

mark=$1
shift
name=${mark##*/}
log=$mark.log
rm -f "$mark" "$mark.skipped"

# Where the kernel spreads memory over more than 28 bits, older
# ThreadSanitizers do not start; then it shall not spread it.
bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 0)
if [ "${bits:-0}" -gt 28 ] && setarch "$(uname -m)" -R true 2>/dev/null; then
    set -- setarch "$(uname -m)" -R "$@"
fi

"$@" >"$log" 2>&1 </dev/null
status=$?
if [ $status = 0 ]; then
    cases=$(grep -cE '^(\[       OK \]|ok )' "$log")
    if [ "$cases" -gt 0 ]; then echo "ok   $name ($cases cases)"; else echo "ok   $name"; fi
    : >"$mark"
elif [ $status = 77 ] && [ -z "${CI:-}" ]; then
    echo "skip $name: $(tail -n 1 "$log")"
    : >"$mark.skipped"
else
    grep -vE '^(ok |\[ RUN |\[       OK )' "$log"
    test $status != 77 || echo "a skipped test fails where CI is set"
    echo "FAIL $name (status $status); to see it alone: $*"
    exit 1
fi
