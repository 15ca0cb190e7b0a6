# gcc's assembler (-dA) of a program that is to be explored: a call where a variable of a
# block begins and one where it ends, which gcc tells nobody. Only its DWARF says which
# blocks there are, where they lie (.LBB and .LBE), and which variables they have.
#
# Wherever control is outside of a block, its variables have ended. So they do where it
# falls out of the block, and at each label that is jumped to from inside; to say so once
# more does no harm. Of variables whose address is never computed nobody else knows.
# What has no name (a compound literal, say) ends with the innermost block, of those that
# have variables, in which all its addresses are computed: that may be too late.
#
# All this is for x86-64 only.
#
# Whoever jumps by a number could be anywhere: then each label is one that is jumped to.

{ line[NR] = $0 }
/%r[bs]p/ { x86 = 1 }

# DWARF: a tree, told as text ------------------------------------------------------------

/^\t\.section\t/ { info = /\.debug_info/; listed = /\.debug_ranges/ }
info && /# end of children of DIE / { has_children[$NF] = 1 }
info && /# \(DIE \(0x/ { die_line[++die_count] = NR }
listed && /^\t\.quad\t/ { range[8 * ranges++] = $2 }

# A number of C's, as awks without hexadecimal ones read it.
function number(text,    i, value) {
    if (text !~ /^0x/)
        return text + 0
    for (i = 3; i <= length(text); i++)
        value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
    return value + 0
}

function label_of(text) {
    return match(text, /\.L[A-Z]+[0-9]+/) ? substr(text, RSTART, RLENGTH) : ""
}

function add_fragment(die, label) {
    if (label ~ /^\.L[BF]B/)
        block_at[label] = die
}

# From an offset of the table up to two zeros.
function add_ranges(die, at) {
    for (; at in range && label_of(range[at]) != ""; at += 16)
        add_fragment(die, label_of(range[at]))
}

