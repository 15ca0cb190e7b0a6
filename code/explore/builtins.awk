# A preprocessed source, and what its hooks do not say: with gcc, __builtin_memcpy,
# __builtin___memcpy_chk and the like, written as such, become instructions in line,
# whatever -fno-builtin says.
# Written is a section of texts: why nothing is proven. Twice the same of one line
# is one. What headers of the system do is declared, not called. In C++, some of them
# are calls where nothing has to be constant (weak.h).

BEGIN {
    called = "__builtin_is_constant_evaluated\\(\\) \\? __builtin_[a-z]+"
    wanted = "__builtin_(__)?(mem|str|stp|bcopy|bcmp|bzero|index|rindex)[a-z_]*"
}
/^# [0-9]+ "/ {
    number = $2 - 1
    file = $0
    sub(/^# [0-9]+ "/, "", file)
    sub(/".*/, "", file)
    next
}
{
    number++
    text = $0
    gsub(called, "", text)
    while (match(text, wanted)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (!((name, file, number) in told)) {
            if (!count++)
                print "\t.section explore_doubts, \"aw\""
            printf "\t.asciz \"uses %s at %s:%d, which gcc tells nobody\"\n", name, file, number
        }
        told[name, file, number] = 1
    }
}
