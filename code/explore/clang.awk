# What clang 14 makes of a source, before it adds hooks. It adds none where it sees
# an element of a local array or struct, or a local variable through a cast, even if
# the program has given its address away: it asks whether the element's address is
# given away. So those variables are known here by a pointer that was a number, and
# clang no longer sees that they are local.
#
# Of what is not 1, 2, 4, 8 or 16 bytes large it tells nobody: a section of texts says
# why nothing is proven then; as where a function was to have no hooks, or is written in
# assembler beside all functions.

# In bits; a pointer is what nothing else is.
function element_size(type) {
    if (type ~ /^i[0-9]+$/)
        return substr(type, 2) + 0
    if (type == "half" || type == "bfloat")
        return 16
    if (type == "float")
        return 32
    if (type == "x86_fp80")
        return 80
    if (type == "fp128" || type == "ppc_fp128")
        return 128
    return 64
}

# Of a vector <8 x i32> too.
function store_size(type,    bits, words) {
    bits = element_size(type)
    if (type ~ /^</) {
        split(substr(type, 2, length(type) - 2), words, " ")
        bits = words[1] * element_size(words[3])
    }
    return int((bits + 7) / 8)
}

function is_told(size) {
    return size == 1 || size == 2 || size == 4 || size == 8 || size == 16
}

# LLVM's numbered names are no beginnings of others.
function named(kind, name) {
    return "%" kind "." substr(name, 2)
}

function launder(text, name,    type, pointer) {
    match(text, /alloca (inalloca )?/)
    type = substr(text, RSTART + RLENGTH)
    sub(/, (i32|i64) [%0-9].*|, align.*|, !dbg.*/, "", type)
    pointer = opaque ? "ptr" : type "*"
    sub(/^  %[^ ]+ =/, "  " named("local", name) " =", text)
    print text
    print "  " named("number", name) " = ptrtoint " pointer " " named("local", name) " to i64"
    print "  " name " = inttoptr i64 " named("number", name) " to " pointer
}

function flush_function(    i) {
    for (i = 1; i <= count; i++) {
        if (line[i] ~ /^  %[^ ]+ = alloca / && local_of(line[i]) in parts)
            launder(line[i], local_of(line[i]))
        else
            print line[i]
    }
    count = 0
    delete parts
    delete locals
}

function local_of(text) {
    sub(/^  /, "", text)
    sub(/ =.*/, "", text)
    return text
}

# The type that is loaded, or stored.
function type_of(text) {
    sub(/^  (%[^ ]+ = load|store) (volatile |atomic )*/, "", text)
    if (text ~ /^</)
        return substr(text, 1, index(text, ">"))
    sub(/[ ,].*/, "", text)
    return text
}

function doubt(text) {
    if (!(text in told))
        doubts[++doubt_count] = text
    told[text] = 1
}

# The number of a function's attributes; "" when it has none.
function attributes_of(text) {
    return match(text, /[ )]#[0-9]+/) ? substr(text, RSTART + 2, RLENGTH - 2) : ""
}

# Of arguments, which may be expressions, the first.
function first_of(text,    depth, i, c) {
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (depth == 0 && (c == "," || c == ")"))
            return substr(text, 1, i - 1)
        if (c ~ /[([{<]/)
            depth++
        else if (c ~ /[])}>]/)
            depth--
    }
    return text
}

function insert(text) {
    line[count + 1] = line[count]
    line[count++] = text
}

# Before the current line, and at the same place of the source.
function tell(what, pointer, size,    place) {
    place = match($0, /, !dbg ![0-9]+/) ? substr($0, RSTART, RLENGTH) : ""
    insert("  call void @__tsan_" what "_range(" pointer ", " size ")" place)
    used["__tsan_" what "_range"] = 1
}

# The size is where the second of an array from 0 on would begin.
function tell_value(type, value,    pointer) {
    pointer = opaque ? "ptr" : type "*"
    if (!opaque) {
        insert("  %told." ++told_count " = bitcast " pointer " " value " to i8*")
        value = "%told." told_count
    }
    tell("read", (opaque ? "ptr " : "i8* ") value, "i64 ptrtoint (" pointer \
        " getelementptr (" type ", " pointer " null, i32 1) to i64)")
}

function name_of(text) {
    match(text, /@[^ (]+/)
    text = substr(text, RSTART + 1, RLENGTH - 1)
    gsub(/"/, "", text)
    return text
}

/[(, ]ptr[ ,)]/ { opaque = 1 }
/^define / {
    inside = 1
    attributes[name_of($0)] = attributes_of($0)
}
# (What clang adds of its own is not marked as optnone.)
/^attributes #[0-9]+ = / && / (optnone|alwaysinline) / &&
        (!/ sanitize_thread/ || /disable_sanitizer_instrumentation/) {
    unhooked[substr($2, 2)] = 1
}
/^module asm / { doubt("has assembler beside its functions") }
{
    if (!inside) {
        print
        next
    }
    line[++count] = $0
}
inside && /^  %[^ ]+ = alloca / { locals[local_of($0)] = 1 }
inside && /^  %[^ ]+ = (getelementptr|bitcast|addrspacecast) / {
    text = $0
    sub(/^  %[^ ]+ = /, "", text)
    while (match(text, /%[-a-zA-Z$._0-9]+/)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (name in locals)
            parts[name] = 1
    }
}
inside && /^  (%[^ ]+ = load|store) / && !is_told(store_size(type_of($0))) {
    text = $0
    sub(/, align .*/, "", text)
    sub(/.*[* r] /, "", text)
    if (!(text in locals) || text in parts)
        doubt("has a " type_of($0) " in memory, which clang tells nobody")
}
# A va_list is written where it begins, and where it is copied to, and clang tells
# nobody. It has 24 bytes on x86-64.
inside && /^  call void @llvm\.va_(start|copy)\(/ {
    text = substr($0, index($0, "(") + 1)
    first = first_of(text)
    if (/va_copy/)
        tell("read", first_of(substr(text, length(first) + 3)), "i64 24")
    tell("write", first, "i64 24")
}
# What is passed by value in memory is copied from where it is, and clang tells nobody.
inside && /^  (%[^ ]+ = )?((tail|musttail|notail) )?(call|invoke) .* byval\(/ {
    text = $0
    while ((at = index(text, " byval(")) > 0) {
        text = substr(text, at + 7)
        type = first_of(text)
        text = substr(text, length(type) + 2)
        sub(/^ align [0-9]+/, "", text)
        tell_value(type, substr(first_of(text), 2))
    }
}
/^declare void @__tsan_(read|write)_range\(/ { declared[name_of($0)] = 1 }
/^}/ && inside {
    inside = 0
    flush_function()
}
END {
    for (name in used)
        if (!(name in declared))
            print "declare void @" name "(" (opaque ? "ptr" : "i8*") ", i64)"
    for (name in attributes)
        if (attributes[name] in unhooked)
            doubt("has the function " name ", which clang tells nobody")
    for (i = 1; i <= doubt_count; i++)
        print doubts[i] >doubts_file
}
