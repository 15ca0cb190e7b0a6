# Assembler of a program that is to be explored, and what its hooks do not say:
#
# - Inline assembler is marked: the explorer refuses it by its place. That of
#   directives, and instructions that touch no memory and take no turn, may stay.
# - gcc tells that an aggregate is written before it tells that the other is read;
#   it is copied only then. Such a pair of hooks is renamed, so that it can be
#   turned round (tsan_hooks.c).
# - gcc tells nothing of a struct that is passed to a function or comes from one,
#   be it a global one or behind a pointer. Then there are more bytes accessed than
#   hooks have told of; it is told of by a call before it (unseen.c), or marked
#   where that cannot be.
# - clang tells nothing of atomic minima and maxima: they are marked.
# - A function that calls nobody, and accesses nothing that others can see, has no hook at
#   all; nor is there one where a frame grows or shrinks later, as it does with arrays of
#   variable size. Large frames are told of, and what shrinks (unseen.c).
# - gcc tells nothing of variables that a function shares with one inside of it; and
#   nobody knows what a processor's own counters and dice say. Then nothing is proven.
#
# Marks are addresses in sections of their own. What is read is what gcc and clang
# write for x86-64 and AArch64.

{ line[NR] = $0 }
/^\t\.ident\t"GCC/ { gcc = 1 }
/%r[bs]p/ { x86 = 1 }
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
    if (text ~ /^\tf(ld|ild|add|sub|mul|div|com|ucom)/)
        return 0
    return text ~ /\)[ \t]*$/ || text ~ /,[ \t]*%fs:/ || text ~ /^\tst[a-z]*\t/
}

# The variable that is accessed by its name; "" where there is none.
function variable(text) {
    if (text ~ /^\t(lea|call|jmp)/ || text ~ /@(GOT|got|TLS|tls)|%fs:/ || !match(text, /[A-Za-z_$][A-Za-z0-9_.$]*\(%rip\)/))
        return ""
    return substr(text, RSTART - 1, 1) == "." ? "" : substr(text, RSTART, RLENGTH - 6)
}

# Memory behind a pointer: not the frame, nor a variable by its name.
function is_behind_pointer(text) {
    if (text ~ /^\t(lea|call|jmp|nop|fn?stenv|fldenv)/ || text !~ /^\t[a-z]/ || text ~ /%[fg]s:/)
        return 0
    return text ~ /\(%r(ax|bx|cx|dx|si|di|8|9|1[0-5])[,)]/
}

# How many bytes the instruction reads or writes at its memory; 0: unknown.
function size_of(text,    name) {
    name = text
    sub(/^\t/, "", name)
    sub(/[ \t].*/, "", name)
    if (name ~ /^mov[zs]b[wlq]$/)
        return 1
    if (name ~ /^mov[zs]w[lq]$/)
        return 2
    if (name ~ /^(movslq|movss|movd|flds|fstps|cvtss2sd|cvtsi2s[sd]l)$/)
        return 4
    if (name ~ /^(movsd|movlps|movhps|movlpd|movhpd|fldl|fstpl|cvtsd2ss|cvtsi2s[sd]q)$/)
        return 8
    if (name ~ /^(fldt|fstpt)$/)
        return 16
    if (name ~ /^mov(ups|aps|upd|apd|dqu|dqa)$/)
        return 16
    if (name ~ /^(mov|add|sub|and|or|xor|cmp|test|push|imul)[bwlq]$/)
        return name ~ /b$/ ? 1 : name ~ /w$/ ? 2 : name ~ /l$/ ? 4 : 8
    return 0
}

function memory_of(text) {
    return match(text, /[-A-Za-z0-9_.$+]*\(%[a-z0-9]+(,[^)]*)?\)/) ? substr(text, RSTART, RLENGTH) : ""
}

function tell(hook, memory) {
    print "\tleaq\t-128(%rsp), %rsp\n\tpushq\t%rax"
    if (memory != "")
        print "\tleaq\t" memory ", %rax"
    print "\tpushq\t%rax\n\tcall\t__tsan_unseen_" hook
    print "\tleaq\t8(%rsp), %rsp\n\tpopq\t%rax\n\tleaq\t128(%rsp), %rsp"
}

function tell_shrinks(end) {
    print "\tleaq\t-128(%rsp), %rsp\n\tpushq\t%rax"
    if (end != "%rax")
        print "\tmovq\t" end ", %rax"
    print "\tpushq\t%rax\n\tcall\t__tsan_unseen_shrink"
    print "\tleaq\t8(%rsp), %rsp\n\tpopq\t%rax\n\tleaq\t128(%rsp), %rsp"
}

# False: it cannot be told of.
function tell_unseen(text,    size, stores) {
    if (text ~ /^\trep movs[blq]/) {
        tell("copy" (text ~ /movsb/ ? 1 : text ~ /movsl/ ? 4 : 8), "")
        return 1
    }
    size = size_of(text)
    stores = is_store(text) && text !~ /^\t(cmp|test|push)/
    if (!size || memory_of(text) == "")
        return 0
    if (!stores || text ~ /^\t(add|sub|and|or|xor)/)
        tell("read" size, memory_of(text))
    if (stores)
        tell("write" size, memory_of(text))
    return 1
}

