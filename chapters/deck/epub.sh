#!/bin/sh
# chapters/deck/epub.sh PAGES FILE: the woven book in the folder PAGES as an EPUB,
# for readers that turn pages. Needs pandoc.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
file=$(realpath -m "$2")
mkdir -p "$(dirname "$file")"
cd "$1"
title=$(sed -n 's,.*<title>\(.*\)</title>.*,\1,p' book.html | head -n 1)
language=$(sed -n 's,.*<html[^>]* lang="\([^"]*\)".*,\1,p' book.html | head -n 1)

# Columns with pages of their own stand behind the book.
others=$(for page in *.html; do
    case $page in index.html | book.html) ;; *) echo "$page" ;; esac
done)
# shellcheck disable=SC2086 # names of our own, without blanks
pandoc -f html -t epub3 --quiet --lua-filter "$here/epub.lua" --toc-depth=2 --epub-chapter-level=1 \
    -M title="${title:-Untitled}" -M lang="${language:-en}" -o "$file" book.html $others
echo "$file"
