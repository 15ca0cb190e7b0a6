#!/bin/sh
# The pages are a static site that may lie anywhere, such as below a sub-path of a
# web server: each link between them is relative, and leads to a file that is
# there; nothing is asked of another host.
#
#     tests/checks/site.sh PAGES
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$1" # the way there may have blanks, and a page's own has none

# Every href and src, with the page that has it, but for data and fragments.
links() {
    find . -name '*.html' | sort | while read -r page; do
        sed '/<script/,/<\/script>/d' "$page" | grep -o ' \(href\|src\)="[^"]*"' |
            sed "s,^ [a-z]*=\",,; s,\"\$,,; s,^,$page ," | sort -u
    done
}
links >"$tmp/links"
grep -v -e ' data:' -e ' #' "$tmp/links" >"$tmp/outward" || true
test -s "$tmp/outward" || { echo "site: no page has a link, so nothing was looked at"; exit 1; }

failed=false
while read -r page link; do
    place=${link%%#*}
    place=${place%%\?*}
    case $link in
    http:* | https:* | mailto:*) continue ;; # for people to follow
    /* | file:*) echo "$page: error: $link leads out of the site"; failed=true ;;
    *) test -e "${page%/*}/$place" || { echo "$page: error: $link leads to nothing"; failed=true; } ;;
    esac
done <"$tmp/outward"

# What a page takes by itself: an image, a style, a script.
if find . -name '*.html' -exec grep -l '<\(img\|script\|iframe\)[^>]* src="\(https\?:\)\?//' {} + |
    sed 's/$/: error: this page asks another host/' | grep .; then
    failed=true
fi
! $failed
