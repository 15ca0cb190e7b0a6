#!/bin/sh
# The table of the library's calls in its chapter is what the headers say: every
# function, with the first sentence above it.
#
#     tests/checks/reference.sh            compare
#     tests/checks/reference.sh --bless    write the table anew
set -eu

here=$(dirname "$0")
chapter=chapters/86-library.md
said=$(mktemp)
trap 'rm -f "$said"' EXIT

for module in clock thread lock queue worker process; do
	awk -f "$here/reference.awk" "code/lib/$module.h"
done > "$said"
grep -q queue_get "$said" || { echo "code/lib: error: no calls found"; exit 1; }
if [ "${1-}" = --bless ]; then
	awk -v table="$said" '
	/^\| call \| does \|$/ { print; getline; print; while ((getline line < table) > 0) print line; inside = 1; next }
	inside && /^\|/ { next }
	{ inside = 0; print }' "$chapter" > "$said.new"
	mv "$said.new" "$chapter"
	exit
fi
grep '^| \[`' "$chapter" | diff - "$said" ||
	{ echo "$chapter: error: the headers say otherwise; tests/checks/reference.sh --bless writes the table anew"; exit 1; }
