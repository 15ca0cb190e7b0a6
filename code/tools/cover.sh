#!/bin/sh
# code/tools/cover.sh BUILD: how much of each source file the tests ran, from gcov's
# notes. The book's own code is reported by chapter, for that is what #line says.
set -eu

command -v gcov >/dev/null 2>&1 || { echo "cover: there is no gcov" >&2; exit 2; }
find "$1" -name '*.gcda' | xargs gcov -n 2>/dev/null | awk '
/^File / { file = $2; gsub(/\x27/, "", file) }
/^Lines executed/ && file ~ /^(code|chapters)\// {
    split($0, part, /[:% ]+/)
    percent = part[3]; lines = part[5]
    if (!(file in best) || percent > best[file]) { best[file] = percent; count[file] = lines }
}
END { for (file in best) printf "%6.2f %%  of %4d  %s\n", best[file], count[file], file }' | sort -k5
