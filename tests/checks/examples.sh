#!/bin/sh
# README's examples do what README says: its chapter is tangled, made, tested and
# woven by the commands that stand there, its messages are heddle's and the
# compiler's own, and what it shows of the book stands in the book.
set -eu
. tests/checks/begin.sh
mkdir "$top/bin"
ln -s "$heddle" "$top/bin/heddle"
PATH=$top/bin:$PATH

# example WORD: the indented block of README that has WORD, without its indentation.
example() {
	awk -v word="$1" '
		/^    / || (/^$/ && inside) { text = text substr($0, 5) "\n"; inside = 1; next }
		{ if (index(text, word)) printf "%s", text; text = ""; inside = 0 }
		END { if (index(text, word)) printf "%s", text }' README.md
}
# From line $1 of a chapter, what is on stdin.
from_line() {
	awk -v last="$1" 'BEGIN { print "# One"; for (i = 2; i < last; i++) print "" } { print }'
}

# The chapter, and its commands: a file that is not in this book is no example here.
mkdir -p "$top/book/chapters"
{ printf '# One\n\n'; example '{#greet}'; example '```console'; } >"$top/book/chapters/10-a.md"
example 'heddle tangle  ' | sed 's/ *#.*//' | grep -vE '^heddle (try|serve)' >"$top/commands"
[ "$(grep -c . "$top/commands")" -ge 5 ] || { echo "README names no commands"; exit 1; }
cd "$top/book"
git -c init.defaultBranch=main init -q .
git add . && git -c user.name=A -c user.email=a@b commit -qm chapters
while read -r command; do
	case $command in make*) command="$command BOOK_EXPLORER=none" ;; esac # nothing to explore
	sh -c "$command" >"$top/said" 2>&1 </dev/null && status=0 || status=$?
	claim "$command" "$status"
done <"$top/commands"
test -s build/slides/index.html || claim "heddle weave makes build/slides/index.html" 1
cd "$here"

# The error that README shows is heddle's, to the letter.
mkdir -p "$top/wrong/chapters"
example 'wait-for-a-item' >"$top/wanted"
{
	printf '```c {file=a.c}\n<<wait-for-a-item>>\n```\n' | from_line 87
	awk 'BEGIN { for (i = 90; i < 104; i++) print "" }'
	printf '```c {#wait-for-an-item}\nint x;\n```\n'
} >"$top/wrong/chapters/50-queue.md"
(cd "$top/wrong" && heddle tangle -q) >"$top/said" 2>&1 && status=1 || status=0
claim "a misspelt chunk is refused" $status
while read -r line; do
	grep -qF -- "$line" "$top/said" && status=0 || status=1
	claim "heddle says: $line" $status
done <"$top/wanted"

# So is the compiler's.
rm -r "$top/wrong/chapters"
mkdir "$top/wrong/chapters"
printf '```c {file=a.c .program}\nint main(void)\n{\n        fd = 0;\n}\n```\n' | from_line 409 \
	>"$top/wrong/chapters/20-subprocess.md"
(cd "$top/wrong" && heddle tangle -q && LC_ALL=C make -f build/book.mk BOOK_EXPLORER=none) >"$top/said" 2>&1 || :
grep -qF -- "$(example "'fd' undeclared" | sed '/^$/d')" "$top/said" && status=0 || status=1
claim "the compiler speaks of the chapter" $status

# The outcomes stand in a chapter as README shows them.
example '```outcomes' | sed '/^$/d' >"$top/said"
awk -v wanted="$(cat "$top/said")" '{ text = text $0 "\n" }
	END { exit !(wanted != "" && index(text, wanted)) }' chapters/*.md && status=0 || status=1
claim "the book has README's outcomes" $status

finish
