# A synthetic book in one of four notations:
#
#     awk -v chunks=50000 -v names=ordered -v as=markdown -f tests/bench/bench_book.awk > book.md
#
# names: ordered (chunk-000001 ...) or random (the same, scattered).
# as: markdown, noweb, funnelweb.
#
# Every file has 1 root that uses 3 chunks, each of which uses 3, and so on
# down to 40 chunks a file; a chunk has about 12 lines of C and 8 of prose. The
# same text comes out of each notation. `lines` and `prose` change the sizes.

function name(i) {
    return sprintf("chunk-%06d", names == "random" ? (i * 7919 + 12345) % 1000003 : i)
}


function open_chunk(i, path) {
    if (as == "noweb")
        print "<<" (path != "" ? path : name(i)) ">>="
    else if (as == "funnelweb")
        printf path != "" ? "@O@<%s@>@{" : "@$@<%s@>@{", path != "" ? path : name(i)
    else if (path != "")
        print "```c {file=" path "}"
    else
        print "```c {#" name(i) "}"
}

function close_chunk() {
    if (as == "noweb")
        print "@"
    else if (as == "funnelweb")
        print "@}\n"
    else
        print "```\n"
}

function use(i, last) {
    if (as == "funnelweb")
        printf "    @<%s@>%s", name(i), last ? "" : "\n"
    else
        print "    <<" name(i) ">>"
}

function code(n, i, last,   k) {
    for (k = 1; k <= n; k++)
        printf "    counter_%d += step(%d, buffer[%d], \"line %d\");%s", i % 97, k, k * 3, k, \
            last && k == n && as == "funnelweb" ? "" : "\n"
}

function words(   k) {
    for (k = 1; k <= prose; k++)
        print "A paragraph says why the code below looks as it does, and what to notice in it."
    print ""
}

BEGIN {
    if (chunks == "") chunks = 1000
    if (names == "") names = "ordered"
    if (as == "") as = "markdown"
    if (lines == "") lines = 12
    if (prose == "") prose = 8
    per_file = 40
    if (as == "funnelweb") print "@p maximum_input_line_length = infinity\n@p maximum_output_line_length = infinity\n"
    for (i = 0; i < chunks; i++) {
        at = i % per_file
        base = i - at
        words()
        open_chunk(i, at == 0 ? sprintf("src/file-%05d.c", i / per_file) : "")
        first = at * 3 + 1
        uses = 0
        for (k = first; k < first + 3 && k < per_file && base + k < chunks; k++) uses++
        code(lines - uses, i, uses == 0)
        for (k = first; k < first + uses; k++) use(base + k, k == first + uses - 1)
        close_chunk()
    }
}
