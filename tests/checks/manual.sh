#!/bin/sh
# The pages of the manual for the library (code/tools/manual.awk) say all that its
# headers say, each comment and each declaration, and nothing that groff warns of.
# A line that is taken out of a page is missed.
set -eu

if ! command -v groff >/dev/null; then
	echo "the manual's pages are not read: no groff here"
	exit 0
fi
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

# Lines of the header that the page as a person reads it does not have.
lost() { # HEADER PAGE
	groff -man -ww -Tascii -P-c -rLL=200n -rHY=0 "$2" 2>"$room/warned" | sed 's/.\x08//g' | tr -s ' \t\n' ' ' >"$room/read"
	awk -v file="$1" '
	NR == FNR { page = page $0; next }
	FNR <= 2 { next } # who wrote it
	/^#ifdef __cplusplus/ { hidden = 1 }
	/^#endif/ { hidden = 0; next }
	hidden || (/^#/ && !/^#define/) || /^#define HEDDLE_/ { next }
	FNR < 6 && / - / { sub(/^.* - /, "") }
	{
		line = $0
		gsub(/^ ?\/?\*+\/?|\*\/$|^NODISCARD|----/, " ", line)
		while (match(line, /lib\/[a-z]+\.h/))
			line = substr(line, 1, RSTART - 1) "heddle_" substr(line, RSTART + 4, RLENGTH - 6) "(3)" substr(line, RSTART + RLENGTH)
		gsub(/[ \t]+/, " ", line); sub(/^ /, "", line); sub(/ $/, "", line)
		if (/^\/\* ----/) line = toupper(line)
		if (FNR < 6) sub(/\.$/, "", line)
		if (index(page, line) == 0) print file ":" FNR ": " line
	}' "$room/read" "$1"
	cat "$room/warned"
}

status=0
for module in clock thread lock queue worker process; do
	header=code/lib/$module.h
	awk -f code/tools/manual.awk "$header" "$header" >"$room/page.3"
	lost "$header" "$room/page.3" >"$room/lost"
	if [ -s "$room/lost" ]; then
		cat "$room/lost"
		status=1
	fi
done
sed '/Free what the result owns/d' "$room/page.3" >"$room/less.3" # process.h's, the last
lost code/lib/process.h "$room/less.3" | grep -q 'Free what the result owns' || {
	echo "tests/checks/manual.sh: error: a page that lacks a line passes"
	status=1
}
exit $status
