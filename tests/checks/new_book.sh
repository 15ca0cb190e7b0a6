#!/bin/sh
# heddle new: the book it makes is tested, and what is made of it never goes
# stale, whatever is done to its chapters. What did not change is not run again;
# an outcomes block is compared each time.
set -eu
. tests/checks/begin.sh

# The explorer is linked already; Make wants its path without blanks.
ln -s "$here" "$top/tree"
book() {
	make HEDDLE="$heddle" BOOK_EXPLORER="$top/tree/code/explore" BOOK_EXPLORER_OBJECT="$top/tree/build/obj/explorer.o" \
		BOOK_EXPLORER_OBJECTS= "$@" >"$top/said" 2>&1
}
# tested CLAIM STATUS PATTERN: make test ends so, and says so.
tested() {
	status=0
	book test || status=$?
	[ "$status" = "$2" ] && grep -q "$3" "$top/said" && so=0 || so=1
	claim "$1: make test ends with status $2, and says $3 (it was $status)" $so
}

# With a heddle that cannot be run nothing is begun, and what to do is said once.
cure() {
	status=0
	make "$@" >"$top/said" 2>&1 || status=$?
	same "make $*" "$status $(grep -c "^$wanted\$" "$top/said") $(tail -n 1 "$top/said" | cut -c1-9)" "2 1 make: ***"
	same "and nothing is begun" "$(ls -d build/bin build/obj 2>/dev/null)" ""
}

"$heddle" new "$top/a book" >"$top/said"
cd "$top/a book"
printf '#!/nowhere/sh\n' >"$top/broken" && chmod +x "$top/broken"
wanted="there is no heddle to run: install it, or say make HEDDLE=/where/it/is"
for words in HEDDLE=heddle-that-is-nowhere "HEDDLE=$top/said" "HEDDLE=$top/broken" "HEDDLE=heddle-that-is-nowhere test" \
	"HEDDLE=heddle-that-is-nowhere -j4 pages test" "HEDDLE=heddle-that-is-nowhere serve"; do
	# shellcheck disable=SC2086
	LC_ALL=C cure $words
done
sed -i 's/<<say-hello>>/<<say-helo>>/' chapters/10-words.md
tested "a chunk that nobody wrote" 2 '^chapters/10-words.md:33:5: error: no chunk is named'
same "and nothing is compiled" "$(grep -c '^  cc' "$top/said")" 0
sed -i 's/<<say-helo>>/<<say-hello>>/' chapters/10-words.md
same "what git holds" "$(git status --porcelain)" ""
tested "a new book" 0 '^5 passed, 0 failed'
same "what a build leaves to commit" "$(git status --porcelain)" ""

status=0
"$heddle" new "$top/a book" 2>"$top/said" || status=$?
same "a folder that holds something" "$status $(cat "$top/said")" \
	"2 heddle: error: \"$top/a book\" holds something already; name a new folder"

# Of a heddle that is not installed, the explorer is found in the tree that it is of.
found=$(make HEDDLE="$top/tree/build/bin/heddle" --print-data-base --dry-run 2>/dev/null | sed -n 's/^BOOK_EXPLORER := //p')
same "the explorer of a heddle in its tree" "$(cd "${found:-/}" && ls compile.sh 2>&1)" "compile.sh"

sed -i 's/hello, %s/good day, %s/' chapters/10-words.md
tested "a line of C is changed" 2 '^+good day, loom'
sed -i 's/^hello, /good day, /' chapters/10-words.md
tested "and what it prints" 0 '^3 passed, 0 failed, 2 unchanged'
sed -i '1,/^Each/s/^Each program/Here, each program/' chapters/10-words.md
tested "a sentence is changed" 0 '^1 passed, 0 failed, 4 unchanged'
cp chapters/20-threads.md chapters/30-more.md
sed -i 's/letters/numbers/g; s/print-a-letter/print-a-number/g; s/print_letter/print_number/g' chapters/30-more.md
tested "a chapter comes" 0 '^2 passed, 0 failed, 4 unchanged'
mkdir chapters/part && mv chapters/30-more.md chapters/part/
tested "it moves into a folder" 0 '^2 passed, 0 failed, 4 unchanged'
sed -i 's/pthread_join(a, NULL);/return 0;/' chapters/part/30-more.md
tested "a thread is not waited for" 2 'is not proven: it exits while another thread prints'
sed -i '0,/return 0;/s//pthread_join(a, NULL);/; s/print_number, "b"/print_number, "c"/' chapters/part/30-more.md
tested "a thread prints another letter" 2 'has an outcome that the block does not list'
rm -r chapters/part
tested "the chapter goes" 0 '^1 passed, 0 failed, 4 unchanged'
same "and its file" "$(ls code)" "$(printf 'clock.c\nhello.c\nletters.c')"
sed -i 's/return nothing;/return 0;/' chapters/20-threads.md chapters/10-words.md
tested "what must not compile does" 2 'compiles, but is marked .compile-fail'

finish
