#!/bin/sh
# The woven page in a browser, or what the first word names (tests/browser/X.test.mjs).
# Status 77, a skip, when the browser or the parts that drive it are not here.
set -eu

browser=${CHROMIUM:-/usr/bin/chromium}
skip() { echo "$1"; exit 77; }

command -v node >/dev/null 2>&1 || skip "node is not installed (make deps)"
test -x "$browser" || skip "there is no browser at $browser (make deps-full)"
for module in playwright-core axe-core; do
    test -d "build/npm/node_modules/$module" || skip "$module is not installed (make deps-full)"
done
script=tests/browser/deck.test.mjs
case ${1-} in
*.test.mjs) script=$1; shift ;;
esac
exec node "$script" "$@"
