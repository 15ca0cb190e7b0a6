/*
 * A session: what a block ```console {of=p} shows of a terminal, several runs
 * of one program in one folder.
 *
 *     $ ./p 3 4
 *     7
 *     $ ./p < numbers.txt
 *     12
 *     $ ./p x
 *     p: x is no number
 *     $ echo $?
 *     1
 *
 * A command is ./p, ./a.out or the name of the program's file with its words, no shell. Lines that compile
 * (cc, gcc, clang, make) and print nothing are passed over: Make has done that.
 * Each run ends with status 0, unless `echo $?` asks, or the block's status= or
 * signal= says how the last one ends.
 */
#ifndef HEDDLE_DOCTEST_SESSION_H
#define HEDDLE_DOCTEST_SESSION_H

#include "heddle/base/shell_words.h"
#include "heddle/expect/expect.h"
#include "heddle/web/web.h"

enum session_kind { SESSION_RUN, SESSION_STATUS, SESSION_COMPILE };

struct session_step {
    enum session_kind kind;
    struct span command;     /* the line, "$ " and all */
    struct shell_words args; /* behind the program's name */
    const char *input;       /* the file that it reads, or NULL */
    struct expect expect;    /* what is printed, both streams as one */
};

struct session {
    struct session_step *steps;
    size_t count;
};

/* Is this a block that may be one? */
bool session_is(const struct block *block);

/* Read a block about `program`. Lines that are no command of it are reported;
 * then the answer is false. All of it is in the arena. */
bool session_read(struct session *session, struct arena *arena, const struct source *source,
                  const struct block *block, const struct target *program, struct diags *diags);

#endif
