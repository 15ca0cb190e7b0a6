#!/bin/sh
# weakened.sh EXPLORER-OBJECT [--table]
# Small classical programs (tests/explore/weakened), explored under C11's model: right as
# they are; and with each of their memory orders weakened one step, wrong, where its first
# comment says so, or as right as before, where it gives a reason.
set -u
explorer=$1
table=${2:-}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
flags="-std=c17 -D_POSIX_C_SOURCE=200809L -O0 -gdwarf-4 -Dregister= -fno-builtin -fno-omit-frame-pointer
    -fsanitize=thread -pthread"

# number KEY
number() {
    sed -n "s/.*\"$1\": \([0-9]*\).*/\1/p" "$dir/said" | head -n 1
}

# What exploring says of the program with the N-th order weakened: "right", or how it is
# found.
verdict() {
    EXPLORE="json model=rc11 spurious=0" "$dir/program" "$1" >"$dir/said" 2>&1
    if ! grep -q '"races": \[\]' "$dir/said"; then
        echo race
    elif ! grep -q '"complete": true' "$dir/said" || ! grep -q '"model": "rc11"' "$dir/said"; then
        echo "not complete"
    elif [ "$(grep -c '"ending": ' "$dir/said")" -gt "$(grep -c '"text": "ends with status 0"' "$dir/said")" ]; then
        sed -n 's/.*"text": "\([^"]*\)".*/\1/p' "$dir/said" | grep -v "ends with status 0" | head -n 1
    else
        echo right
    fi
}

for source in tests/explore/weakened/*.c; do
    name=$(basename "$source" .c)
    # shellcheck disable=SC2086
    sh code/explore/compile.sh "$dir/program.o" "${CC:-cc}" $flags "$source" &&
        "${CC:-cc}" -pthread -o "$dir/program" "$dir/program.o" "$explorer" -ldl -lm || exit 1
    {
        echo "0 harmless"
        sed -n 's/^ \* \([0-9][0-9]*\) \([a-z]*\):.*/\1 \2/p; /^ \*\//q' "$source"
    } >"$dir/orders"
    while read -r order wanted; do
        found=$(verdict "$order")
        [ -z "$table" ] || printf '%-18s %-2s %-9s %-28s %s executions\n' "$name" "$order" "$wanted" "$found" \
            "$(number runs)"
        case $wanted,$found in
        *,"not complete") ;;
        harmless,right) continue ;;
        found,right) ;;
        found,*) continue ;;
        esac
        echo "$source: with order $order weakened: $found, not $wanted"
        failed=1
    done <"$dir/orders"
done
exit $failed
