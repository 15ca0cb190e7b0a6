# Numbers of prose that no block has, as "FILE:LINE: NUMBER". A number counts as
# shown when a block of the same chapter's text has it, code or output, and as
# quoted when its source stands behind it. What names a thing is no figure:
# years, items, versions, sections of standards, pages of the manual.
function numbers(text, into,   n) {
    while (match(text, /[0-9][0-9,]*(\.[0-9]+)?/)) {
        n = substr(text, RSTART, RLENGTH)
        gsub(/,/, "", n)
        into[++into["count"]] = n
        text = substr(text, RSTART + RLENGTH)
    }
}
function plain(text) {
    gsub(/[0-9][0-9.,]*[*_`]*<!--\{[^}]*\}-->/, " ", text)      # quoted
    gsub(/<!--[^>]*-->|<[^>]*>|`[^`]*`|\]\([^)]*\)|\{[#.=][^}]*\}/, " ", text)
    gsub(/(Items?|items?|PEP|LNCS|Overflow|signals?|C17, section|Linux|CPython|Python|OpenSSL|glibc|kernel is|in|up to|since|until|Since|to|than) [0-9][0-9.]*( (to|and) [0-9][0-9.]*)?/, " ", text)
    gsub(/[A-Za-z][A-Za-z_-]*[-.]?[0-9][0-9A-Za-z.-]*|[0-9]+\.[0-9]+\.[0-9.]+|\([0-9](posix)?\)/, " ", text)
    gsub(/(^|[^0-9,.])(19|20)[0-9][0-9]([^0-9,.]|[,.]([^0-9]|$)|$)/, " ", text)
    gsub(/(^|[ (,;:])[0-9]+\.[0-9]+([,)]| \([a-z])/, " ", text)
    return text
}
FNR == 1 { file++; name[file] = FILENAME; fence = ""; front = 0 }
FNR == 1 && /^---$/ { front = 1; next }
front { front = !/^---$/; next }
fence != "" && substr($0, 1, length(fence)) == fence && $0 !~ /[^`~ ]/ { fence = ""; next }
fence != "" { delete got; got["count"] = 0; numbers($0, got)
    for (i = 1; i <= got["count"]; i++) shown[file, got[i] + 0] = 1
    next }
match($0, /^(```+|~~~+)/) { fence = substr($0, 1, RLENGTH); next }
/^#+ / || /^:::/ { next }
{ prose[++lines] = plain($0); at[lines] = FNR; of[lines] = file }
END {
    for (l = 1; l <= lines; l++) {
        delete got; got["count"] = 0; numbers(prose[l], got)
        for (i = 1; i <= got["count"]; i++)
            if (!((of[l], got[i] + 0) in shown)) print name[of[l]] ":" at[l] ": " got[i]
    }
}
