#!/bin/sh
# Golden cases: every folder of tests/golden/ is a small book and what heddle
# must make of it.
#
#     tests/golden/run.sh [--update] [NAME...]
#
# HEDDLE names the binary (default build/bin/heddle). A case folder may hold
#
#     chapters/ and any other input
#     cmd                  run with sh in a copy of the folder, heddle on PATH;
#                          default: heddle tangle -q -o code
#     needs                tools, one a line; skipped by name where one is
#                          absent, which is a failure when CI=true
#     expected/            what code/ holds afterwards, byte for byte. Without
#                          it code/ must be as it was. code/.tangled counts only
#                          when expected/.tangled is there
#     expected-annotated/  the same for build/annotated/
#     expected.out         stdout (default: empty)
#     expected.err         stderr (default: empty)
#     expected.places      the file:line:column: level of each message but notes,
#                          by hand
#     expected.status      exit status (default: 0)
#
# Whenever heddle ends with another status than 0, nothing in the folder may
# have changed, however the case ends. A case without cmd that succeeds must
# leave a manifest that xxh128sum -c accepts and that lists every file.
#
# --update rewrites expected.out, expected.err, expected/ and
# expected-annotated/ from what heddle does now (expected.places and
# expected.status are the author's). Read the diff before you believe it.

set -u
LC_ALL=C
export LC_ALL

unset MAKEFLAGS MFLAGS MAKELEVEL # what a case makes is no part of what made this
here=$(cd "$(dirname "$0")" && pwd) || exit 2
. "$here/../heddle.sh"
unset HEDDLE OUT # book.mk would take them for its own

update=false
if [ "${1-}" = --update ]; then
    update=true
    shift
fi

top=$(mktemp -d "${TMPDIR:-/tmp}/heddle-golden.XXXXXX") || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 2' HUP INT TERM

# Everything below the working directory that a run could change: which folders
# there are, what every file is and when it was written, what the files hold.
# A wrong answer to an exercise is built before it is judged.
cat > "$top/snapshot" <<'END'
built="-path ./build/tested -prune -o" # which tests passed is remembered, whatever failed
[ "$1" = try ] && built="-path ./build -prune -o"
find . $built -type d -printf '%p\n' -o -printf '%p %y %m %u %g %s %T@ %i %l\n'
find . $built -type f -exec cksum {} +
END

# The heddle that cases call: the real one, watched. A folder tells its files
# in the same order while none came or went; else they are sorted.
mkdir "$top/bin"
cat > "$top/bin/heddle" <<'END'
#!/bin/sh
sh "$GOLDEN_TOP/snapshot" "$1" > "$GOLDEN_WORK/before"
"$GOLDEN_HEDDLE" "$@"
status=$?
[ $status -ne 0 ] || exit 0
sh "$GOLDEN_TOP/snapshot" "$1" > "$GOLDEN_WORK/after"
cmp -s "$GOLDEN_WORK/before" "$GOLDEN_WORK/after" && exit $status
for when in before after; do
    sort -o "$GOLDEN_WORK/$when" "$GOLDEN_WORK/$when"
done
if ! cmp -s "$GOLDEN_WORK/before" "$GOLDEN_WORK/after"; then
    {
        echo "heddle $* ended with status $status and still changed:"
        diff "$GOLDEN_WORK/before" "$GOLDEN_WORK/after"
    } >> "$GOLDEN_WORK/touched"
fi
exit $status
END
chmod +x "$top/bin/heddle"
GOLDEN_TOP=$top GOLDEN_HEDDLE=$heddle PATH=$top/bin:$PATH
export GOLDEN_TOP GOLDEN_HEDDLE PATH
unset NO_COLOR MAKEFLAGS MAKELEVEL

missing_tool() {
    [ -f "$1/needs" ] || return 1
    while read -r tool; do
        command -v "$tool" > /dev/null 2>&1 || { missing=$tool; return 0; }
    done < "$1/needs"
    return 1
}

# same_tree WHAT WANTED GOT: both may be absent.
same_tree() {
    if [ ! -e "$2" ]; then
        [ ! -e "$3" ] || [ -z "$(find "$3" -type f)" ] && return 0
        echo "$1 was made:"
        (cd "$3" && find . -type f)
        return 1
    elif [ ! -e "$3" ]; then
        echo "$1 was not made"
        return 1
    fi
    if [ -e "$2/.tangled" ]; then
        diff -ru "$2" "$3"
    else
        diff -ru -x .tangled "$2" "$3"
    fi
}

same_text() {
    if [ -f "$2" ]; then
        cmp -s "$2" "$3" || diff -u "$2" "$3"
    else
        [ ! -s "$3" ] || diff -u /dev/null "$3"
    fi
}

