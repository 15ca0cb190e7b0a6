# Assembler of a program that is to be explored, and what its hooks do not say:
#
# - Inline assembler is marked: the explorer refuses it by its place. That of
#   directives, and instructions that touch no memory and take no turn, may stay.
# - gcc tells that an aggregate is written before it tells that the other is read;
#   it is copied only then. Such a pair of hooks is renamed, so that it can be
#   turned round (tsan_hooks.c).
# - gcc tells nothing of a struct that is passed to a function or comes from one,
#   be it a global one or behind a pointer. Behind the last call there is then no
#   hook; it is marked.
# - clang tells nothing of atomic minima and maxima: they are marked.
#
# Marks are addresses in sections of their own. What is read is what gcc and clang
# write for x86-64 and AArch64.

{ line[NR] = $0 }
/^\t\.ident\t"GCC/ { gcc = 1 }
/^\t\.section\t\.(rodata|data\.rel\.ro)/ { readonly = 1 }
/^\t\.(text|data|bss)|^\t\.section\t\.(text|data|bss|tdata|tbss)/ && !/data\.rel\.ro/ { readonly = 0 }
/^[A-Za-z_$][A-Za-z0-9_.$]*:/ && readonly { constant[substr($0, 1, index($0, ":") - 1)] = 1 }

function is_instruction(text) {
    sub(/^[ \t]+/, "", text)
    sub(/#.*|\/\/.*/, "", text)
    if (text ~ /^$|^\.|^[A-Za-z0-9_.$]+:[ \t]*$/)
        return 0
    return text !~ /^(rep[; \t]+)?(nop|pause|yield|endbr64|isb|[lsm]fence|dmb|nop[lw].*)[ \t]*[a-z]*$/
}

function marks(section, numbers,    i) {
    print "\t.section " section ", \"aw\""
    print "\t.balign 8"
    for (i in numbers)
        print "\t.quad .Lexplore" i
}

# x86's prefix; AArch64's exclusive loads, and what it does in one instruction.
function is_atomic(text) {
    return text ~ /^\t(lock|ldax?[rp]|ldx[rp]|cas[a-z]*|swp[a-z]*|ld(add|clr|set|eor|[su]min|[su]max)[a-z]*)[ \t]/
}

function is_store(text) { # x86: the last operand is memory; AArch64: its name says it
    return text ~ /\)[ \t]*$/ || text ~ /,[ \t]*%fs:/ || text ~ /^\tst[a-z]*\t/
}

# The variable that is accessed by its name; "" where there is none.
function variable(text) {
    if (text ~ /^\t(lea|call|jmp)/ || text ~ /@GOT|%fs:|@TLS|@tls/ || !match(text, /[A-Za-z_$][A-Za-z0-9_.$]*\(%rip\)/))
        return ""
    return substr(text, RSTART - 1, 1) == "." ? "" : substr(text, RSTART, RLENGTH - 6)
}

# Memory behind a pointer: not the frame, nor a variable by its name.
function is_behind_pointer(text) {
    if (text ~ /^\t(lea|call|jmp|nop)/ || text !~ /^\t[a-z]/ || text ~ /%[fg]s:/)
        return 0
    return text ~ /\(%r(ax|bx|cx|dx|si|di|8|9|1[0-5])[,)]/
}

END {
    pending = 0
    hooked = 1
    for (i = 1; i <= NR; i++) {
        text = line[i]
        if (text ~ /^[A-Za-z_.$0-9]+:/) { pending = 0 }
        if (text ~ /^[A-Za-z_$].*:/) { hooked = 0 }
        if (text ~ /^\t(call|bl)/) {
            hook = text ~ /__tsan_/ && text !~ /__tsan_(func|init|weak)/
            hooked = hook
            size = text
            if (gcc && sub(/.*__tsan_(unaligned_)?write/, "", size)) {
                pending = i
                wanted = size
            } else if (pending && sub(/.*__tsan_(unaligned_)?read/, "", size) && size == wanted) {
                sub(/__tsan_(unaligned_)?write/, "__tsan_copy_write", line[pending])
                sub(/__tsan_(unaligned_)?read/, "__tsan_copy_read", line[i])
                pending = 0
            } else {
                pending = 0
            }
        } else if (pending && is_store(text)) {
            pending = 0
        }
        name = variable(text)
        if (gcc && !hooked && !inside && name != "" && !(name in constant))
            unseen[i] = 1
        if (gcc && !hooked && !inside && is_behind_pointer(text))
            unseen[i] = 1
        if (text ~ /^[ \t]*#APP/) { inside = 1 }
        if (text ~ /^[ \t]*#NO_APP/) { inside = 0 }
        if (!inside && is_atomic(text)) { atomic[i] = 1 }
        if (inside && !told && is_instruction(text)) { assembler[i] = told = 1 }
        if (!inside) { told = 0 }
    }
    for (i = 1; i <= NR; i++) {
        if (i in assembler || i in unseen || i in atomic)
            print ".Lexplore" i ":"
        print line[i]
    }
    marks("explore_assembler", assembler)
    marks("explore_unseen", unseen)
    marks("explore_atomic", atomic)
}
