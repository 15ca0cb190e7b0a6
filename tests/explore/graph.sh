#!/bin/sh
# State graphs of the book's programs, in node; status 77, a skip, without it.
command -v node >/dev/null 2>&1 || { echo "node is not installed (make deps)"; exit 77; }
exec node tests/explore/graph.test.mjs "$@"
