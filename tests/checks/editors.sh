#!/bin/sh
# What editors look for: tags lead to the lines of chapters that define a name, files
# of code/ compile as compile_commands.json has it, and messages are found by the
# patterns that editors have for gcc's. With vim, clangd and ctags where they are.
set -u
. tests/checks/begin.sh

line() { # FILE TEXT: "FILE:N"
	echo "$1:$(grep -nF -- "$2" "$1" | head -n 1 | cut -d: -f1)"
}

"$heddle" new "$top/book" >"$top/said" && cd "$top/book" || exit 2
# A chunk that goes into two files defines its function once; a program has flags of its own.
cat >chapters/30-more.md <<'X'
# More {#more}

``` {.c #twice}
struct pair {
    int a, b;
};

static int sum(const struct pair *pair)
{
    return pair->a + pair->b;
}
```

``` {.c .program file=one.c cflags="-DANSWER=42 -Wno-unused-function"}
<<twice>>

int main(void)
{
    return ANSWER - 42;
}
```

``` {.c .program file=two.c}
<<twice>>

int main(void)
{
    return sum(&(struct pair){1, -1});
}
```
X
make HEDDLE="$heddle" tags && "$heddle" tags --emacs -- cc -std=c17 || failed=1
same "what git is shown of it" "$(git status --porcelain)" " M code/.tangled
?? chapters/30-more.md
?? code/one.c
?? code/two.c"
same "the way to a function" "$(awk -F'\t' '$1 == "sum" { print $2 ":" $3 }' tags)" "$(line chapters/30-more.md 'static int sum');\""
same "to a chunk" "$(awk -F'\t' '$1 == "say-hello" { print $2 ":" $3 }' tags)" "$(line chapters/10-words.md '#say-hello');\""
same "tags in order" "$(grep -v '^!' tags | LC_ALL=C sort -c 2>&1)" ""

# Each file by its own entry.
"$heddle" tangle -q
entries=$(sed -n 's/.*"arguments": \[\(.*\)\]}.*/\1/p' build/compile_commands.json)
same "how many entries" "$(echo "$entries" | wc -l)" "10"
echo "$entries" | sed 's/", "/" "/g' | while read -r words; do
	eval "$words -fsyntax-only" 2>&1 | grep error
done >"$top/said"
same "what compilers say to them" "$(cat "$top/said")" ""

if command -v clangd >/dev/null; then
	same "clangd in code/" "$(clangd --check=code/one.c 2>&1 | grep -c 'All checks completed, 0 errors')" "1"
fi
if command -v vim >/dev/null; then
	vim -es -u NONE -N -c 'set nomore' -c 'tag sum' -c 'redir! > where' -c 'echo expand("%").":".line(".")' \
		-c 'redir END' -c 'qa!' chapters/10-words.md </dev/null >/dev/null 2>&1
	same "vim's :tag" "$(tr -d '\n' <where)" "$(line chapters/30-more.md 'static int sum')"
	sed -i 's/puts(letter);/puts(leter);/' chapters/20-threads.md
	make HEDDLE="$heddle" test >errors 2>&1
	vim -es -u NONE -N -c 'cfile errors' -c 'redir! > where' -c 'echo expand("%").":".line(".")' -c 'redir END' -c 'qa!' \
		</dev/null >/dev/null 2>&1
	same "vim's :cfile of a compiler's message" "$(tr -d '\n' <where)" "$(line chapters/20-threads.md 'puts(leter)')"
fi
if command -v readtags >/dev/null; then
	same "readtags" "$(readtags -t tags -e pair | cut -f2)" "chapters/30-more.md"
fi

# Whatever heddle says of a chapter has the form of gcc's messages: FILE:LINE:COLUMN.
grep -hE '^[^ ]*\.md:[0-9].*(error|warning|note): ' "$here"/tests/golden/*/expected.err "$here"/tests/golden/*/expected.out \
	2>/dev/null | grep -vE '^[^ :]+:[0-9]+:[0-9]+: (fatal )?(error|warning|note): ' >"$top/said"
same "messages that an editor's pattern for gcc does not find" "$(cat "$top/said")" ""

finish
