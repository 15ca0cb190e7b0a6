#!/bin/sh
# What you read is what was compiled: each tangled C file and its annotated
# twin are the same tokens to the preprocessor. White space does not count; nor
# do the file and line that a failed assertion tells, which are to differ.
set -eu

cc=${CC:-cc}
files=$(cd build/annotated && find . -name '*.[ch]' | sort)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/include"
printf '#undef assert\n#define assert(it) assert_that(it)\n#define static_assert _Static_assert\n' \
    >"$tmp/include/assert.h"
failed=0
for file in $files; do
    file=${file#./}
    $cc -std=c17 -I"$tmp/include" -Icode -E -P "code/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/clean"
    $cc -std=c17 -I"$tmp/include" -Ibuild/annotated -E -P "build/annotated/$file" | tr -s ' \t\n' '\n\n\n' >"$tmp/twin"
    if ! cmp -s "$tmp/clean" "$tmp/twin"; then
        echo "code/$file and its annotated twin are not the same program:"
        diff "$tmp/clean" "$tmp/twin" | head -n 10
        failed=1
    fi
done
exit $failed
