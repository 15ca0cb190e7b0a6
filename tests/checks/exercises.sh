#!/bin/sh
# Exercises: each right answer of the book is judged right and each wrong one
# wrong, by the command that a reader types.
#
#     tests/checks/exercises.sh [NAME...]
#
# NAME is an exercise; without one, all. What code/exercises/ holds is the
# exercise with an answer in its hole, so but for the banner it is what a reader
# would hand in.
set -eu
unset MAKEFLAGS MFLAGS MAKELEVEL # the make that a try calls is its own

heddle=${HEDDLE:-build/bin/heddle}
folder=build/try/answers
mkdir -p "$folder"
failed=0 passed=0

# judge EXERCISE ANSWER STATUS
judge() {
	sed '1,2d' "code/exercises/$2.c" >"$folder/$2.c"
	status=0
	"$heddle" try "$1" "$folder/$2.c" >"$folder/$2.said" 2>"$folder/$2.made" || status=$?
	if [ "$status" = "$3" ] && { [ "$status" = 0 ] || grep -q 'does not do what' "$folder/$2.said"; }; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "$1 with the answer $2: status $status, not $3"
		cat "$folder/$2.said" "$folder/$2.made"
	fi
}

[ $# -gt 0 ] || set -- $("$heddle" try | awk '{ print $1 }')
[ $# -gt 0 ] || { echo "there is no exercise"; exit 1; }
for exercise; do
	judge "$exercise" "$exercise" 0
	wrong=$(sed -n "s/^\`\`\` {\.c #\([^ ]*\) \.answer of=$exercise}\$/\1/p" chapters/*.md)
	[ -n "$wrong" ] || { echo "$exercise has no wrong answer"; failed=$((failed + 1)); }
	for answer in $wrong; do
		judge "$exercise" "$answer" 1
	done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
