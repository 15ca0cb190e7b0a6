#!/bin/sh
# orders.sh EXPLORER-OBJECT [--table]
# Which memory orders does the library's queue need? Its word to sleep on is explored
# under C11's model (RC11), with each of its orders weakened: where one is needed, a
# race or another outcome is found; where not, all executions are as before.
set -u
explorer=$1
table=${2:-}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -O0 -gdwarf-4 -Dregister= -fno-builtin -fno-omit-frame-pointer
    -fsanitize=thread -pthread -Icode -Itests/explore/orders"

build() {
    # shellcheck disable=SC2086
    sh code/explore/compile.sh "$dir/program.o" "${CC:-cc}" $flags "-DLOOK=memory_order_$2" \
        "-DWAKE=memory_order_$3" "-DSLEEP=memory_order_$4" "tests/explore/orders/$1.c" &&
        "${CC:-cc}" -pthread -o "$dir/program" "$dir/program.o" "$dir/clock.o" "$explorer" -ldl -lm
}

# What exploring says: "right", in how many executions; or what is wrong.
verdict() {
    EXPLORE="json model=rc11 spurious=0" "$dir/program" >"$dir/said" 2>&1
    if ! grep -q '"races": \[\]' "$dir/said"; then
        echo race
    elif ! grep -q '"complete": true' "$dir/said"; then
        echo "not complete"
    elif grep -q "\"stdout\": \"$1" "$dir/said" && [ "$(grep -c '"ending": ' "$dir/said")" -eq 1 ]; then
        echo "right in $(sed -n 's/.*"runs": \([0-9]*\), "redundant".*/\1/p' "$dir/said")"
    else
        echo wrong
    fi
}

# LOOK WAKE SLEEP, and what is expected of all programs
try() {
    for program in hand-over queue doors executor; do
        case $program in
        hand-over) printed='0 1\\n' right='right in 11' ;;
        queue) printed='12\\n' right='right in 165' ;; # as chapter 83 says
        doors) printed='12\\n' right='right in 180' ;;
        executor) printed='12\\n' right='right in 1882' ;;
        esac
        wanted=$4
        [ "$4" = race ] || wanted=$right
        build $program "$1" "$2" "$3" || exit 1
        found=$(verdict "$printed")
        [ -z "$table" ] || printf '%-10s look %-8s wake %-8s sleep %-8s %s\n' $program "$1" "$2" "$3" "$found"
        if [ "$found" != "$wanted" ]; then
            echo "$program, look $1, wake $2, sleep $3: $found, not $wanted"
            failed=1
        fi
    done
}

# shellcheck disable=SC2086
sh code/explore/compile.sh "$dir/clock.o" "${CC:-cc}" $flags code/lib/clock.c || exit 1
try seq_cst seq_cst seq_cst right
try acquire release relaxed right
try relaxed release relaxed race
try acquire relaxed relaxed race
try acquire acquire relaxed race
exit $failed