# The call before has told of so many bytes that are accessed behind it: of none in the
# function's frame, as those are no concern of ours, and of none by atomics, as these do
# it themselves. A bit-field is read before it is written, of which gcc does not tell.
function take_hook(text,    size) {
    if (text ~ /__tsan_(func|init|weak|atomic|unseen)/ || text !~ /__tsan_/) {
        may_read = may_write = 0
        return
    }
    size = 1e9
    if (text ~ /vptr/)
        size = 8
    else if (match(text, /(read|write)[0-9]+/))
        size = substr(text, RSTART + (substr(text, RSTART, 1) == "r" ? 4 : 5)) + 0
    if (before[2] ~ /^\tleaq\t-?[0-9]+\(%rbp\), %rax/ && before[1] ~ /^\tmovq\t%rax, %rdi/)
        size = 0
    if (text ~ /write|vptr_update/)
        may_write = size
    if (may_read < size || text ~ /read/)
        may_read = size
}

function is_untold(text,    size, writes) {
    size = size_of(text)
    writes = is_store(text) && text !~ /^\t(cmp|test|push)/
    if (text ~ /^\trep movs/)
        return may_read < 1e9
    if (size == 0)
        size = 1
    if ((writes ? may_write : may_read) < size)
        return 1
    if (writes)
        may_write -= size < 1e9 ? size : 0
    else
        may_read -= size
    return 0
}

# The frame grows, by at least a kilobyte or by nobody knows how much.
function grows_frame(text) {
    if (text ~ /^\tsubq\t\$[0-9]+, %rsp/)
        return substr(text, index(text, "$") + 1) + 0 >= 1024
    return text ~ /^\t(sub|mov|and)q\t%r(ax|bx|cx|dx|si|di|8|9|1[0-5]), %rsp/
}

# The frame may become smaller: arrays of variable size have ended.
function new_end(text) {
    return match(text, /^\tmovq\t(%r[a-z0-9]+|-?[0-9]+\(%rbp\)), %rsp/) && text !~ /%rbp, / ? \
        substr(text, 7, RLENGTH - 12) : ""
}

# A function inside another finds the outer one's variables by a register that no
# other function reads before it writes it.
function is_inner(text) {
    return text ~ /^\tmovq\t%r10, / || text ~ /^\t(mov\tx[0-9]+, x18|str\tx18, )/
}

function is_chance(text) {
    return text ~ /^\t(rdtscp?|rdpmc|rdrand|rdseed|rdpid|cpuid|xbegin)[a-z]*([ \t]|$)|^\tmrs\t.*(cnt[pv]ct|rndr)/
}

function doubt(text) {
    if (!(text in doubts))
        print "\t.pushsection explore_doubts, \"aw\"\n\t.asciz \"" text "\"\n\t.popsection"
    doubts[text] = 1
}

END {
    pending = 0
    for (i = 1; i <= NR; i++) {
        text = line[i]
        if (text ~ /^[A-Za-z_.$0-9]+:/) { pending = 0 }
        if (text ~ /^[A-Za-z_$].*:/) {
            may_read = may_write = chain = 0
            label = substr(text, 1, index(text, ":") - 1)
        }
        if (gcc && !chain && text ~ /^\t[a-z].*(%r10|x18)/) {
            chain = 1
            if (is_inner(text)) { inner[i] = label }
        }
        if (!inside && is_chance(text)) { chance[i] = 1 }
        if (text ~ /^\t(call|bl)/) {
            take_hook(text)
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
        if (gcc && !inside && ((name != "" && !(name in constant)) || is_behind_pointer(text) ||
                               text ~ /^\trep movs/) && is_untold(text))
            unseen[i] = 1
        if (text ~ /^\t[a-z]/) {
            before[2] = before[1]
            before[1] = text
        }
        if (text ~ /^[ \t]*#APP/) { inside = 1 }
        if (text ~ /^[ \t]*#NO_APP/) { inside = 0 }
        if (!inside && is_atomic(text)) { atomic[i] = 1 }
        if (!inside && x86 && grows_frame(text)) { frame[i] = 1 }
        if (!inside && x86 && new_end(text) != "") { shrinks[i] = 1 }
        if (inside && !told && is_instruction(text)) { assembler[i] = told = 1 }
        if (!inside) { told = 0 }
    }
    for (i = 1; i <= NR; i++) {
        if (i in inner) {
            sub(/\.[0-9]+$/, "", inner[i])
            doubt("has the function " inner[i] " inside another, of which gcc tells nobody")
        }
        if (i in chance) {
            split(line[i], word)
            doubt("asks the processor by " word[1])
        }
        if (i in unseen && x86 && tell_unseen(line[i]))
            delete unseen[i]
        if (i in shrinks)
            tell_shrinks(new_end(line[i]))
        if (i in assembler || i in unseen || i in atomic)
            print ".Lexplore" i ":"
        print line[i]
        if (i in frame)
            tell("frame", "")
    }
    marks("explore_assembler", assembler)
    marks("explore_unseen", unseen)
    marks("explore_atomic", atomic)
}