function take_attribute(die, text, next_one, then,    word) {
    split(text, word)
    if (text ~ /# DW_AT_type/)
        type[die] = word[2]
    else if (text ~ /# DW_AT_abstract_origin/)
        origin[die] = word[2]
    else if (text ~ /# DW_AT_byte_size/)
        bytes[die] = number(word[2])
    else if (text ~ /# DW_AT_upper_bound/)
        bound[die] = word[1] == ".uleb128" ? -1 : number(word[2]) + 1
    else if (text ~ /# DW_AT_low_pc/)
        add_fragment(die, word[2])
    else if (text ~ /# DW_AT_ranges/)
        add_ranges(die, number(substr(word[2], index(word[2], "+") + 1)))
    else if (text ~ /# DW_OP_fbreg/ && next_one ~ /^\t\.sleb128 / && then !~ /DW_OP/ && !(die in bound)) {
        split(next_one, word)
        offset[die] = word[2] + 16
        base[die] = "rbp"
    } else if (text ~ /# DW_OP_breg7/ && next_one ~ /^\t\.sleb128 / && then !~ /DW_OP/ && !(die in bound)) {
        split(next_one, word)
        offset[die] = word[2] + 0
        base[die] = "rsp"
    }
}

function read_dies(    i, n, die, last) {
    for (n = 1; n <= die_count; n++) {
        match(line[die_line[n]], /DIE \(0x[0-9a-f]+\)/)
        die = substr(line[die_line[n]], RSTART + 5, RLENGTH - 6)
        tag[die] = line[die_line[n]]
        sub(/.*DW_TAG_/, "", tag[die])
        sub(/\).*/, "", tag[die])
        parent[die] = depth ? above[depth] : ""
        level[die] = depth
        if (tag[die] ~ /^(variable|formal_parameter)$/)
            variables[parent[die]] = variables[parent[die]] " " die
        if (tag[die] == "subrange_type")
            subranges[parent[die]] = subranges[parent[die]] " " die
        last = n < die_count ? die_line[n + 1] : die_line[n] + 64
        if (die in has_children)
            above[++depth] = die
        for (i = die_line[n] + 1; i < last && line[i] !~ /^\t\.section/; i++) {
            if (line[i] ~ /# end of children/)
                depth--
            else
                take_attribute(die, line[i], line[i + 1], line[i + 2])
        }
    }
}

# In bytes; 0: nobody knows.
function size_of(die,    list, count, i, size) {
    if (die in bytes)
        return bytes[die]
    if (die in origin && !(die in type))
        return size_of(origin[die])
    if (!(die in type))
        return 0
    size = size_of(type[die])
    count = split(subranges[die], list)
    for (i = 1; i <= count; i++)
        size *= list[i] in bound && bound[list[i]] > 0 ? bound[list[i]] : 0
    return size
}

# Functions ---------------------------------------------------------------------------------

function is_instruction(text) {
    return text ~ /^\t[a-z]/
}

# Before the instruction, all that is between it and the one before.
function take_between(from, to,    i, text) {
    for (i = from; i < to; i++) {
        text = line[i]
        sub(/:.*/, "", text)
        if (text ~ /^\.LBB[0-9]+$/ && text in block_at && !open[block_at[text]]++) {
            begun[to] = begun[to] " " block_at[text]
            all_open[block_at[text]] = 1
        }
        if (text ~ /^\.LBE[0-9]+$/) {
            sub(/LBE/, "LBB", text)
            if (text in block_at && open[block_at[text]] && !--open[block_at[text]])
                left[to] = left[to] " " block_at[text]
        }
        if (text ~ /^\.L[0-9]+$/)
            place_of[text] = to
    }
}

function add_left(at, blocks) {
    left[at] = left[at] " " blocks
}

# Where the blocks are that are open at a jump, and where it leads.
function take_jumps(from, to,    i, word, target, label) {
    for (i = from; i <= to; i++) {
        if (line[i] !~ /^\tj[a-z]+\t/ || open_at[i] == "")
            continue
        split(line[i], word)
        if (word[2] in place_of)
            add_left(place_of[word[2]], open_at[i])
        else if (word[2] ~ /^\*/)
            for (label in place_of)
                add_left(place_of[label], open_at[i])
    }
}

# Is nothing of what follows to be seen before the function returns?
function returns_behind(i, last) {
    for (; i <= last; i++) {
        if (line[i] ~ /^\t(ret|leave|popq|call\t__tsan_func_exit)/)
            return 1
        if (line[i] ~ /^[.A-Za-z]/ || (is_instruction(line[i]) && line[i] !~ /^\t(mov|nop)/))
            return 0
    }
    return 1
}

function is_shared(at, size,    i) {
    for (i in computed)
        if (i + 0 >= at && i + 0 < at + size)
            return 1
    return 0
}

# How far it reaches, at most: to what is there besides; "": it has a name.
function limit_of(at,    block, list, count, v, i, limit) {
    limit = 0
    for (block in all_open) {
        count = split(variables[block], list)
        for (v = 1; v <= count; v++)
            if (!(list[v] in offset) || base[list[v]] != frame)
                continue
            else if (at >= offset[list[v]] && at < offset[list[v]] + size_of(list[v]))
                return ""
            else if (offset[list[v]] > at && offset[list[v]] < limit)
                limit = offset[list[v]]
    }
    for (i in computed)
        if (i + 0 > at && i + 0 < limit)
            limit = i + 0
    return limit
}

function innermost(blocks,    list, count, i, block) {
    count = split(blocks, list)
    for (i = 1; i <= count; i++)
        if (block == "" || level[list[i]] > level[block])
            block = list[i]
    return block
}

function take_nameless(    at, block, limit) {
    for (at in computed) {
        block = innermost(computed[at])
        limit = block != "" && frame == "rbp" && at + 0 < 0 ? limit_of(at + 0) : ""
        if (limit != "")
            nameless[block] = nameless[block] " " at ":" limit
    }
}

# Those of two lists of blocks that are in both.
function both(a, b,    list, i, count, result) {
    count = split(a, list)
    for (i = 1; i <= count; i++)
        if (index(b " ", " " list[i] " "))
            result = result " " list[i]
    return result
}

function compute(at, blocks) {
    if (at in computed)
        computed[at] = both(computed[at], blocks)
    else
        computed[at] = blocks
}

# From the stack pointer on, two words and what a function may use below it come before.
function call(what, at, size) {
    print "\tleaq\t-128(%rsp), %rsp\n\tpushq\t%rax"
    print "\tleaq\t" (frame == "rsp" ? at + 136 : at) "(%" frame "), %rax\n\tpushq\t%rax"
    print "\tpushq\t$" size "\n\tcall\t__tsan_unseen_" what
    print "\tleaq\t16(%rsp), %rsp\n\tpopq\t%rax\n\tleaq\t128(%rsp), %rsp"
}

function tell_block(what, block,    count, list, i, size) {
    count = split(variables[block], list)
    for (i = 1; i <= count; i++) {
        size = list[i] in offset && base[list[i]] == frame ? size_of(list[i]) : 0
        if (size && is_shared(offset[list[i]], size))
            call(what, offset[list[i]], size)
    }
    count = split(nameless[block], list)
    for (i = 1; i <= count; i++)
        call(what, list[i] + 0, substr(list[i], index(list[i], ":") + 1) - list[i])
}

function tell(what, blocks, i,    list, count, b, told) {
    count = split(blocks, list)
    for (b = 1; b <= count; b++) {
        if (index(told " ", " " list[b] " ") ||
            (what == "end" && index(open_at[i] " ", " " list[b] " ")))
            continue
        told = told " " list[b]
        tell_block(what, list[b])
    }
}

function take_function(of, from, to,    i, last, block) {
    delete place_of
    delete computed
    delete open
    delete all_open
    if (of in block_at)
        all_open[block_at[of]] = 1
    last = from
    frame = "rbp"
    for (i = from; i <= to; i++) {
        if (!is_instruction(line[i]))
            continue
        take_between(last, i)
        last = i + 1
        for (block in all_open)
            if (open[block] > 0)
                open_at[i] = open_at[i] " " block
        if (line[i] ~ /^\tandq\t\$-[0-9]+, %rsp/)
            frame = "rsp"
        if (frame == "rsp" && line[i] ~ /^\tmovq\t%rsp, /)
            compute(0, open_at[i])
        if (match(line[i], /^\tleaq\t-?[0-9]+\(%r[bs]p/) && substr(line[i], RLENGTH - 2, 3) == frame)
            compute(substr(line[i], 7, RLENGTH - 11) + 0, open_at[i])
    }
    take_nameless()
    take_jumps(from, to)
    for (i = from; i <= to; i++) {
        if (i in left && !returns_behind(i, to))
            tell("end", left[i], i)
        if (i in begun)
            tell("begin", begun[i], i)
        print line[i]
    }
}

END {
    read_dies()
    for (i = 1; i <= NR; i++) {
        if (line[i] ~ /^\.LFB[0-9]+:/)
            function_label = substr(line[i], 1, length(line[i]) - 1)
        if (x86 && line[i] ~ /^\t\.cfi_startproc/) {
            for (begin = i; i < NR && line[i] !~ /^\t\.cfi_endproc/; i++)
                ;
            take_function(function_label, begin, i)
        } else {
            print line[i]
        }
    }
}
