# A second, independent tangler: the same chapters must give the same files.
#
#   LC_ALL=C awk -v out=DIR -f tests/checks/tangle.awk chapters/*.md
#
# POSIX awk. Status 1, and nothing written, when a chapter is wrong.

function fail(where, text) { print where ": error: " text | "cat 1>&2"; bad = 1 }
function here() { return FILENAME ":" FNR }
function quoted(word) { gsub(/'/, "'\\''", word); return "'" word "'" }
function indent_of(s) { match(s, /^[ \t]*/); return RLENGTH }

# The attributes between the braces of an info string, into id, file, mode and skip.
function read_attributes(info,    word, key, value) {
    id = file = mode = skip = hole = answer = of = ""
    if (!match(info, /\{.*\}/) || info ~ /^\{=[^ \t]*\}$/) return       # pandoc's raw blocks
    info = substr(info, RSTART + 1, RLENGTH - 2)
    if (info ~ /^=/) return # {=html}, for pandoc
    while (match(info, /[^ \t]/)) {
        info = substr(info, RSTART)
        match(info, /^[^ \t="']+(="[^"]*"|='[^']*'|=[^ \t]*)?/)
        if (RLENGTH < 1) { fail(here(), "bad attributes"); return }
        word = substr(info, 1, RLENGTH)
        info = substr(info, RLENGTH + 1)
        if (word ~ /^#/) id = substr(word, 2)
        if (word == ".no-tangle" || word == ".fragment") skip = 1
        if (word == ".hole") hole = 1
        if (word == ".answer") answer = 1
        key = value = word
        if (!sub(/=.*/, "", key)) continue
        sub(/^[^=]*=/, "", value)
        if (value ~ /^["']/) value = substr(value, 2, length(value) - 2)
        if (key == "file") file = value
        if (key == "mode") mode = value
        if (key == "of") of = value
    }
}

# The chunk that a block belongs to: its id, or its file's chunk.
function chunk_of(    key) {
    if (skip || (id == "" && file == "")) return ""
    if (file == "") return (id in alias) ? alias[id] : id
    if (file ~ /^\// || ("/" file "/") ~ /\/\.\.\//) fail(here(), "path leaves the directory: " file)
    key = (file in root) ? root[file] : (id != "" ? id : file)
    if (id != "" && id != key && key != file) fail(here(), "two ids for " file)
    if (id != "") alias[id] = key
    alias[file] = key
    if (!(file in root)) { order[++files] = file; chapter[file] = FILENAME }
    root[file] = key
    if (mode != "") modes[file] = mode
    return key
}

# An answer is the exercise again, with the answer's chunk where the hole's was.
function fill(answer, exercise,    key, copy, i, name) {
    if (!(exercise in program)) { fail(answer, "no program is named \"" exercise "\""); return }
    key = root[program[exercise]]
    copy = "answer " answer
    lines[copy] = lines[key]
    for (i = 1; i <= lines[key]; i++) {
        body[copy, i] = name = body[key, i]
        place[copy, i] = place[key, i]
        gsub(/^[ \t]+|[ \t]+$/, "", name)
        if (name ~ reference && (substr(name, 3, length(name) - 4) in holes))
            sub(/<<.*>>/, "<<" answer ">>", body[copy, i])
    }
    name = program[exercise]
    sub(/[^\/]*$/, answer ".c", name)
    order[++files] = name
    root[name] = copy
    chapter[name] = answered[answer]
}

# The text of a chunk, each line after `indent`; a reference brings its own blanks along.
function expand(key, indent,    i, line, name, blanks, text) {
    if (key in open_chunk) { fail(key, "the chunk contains itself"); return "" }
    open_chunk[key] = 1
    for (i = 1; i <= lines[key]; i++) {
        line = body[key, i]
        blanks = substr(line, 1, indent_of(line))
        name = line
        gsub(/^[ \t]+|[ \t]+$/, "", name)
        if (name ~ reference) {
            name = substr(name, 3, length(name) - 4)
            if (name in alias) name = alias[name]
            if (name in lines) text = text expand(name, indent blanks)
            else fail(place[key, i], "no chunk is named \"" name "\"")
        } else {
            if (name ~ /^\\<</ && substr(name, 2) ~ reference) sub(/\\/, "", line)
            text = text (line == "" ? "" : indent line) "\n"
        }
    }
    delete open_chunk[key]
    return text
}

# What stands above a file, or below its first line "#!": where it comes from.
function banner_of(path,    from) {
    from = "Written by heddle tangle from " chapter[path] ": edit it there."
    if (banner == "") return ""
    if (path ~ /\.(c|h|css|js)$/) return "/* " from "\n * " banner " */\n"
    if (path ~ /\.(sh|awk|py|mk)$/ || path ~ /(^|\/)Makefile$/) return "# " from "\n# " banner "\n"
    return ""
}

BEGIN { reference = "^<<[^\001-\054\073-\100\133-\136\140\173-\177]+>>$" }

FNR == 1 {
    if (fence != "") fail(opened, "the fence is never closed")
    fence = ""; comment = front = depth = quotes = 0
    if ($0 == "---") { front = 1; next }
}
front && FNR == 2 && /^[ \t]*$/ { front = 0 }
front && banner == "" && sub(/^banner:[ \t]*/, "") { banner = $0; gsub(/^['"]|['"][ \t]*$/, "", banner) }
front { if ($0 == "---" || $0 == "...") front = 0; next }

fence != "" {                       # inside a code block
    line = $0
    for (i = 0; i < quotes; i++) sub(/^ ? ? ?> ?/, "", line)
    if (line ~ /[^ \t]/ && indent_of(line) < inner) fail(here(), "the list item ends inside a fence")
    rest = substr(line, inner + 1)
    match(rest, /^ ? ? ?(``*|~~*)[ \t]*$/)
    if (RSTART && index(rest, fence)) { fence = ""; next }
    for (i = 0; i < strip && rest ~ /^ /; i++) rest = substr(rest, 2)
    if (chunk != "") { body[chunk, ++lines[chunk]] = rest; place[chunk, lines[chunk]] = here() }
    next
}
comment || /^ ? ? ?<!--/ { comment = !/-->/; next }

{                                   # outside: containers first, then perhaps a fence
    line = $0
    for (quotes = 0; line ~ /^ ? ? ?>/; quotes++) sub(/^ ? ? ?> ?/, "", line)
    if (line !~ /[^ \t]/) next
    while (depth > 0 && indent_of(line) < level[depth]) depth--
    inner = depth ? level[depth] : 0
    rest = substr(line, inner + 1)
    while (match(rest, /^ ? ? ?([-+*]|[0-9][0-9]*[.)]) +/) && rest !~ /^ ? ? ?([-*] *)([-*] *)([-*] *)$/) {
        inner += RLENGTH
        level[++depth] = inner
        rest = substr(rest, RLENGTH + 1)
    }
    if (!match(rest, /^ ? ? ?(```+|~~~+)/)) next
    info = substr(rest, RLENGTH + 1)
    fence = substr(rest, 1, RLENGTH)
    strip = indent_of(fence)
    fence = substr(fence, strip + 1)
    if (fence ~ /^`/ && info ~ /`/) { fence = ""; next }
    opened = here()
    read_attributes(info)
    chunk = chunk_of()
    if (hole) holes[chunk] = 1
    if (answer && !(id in answered)) { answers[++answer_count] = id; answer_of[id] = of; answered[id] = FILENAME }
    if (file ~ /\.c$/) {
        name = file
        gsub(/^.*\/|\.c$/, "", name)
        program[name] = file
    }
    if (chunk != "" && !(chunk in lines)) lines[chunk] = 0
}

END {
    if (fence != "") fail(opened, "the fence is never closed")
    for (i = 1; i <= answer_count; i++) fill(answers[i], answer_of[answers[i]])
    for (i = 1; i <= files; i++) text[i] = expand(root[order[i]], "")
    if (bad) { close("cat 1>&2"); exit 1 }
    for (i = 1; i <= files; i++) {
        path = out "/" order[i]
        folder = path
        sub(/\/[^\/]*$/, "", folder)
        if (system("mkdir -p " quoted(folder)) != 0) exit 2
        first = text[i] ~ /^#!/ ? index(text[i], "\n") : 0
        printf "%s%s%s", substr(text[i], 1, first), banner_of(order[i]), substr(text[i], first + 1) > path
        close(path)
        if (order[i] in modes && system("chmod " quoted(modes[order[i]]) " " quoted(path)) != 0) exit 2
    }
}
