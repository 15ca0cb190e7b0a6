#!/bin/sh
# What you read is what was compiled: each tangled C file and its annotated
# twin are the same tokens to the preprocessor. White space does not count.
set -eu

cc=${CC:-cc}
files=$(cd build/annotated && find . -name '*.[ch]' | sort)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
for file in $files; do
    file=${file#./}
    $cc -std=c17 -Icode -E -P "code/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/clean"
    $cc -std=c17 -Ibuild/annotated -E -P "build/annotated/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/twin"
    if ! cmp -s "$tmp/clean" "$tmp/twin"; then
        echo "code/$file and its annotated twin are not the same program:"
        diff "$tmp/clean" "$tmp/twin" | head -n 10
        failed=1
    fi
done
exit $failed
