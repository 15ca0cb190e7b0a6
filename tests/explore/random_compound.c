#include "random_compound.h"

#include "random_system.h"

void add_predicate(char *script, unsigned thread)
{
    static const char *const words[] = {"l0 w0 b0 u0", "l0 w1 b0 u0", "l0 w0 s0 u0",
                                        "l0 w1 s0 u0", "l0 w0 u0 b0", "l0 w0 w1 b0 u0"};

    (void)thread;
    if (random_below(2) == 0)
        program_add_word(script, 'L', random_below(2));
    else
        program_add_words(script, words[random_below(6)]);
}

void add_pair(char *script, unsigned thread)
{
    static const char *const words[] = {"{0",       "{0",       "{1",       "{2",         "{3",
                                        "l1 {4 u1", "l1 {5 u1", "t1 {5 u1", "l1 {0 {1 u1"};

    (void)thread;
    program_add_words(script, words[random_below(9)]);
}

void add_sixteen(char *script, unsigned thread)
{
    (void)thread;
    program_add_word(script, '.', 3 + (random_below(3) == 0));
}

void add_handler(char *script, unsigned thread)
{
    (void)thread;
    if (random_below(3) == 0)
        program_add_one_of(script, "RWFir", 1);
    else
        program_add_word(script, '/', random_below(3));
}

/* Several units, and of a semaphore that begins with some. */
void add_units(char *script, unsigned thread)
{
    static const char *const words[] = {"V0 V0", "P0 P0", "Q0 V0", "V0",    "P2",
                                        "P2 P2", "V2",    "Q2",    "P1 V1", "M1"};

    (void)thread;
    program_add_words(script, words[random_below(10)]);
}

void add_waiting(char *script, unsigned thread)
{
    if (thread == 1)
        program_add_one_of(script, ">>>[", 0);
    else
        program_add_one_of(script, "}}?<", 0);
}

/* A read-write lock that is asked for again by whoever has it. */
void add_again(char *script, unsigned thread)
{
    static const char *const words[] = {"e0 q0 g0 g0", "e0 v0 g0 g0", "f0 q0 g0 g0", "f0 v0 g0 g0",
                                        "v0 r0 g0",    "q0 r0 g0",    "f0 w0 g0"};

    (void)thread;
    program_add_words(script, words[random_below(7)]);
}

void add_maker(char *script, unsigned thread)
{
    if (thread > 1)
        program_add_word(script, '|', 1 + random_below(thread - 1));
    else
        program_add_one_of(script, "rwRWF", random_below(2));
}
