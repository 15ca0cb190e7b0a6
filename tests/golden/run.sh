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

here=$(cd "$(dirname "$0")" && pwd) || exit 2
heddle=${HEDDLE:-$here/../../build/bin/heddle}
case $heddle in
/*) ;;
*) heddle=$PWD/$heddle ;;
esac
[ -x "$heddle" ] || { echo "golden/run.sh: no program at $heddle (set HEDDLE)" >&2; exit 2; }

update=false
if [ "${1-}" = --update ]; then
    update=true
    shift
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/heddle-golden.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# Everything below the working directory that a run could change.
cat > "$work/snapshot" <<'END'
find . -type d | sort
find . ! -type d -exec ls -ldn {} + | sort
find . -type f -exec cksum {} + | sort
END

# The heddle that cases call: the real one, watched.
mkdir "$work/bin"
cat > "$work/bin/heddle" <<'END'
#!/bin/sh
sh "$GOLDEN_WORK/snapshot" > "$GOLDEN_WORK/before"
"$GOLDEN_HEDDLE" "$@"
status=$?
if [ $status -ne 0 ]; then
    sh "$GOLDEN_WORK/snapshot" > "$GOLDEN_WORK/after"
    if ! cmp -s "$GOLDEN_WORK/before" "$GOLDEN_WORK/after"; then
        {
            echo "heddle $* ended with status $status and still changed:"
            diff "$GOLDEN_WORK/before" "$GOLDEN_WORK/after"
        } >> "$GOLDEN_WORK/touched"
    fi
fi
exit $status
END
chmod +x "$work/bin/heddle"
GOLDEN_WORK=$work GOLDEN_HEDDLE=$heddle PATH=$work/bin:$PATH
export GOLDEN_WORK GOLDEN_HEDDLE PATH
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
        diff -u "$2" "$3"
    else
        diff -u /dev/null "$3"
    fi
}

good_manifest() {
    command -v xxh128sum > /dev/null 2>&1 || return 0
    (
        cd "$1" || exit 1
        xxh128sum -c --quiet .tangled || exit 1
        sed 's/^[0-9a-f]*  //' .tangled > "$work/listed"
        find . -type f ! -name .tangled | sed 's|^\./||' | sort > "$work/there"
        sort "$work/listed" | diff - "$work/there"
    )
}

places() {
    sed -n 's/^\([^ ]*:[0-9][0-9]*:[0-9][0-9]*: [a-z]*\): .*/\1/p' "$1" | grep -v ': note$'
}

run_case() {
    name=$1 folder=$here/$1 copy=$work/case
    rm -rf "$copy" "$work/touched"
    mkdir "$copy"
    (cd "$folder" && tar cf - .) | (cd "$copy" && tar xf -)
    rm -rf "$copy"/expected* "$copy/needs"
    if [ -f "$folder/cmd" ]; then
        mv "$copy/cmd" "$work/cmd"
    else
        echo 'heddle tangle -q -o code' > "$work/cmd"
    fi
    (cd "$copy" && sh "$work/cmd" < /dev/null > "$work/out" 2> "$work/err")
    echo $? > "$work/status"
    $update && update_case
    good=true
    {
        [ -f "$folder/expected.status" ] || echo 0 > "$work/wanted"
        [ -f "$folder/expected.status" ] && cp "$folder/expected.status" "$work/wanted"
        diff "$work/wanted" "$work/status" || { echo "(exit status)"; good=false; }
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

passed=0 failed=0
if [ $# -eq 0 ]; then
    set -- $(cd "$here" && ls -d -- */ | tr -d /)
fi
for name; do
    if missing_tool "$here/$name"; then
        if [ "${CI-}" = true ]; then
            echo "not ok $name (no $missing)"
            failed=$((failed + 1))
        else
            echo "skip $name (no $missing)"
        fi
    elif run_case "$name"; then
        echo "ok $name"
        passed=$((passed + 1))
    else
        echo "not ok $name"
        sed 's/^/    /' "$work/report"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
