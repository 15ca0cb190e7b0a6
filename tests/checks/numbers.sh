#!/bin/sh
# Each number in the chapters' prose is one that a block of the same chapter has,
# or has its source behind it (heddle holds it to that), or stands in
# numbers.txt with the reason why no block can have it; and that list has no
# number that no prose needs.
set -eu

here=$(dirname "$0")
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# What the search has to find, and what it has to leave alone.
cat > "$found" <<'END'
It is twelve times as fast as 17, and ten times slower, after forty-five
tasks, a hundred thousand runs, and in Linux 5.4. Of one of them, two threads,
ten<!--{of=x}--> times the time, and 45 cells nobody complains.

```c
int cells = 45;
```

```figure {of=x kind=timeline}
main 0 run 17
```
END
sample=$(awk -f "$here/numbers.awk" "$found" | sed 's/.*: //' | tr '\n' ' ')
[ "$sample" = "17 12 10 twelve-times ten-times 100000 " ] || {
    echo "tests/checks/numbers.awk: error: finds \"$sample\" in the sample of numbers.sh"
    exit 1
}

awk -f "$here/numbers.awk" chapters/*.md > "$found"
awk '
FNR == NR { if (!/^#/ && NF > 2) { line[$1 " " $2] = FNR } next }
{
    split($1, place, ":"); key = place[1] " " $2
    if (key in line) used[key] = 1
    else { print $1 " error: no block of this chapter has " $2 "; quote its source, or give a reason in tests/checks/numbers.txt"; failed = 1 }
}
END {
    for (key in line) if (!(key in used)) { print "tests/checks/numbers.txt:" line[key] ": error: no prose needs this: " key; failed = 1 }
    exit failed
}' "$here/numbers.txt" "$found"
