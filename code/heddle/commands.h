/*
 * What each command does, once the command line has been read.
 *
 * A command loads the book, does its work, prints what was found, and gives
 * back all memory. Its answer is the exit status: 0 fine, 1 the book is wrong,
 * 2 usage or system.
 */
#ifndef HEDDLE_COMMANDS_H
#define HEDDLE_COMMANDS_H

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
    bool check, force, json, quiet, bless, dry_run, as_text, all, baseline, isolate, places, open;
    struct span below; /* where it was typed, seen from the book (root.h); empty: there */
    const char *const *arguments;
    size_t argument_count;
    struct launch_options explore;
    struct web web;
    struct diags diags;
    bool diags_are_output; /* with --json: nothing else goes to stdout */
};

int run_tangle(struct request *request);
int run_weave(struct request *request);
int run_test(struct request *request);
int run_check(struct request *request);
int run_where(struct request *request);
int run_list(struct request *request);
int run_explore(struct request *request);
int run_try(struct request *request);
int run_new(struct request *request);
int run_stitch(struct request *request);
int run_serve(struct request *request);

#endif
