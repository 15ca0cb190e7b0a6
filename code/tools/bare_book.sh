#!/bin/bash
# What somebody does who has just installed heddle: a book is begun, gets a sentence of
# its own, is tested and woven; it is edited twenty times, in every way there is, and
# what is made of it is never stale; it is served.
#
#     code/tools/bare_book.sh FOLDER      heddle on PATH; FOLDER is made
#
# An edit of a program changes its promise as well: with an older program the test fails,
# and with the older promise, too.
set -euo pipefail
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b

now() { date +%s%N; }
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f s", (to - from) / 1e9 }'; }
fail() {
    echo "bare_book: $*" >&2
    test ! -e said || cat said >&2
    exit 1
}

began=$(now)
heddle new "$1" >/dev/null
cd "$1"
sed -i 's/^Each program here/In my words: each program/' chapters/10-words.md
make test >said 2>&1 || fail "a new book fails"
make >>said 2>&1 || fail "a new book is not woven"
grep -q 'In my words: each program' build/slides/index.html || fail "the sentence is not on the page"
times >said # of us, and of all that was started
echo "from nothing to a tested deck with a sentence of one's own: $(since "$began")," \
    "$(awk 'NR == 2 { split($0, t, /[ms ]+/); printf "%.1f s", 60 * (t[1] + t[3]) + t[2] + t[4] }' said) of a processor"

count=0 slowest=0
# right WHAT TEXT: all passes, and the page has it.
right() {
    count=$((count + 1)) at=$(now)
    make -s test >said 2>&1 || fail "edit $count, $1: make test fails"
    make -s >>said 2>&1 || fail "edit $count, $1: make fails"
    heddle tangle --check -q || fail "edit $count, $1: code/ is stale"
    grep -qF "$2" build/slides/index.html || fail "edit $count, $1: the page has no \"$2\""
    took=$(($(now) - at))
    test $took -le $slowest || slowest=$took
}
edit() { # WHAT TEXT SCRIPT FILE...: by sed
    sed -i "$3" "${@:4}"
    right "$1" "$2"
}
cd chapters && words=10-words.md threads=20-threads.md && cd ..

edit "a word of prose" 'In our words' 's/In my words/In our words/' chapters/$words
edit "a line above all code" 'One line more' '/^# Words/a\\nOne line more.' chapters/$words
edit "what a program prints" 'good day, reader' 's/hello, %s/good day, %s/; s/^hello, /good day, /' chapters/$words
edit "the name of a chunk" 'good day, loom' 's/say-hello/greet/g' chapters/$words
edit "a word of the command line" 'good day, writer' 's/reader"/writer"/; s/good day, reader/good day, writer/' chapters/$words
edit "what must not compile" 'nobody' "s/return nothing/return nobody/; s/'nothing'/'nobody'/" chapters/$words

cat >chapters/30-more.md <<'X'
# More {#more}

``` {.c file=lib/add.h}
#define MORE 1
int add(int a, int b);
```

``` {.c file=lib/add.c}
#include "lib/add.h"

int add(int a, int b)
{
    return a + b + 0;
}
```

``` {.c .program file=sum.c cflags="-DN=2"}
#include <stdio.h>
#include "lib/add.h"

int main(void)
{
    printf("the sum is %d\n", add(N, MORE));
    return 0;
}
```

```output {of=sum}
the sum is 3
```
X
right "a chapter with a library" 'the sum is 3'
edit "a header" 'the sum is 4' 's/MORE 1/MORE 2/; s/is 3$/is 4/' chapters/30-more.md
edit "the library" 'the sum is 5' 's/b + 0/b + 1/; s/is 4$/is 5/' chapters/30-more.md
edit "a flag" 'the sum is 8' 's/N=2/N=5/; s/is 5$/is 8/' chapters/30-more.md
edit "a letter of a thread" 'c' 's/"b"/"c"/; s/^b$/c/' chapters/$threads
edit "a title" 'A book of ours' 's/^title: .*/title: "A book of ours"/' chapters/$words
edit "line ends of DOS" 'the sum is 8' 's/$/\r/' chapters/30-more.md
edit "and no more" 'the sum is 8' 's/\r$//' chapters/30-more.md
mkdir chapters/part && mv chapters/30-more.md chapters/part/
right "a chapter moves" 'the sum is 8'
mv chapters/$threads chapters/15-threads.md
right "a chapter has another name" 'was run in every order'
sed 's/sum/product/g; s/lib.add/lib\/times/g; s/add(/times(/; s/a + b + 1/a * b/; s/is 8/is 10/; s/#more/#times/' \
    chapters/part/30-more.md >chapters/40-times.md
right "one more of its kind" 'the product is 10'
rm chapters/part/30-more.md
right "a chapter goes" 'the product is 10'
test ! -e code/lib/add.c || fail "a file stays behind its chapter"
printf '\n``` {.c .program file=fast.c}\n#include <stdio.h>\n\nint main(void)\n{\n#ifdef __OPTIMIZE__\n    puts("fast");\n#else\n    puts("plain");\n#endif\n    return 0;\n}\n```\n\n```output {of=fast}\nfast\n```\n' >>chapters/40-times.md
right "a program that knows how it was compiled" 'fast.c'
sed -i '1i BOOK_CFLAGS = -std=c17 -Wall -O0 -gdwarf-4 -pthread' Makefile
edit "flags of all programs" 'plain' 's/^fast$/plain/' chapters/40-times.md

sed -i 's/^plain$/a lie/' chapters/40-times.md
! make -s test >said 2>&1 || fail "a lie passes"
sed -i 's/^a lie$/plain/' chapters/40-times.md
make -s test >said 2>&1 || fail "the truth fails"
make -q book-programs || fail "something is made again when nothing has changed"
echo "$count edits, never stale; the slowest to all tests and pages $(awk -v ns=$slowest 'BEGIN { printf "%.1f s", ns / 1e9 }')"

# One request, and what is answered.
get() { # PATH [HOST]
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "${2:-127.0.0.1:$port}" >&3
    cat <&3
    exec 3<&-
}
heddle serve --port 0 >address 2>said &
server=$!
for _ in $(seq 600); do
    test ! -s address || break
    sleep 0.1
done
url=$(cut -d' ' -f1 address) port=${url#http://127.0.0.1:} path=/${url#http://*/} port=${port%%/*}
for _ in $(seq 600); do
    get "$path" >page 2>/dev/null || :
    ! grep -q 'the product is 10' page || break
    sleep 0.1
done
grep -q 'the product is 10' page || fail "the page is not served"
get / | head -n 1 | grep -q ' 404 ' || fail "who has no key gets something"
get "$path" evil.example | head -n 1 | grep -q ' 403 ' || fail "another host gets something"
kill $server
wait $server || :
! readlink /proc/[0-9]*/exe | grep -q heddle || fail "the server leaves something running"
echo "served, with its key, and ended"
