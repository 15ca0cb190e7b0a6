/*
 * Where each listing of a book stands: what is known of it, and since when.
 *
 * It is read from the book, then told what the compiler said and what the tests
 * found. Whatever has not been told yet is "stale": nothing is taken for true that
 * was not seen for this very text. One thread at a time.
 *
 * The states that it prints:
 *   stale     not run since this edit
 *   same      ran, and what it printed is what the page shows; a fragment compiles
 *   compiled  it compiles, and nothing says what it shall print
 *   differs   ran, and the page shows something else; "bless" when --bless mends it
 *   failed    ran, and went wrong otherwise
 *   broken    does not compile: the compiler's message is about a line of it
 *   unbuilt   not run, for its program does not compile
 */
#ifndef HEDDLE_SERVE_TRUTH_H
#define HEDDLE_SERVE_TRUTH_H

#include "heddle/report/diag.h"
#include "heddle/web/web.h"

/* What has been found out for the text that was read. */
enum truth_known { TRUTH_NOTHING, TRUTH_COMPILED, TRUTH_TESTED, TRUTH_EXPLORED };

/* A message of the compiler, or of the linker, at a chapter's line. */
struct truth_fault {
    struct span path, text;
    unsigned line, column;
};

struct truth_result {
    struct span path, name, kind, program, message;
    unsigned line;
    bool passed, differs;
};

struct truth {
    struct web web;
    struct diags diags;
    const char *folder; /* that chapters are found in: "build/desk", or "" */
    struct arena arena; /* of the next two */
    struct truth_fault *faults;
    size_t fault_count, fault_cap;
    struct truth_result *results;
    size_t result_count, result_cap;
};

/* Read the book: `paths` as web_load() has them, `folder` in front of each. What was
 * told before is forgotten. A book with errors is read as far as it goes. */
void truth_read(struct truth *truth, const char *const *paths, size_t count, const char *folder);

/* What Make said on stderr, and what heddle test --json printed. */
void truth_compiled(struct truth *truth, struct span said);
void truth_tested(struct truth *truth, struct span json);

/* As JSON: an array of listings; an object of names for who completes them. */
void truth_print(const struct truth *truth, enum truth_known known, struct buf *out);
void truth_print_names(const struct truth *truth, struct buf *out);

void truth_free(struct truth *truth);

#endif
