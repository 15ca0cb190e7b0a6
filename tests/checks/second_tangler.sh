#!/bin/sh
# A second opinion: tests/checks/tangle.awk, a few lines of another language, tangles
# the whole book to the same bytes as heddle.
set -eu

heddle=${HEDDLE:-build/bin/heddle}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

"$heddle" tangle --quiet -o "$tmp/heddle"
rm "$tmp/heddle/.tangled"
mkdir "$tmp/awk"
find chapters -name '*.md' | LC_ALL=C sort | xargs awk -v out="$tmp/awk" -f tests/checks/tangle.awk
diff -r "$tmp/heddle" "$tmp/awk"
echo "ok both tanglers make the same $(find "$tmp/awk" -type f | wc -l) files"
