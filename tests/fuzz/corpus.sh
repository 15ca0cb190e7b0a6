#!/bin/sh
# Fill tests/fuzz/corpus/ with the golden cases' chapters, as fuzzing's first seeds:
#
#     tests/fuzz/corpus.sh
#
# markdown/ gets each chapter once, web/ each case as one input ("%%" between
# chapters). What fuzzing found is there under other names and stays.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")"

rm -f corpus/markdown/golden-* corpus/web/golden-*
mkdir -p corpus/markdown corpus/web
for case in ../golden/*; do
    [ -d "$case/chapters" ] || continue
    name=${case#../golden/}
    find "$case/chapters" -name '*.md' -size -4 | sort > corpus/list
    [ -s corpus/list ] || continue
    first=true
    while read -r chapter; do
        $first || echo '%%'
        first=false
        cat "$chapter"
    done < corpus/list > "corpus/web/golden-$name"
    if [ "$(wc -l < corpus/list)" -eq 1 ]; then
        continue
    fi
    while read -r chapter; do
        cp "$chapter" "corpus/markdown/golden-$name-$(basename "$chapter" .md)"
    done < corpus/list
done
rm -f corpus/list
