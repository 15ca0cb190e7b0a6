/*
 * What exploring the parts of a program has found (search.h), in a file. It can be gone
 * on with, and joined with those of other machines.
 *
 * It begins with a head, in lines of text: which build, which options, which arguments,
 * and which plain accesses were steps. Behind it stands what was found, part after part,
 * each written at once, so that a process that is killed leaves whole ones.
 * It is of no use to any other build of the program.
 */
#ifndef EXPLORE_SEARCH_KEPT_H
#define EXPLORE_SEARCH_KEPT_H

#include "explore/search/rounds.h"

enum { KEPT_WORDS = 256 };

struct kept_head {
    char words[KEPT_WORDS]; /* of the options that decide what there is to be found */
    unsigned crown, parts;
    uint32_t site_count;
    uintptr_t sites[SITES_MOST];
};

/* A file that was read. */
struct kept {
    struct kept_head head;
    char *bytes; /* what is behind the head, from malloc */
    size_t size; /* without what was not written whole */
    size_t head_size;
};

/* A part of one. */
struct kept_part {
    uint32_t number;
    bool is_whole;    /* it was explored to its end */
    enum round round; /* ... which said */
    struct exploration found;
};

/* The build and the arguments that heads speak of. */
void kept_begin(int argc, char **argv);

/* NULL, or why it cannot be used. A file that is not there, or empty, has no parts. */
const char *kept_read(struct kept *kept, const char *path);

/* The file holds nothing but that head. False with errno. */
bool kept_write_head(int fd, const struct kept_head *head);

/* One part more, at the file's end. False with errno. */
bool kept_write_part(int fd, const struct kept_part *part);

/* The next part from *at on, which begins with 0; false: there is none. What it points
 * to is from malloc. */
bool kept_next(const struct kept *kept, size_t *at, struct kept_part *part);

#endif
