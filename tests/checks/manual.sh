#!/bin/sh
# What the manual shows of the notation does what it says: each form that it sets in
# bold stands in a book here, which is tangled, made, tested, checked and woven. A
# form that is new in the manual has to be put into it.
set -eu
. tests/checks/begin.sh
mkdir -p "$top/book/chapters" "$top/bin"
ln -s "$heddle" "$top/bin/heddle"
PATH=$top/bin:$PATH

# The forms: what .B and .BR set that begins like a fence, attributes, a reference,
# a tag, a link or a mark.
forms() {
	sed -n 's/^\.B[RI]* //p' code/heddle/heddle.1 | sed 's/\\-/-/g; s/\\(dq/~/g; s/\\e/\\/g; s/\\&//g; s/\\ / /g' |
		awk '{
			while ($0 != "") {
				sub(/^[ ,]+/, "")
				if (sub(/^"/, "")) { at = index($0, "\""); word = substr($0, 1, at - 1); $0 = substr($0, at + 1) }
				else if (match($0, /^```c! *$|^```[^"]*$|^[{<\[180$].*$/)) { word = $0; $0 = "" }
				else { word = $1; sub(/^[^ ]*/, "") }
				gsub(/~/, "\"", word); sub(/ ,$/, "", word)
				if (word ~ /^(```[a-z]|\{[.oi#]|\\?<<|180<|<!-- |<aside|<style>|\[text|\[ \]|==|\+\+|\^|~s|:::|\{ruby|!\[|\$ \.\/|Note:|\.(compile|fragment|no-t))/)
					print word
			}
		}' | sed 's/ *$//' | sort -u
}

cat >"$top/book/chapters/10-book.md" <<'END'
---
slides: yes
---
# One

Twice ninety is 180<!--{of=program}-->, and it says so in 2<!--{in=chunk}--> words, in one
of 1<!--{of=threads .outcomes}--> ways.

```c {#name}
printf("%d\n", 2 * 90);
```

```c {#chunk}
/* 2 */
```

```c {#name steps="1-2|4,6"}
/*
 * \<<name>> stands
 * for itself.
 */
<<chunk>>
putchar(getchar());
puts("");
```

```c {file=lib/x.c}
int x(void);
int x(void)
{
    return 1;
}
```

```c {file=program.c .program}
#include <stdio.h>

int main(void)
{
    <<name>>
}
```

```text {file=in.txt}
q
```

```output {of=program stdin="q"}
180
q
```

```console {of=program}
$ ./program < in.txt
180
q
$ ./a.out < in.txt
180
q
```

```figure {of=numbers kind=bars}
```

```c {file=numbers.c .program}
#include <stdio.h>

int main(void)
{
    puts("one 1\ntwo 2");
}
```

```output {of=numbers}
one 1
two 2
```

```{.c #task .hole}
puts("right");
```

```c {file=try.c .program}
#include <stdio.h>

int main(void)
{
    <<task>>
}
```

```output {of=try}
right
```

```{.c #other .answer of=try}
puts("wrong");
```

```c {.compile-fail}
int y = z;
```

```output
'z' undeclared
```

```c {.fragment}
int f(void);
```

```c {.no-tangle}
...
```

::: {.row}
One.

Two.
:::

::: slide
For the room.
:::

::: book
For readers.
:::

=== "Tab"

    In a container.

# Only in the book {.book}

text

# Apart {#id .apart}

text
END
cat >"$top/book/chapters/20-explored.md" <<'END'
# Two

```c {file=threads.c .program}
#include <stdio.h>

int main(void)
{
    puts("done");
}
```

```outcomes {of=threads}
done
---
```
END
cat >"$top/talk.md" <<'END'
<!-- .slide: data-background="#123" -->
# A <!-- .element: class="fragment" -->

[text](#/2/1) ==mark== ++ins++ x^sup^ y~sub~ {ruby base|text} :smile: $x^2$

- [ ] task

> quote [name=Ann]

![](a.png =200x100)

```c=
int a;
```

```c=+
int b;
```

Note:
secret

---

:::info
text
:::

:::spoiler title
text
:::

::: incremental
- one
:::

. . .

::: {.columns}
:::: {.column}
left
::::
:::

```c=12
int a;
```

```c!
int b;
```

```graphviz
digraph { a -> b }
```

```mermaid
graph LR
```

<style>
h3 { color: red }
</style>

<aside class="notes">
secret
</aside>

---

# C

----

# D

::: incremental
- one
- two
:::

:::: {.columns}
::: {.column width="50%"}
left
:::
::: {.column width="50%"}
right
:::
::::
END

mkdir -p "$top/bare/chapters"
cat >"$top/bare/chapters/10-a.md" <<'END'
```python file=x.py
<<name>>
```

```python
#| id: name
print(1)
```
END
echo 'style = "basic"' >"$top/bare/entangled.toml"

# Names of this book stand for those of the manual.
cat "$top/book/chapters/10-book.md" "$top/book/chapters/20-explored.md" "$top/talk.md" "$top/bare/chapters/10-a.md" |
	sed 's/{\.c #task \.hole}/{.c #name .hole}/; s/\.answer of=try/.answer of=program/
		s/of=threads/of=program/; s/of=numbers/of=program/; s/of=program stdin[^}]*/of=program/' >"$top/all"
forms >"$top/forms"
[ "$(wc -l <"$top/forms")" -ge 30 ] || { echo "the manual shows too few forms"; exit 1; }
while read -r form; do
	grep -qF -- "$form" "$top/all" && status=0 || status=1
	claim "a book here has \"$form\"" $status
done <"$top/forms"

cd "$top/book"
try() {
	"$@" >"$top/said" 2>&1 </dev/null && status=0 || status=$?
	claim "$*" $status
	[ "$status" = 0 ] || cat "$top/said"
}
HOME=$top GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
git -c init.defaultBranch=main init -q .
try heddle tangle
# What is explored is told by other tests, which have the explorer compiled.
try make -f build/book.mk BOOK_EXPLORER=none build/bin/program build/bin/numbers build/bin/try build/bin/other
git add . && git -c user.name=A -c user.email=a@b commit -qm book
heddle test --bless numbers >"$top/said" 2>&1 || :
for program in program numbers try; do
	try heddle test --filter "$program"
done
try heddle test --filter 10-book
try heddle try
grep -q "^try" "$top/said" && status=0 || { status=1; cat "$top/said"; }
claim "heddle try lists the exercise" $status
for wrong in 'of=program}-->, and' 'in=chunk}--> words'; do
	sed "s/180<!--{$wrong/181<!--{$wrong/; s/2<!--{$wrong/3<!--{$wrong/" chapters/10-book.md >"$top/other.md"
	mkdir -p "$top/stale/chapters"
	cp "$top/other.md" "$top/stale/chapters/10-book.md"
	cp chapters/20-explored.md "$top/stale/chapters/"
	(cd "$top/stale" && heddle check) >"$top/said" 2>&1 && status=1 || status=0
	claim "a number that no run has is refused ($wrong)" $status
done
cd "$top/bare"
try heddle tangle
grep -qx 'print(1)' code/x.py && status=0 || status=1
claim "attributes stand bare" $status
cd "$top/book"
if command -v pandoc >/dev/null && [ -d "$here/build/npm/node_modules" ]; then
	try heddle weave --deck "$here/chapters/deck" --modules "$here/build/npm/node_modules"
	mkdir -p "$top/talk/chapters"
	cp "$top/talk.md" "$top/talk/chapters/"
	cd "$top/talk"
	try heddle weave --deck "$here/chapters/deck" --modules "$here/build/npm/node_modules"
	sed 's/<aside class="notes">/\n&/g' build/slides/index.html | awk '/<aside class="notes">/ { hidden = 1 }
		/secret/ && !hidden { exit 1 } /<\/aside>/ { hidden = 0 }' && status=0 || status=1
	claim "notes are hidden" $status
	for made in '<mark>mark' '<ins>ins' '<sup>sup' '<sub>sub' '<ruby>base' '<cite>' 'class="info"' 'class="spoiler"' \
		'data-background="#123"' 'class="fragment"' 'width="200"' '<math'; do
		grep -qF "$made" build/slides/index.html && status=0 || status=1
		claim "a talk's page has $made" $status
	done
fi
finish
