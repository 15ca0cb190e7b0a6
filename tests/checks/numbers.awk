# Numbers of prose that no block has, as "FILE:LINE: NUMBER". A number counts as
# shown when a block of the same chapter's text has it, code or output, and as
# quoted when its source stands behind it. What names a thing is no figure:
# years, items, versions, sections of standards, pages of the manual. A number in
# words is one where it counts something: "ten times", "eight megabytes", but not
# "one of them" or "two threads". "Ten times as fast" is a measurement: no block
# that has a 10 somewhere will do for it, only its source.
function name_words(   i, n, word) {
    n = split("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", word, " ")
    for (i = 1; i <= n; i++) value[word[i]] = i
    n = split("twenty thirty forty fifty sixty seventy eighty ninety", word, " ")
    for (i = 1; i <= n; i++) value[word[i]] = 10 * (i + 1)
    value["hundred"] = 100; value["thousand"] = 1000; value["million"] = 1000000; value["billion"] = 1000000000
    counted = "^(times|([mn]illi|micro|nano)?seconds?|minutes?|hours?|days?|years?|([kmg]ilo|mega|giga|kibi|mebi|gibi)?bytes?|[kmg]ib|percent|pages?|lines?|cores?|processors?|threads?|child(ren)?|runs?|tasks?|items?|pictures?|cells?|rows?|transfers?|increments?|orders?|outcomes?|stacks?|slots?|generations?|waits?|reads?|tries|rounds?|looks?|workers?|steps?|states?|calls?|options?|arguments?|bugs?|ways|mixtures?|cases|exercises|kinds)$"
}
function words(text, into,   n, i, word, total, part) {
    gsub(/[-,.;:()"*_]/, " ", text)
    n = split(tolower(text), word, " ")
    total = part = 0
    for (i = 1; i <= n; i++) {
        if (!(word[i] in value)) {
            if (total + part > 2 && word[i] ~ counted) into[++into["count"]] = total + part
            total = part = 0
        } else if (value[word[i]] < 100) {
            part += value[word[i]]
        } else if (value[word[i]] == 100) {
            part = (part > 0 ? part : 1) * 100
        } else {
            total += (part > 0 ? part : 1) * value[word[i]]
            part = 0
        }
    }
}
function compare(text, place,   word) {
    while (match(text, /[0-9A-Za-z.]+ times (as|the|slower|faster|fewer|more|less|longer|larger|wider|cheaper)/)) {
        word = tolower(substr(text, RSTART, RLENGTH))
        sub(/ .*/, "", word)
        if (word in value || word ~ /^[0-9]/) print place word "-times"
        text = substr(text, RSTART + RLENGTH)
    }
}
function numbers(text, into,   n) {
    while (match(text, /[0-9][0-9,]*(\.[0-9]+)?/)) {
        n = substr(text, RSTART, RLENGTH)
        gsub(/,/, "", n)
        into[++into["count"]] = n
        text = substr(text, RSTART + RLENGTH)
    }
}
function plain(text) {
    gsub(/[0-9A-Za-z][0-9A-Za-z.,-]*[*_`]*<!--\{[^}]*\}-->/, " ", text)      # quoted
    gsub(/<!--[^>]*-->|<[^>]*>|`[^`]*`|\]\([^)]*\)|\{[#.=][^}]*\}/, " ", text)
    gsub(/(Items?|items?|PEP|LNCS|EWD|RJ|Overflow|signals?|C17, section|Linux|CPython|Python|OpenSSL|glibc|kernel is|in|up to|since|until|Since|to|than) [0-9][0-9.]*( (to|and) [0-9][0-9.]*)?/, " ", text)
    gsub(/[A-Za-z][A-Za-z_+-]*[-.]?[0-9][0-9A-Za-z.-]*|[0-9]+\.[0-9]+\.[0-9.]+|\([0-9](posix)?\)/, " ", text)
    gsub(/(^|[^0-9,.])(19|20)[0-9][0-9]([^0-9,.]|[,.]([^0-9]|$)|$)/, " ", text)
    gsub(/(^|[ (,;:])[0-9]+\.[0-9]+([,)]| \([a-z])/, " ", text)
    return text
}
BEGIN { name_words() }
function start_of(text) { return match(text, /^ *[A-Za-z-]+( [A-Za-z-]+)?/) ? substr(text, RSTART, RLENGTH) : "" }
FNR == 1 { file++; name[file] = FILENAME; fence = ""; front = 0 }
FNR == 1 && /^---$/ { front = 1; next }
front { front = !/^---$/; next }
fence != "" && substr($0, 1, length(fence)) == fence && $0 !~ /[^`~ ]/ { fence = ""; next }
fence != "" && drawn { next } # neither coordinates nor the milliseconds of a recording are figures
fence != "" { delete got; got["count"] = 0; numbers($0, got); words($0, got)
    for (i = 1; i <= got["count"]; i++) shown[file, got[i] + 0] = 1
    next }
match($0, /^(```+|~~~+)/) { fence = substr($0, 1, RLENGTH); drawn = /\{=html\}|^[`~]+figure .*kind=(timeline|pipes)/; next }
/^#+ / || /^:::/ { next }
{ prose[++lines] = plain($0); at[lines] = FNR; of[lines] = file }
END {
    for (l = 1; l <= lines; l++) {
        delete got; got["count"] = 0; numbers(prose[l], got)
        words(prose[l] (at[l + 1] == at[l] + 1 ? " " start_of(prose[l + 1]) : ""), got)
        for (i = 1; i <= got["count"]; i++)
            if (!((of[l], got[i] + 0) in shown)) print name[of[l]] ":" at[l] ": " got[i]
        compare(prose[l], name[of[l]] ":" at[l] ": ")
    }
}
