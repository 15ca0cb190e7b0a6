# How checks begin that use heddle as its users do; sourced at the repository's top.
# $here is that, $heddle the binary, and $top an empty folder and home, which is
# removed at the end. A make that is called knows of none around it.
unset MAKEFLAGS MFLAGS MAKELEVEL
here=$PWD
. tests/heddle.sh
top=$(mktemp -d "${TMPDIR:-/tmp}/heddle-check.XXXXXX") || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 2' HUP INT TERM
export HOME="$top" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
passed=0 failed=0

# count CLAIM COMMAND...: one more that is so, or is not, and then 1.
count() {
	claimed=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not so: $claimed"
		return 1
	fi
}

# claim CLAIM STATUS: it is so if that is 0; what $top/said holds says why it is not.
claim() {
	count "$1" test "$2" = 0 || { [ ! -e "$top/said" ] || cat "$top/said"; }
}

same() { # CLAIM FOUND WANTED
	count "$1" test "$2" = "$3" || printf '%s\nand not\n%s\n' "$2" "$3"
}

# The check's last word, and its status.
finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
