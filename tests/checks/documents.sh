#!/bin/sh
# What the documents say is so: each path that they name is there, each target of
# Make, each golden case and each make of one test exists, and C that they quote
# stands so in code/. In the chapters, no ::: is part of HTML: to Markdown a block
# of HTML lasts until a blank line, and a div that is not closed takes with it all
# slides below.
set -eu

documents='README.md code/README.md .github/CONTRIBUTING.md .github/CHANGELOG.md'
failed=0

wrong() {
    echo "$1: error: $2"
    failed=1
}

# What is set as code, whether in a line or in an indented block.
code_of() {
    { grep -o '`[^`]*`' "$1" | tr -d '`'; sed -n 's/^    //p' "$1" | sed 's/  *#.*//'; } | sort -u
}

for document in $documents; do
    words=$(code_of "$document")
    for path in $(printf '%s\n' "$words" | grep -oE '(^|[ /])(code|tests|chapters|\.ci)/[A-Za-z0-9_./-]*' | sed 's/^ //; s/^\///'); do
        case $path in
        */NAME | */NAME.*) path=${path%/*} ;;
        */test_NAME.c) path=${path%/*} ;;
        esac
        test -e "$path" || wrong "$document" "there is no $path"
    done
    for target in $(printf '%s\n' "$words" | sed -n 's/^make //p' | tr ' ' '\n' | grep -E '^[a-z][a-z-]*$'); do
        grep -qE "^([a-z-]+ )*$target( [a-z-]+)*:" Makefile || wrong "$document" "there is no make $target"
    done
    for test in $(printf '%s\n' "$words" | grep -oE 'build/(passed|bin)/test_[a-z_]*' | sed 's,.*/,,'); do
        test -e "tests/unit/$test.c" || test -e "tests/explore/$test.c" || wrong "$document" "there is no $test.c"
    done
    for case in $(printf '%s\n' "$words" | sed -nE 's,^tests/golden/run.sh (--update )?([a-z][a-z-]*)$,\2,p'); do
        test -d "tests/golden/$case" || wrong "$document" "there is no golden case $case"
    done
done

awk '/^<\/?(details|summary)/ { html = 1 }
    /^[ \t]*$/ { html = 0 }
    html && /^:::/ { print FILENAME ":" FNR ": error: this is HTML, not the end of a div: put a blank line before it"; bad = 1 }
    END { exit bad }' chapters/*.md || failed=1

# Each ```c block, whole, in one file of code/.
quotes=$(awk '
function look(   i) {
    for (i = 1; i <= files; i++)
        if (index(text[i], block)) return
    print FILENAME ":" began ": error: no file of code/ has this C"
}
FILENAME ~ /\.[ch]$/ { if (FNR == 1) files++; text[files] = text[files] $0 "\n"; next }
/^```c$/ { block = ""; began = FNR; inside = 1; next }
inside && /^```$/ { inside = 0; look(); next }
inside { block = block $0 "\n" }
' $(find code -name '*.[ch]') code/README.md .github/CONTRIBUTING.md)
test -z "$quotes" || { echo "$quotes"; failed=1; }
exit $failed
