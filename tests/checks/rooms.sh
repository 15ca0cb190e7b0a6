#!/bin/sh
# The house has no arrow up and no circle: a room includes only itself and rooms
# before it in its list, "main" being what lies beside the rooms; lib/ knows
# nothing of the others, and the explorer nothing but itself.
#
#     tests/checks/rooms.sh [--picture]      the rooms as a graph for dot(1)
set -eu

rooms='
lib      main
heddle   base report disk system read web expect outcomes tangle stitch figures doctest slides pages serve main
explore  base world model graph names run intercept search states main
'

# Each include as "PLACE FROM TO", with rooms written "heddle/base".
includes() {
    grep -rn --include='*.[ch]' '^#include "' code/lib code/heddle code/explore | awk -F: '
    function room(path,   part) {
        split(path, part, "/")
        return part[1] "/" (path ~ /^[^\/]*\/[^\/]*\// ? part[2] : "main")
    }
    { to = $3; sub(/^#include "/, "", to); sub(/".*/, "", to); from = $1; sub(/^code\//, "", from)
      print $1 ":" $2 ": " room(from), (to ~ /\// ? room(to) : "bare/" to) }'
}

if [ "${1-}" = --picture ]; then
    echo 'digraph house { rankdir=BT; node [shape=box];'
    includes | awk '$2 != $3 { print "\"" $2 "\" -> \"" $3 "\";" }' | sort -u
    echo '}'
    exit 0
fi

found=$({ echo "$rooms"; echo ==; includes; } | awk '
/^==$/ { reading = 1; next }
!reading { for (i = 2; i <= NF; i++) floor[$1 "/" $i] = i; next }
{ split($2, from, "/"); split($3, to, "/") }
!($2 in floor) { print $1 " error: the room " $2 " is on no floor; add it to tests/checks/rooms.sh"; next }
!($3 in floor) { print $1 " error: there is no room " $3 "; an include says the path below code/"; next }
from[1] != to[1] && !(from[1] == "heddle" && to[1] == "lib") {
    print $1 " error: " from[1] " knows nothing of " to[1]; next }
from[1] == to[1] && floor[$3] > floor[$2] { print $1 " error: " $2 " includes " $3 ", which is above it" }')
test -z "$found" || { printf '%s\n' "$found"; exit 1; }

# Prints each room's sentence that is missing, or that code/README.md has not.
sentences() {
    echo "$rooms" | while read -r top list; do
        for room in $list; do
            test "$room" != main || continue
            said=$(sed -n "s/^ \* The room $room: //p" code/"$top/$room"/*.h)
            if [ -z "$said" ]; then
                echo "code/$top/$room: error: no header says \"The room $room: ...\""
            elif ! grep -qF "| \`$room\` | $said |" code/README.md; then
                echo "code/README.md: error: no line says | \`$room\` | $said |"
            fi
        done
    done
}
found=$(sentences)
test -z "$found" || { printf '%s\n' "$found"; exit 1; }
