#!/bin/sh
# State graphs of the book's programs, in node; status 77, a skip, without it, and
# where the explorer itself says that it can draw none here.
command -v node >/dev/null 2>&1 || { echo "node is not installed (make deps)"; exit 77; }
folder=${OUT:-build}/explore
if [ $# -eq 0 ] && ! ls "$folder"/*.graph > /dev/null 2>&1; then
    reason=$(EXPLORE=graph "$folder/item-54-two-threads" 2>&1 > /dev/null | tail -n 1)
    case $reason in
    "explore: no graph: "*) echo "$reason"; exit 77 ;;
    esac
fi
exec node tests/explore/graph.test.mjs "$@"
