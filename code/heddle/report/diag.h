/*
 * Errors, warnings and notes with their places, collected over a run.
 *
 * Everything wrong is reported: chapter by chapter and line by line, at one
 * place in the order it was found. What a run does then depends on the count.
 * A note belongs to the message before it. Nothing in a chapter's text reaches
 * the terminal that could steer it. The zero value is empty. One thread at a
 * time.
 *
 *     chapters/50-queue.md:88:1: error: no chunk is named "wait-for-a-item"
 *        88 | <<wait-for-a-item>>
 *           |   ^~~~~~~~~~~~~~~
 *     chapters/50-queue.md:104:1: note: did you mean "wait-for-an-item"?
 *
 * The room report: where in a chapter something stands, and what is wrong with it.
 */
#ifndef HEDDLE_REPORT_DIAG_H
#define HEDDLE_REPORT_DIAG_H

#include <stdio.h>

#include "heddle/report/source.h"

enum diag_level { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

struct diag {
    enum diag_level level;
    struct place place; /* without a source: about no chapter */
    unsigned width;     /* columns under the caret; 0 shows no line */
    const char *message;
};

struct diags {
    struct arena arena;
    struct diag *list;
    size_t count, cap;
    size_t errors, warnings;
    bool strict;        /* a warning counts as an error */
    bool system_failed; /* the machine, not the book: exit status 2 */
};

void diag_add(struct diags *diags, enum diag_level level, struct place place, unsigned width,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* An error about a span of a chapter: place and caret width come from it. */
void diag_error_at(struct diags *diags, const struct source *source, struct span where,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));

/* More on the message before it, without a place of its own. */
void diag_note(struct diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the system refused (open, write, fork ...): no place in a chapter. */
void diag_system(struct diags *diags, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Move all that `from` collected behind what is here. */
void diag_append(struct diags *diags, struct diags *from);

bool diag_failed(const struct diags *diags);     /* any error, or strict and any warning */
int diag_exit_status(const struct diags *diags); /* 0, 1 or 2 */

/* Messages of one place stand together; within a chapter they go by line. Of many equal
 * ones the first few are shown, and where the others stand; as JSON, all. */
void diag_print(const struct diags *diags, FILE *stream, bool colour);
void diag_print_json(const struct diags *diags, struct buf *buf); /* an array */
void diag_free(struct diags *diags);

#endif
