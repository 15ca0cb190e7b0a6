/*
 * Does a piece of a chapter compile? Syntax only: nothing is written.
 */
#ifndef HEDDLE_DOCTEST_COMPILE_H
#define HEDDLE_DOCTEST_COMPILE_H

#include "heddle/base/shell_words.h"
#include "heddle/web/web.h"

struct compile_options {
    const char *cc;                   /* a command with its first options; NULL: $CC, or else cc.
                                   C++ goes to $CXX, or else c++ */
    const char *code, *annotated;     /* where #include "..." looks */
    const struct shell_words *cflags; /* NULL: no more flags */
};

enum compile_outcome { COMPILE_ACCEPTED, COMPILE_REFUSED, COMPILE_NOT_RUN };

/*
 * Compile the part with all it refers to. What the compiler said, in plain
 * ASCII quotes and English, is appended to `messages`; or why it could not be
 * run or did not come to an end.
 */
enum compile_outcome compile_part(const struct part *part, const struct compile_options *options,
                                  struct buf *messages);

/*
 * The same for a fragment: as it is, or else as a function's body, with its
 * #include lines before that. When neither will do, the messages are those of
 * the attempt with fewer errors.
 */
enum compile_outcome compile_fragment(const struct part *part,
                                      const struct compile_options *options, struct buf *messages);

#endif
