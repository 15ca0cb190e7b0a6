#!/bin/bash
# What the explorer makes of each function that the C library exports:
# $OUT/explore-surface.md. Of those that are about threads each must have a
# class, and the table must be sorted, as it is searched by halves.
set -eu

table=code/explore/intercept/library.h
page=$OUT/explore-surface.md
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
export LC_ALL=C

sed -n 's/^\([A-Z]*\)(\([A-Za-z0-9_]*\)[,)].*/\2 \1/p' "$table" >"$room/table"
test "$(wc -l <"$room/table")" -gt 500
cut -d' ' -f1 "$room/table" | sort -cu
grep -rhoE '^REFUSE\([^,]*, *[a-z_0-9]+' code/explore/intercept | sed 's/.*, *//' | sort -u >"$room/refused"
nm -D --defined-only "$(gcc -print-file-name=libc.so.6)" |
    awk '$2 ~ /[TWi]/ && $3 ~ /@@/ { sub(/@@.*/, "", $3); if ($3 !~ /^_/) print $3 }' | sort -u >"$room/exported"
test "$(wc -l <"$room/exported")" -gt 1000

awk -v refused="$room/refused" -v table="$room/table" '
    BEGIN {
        while ((getline name <refused) > 0) class[name] = "refused when called"
        words["ACCESSES"] = "modelled: its accesses"
        words["HARMLESS"] = "harmless"
        words["REFUSED"] = "refused before the first run"
        while ((getline line <table) > 0) {
            split(line, part, " ")
            class[part[1]] = words[part[2]]
        }
    }
    # What is modelled in code of its own, and may be in the table still.
    FNR == NR { if (!($1 in class) || class[$1] == words["REFUSED"]) class[$1] = "modelled"; next }
    { print ($1 in class ? class[$1] : "not on the list: makes a list doubted") "|" $1 }
' "$OUT/obj/explorer.o.keep" "$room/exported" | sort >"$room/classes"

{
    echo "# What the explorer makes of the C library"
    cut -d'|' -f1 "$room/classes" | uniq -c | while read -r count class; do
        printf '\n## %s (%s)\n\n' "$class" "$count"
        awk -F'|' -v class="$class" '$1 == class { print $2 }' "$room/classes" | tr '\n' ' ' | fold -s -w 100
        echo
    done
} >"$page"

if grep -E '^not on.*\|(pthread|thrd|mtx|cnd|tss|sem|call_once)' "$room/classes"; then
    echo "these are about threads and have no class in $table"
    exit 1
fi
echo "ok $(wc -l <"$room/classes") functions: $page"
