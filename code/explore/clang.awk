# What clang 14 makes of a source, before it adds hooks. It adds none where it sees
# an element of a local array or struct, or a local variable through a cast, even if
# the program has given its address away: it asks whether the element's address is
# given away. So those variables are known here by a pointer that was a number, and
# clang no longer sees that they are local.
#
# Where a variable begins and ends, clang says with marks (LLVM's lifetime.start and
# lifetime.end) that become calls, if anybody but its function can have its address.
# What ends as the function returns needs none. A compound literal has no such marks: it
# ends with a variable of its block, or of the first one around it that has any.
#
# Of what is not 1, 2, 4, 8 or 16 bytes large it tells nobody: it is told of here. Where that
# cannot be, a section of texts says why nothing is proven; as where a function was to have no hooks, or is written in
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

# What debug information says of variables and places: their scopes, and which is whose.
function take_scope(text,    number, scope) {
    if (text !~ /^![0-9]+ = (distinct )?!DI(LocalVariable|Location|LexicalBlock|Subprogram)/)
        return
    number = text
    sub(/ .*/, "", number)
    if (text ~ /!DISubprogram/)
        is_function[number] = 1
    if (text ~ /!DILocalVariable/ && text ~ / arg: [1-9]/)
        is_argument[number] = 1
    if (match(text, /scope: ![0-9]+/))
        scope_of[number] = substr(text, RSTART + 7, RLENGTH - 7)
}

BEGIN {
    while ((getline text < ARGV[1]) > 0)
        take_scope(text)
    close(ARGV[1])
}

function allocated_type(text) {
    match(text, /alloca (inalloca )?/)
    text = substr(text, RSTART + RLENGTH)
    sub(/, (i32|i64) [%0-9].*|, align.*|, !dbg.*/, "", text)
    return text
}

function launder(text, name,    type, pointer) {
    type = allocated_type(text)
    pointer = opaque ? "ptr" : type "*"
    sub(/^  %[^ ]+ =/, "  " named("local", name) " =", text)
    print text
    print "  " named("number", name) " = ptrtoint " pointer " " named("local", name) " to i64"
    print "  " name " = inttoptr i64 " named("number", name) " to " pointer
}

