#!/bin/sh
# The woven pages on paper: chapters/deck/pdf.sh FOLDER [NAME]
#
# deck.pdf has a slide a page, book.pdf is A4, and so is NAME.pdf of each
# chapter that stands apart; or NAME.pdf alone. Chromium prints; without one this says so and fails.
set -eu

folder=${1:-build/slides} only=${2-}
browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
    test -n "$browser" || browser=$(command -v $name || true)
done
test -n "$browser" || { echo "pdf: there is no chromium here (make deps-full)" >&2; exit 2; }
sandbox=
test "$(id -u)" != 0 || sandbox=--no-sandbox    # Chromium's own rule for root
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

# A browser may end well and have printed nothing. Without time of its own (in ms,
# which pass as fast as they can) it prints what is there when the page is loaded:
# the outcomes' own sheets come a little later.
print_pdf() {
    test -z "$only" || test "$2" = "$only.pdf" || return 0
    rm -f "$folder/$2"
    "$browser" --headless $sandbox --user-data-dir="$profile" --no-pdf-header-footer --virtual-time-budget=60000 \
        --generate-pdf-document-outline --print-to-pdf="$folder/$2" \
        "file://$(cd "$folder" && pwd)/$1" >"$profile/log" 2>&1 && test -s "$folder/$2" ||
        { cat "$profile/log" >&2; echo "pdf: $browser did not print $1" >&2; exit 1; }
    echo "$folder/$2"
}

print_pdf "index.html?view=sheets&theme=light" deck.pdf
book=index.html
test ! -e "$folder/book.html" || book=book.html
print_pdf "$book?view=book&theme=light" book.pdf
for page in "$folder"/*.html; do
    name=$(basename "$page" .html)
    case $name in
    index | book) ;;
    *) print_pdf "$name.html?view=book&theme=light" "$name.pdf" ;;
    esac
done
