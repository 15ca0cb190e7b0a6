/*
 * The options of all commands: one table, from which the command line is read
 * and each command's help is printed.
 */
#ifndef HEDDLE_OPTIONS_H
#define HEDDLE_OPTIONS_H

#include "heddle/request.h"

/* Commands, as bits: an option says which take it. */
enum {
    FOR_TANGLE = 1 << 0,
    FOR_WEAVE = 1 << 1,
    FOR_TEST = 1 << 2,
    FOR_EXPLORE = 1 << 3,
    FOR_CHECK = 1 << 4,
    FOR_WHERE = 1 << 5,
    FOR_LIST = 1 << 6,
    FOR_TRY = 1 << 7,
    FOR_NEW = 1 << 8,
    FOR_STITCH = 1 << 9,
    FOR_SERVE = 1 << 10,
    FOR_TAGS = 1 << 11,
    FOR_CHAPTERS = FOR_TANGLE | FOR_WEAVE | FOR_TEST | FOR_CHECK | FOR_LIST,
    FOR_ALL = (1 << 12) - 1
};

enum options_result { OPTIONS_READ, OPTIONS_HELP, OPTIONS_WRONG };

/* Fill `request` from behind the command's name, argv[0]. What is wrong is
 * said on stderr, in the words of `request->command`. */
enum options_result options_read(struct request *request, unsigned command, int argc, char **argv);

/* A path from the command line, as it is called from the folder that `below` is
 * seen from (see root.h): one of them, in the request's arena; or those of all
 * options. */
const char *options_path(struct request *request, struct span below, const char *path);
void options_move(struct request *request, struct span below);

/* The command's options, a line each, to stdout. */
void options_print(unsigned command);

#endif