good_manifest() {
    command -v xxh128sum > /dev/null 2>&1 || return 0
    (
        cd "$1" || exit 1
        xxh128sum -c --quiet .tangled || exit 1
        sed 's/^[0-9a-f]*  //' .tangled > "$work/listed"
        find . -type f ! -name .tangled -printf '%P\n' | sort > "$work/there"
        sort "$work/listed" | diff - "$work/there"
    )
}

places() {
    sed -n 's/^\([^ ]*:[0-9][0-9]*:[0-9][0-9]*: [a-z]*\): .*/\1/p' "$1" | grep -v ': note$'
}

run_case() {
    folder=$here/$1 copy=$work/case
    rm -rf "$copy" "$work/touched"
    cp -Rp "$folder" "$copy"
    rm -rf "$copy"/expected* "$copy/needs"
    if [ -f "$folder/cmd" ]; then
        mv "$copy/cmd" "$work/cmd"
    else
        echo 'heddle tangle -q -o code' > "$work/cmd"
    fi
    (cd "$copy" && exec sh "$work/cmd" < /dev/null > "$work/out" 2> "$work/err")
    status=$?
    $update && update_case
    good=true
    {
        exit_status=0
        [ ! -f "$folder/expected.status" ] || read -r exit_status < "$folder/expected.status"
        [ "$status" = "$exit_status" ] \
            || { echo "exit status $status instead of $exit_status"; good=false; }
        wanted=$folder/expected
        [ -d "$wanted" ] || wanted=$folder/code
        same_tree code "$wanted" "$copy/code" || good=false
        if [ -d "$folder/expected-annotated" ] || [ ! -f "$folder/cmd" ]; then
            same_tree build/annotated "$folder/expected-annotated" "$copy/build/annotated" \
                || good=false
        fi
        same_text stdout "$folder/expected.out" "$work/out" || good=false
        same_text stderr "$folder/expected.err" "$work/err" || good=false
        if [ -f "$folder/expected.places" ]; then
            places "$work/err" | diff -u "$folder/expected.places" - || good=false
        fi
        if [ ! -f "$folder/cmd" ] && [ -d "$folder/expected" ]; then
            good_manifest "$copy/code" || { echo "(manifest)"; good=false; }
        fi
        if [ -f "$work/touched" ]; then
            cat "$work/touched"
            good=false
        fi
    } > "$work/report" 2>&1
    $good
}

# Expectation files are only there when they differ from the default.
update_case() {
    for stream in out err; do
        rm -f "$folder/expected.$stream"
        [ -s "$work/$stream" ] && cp "$work/$stream" "$folder/expected.$stream"
    done
    if [ -n "$(find "$copy/code" -type f 2> /dev/null)" ] \
        && ! diff -r "$folder/code" "$copy/code" > /dev/null 2>&1; then
        keep=false
        [ -e "$folder/expected/.tangled" ] && keep=true
        rm -rf "$folder/expected"
        cp -R "$copy/code" "$folder/expected"
        $keep || rm -f "$folder/expected/.tangled"
    fi
    if [ -d "$folder/expected-annotated" ] && [ -d "$copy/build/annotated" ]; then
        rm -rf "$folder/expected-annotated"
        cp -R "$copy/build/annotated" "$folder/expected-annotated"
        rm -f "$folder/expected-annotated/.tangled"
    fi
}

# One line a case, and what is wrong with it.
tell_case() {
    if missing_tool "$here/$1"; then
        if [ "${CI-}" = true ]; then
            echo "not ok $1 (no $missing)"
        else
            echo "skip $1 (no $missing)"
        fi
    elif run_case "$1"; then
        echo "ok $1"
    else
        echo "not ok $1"
        sed 's/^/    /' "$work/report"
    fi
}

# Every n-th case, each in the same folder of this worker's own.
work_through() {
    GOLDEN_WORK=$top/work.$1 work=$top/work.$1 turn=0
    export GOLDEN_WORK
    mkdir "$work"
    shift
    for name; do
        [ $((turn % workers)) -ne "${work##*.}" ] || tell_case "$name" > "$top/told/$name" 2>&1
        turn=$((turn + 1))
    done
}

if [ $# -eq 0 ]; then
    set -- $(cd "$here" && ls -d -- */ | tr -d /)
fi
workers=$(getconf _NPROCESSORS_ONLN 2> /dev/null) || workers=1
mkdir "$top/told"
worker=0
while [ "$worker" -lt "$workers" ]; do
    work_through "$worker" "$@" &
    worker=$((worker + 1))
done
wait

for name; do
    cat "$top/told/$name"
done | tee "$top/all"
passed=$(grep -c '^ok ' "$top/all")
failed=$(($# - passed - $(grep -c '^skip ' "$top/all")))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
