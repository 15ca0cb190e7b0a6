#!/bin/sh
# What you read is what was compiled: each tangled C file and its annotated
# twin are the same tokens to the preprocessor. White space does not count, and
# neither does the place that an assert names: that is the chapter's, in a twin.
set -eu

cc=${CC:-cc}
nowhere='-w -D__FILE__=0 -D__LINE__=0'
files=$(cd build/annotated && find . -name '*.[ch]' | sort)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failed=0
for file in $files; do
    file=${file#./}
    $cc -std=c17 $nowhere -Icode -E -P "code/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/clean"
    $cc -std=c17 $nowhere -Ibuild/annotated -E -P "build/annotated/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/twin"
    if ! cmp -s "$tmp/clean" "$tmp/twin"; then
        echo "code/$file and its annotated twin are not the same program:"
        diff "$tmp/clean" "$tmp/twin" | head -n 10
        failed=1
    fi
done
exit $failed
