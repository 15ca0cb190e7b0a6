/*
 * What stands behind the opening fence: ```c {#name .program file=x.c}
 *
 * Both notations, ```c {...} and ``` {.c ...}, give the same attributes; the
 * first word or class is the language. Spans point into the chapter.
 */
#ifndef HEDDLE_READ_ATTR_H
#define HEDDLE_READ_ATTR_H

#include "heddle/report/diag.h"

enum attr_kind { ATTR_ID, ATTR_CLASS, ATTR_KEY };

struct attr {
    enum attr_kind kind;
    struct span key;   /* ATTR_KEY only */
    struct span value; /* id without #, class without dot, value without its quotes */
    struct span whole; /* as written, for carets */
    bool quoted;
};

struct attrs {
    struct span language; /* "c", "output"; empty when none */
    struct span id;       /* the first one */
    struct attr *list;    /* all, in order; the language's class is not among them */
    size_t count;
    bool braces; /* there is a {...} */
};

/* Would these attributes have made a chunk or a test? Right or wrong: #name, file=,
 * of= and our classes say so. */
bool attr_is_for_us(struct span text);

/* Read an info string. Text that is no attribute list at all (no braces) is
 * fine: its first word is the language. False after reporting an error; where
 * nothing of ours is lost, a fault is a warning. */
bool attr_parse(struct attrs *attrs, struct arena *arena, const struct source *source,
                struct span info, struct diags *diags);

/* Read an info string whose attributes stand there without braces, if it has any:
 * ```python file=x.py. They then count as if they stood in braces. */
void attr_parse_bare(struct attrs *attrs, struct arena *arena, struct span info);

/* Report classes and keys that are within two edits of one of ours, and names
 * and keys of ours that a block has twice. */
void attr_check_names(const struct attrs *attrs, const struct source *source, struct diags *diags);

/* Another attribute; its language is as it was. */
void attr_add(struct attrs *attrs, struct arena *arena, struct attr attr);

/* Report names and keys of ours from the one at `from` on that the block has twice. */
void attr_check_twice(const struct attrs *attrs, size_t from, const struct source *source,
                      struct diags *diags);

bool attr_has_class(const struct attrs *attrs, const char *name);
const struct attr *attr_get(const struct attrs *attrs, const char *key); /* NULL: not there */

/* The value with \" and \\ resolved, and \n and \t too, in the arena. */
struct span attr_text(const struct attr *attr, struct arena *arena);

/* C, C++ and their headers: what a compiler reads with #line. */
bool attr_is_c_language(struct span language);

#endif
