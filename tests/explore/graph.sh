#!/bin/sh
# State graphs of the book's programs, in node; status 77, a skip, without it,
# and where the explorer knows no registers.
command -v node >/dev/null 2>&1 || { echo "node is not installed (make deps)"; exit 77; }
[ "$(uname -m)" = x86_64 ] || { echo "a state needs the registers, which are known for x86-64 only"; exit 77; }
exec node tests/explore/graph.test.mjs "$@"
