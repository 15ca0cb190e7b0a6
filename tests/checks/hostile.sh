#!/bin/sh
# Chapters that nobody writes but somebody may hand us: each must end in a
# result or an error (status 0, 1 or 2) within TIME seconds of the processor and
# SPACE MiB, never in a signal. How long that takes on a busy machine is no
# matter; what uses no processor and does not end, hangs.
#
#     tests/checks/hostile.sh [NAME...]
#
# HEDDLE names the binary (default build/bin/heddle). Each case is a generator
# in awk; its output is chapters/a.md.
set -u
LC_ALL=C
export LC_ALL

. "$(dirname "$0")/../heddle.sh"
time=${HOSTILE_TIME:-20} space=${HOSTILE_SPACE:-2048} hang=3600

work=$(mktemp -d "${TMPDIR:-/tmp}/heddle-hostile.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
cd "$work" || exit 2
passed=0 failed=0
wanted=" $* "

# try NAME STATUS AWK: STATUS is what the run must end with, "any" for 0, 1 or 2.
try() {
    case $wanted in
    "  " | *" $1 "*) ;;
    *) return ;;
    esac
    rm -rf chapters code
    mkdir chapters
    generate "$3" > chapters/a.md
    (
        ulimit -v $((space * 1024))
        ulimit -t "$time"
        ulimit -c 0
        exec timeout "$hang" "$heddle" tangle -q -o code > out 2> err
    )
    status=$?
    fine=false
    case $2/$status in
    any/[012] | "$status/$status") fine=true ;;
    esac
    if [ "$status" -ne 0 ] && [ -d code ]; then
        echo "code/ was made by a run that failed" >> err
        fine=false
    fi
    if $fine; then
        echo "ok $1 (status $status)"
        passed=$((passed + 1))
    else
        echo "not ok $1 (status $status, wanted $2)"
        cut -c1-200 err | tail -n 5 | sed 's/^/    /'
        failed=$((failed + 1))
    fi
}

# Run awk once, with what all generators need.
generate() {
    awk '
    function fence() { print "```" }
    function chunk(name) { print "```c {#" name "}" }
    function file(path) { print "```c {file=" path "}" }
    function times(text, n,   out) {
        out = ""
        while (n > 0) {
            if (n % 2) out = out text
            text = text text
            n = int(n / 2)
        }
        return out
    }
    BEGIN { '"$1"' }'
}

try ten-megabyte-line any 'print times("x", 10000000)'
try ten-megabyte-code-line 0 'file("x.c"); print times("x", 10000000); fence()'
try ten-megabyte-name any 'print "```c {#" times("n", 10000000) " file=x.c}"; fence()'
try ten-megabyte-use 1 'file("x.c"); print "<<" times("n", 10000000) ">>"; fence()'
try a-million-classes any 'print "```c {" times(".a ", 1000000) "file=x.c}"; fence()'
try three-hundred-thousand-keys any 'print "```c {" times("a=b ", 300000) "file=x.c}"; fence()'
try a-file-100000-times 1 'print "```c {" times("file=x.c ", 100000) "}"; fence()'
try three-million-braces any 'print "```c {" times("{", 3000000); fence()'
try 100000-quotes any 'print times(">", 100000) " x"'
try fence-in-20000-quotes any 'print times("> ", 20000) "```"; print times("> ", 20000) "x"'
try fences-in-quotes any 'for (i = 0; i < 100000; i++) print ">" times(">", i % 50) " ```"'
try 20000-lists-on-a-line any 'print times("- ", 20000) "x"'
try 3000-nested-lists any 'for (i = 0; i < 3000; i++) print times("  ", i) "- x"'
try 50000-unclosed-in-lists 1 'for (i = 0; i < 50000; i++) print "- ```\n  x"'
try 50000-closed-outside any 'for (i = 0; i < 50000; i++) print "- ```\n```"'
try 100000-unclosed-fences 1 'for (i = 0; i < 100000; i++) print "> ```c {#a" i "}\n"'
try 300000-empty-blocks any 'for (i = 0; i < 300000; i++) print "~~~\n~~~"'
try 100000-link-definitions any 'for (i = 0; i < 100000; i++) print "[a" i "]: /```"; print "```\n```"'
try 200000-rules any 'for (i = 0; i < 200000; i++) print "***"'
try 200000-empty-headings any 'for (i = 0; i < 200000; i++) print "#"'
try 100000-quoted-headings any 'for (i = 0; i < 100000; i++) print "> #\n"'
try 200000-open-divs any 'for (i = 0; i < 200000; i++) print "::: a"'
try 200000-comments any 'for (i = 0; i < 200000; i++) print "<!--"'
try five-million-blank-lines 0 'print "```c {file=x.c}"; for (i = 0; i < 5000000; i++) print ""; fence()'

