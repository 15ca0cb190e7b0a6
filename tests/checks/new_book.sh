#!/bin/sh
# heddle new: the book it makes is tested, and what is made of it never goes
# stale, whatever is done to its chapters. What did not change is not run again;
# an outcomes block is compared each time.
set -eu
unset MAKEFLAGS MFLAGS MAKELEVEL

here=$PWD
heddle=${HEDDLE:-build/bin/heddle}
case $heddle in /*) ;; *) heddle=$here/$heddle ;; esac
top=$(mktemp -d "${TMPDIR:-/tmp}/heddle-new.XXXXXX")
trap 'rm -rf "$top"' EXIT
trap 'exit 2' HUP INT TERM
export HOME="$top" GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
passed=0 failed=0

# The explorer is linked already; Make wants its path without blanks.
ln -s "$here" "$top/tree"
book() {
	make HEDDLE="$heddle" BOOK_EXPLORER="$top/tree/code/explore" BOOK_EXPLORER_OBJECT="$top/tree/build/obj/explorer.o" \
		BOOK_EXPLORER_OBJECTS= "$@" >"$top/said" 2>&1
}
# claim WORDS STATUS PATTERN: make test ends so, and says so.
claim() {
	status=0
	book test || status=$?
	if [ "$status" = "$2" ] && grep -q "$3" "$top/said"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$1: make test ended with status $status"
		cat "$top/said"
	fi
}
same() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$1: \"$2\", not \"$3\""
	fi
}

"$heddle" new "$top/a book" >"$top/said"
cd "$top/a book"
same "what git holds" "$(git status --porcelain)" ""
claim "a new book" 0 '^5 passed, 0 failed'
same "what a build leaves to commit" "$(git status --porcelain)" ""

status=0
"$heddle" new "$top/a book" 2>"$top/said" || status=$?
same "a folder that holds something" "$status $(cat "$top/said")" \
	"2 heddle: error: \"$top/a book\" holds something already; name a new folder"

# Of a heddle that is not installed, the explorer is found in the tree that it is of.
found=$(make HEDDLE="$top/tree/build/bin/heddle" --print-data-base --dry-run 2>/dev/null | sed -n 's/^BOOK_EXPLORER := //p')
same "the explorer of a heddle in its tree" "$(cd "${found:-/}" && ls compile.sh 2>&1)" "compile.sh"

sed -i 's/hello, %s/good day, %s/' chapters/10-words.md
claim "a line of C is changed" 2 '^+good day, loom'
sed -i 's/^hello, /good day, /' chapters/10-words.md
claim "and what it prints" 0 '^3 passed, 0 failed, 2 unchanged'
sed -i '1,/^Each/s/^Each program/Here, each program/' chapters/10-words.md
claim "a sentence is changed" 0 '^1 passed, 0 failed, 4 unchanged'
cp chapters/20-threads.md chapters/30-more.md
sed -i 's/letters/numbers/g; s/print-a-letter/print-a-number/g; s/print_letter/print_number/g' chapters/30-more.md
claim "a chapter comes" 0 '^2 passed, 0 failed, 4 unchanged'
mkdir chapters/part && mv chapters/30-more.md chapters/part/
claim "it moves into a folder" 0 '^2 passed, 0 failed, 4 unchanged'
sed -i 's/pthread_join(a, NULL);/return 0;/' chapters/part/30-more.md
claim "a thread is not waited for" 2 'is not proven: it exits while another thread prints'
sed -i '0,/return 0;/s//pthread_join(a, NULL);/; s/print_number, "b"/print_number, "c"/' chapters/part/30-more.md
claim "a thread prints another letter" 2 'has an outcome that the block does not list'
rm -r chapters/part
claim "the chapter goes" 0 '^1 passed, 0 failed, 4 unchanged'
same "and its file" "$(ls code)" "$(printf 'clock.c\nhello.c\nletters.c')"
sed -i 's/return nothing;/return 0;/' chapters/20-threads.md chapters/10-words.md
claim "what must not compile does" 2 'compiles, but is marked .compile-fail'

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
