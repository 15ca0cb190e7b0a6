# A preprocessed source, and what its hooks do not say: with gcc, __builtin_memcpy,
# __builtin___memcpy_chk and the like, written as such, become instructions in line,
# whatever -fno-builtin says; and a function may ask to be optimised, which leaves out
# accesses.
# Written is a section of texts: why nothing is proven. Twice the same of one line
# is one. What headers of the system do is declared, not called. In C++, some of them
# are calls where nothing has to be constant (weak.h).

function doubt(text) {
    if (!count++)
        print "\t.section explore_doubts, \"aw\""
    printf "\t.asciz \"%s\"\n", text
}

BEGIN {
    called = "__builtin_is_constant_evaluated\\(\\) \\? __builtin_[a-z]+"
    optimised = "__attribute__ *\\(\\(([^)]*[, (])?(__)?optimize(__)? *\\(|gnu::(__)?optimize"
    wanted = "__builtin_(__)?(mem|str|stp|bcopy|bcmp|bzero|index|rindex)[a-z_]*"
}
/^# [0-9]+ "/ {
    number = $2 - 1
    file = $0
    sub(/^# [0-9]+ "/, "", file)
    sub(/".*/, "", file)
    next
}
{ number++ }
/^[ \t]*#[ \t]*pragma GCC optimize/ || $0 ~ optimised {
    doubt("asks to be optimised at " file ":" number)
}
{
    text = $0
    gsub(called, "", text)
    while (match(text, wanted)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (!((name, file, number) in told))
            doubt("uses " name " at " file ":" number ", which gcc tells nobody")
        told[name, file, number] = 1
    }
}
