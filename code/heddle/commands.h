/*
 * What each command does, once the command line has been read.
 *
 * A command loads the book, does its work, prints what was found, and gives
 * back all memory. Its answer is the exit status: 0 fine, 1 the book is wrong,
 * 2 usage or system.
 */
#ifndef HEDDLE_COMMANDS_H
#define HEDDLE_COMMANDS_H

#include "heddle/request.h"

int run_tangle(struct request *request);
int run_weave(struct request *request);
int run_test(struct request *request);
int run_check(struct request *request);
int run_where(struct request *request);
int run_list(struct request *request);
int run_tags(struct request *request);
int run_explore(struct request *request);
int run_try(struct request *request);
int run_new(struct request *request);
int run_stitch(struct request *request);
int run_serve(struct request *request);

#endif
