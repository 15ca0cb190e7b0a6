/*
 * What was asked for, and what all commands do with it: load the book, say what
 * was found, end.
 *
 * The request owns the book and the messages; request_conclude() gives them back.
 */
#ifndef HEDDLE_REQUEST_H
#define HEDDLE_REQUEST_H

#include "heddle/outcomes/launch.h"
#include "heddle/tangle/outputs.h"

/* What the options of all commands say. */
struct request {
    const char *command;
    const char *out; /* -o */
    const char *annotated, *makefile;
    const char *junit; /* a file for the results, or NULL */
    const char *bin, *filter, *deck, *modules, *title;
    const char *port; /* a number as text, or NULL */
    const char *gdb;  /* a schedule for the debugger, or NULL */
    unsigned jobs, shard, shards;
    bool check, force, json, quiet, bless, dry_run, as_text, all, baseline, isolate, places, open,
        emacs;
    struct span below; /* where it was typed, seen from the book (root.h); empty: there */
    const char *const *arguments;
    size_t argument_count;
    size_t own_words;          /* so many of them, the last ones, stood behind "--" */
    const char *cflags, *link; /* for a program of no book, or NULL */
    struct launch_options explore;
    struct web web;
    struct diags diags;
    bool diags_are_output; /* with --json: nothing else goes to stdout */
};

/* The book that the arguments name; false: something is wrong with it, and it is reported. */
bool request_load(struct request *request);

/* The answer of a command: what was found is printed and all memory given back, then
 * the exit status. */
int request_conclude(struct request *request);

/* Naming one output means only that one; naming none means the usual three. */
struct outputs request_outputs(const struct request *request);

/* True also where nobody asked for it; otherwise it is reported. */
bool request_can_isolate(struct request *request);

bool request_is_colourful(FILE *stream);

static inline const char *or_usual(const char *given, const char *usual)
{
    return given != NULL ? given : usual;
}

static inline const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

#endif