try chain-of-100000 0 'file("x.c"); print "<<c0>>"; fence()
    for (i = 0; i < 100000; i++) { chunk("c" i); print "<<c" (i + 1) ">>"; fence() }
    chunk("c100000"); print "bottom"; fence()'
try chain-of-20000-indented any 'file("x.c"); print "<<c0>>"; fence()
    for (i = 0; i < 20000; i++) { chunk("c" i); print " <<c" (i + 1) ">>"; fence() }
    chunk("c20000"); print "bottom"; fence()'
try a-million-blanks-by-100000-lines 1 'file("x.c"); print times(" ", 1000000) "<<a>>"; fence()
    chunk("a"); for (i = 0; i < 100000; i++) print "x"; fence()'
try two-to-the-64-lines 1 'file("x.c"); print "<<c0>>"; fence()
    for (i = 0; i < 64; i++) { chunk("c" i); print "<<c" (i + 1) ">>\n<<c" (i + 1) ">>"; fence() }
    chunk("c64"); print "bottom"; fence()'
try two-to-the-64-empty-chunks 1 'file("x.c"); print "<<c0>>"; fence()
    for (i = 0; i < 64; i++) { chunk("c" i); print "<<c" (i + 1) ">>\n<<c" (i + 1) ">>"; fence() }
    chunk("c64"); fence()'
try a-megabyte-in-2000-files 1 'for (i = 0; i < 2000; i++) { print "```c {#big file=x" i ".c}"; fence() }
    chunk("big"); print times("x", 1000000); fence()'
try a-million-references 0 'file("x.c"); for (i = 0; i < 1000000; i++) print "<<a>>"; fence(); chunk("a"); print "a"; fence()'
try a-chunk-in-300000-parts 0 'for (i = 0; i < 300000; i++) { chunk("a"); print "a"; fence() }
    file("x.c"); print "<<a>>"; fence()'
try 200000-undefined-names 1 'file("x.c"); for (i = 0; i < 200000; i++) print "<<undefined-" i ">>"; fence()'
try 100000-near-misses 1 'file("x.c"); for (i = 0; i < 100000; i++) print "<<undefined-" i ">>"; fence()
    for (i = 0; i < 100000; i++) { chunk("defined-" i); fence() }'
try cycle-of-100000 1 'for (i = 0; i < 100000; i++) { chunk("c" i); print "<<c" (i + 1) % 100000 ">>"; fence() }
    file("x.c"); print "<<c0>>"; fence()'
try 50000-cycles-through-one 1 'for (i = 0; i < 50000; i++) { chunk("c" i); print "<<c" i + 1 ">>\n<<c0>>"; fence() }
    chunk("c50000"); print "<<c0>>"; fence(); file("x.c"); print "<<c0>>"; fence()'
try 50000-cycles-of-one 0 'for (i = 0; i < 50000; i++) { chunk("c" i); print "<<c" i ">>"; fence() }'
try a-million-unused-chunks 0 'for (i = 0; i < 1048576; i++) { print "```c {#a-common-prefix-of-many-chunks-" i "}"; fence() }'
try 300000-names-with-one-prefix 0 'file("x.c"); for (i = 0; i < 300000; i++) print "<<a-common-prefix-of-many-chunks-" i ">>"; fence()
    for (i = 0; i < 300000; i++) { chunk("a-common-prefix-of-many-chunks-" i); print "x"; fence() }'
try 20000-files 0 'for (i = 0; i < 20000; i++) { file("d" i % 100 "/f" i ".c"); print "x"; fence() }'
try 900-folders-deep any 'for (i = 0; i < 900; i++) path = path "d/"
    file(path "x.c"); print "x"; fence()'
try 100000-outputs-of-nobody 1 'for (i = 0; i < 100000; i++) print "```output {of=nobody-" i "}\n```"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
