#!/bin/sh
# Format all C that is written by hand, as .clang-format says; with --check change
# nothing, and end with status 1 when something would change. What chapters hold is
# formatted by hand: 80 columns, for slides.
#
# Other versions of clang-format give other results, so only version 14 counts.
# Without it --check says so; in CI that is a failure.
set -eu

find_formatter() {
    for name in clang-format-14 clang-format; do
        case $("$name" --version 2>/dev/null) in
        *'version 14.'*) echo "$name"; return ;;
        esac
    done
}

formatter=$(find_formatter)
if [ -z "$formatter" ]; then
    echo "format: there is no clang-format 14 here (make deps-full)" >&2
    if [ "${1-}" = --check ] && [ -z "${CI:-}" ]; then exit 0; fi
    exit 2
fi

files() {
    find code/heddle code/explore tests -name '*.[ch]' ! -path 'tests/golden/*'
}

if [ "${1-}" = --check ]; then
    files | xargs "$formatter" --dry-run -Werror --ferror-limit=1 ||
        { echo "format: make format puts that right" >&2; exit 1; }
else
    files | xargs "$formatter" -i
fi
