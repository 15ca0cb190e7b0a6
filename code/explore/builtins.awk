# A preprocessed source, and what its hooks do not say. With gcc, __builtin_memcpy
# and the like, written as such, become instructions in line, whatever -fno-builtin
# says. clang passes a weak compare-exchange as a strong one, which never fails
# without cause.
# Written is a section of texts: why nothing is proven. Twice the same of one line
# is one. What headers of the system do is declared, not called.

BEGIN {
    wanted = "__builtin_(mem|str|stp|bcopy|bcmp|bzero|index|rindex)[a-z_]*"
    why = "gcc tells nobody"
    if (kind == "clang") {
        wanted = "__c11_atomic_compare_exchange_weak"
        why = "clang makes strong"
    }
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
    while (match(text, wanted)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        if (!((name, file, number) in told)) {
            if (!count++)
                print "\t.section explore_doubts, \"aw\""
            printf "\t.asciz \"uses %s at %s:%d, which %s\"\n", name, file, number, why
        }
        told[name, file, number] = 1
    }
}
