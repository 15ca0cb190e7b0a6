#!/bin/sh
# The woven page in a real browser: what tests/deck.test.mjs claims.
set -eu

for tool in node chromium; do
    command -v $tool >/dev/null 2>&1 || { echo "there is no $tool (make deps-full)"; exit 77; }
done
test -d build/npm/node_modules/playwright-core ||
    { echo "there is no playwright-core (make deps-full)"; exit 77; }
exec node --test --test-reporter=tap tests/deck.test.mjs
