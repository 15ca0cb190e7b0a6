# The litmus programs of known.tsv as C, to be run by machine.c: a function a thread,
# and for each program its name, its threads, its registers and locations by name, and
# all final states of x86.
BEGIN {
    FS = "\t"
    print "#include \"machine.h\"\n"
    order["rlx"] = "relaxed"; order["acq"] = "acquire"; order["rel"] = "release"
    order["ar"] = "acq_rel"; order["sc"] = "seq_cst"
}

# "R r0 x acq" is the C that does it.
function operation(text,    w, n, at, how) {
    n = split(text, w, " ")
    how = "memory_order_" order[w[n]]
    if (w[1] == "F")
        return "    atomic_thread_fence(" how ");\n"
    if (w[1] == "W") {
        locations[w[2]] = 1
        return "    atomic_store_explicit(&of->places['" w[2] "' - 'x'].value, " w[3] ", " how ");\n"
    }
    registers[w[2]] = locations[w[3]] = 1
    at = "    of->registers[" substr(w[2], 2) "] = atomic_"
    w[3] = "&of->places['" w[3] "' - 'x'].value"
    if (w[1] == "R")
        return at "load_explicit(" w[3] ", " how ");\n"
    return at (w[1] == "X" ? "exchange" : "fetch_add") "_explicit(" w[3] ", " w[4] ", " how ");\n"
}

# The names of the set, each a letter of `letters` behind `prefix`.
function named(set, prefix, letters,    i, text) {
    for (i = 1; i <= length(letters); i++)
        if ((prefix substr(letters, i, 1)) in set)
            text = text substr(letters, i, 1)
    return text
}

{
    split("", locations); split("", registers)
    threads = split($2, thread, / \|\| /)
    for (t = 1; t <= threads; t++) {
        body = ""
        count = split(thread[t], ops, /; /)
        for (o = 1; o <= count; o++)
            body = body operation(ops[o])
        printf "static void p%d_%d(struct instance *of)\n{\n%s}\n\n", NR, t, body
    }
    list = list "    {\"" $1 "\", " threads ", {"
    for (t = 1; t <= threads; t++)
        list = list "p" NR "_" t ", "
    list = list "},\n     \"" named(registers, "r", "0123456789") "\", \"" named(locations, "", "xyz") "\",\n     \"" $3 "\", \"" $4 "\"},\n"
}

END {
    printf "const struct program programs[] = {\n%s};\n", list
    printf "const size_t program_count = sizeof programs / sizeof *programs;\n"
}