# Whether the function returns behind the line, with nothing to be seen before.
function returns_behind(i) {
    while (++i <= count)
        if (line[i] ~ /^  ret /)
            return 1
        else if (line[i] !~ /@llvm\.(lifetime\.end|dbg|stackrestore)|#dbg_|^  %[^ ]+ = (bitcast|load) /)
            return 0
    return 0
}

function mark_literal(what, name, text,    type, pointer) {
    type = allocated_type(allocation[name])
    pointer = opaque ? "ptr" : type "*"
    if (!opaque) {
        print "  %told." ++told_count " = bitcast " pointer " " name " to i8*"
        name = "%told." told_count
    }
    print "  call void @__tsan_block_" what "(" (opaque ? "ptr " : "i8* ") name ", i64 ptrtoint (" pointer \
        " getelementptr (" type ", " pointer " null, i32 1) to i64))" \
        (match(text, /, !dbg ![0-9]+/) ? substr(text, RSTART, RLENGTH) : "")
    used["__tsan_block_" what] = 1
}

# With whom a literal ends that is used at this place; "": with its function.
function ends_at(place,    scope, name) {
    for (scope = scope_of[place]; scope != "" && !(scope in is_function); scope = scope_of[scope])
        for (name in has_marks)
            if (name in variable && scope_of[variable[name]] == scope)
                return name
    return ""
}

# What a switch declares before its first case is not even declared to debuggers; these
# names are clang's own.
function is_undeclared(name) {
    return switches && !(name in variable) && !(name in has_marks) && name ~ /^%[A-Za-z_][A-Za-z_0-9]*$/ && \
        name !~ /^%(retval|result|tmp|temp|coerce|undef|vla|nrvo|this|cond|saved|cleanup|exn|ehselector|__)/
}

# Jumps that lead past the beginning of a variable make clang forget its marks.
function take_unmarked(    name, other) {
    for (name in shared) {
        if (name in literal_at) {
            other = ends_at(literal_at[name])
            if (other != "")
                ends_with[name] = other
        }
        if (is_undeclared(name) || \
            (name in variable && !(name in has_marks) && !(variable[name] in is_argument) && \
             !(scope_of[variable[name]] in is_function) && allocation[name] !~ /, (i32|i64) %/))
            doubt("has the variable " substr(name, 2) ", of whose end clang tells nobody")
    }
}

# A mark of LLVM's becomes a call, or is gone.
function mark(i,    text, what, literal) {
    text = line[i]
    what = text ~ /lifetime\.start/ ? "begin" : "end"
    if (what == "end" && returns_behind(i))
        return
    for (literal in ends_with)
        if (ends_with[literal] == marked[i])
            mark_literal(what, literal, text)
    if (!(marked[i] in shared))
        return
    match(text, /i64 [0-9]+/)
    print "  call void @__tsan_block_" what "(" (opaque ? "ptr " : "i8* ") pointer_of[i] ", " \
        substr(text, RSTART, RLENGTH) ")" (match(text, /, !dbg ![0-9]+/) ? substr(text, RSTART, RLENGTH) : "")
    used["__tsan_block_" what] = 1
}

# Locals of which the line does more than to read or write them.
function note_shared(text,    pointer, name) {
    if (text ~ /@llvm\.dbg\.|#dbg_|^  %[^ ]+ = alloca /)
        return
    if (text ~ /^  (%[^ ]+ = load|store) /) {
        pointer = text
        sub(/, align .*/, "", pointer)
        sub(/.*[ *]%/, "%", pointer)
        if (pointer ~ /^%[-a-zA-Z$._0-9]+$/)
            text = substr(text, 1, index(text, "align") ? index(text, ", align") : length(text)) " "
        sub(/%[-a-zA-Z$._0-9]+[, ]*$/, "", text)
    }
    sub(/^  %[^ ]+ =/, "", text)
    while (match(text, /%[-a-zA-Z$._0-9]+/)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (name in locals)
            shared[name] = 1
    }
}

function flush_function(    i) {
    for (i = 1; i <= count; i++)
        if (!(i in marked) && !((i + 1) in marked && line[i] ~ /^  %[^ ]+ = bitcast /))
            note_shared(line[i])
    take_unmarked()
    for (i = 1; i <= count; i++) {
        if (i in marked)
            mark(i)
        else if (line[i] ~ /^  %[^ ]+ = alloca / && local_of(line[i]) in parts)
            launder(line[i], local_of(line[i]))
        else
            print line[i]
    }
    count = 0
    delete parts
    delete locals
    delete marked
    delete shared
    delete has_marks
    delete variable
    delete allocation
    delete literal_at
    delete ends_with
    switches = 0
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

function tell_size(what, type, pointer, size,    number) {
    if (!opaque && pointer ~ /\)$/) {
        pointer = "bitcast (" type "* " pointer " to i8*)"
    } else if (!opaque) {
        number = ++told_count
        insert("  %told." number " = bitcast " type "* " pointer " to i8*")
        pointer = "%told." number
    }
    tell(what, (opaque ? "ptr " : "i8* ") pointer, "i64 " size)
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
inside && /^  %[^ ]+ = alloca / {
    locals[local_of($0)] = 1
    allocation[local_of($0)] = $0
}
# A mark is of its variable, or of what was made of it in the line before, which alone
# makes it no part.
inside && /^  switch / { switches = 1 }
inside && /^  call void @llvm\.lifetime\.(start|end)/ {
    text = $0
    sub(/\).*/, "", text)
    match(text, /%[-a-zA-Z$._0-9]+$/)
    pointer_of[count] = name = substr(text, RSTART, RLENGTH)
    if (!(name in locals) && line[count - 1] ~ /^  %[^ ]+ = bitcast / && local_of(line[count - 1]) == name) {
        if (part_of_last != "")
            delete parts[part_of_last]
        text = line[count - 1]
        sub(/ to .*/, "", text)
        sub(/.* /, "", text)
        name = text
    }
    marked[count] = name
    has_marks[name] = 1
}
inside && /@llvm\.dbg\.declare|#dbg_declare/ && match($0, /%[-a-zA-Z$._0-9]+, (metadata )?![0-9]+/) {
    text = substr($0, RSTART, RLENGTH)
    name = text
    sub(/,.*/, "", name)
    sub(/.* /, "", text)
    variable[name] = text
}
inside && match($0, /%\.compoundliteral[0-9]*/) && match($0, /, !dbg ![0-9]+/) {
    text = substr($0, RSTART + 7, RLENGTH - 7)
    match($0, /%\.compoundliteral[0-9]*/)
    name = substr($0, RSTART, RLENGTH)
    if (!(name in literal_at))
        literal_at[name] = text
}
{ part_of_last = "" }
inside && /^  %[^ ]+ = (getelementptr|bitcast|addrspacecast) / {
    text = $0
    sub(/^  %[^ ]+ = /, "", text)
    while (match(text, /%[-a-zA-Z$._0-9]+/)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (name in locals && !(name in parts)) {
            parts[name] = 1
            part_of_last = name
        }
    }
}
inside && /^  (%[^ ]+ = load|store) / && !is_told(store_size(type_of($0))) {
    text = $0
    sub(/, align .*/, "", text)
    type = opaque ? ", ptr " : ", " type_of($0) "* "
    pointer = substr(text, index(text, type) + length(type))
    if (!(pointer in locals) || pointer in parts)
        tell_size(/^  store/ ? "write" : "read", type_of($0), pointer, store_size(type_of($0)))
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
