#!/bin/sh
# heddle is killed with SIGKILL before each step that it takes (killed_at.c): no file
# is half written, no child is left, and the same command, said again, ends as if
# nothing had been.
#
#     tests/checks/killed.sh [COMMAND...]      default: all of those below
#
# Files are compared with what they were and what they become: each is one of both.
# Of a step of many (a test's run has hundreds) STRIDE looks at every N-th only.
set -u
. tests/checks/begin.sh
export GIT_AUTHOR_DATE=2026-01-01T00:00:00Z GIT_COMMITTER_DATE=2026-01-01T00:00:00Z
${CC:-cc} -O1 -std=c17 -o "$top/killed_at" "$here/tests/checks/killed_at.c" || exit 2
"$top/killed_at" 100000 true || { echo "skip: no process can be traced here"; exit 77; }

wrong() {
	failed=$((failed + 1))
	echo "$name, killed at step $step: $*"
}

# What is in a folder: "HASH  PATH" of each file. Caches are not: a file of theirs that is
# damaged is none. A record says how long it took, which is never the same.
list() {
	(cd "$1" 2>/dev/null && find . -name .git -prune -o -path ./build/woven -prune -o -path ./build/tested -prune -o \
		-type f ! -name '*.outcomes' -print0 | LC_ALL=C sort -z | xargs -0 -r md5sum
	for record in $(find build -name '*.outcomes' 2>/dev/null | LC_ALL=C sort); do
		sed 's/"seconds": [0-9.]*, "processor": [0-9.]*, "kib": [0-9]*//' "$record" | md5sum | sed "s|-$|./$record|"
	done)
}

# Each file of now is as before or as after; what waits to be placed counts only when
# the command has been said again.
half() {
	list now | grep -v '[/.]heddle-[0-9]*-' | grep -vxFf both.list | cut -d ' ' -f 3-
}

# try NAME COMMAND: from before/, up to the end, one step later each time. WHO=-c kills the
# process that the command begins with, which does its work. THEN is said behind it, both
# times: what a command leaves to the next one. ALSO is a status that is as good when it is
# said again.
try() {
	name=$1
	shift
	cp -a before now
	(cd now && "$@" >../said 2>&1)
	wanted=$?
	(cd now && ${THEN:-true} >>../said 2>&1)
	list before >before.list
	list now >after.list
	cat before.list after.list >both.list
	rm -rf now
	step=1
	status=137
	while [ "$status" = 137 ] && [ "$failed" -lt 8 ]; do
		cp -a before now
		# shellcheck disable=SC2086
		(cd now && "$top/killed_at" ${WHO:-} "$step" "$@" >../said 2>../errors)
		status=$?
		[ "$status" != 99 ] || { wrong "something is left running"; cat errors; status=137; }
		[ "$status" != 98 ] || { wrong "not traced"; cat errors; }
		found=$(half)
		[ -z "$found" ] || wrong "half written: $found"
		(cd now && "$@" >../said 2>../errors)
		again=$?
		(cd now && ${THEN:-true} >>../said 2>>../errors)
		[ "$again" = "$wanted" ] || [ "$again" = "${ALSO:-}" ] || { wrong "said again it ends with $again, not $wanted"; cat said errors; }
		list now >now.list
		cmp -s after.list now.list || { wrong "said again it leaves something else"; diff after.list now.list; }
		rm -rf now
		passed=$((passed + 1))
		step=$((step + ${STRIDE:-1}))
	done
	STRIDE=1 WHO='' THEN=true ALSO=''
}

mkdir "$top/work" && cd "$top/work" || exit 2

# The book of before/, built: make has the programs and what exploring found.
ln -s "$here" "$top/tree"
build() {
	(cd before && make HEDDLE="$heddle" BOOK_EXPLORER="$top/tree/code/explore" BOOK_EXPLORER_OBJECTS= \
		BOOK_EXPLORER_OBJECT="$top/tree/build/obj/explorer.o" book-programs >../said 2>&1) || cat said
}
export MAKEFLAGS=" -- BOOK_EXPLORER_OBJECTS= BOOK_EXPLORER_OBJECT=$top/tree/build/obj/explorer.o"
begin() { # BOOK: before/ anew
	rm -rf before && cp -a "$1" before
}
edit() {
	(cd before && sed -i 's/hello, %s/good day, %s/' "$1")
}

new() {
	rm -rf before && mkdir before
	ALSO=2 try new "$heddle" new book
}
tangle() { # from nothing, and after a change
	begin book && rm -rf before/code before/build && try tangle "$heddle" tangle --quiet
	begin book && edit chapters/10-words.md && try "tangle again" "$heddle" tangle --quiet
}
tangle_again() { # the path may have blanks
	"$heddle" tangle --quiet
}
stitch() {
	begin book && edit code/hello.c && THEN=tangle_again && try stitch "$heddle" stitch
}
weave() {
	begin book && (cd before && "$heddle" weave -q) && edit chapters/10-words.md
	STRIDE=3 try weave "$heddle" weave --quiet
}
test_() {
	begin built && STRIDE=5 try test "$heddle" test --quiet
	WHO=-c STRIDE=9 try "test, its worker" "$heddle" test --quiet
}
bless() {
	begin built && edit chapters/10-words.md && (cd before && "$heddle" tangle -q && git commit -qam x) && build
	STRIDE=7 try bless "$heddle" test --quiet --bless
	WHO=-c STRIDE=7 try "bless, its worker" "$heddle" test --quiet --bless
}
record() { # as Make asks for it
	begin built && rm before/build/explore/letters.outcomes
	try record "$heddle" explore --record build/explore/letters.outcomes --seconds 60 --spurious 1 build/explore/letters
}
keep() {
	begin built
	STRIDE=3 try "explore --keep" "$heddle" explore --quiet --keep part build/explore/letters
}
graph() {
	begin built && STRIDE=3 try "explore --graph" "$heddle" explore --graph build/explore/letters
}

# Ended by SIGTERM when all is woven and tested, if it lives to see that. What it writes
# below build/ is all made anew; chapters and code/ stay as they are.
serve_until() { # WHO STEP
	(
		cd now || exit
		# shellcheck disable=SC2086
		"$top/killed_at" $1 "$2" "$heddle" serve --port 0 --deck "$here/chapters/deck" \
			--modules "$here/build/npm/node_modules" >../said 2>../errors &
		killer=$!
		until test -e build/served/index.html && test -n "$(ls build/tested 2>/dev/null)"; do
			kill -0 $killer 2>/dev/null || break
			sleep 0.05
		done
		kill -TERM $killer 2>/dev/null
		wait $killer
	)
}
serve() {
	for who in "" -c; do
		begin built && (cd before && rm -rf build/tested build/served chapters/20-threads.md && "$heddle" tangle -q --force)
		name="serve $who" step=1 status=137
		list before | grep -v ' \./build/' >before.list
		while [ "$status" = 137 ] && [ "$failed" -lt 8 ]; do
			cp -a before now
			serve_until "$who" "$step"
			status=$?
			[ "$status" != 99 ] || { wrong "something is left running"; cat errors; status=137; }
			list now | grep -v ' \./build/' >now.list
			cmp -s before.list now.list || { wrong "chapters or code have changed"; diff before.list now.list; }
			rm -rf now
			passed=$((passed + 1))
			step=$((step + 5))
		done
	done
}

"$heddle" new book >said && begin book && build && cp -a before built || exit 2
for command in ${*:-new tangle stitch weave test_ bless record keep graph serve}; do
	"$command"
done
echo "$passed steps, $failed wrong"
[ "$failed" = 0 ]
