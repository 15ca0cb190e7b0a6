# The table of all calls, from the headers of the library: each function's name,
# and the first sentence of the comment above it. Functions that share a comment
# share a row. FILES are headers, in the order of the table.
function flush_row() {
    if (names != "") print "| " names " | " what " |"
    names = what = ""
}
FNR == 1 {
    module = FILENAME; sub(/.*\//, "", module); sub(/\.h$/, "", module)
    comment = ""; inside = 0
}
/^\/\*/ { comment = ""; inside = 1; flush_row() }
inside {
    line = $0
    sub(/^[ \t]*\/?\*+\/?[ \t]*/, "", line); sub(/[ \t]*\*\/.*$/, "", line)
    if (line == "" && comment != "" && comment !~ /[.:]$/) comment = comment "."
    comment = comment (comment == "" || line == "" ? "" : " ") line
    if (/\*\//) inside = 0
    next
}
match($0, /^[A-Za-z][^=;#{}]*[ *](clock|thread|lock|queue|workers?|process)_[a-z_]+\(/) && !/^(typedef|static|#)/ {
    name = substr($0, 1, RLENGTH - 1); sub(/.*[ *]/, "", name)
    if (name ~ /_$/) next
    first = comment
    if (match(first, /\.( |$)/)) first = substr(first, 1, RSTART - 1)
    gsub(/\|/, "\\|", first)
    if (names != "" && comment != said) flush_row()
    if (names == "") { what = first; said = comment }
    names = names (names == "" ? "" : ", ") "[`" name "`](#" module "-interface)"
}
END { flush_row() }
