# A header of the library as a page of the manual:
#
#     awk -v version=0.1.0 -f code/tools/manual.awk queue.h queue.h >heddle_queue.3
#
# (read twice: the head of the page names what comes below it).
# The header's first comment is the description; below it each declaration stands
# above the comment that it has in the header, and no word of either is lost
# (tests/checks/manual.sh). What the preprocessor alone reads, C++'s part of it
# too, is left out; macros that a caller writes are not.

function code(line) { # as it is, in a line of its own
    gsub(/\\/, "\\e", line); gsub(/-/, "\\-", line)
    return line ~ /^[.']/ ? "\\&" line : line
}
function text(line) {
    gsub(/\\/, "\\e", line)
    while (match(line, /lib\/[a-z]+\.h/)) # a page has another name than its header
        line = substr(line, 1, RSTART - 1) "heddle_" substr(line, RSTART + 4, RLENGTH - 6) "(3)" substr(line, RSTART + RLENGTH)
    return line ~ /^[.']/ ? "\\&" line : line
}

# Of a comment, what is set in is a list or an example, and keeps its lines.
function say(comment,   n, i, lines, kept) {
    n = split(comment, lines, "\n")
    for (i = 1; i <= n; i++) {
        if ((lines[i] ~ /^  /) != kept) {
            print kept ? ".EE" : ".EX"
            kept = !kept
        }
        print lines[i] != "" ? (kept ? code(lines[i]) : text(lines[i])) : kept ? "" : ".PP"
    }
    if (kept) print ".EE"
}
function forget() { comment = declared = "" }
function flush() {
    sub(/^\n+/, "", comment); sub(/\n+$/, "", comment)
    if (declared != "") {
        printf ".PP\n.nf\n.ft B\n%s.ft R\n.fi\n", declared
        if (comment != "") { print ".RS 4"; say(comment); print ".RE" }
    } else if (comment != "") {
        print ".PP"; say(comment)
    }
    forget()
}
function name_of(line) { # of a function that is declared here, or ""
    if (line !~ /^[A-Za-z][^={}]*[ *][a-z_0-9]+\(/ || line ~ /^(typedef|static|#)/) return ""
    sub(/\(.*/, "", line); sub(/.*[ *]/, "", line)
    return line
}

FNR == 1 {
    module = FILENAME; sub(/.*\//, "", module); sub(/\.h$/, "", module)
    pass = ++passes
    comments = 0
}
# First all names, for the head of the page; then the page.
FNR == 1 && pass == 2 {
    printf ".TH HEDDLE_%s 3 \"\" \"heddle%s\"\n.SH NAME\n.nh\n.ad l\nheddle_%s%s \\- %s\n", toupper(module), \
        version != "" ? " " version : "", module, names, purpose
    printf ".SH SYNOPSIS\n.nf\n.B #include <heddle/%s.h>\n.PP\ncc program.c $(pkg\\-config \\-\\-cflags \\-\\-libs heddle)\n.fi\n", module
    print ".SH DESCRIPTION\nThe calls have the prefix\n.B heddle_\nfor the linker and for debuggers. A program may write them without it, as here."
}
/^\/\*/ { inside = 1; if (pass == 2 && declared != "") flush() }
inside {
    line = $0
    last = line ~ /\*\//
    sub(/^ ?\/?\*+\/?/, "", line); sub(/^ /, "", line); sub(/ *\*\/ *$/, "", line)
    if (last) inside = 0
    if (comments == 0) { if (last) comments++; next } # whose file it is
    if (comments == 1 && line ~ "^" module " - ") { purpose = substr(line, length(module) + 4); sub(/\.$/, "", purpose); next }
    if (pass == 1) { comments += last; next }
    if (line ~ /^---- .* ----$/) {
        flush()
        title = substr(line, 6, length(line) - 10)
        printf ".SH %s\n", toupper(title)
        next
    }
    comment = comment line "\n"
    comments += last
    next
}
/^#ifdef __cplusplus/ { hidden = 1; next }
/^#(if|ifdef|ifndef|else|endif|include|undef)/ { if (/^#endif/) hidden = 0; next }
hidden { next }
/^#define HEDDLE_/ { next }
pass == 1 { if (name_of($0) != "" && !(name_of($0) in known)) { known[name_of($0)]; names = names ", heddle_" name_of($0) } next }
/^$/ && !open { flush(); next }
{
    line = $0
    sub(/^NODISCARD /, "", line)
    declared = declared code(line) "\n"
    open = open + gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
    open = open < 0 ? 0 : open
}
END {
    if (declared != "") flush()
    split("clock thread lock queue worker process", others, " ")
    printf ".SH SEE ALSO\n"
    for (i = 1; i <= 6; i++) if (others[i] != module) printf ".BR heddle_%s (3),\n", others[i]
    print ".BR heddle (1),\n.BR pthreads (7)"
}
