/*
 * What the first comment of tests/explore/corpus/NAME.c says that exploring must find.
 * Its lines of this form do; all else in it is for readers:
 *
 *     can: exit 0 | ab\n       an outcome: how it ends, and what it prints;
 *                              there are these and no others
 *     says: calls getdents64   is in what --json prints; may be repeated
 *     never says: race         is not
 *     races: count, name       objects with a data race; none otherwise
 *     status: 3                of the explorer; 0 when not given, or 1 when a
 *                              race or a bad ending is expected
 *     explore: spurious=0      more words for EXPLORE
 *     compiler: gcc            what is claimed is of this one's builds only
 *     native: no, it spins     it is not run as it is; what can wait for ever never is
 *     toy: no, gcc says little it is not explored by toy.c
 *     models: weaker, why      C's model allows more than the list, and why
 *     steps: the same          as orders of steps (by-steps), which what has weak orders
 *                              is not explored as unless that is asked for
 */
#ifndef HEDDLE_TESTS_CORPUS_CLAIM_H
#define HEDDLE_TESTS_CORPUS_CLAIM_H

#include "check.h"
#include "heddle/base/arena.h"

enum { LIST_MOST = 64 };

struct list {
    const char *text[LIST_MOST];
    size_t count;
};

/* Outcomes as "exit 0|ab", and their newlines are ones. */
struct claim {
    struct list outcomes, says, never_says, races;
    const char *options, *compiler, *toy, *native, *models,
        *steps;  /* but for options, NULL: not given */
    long status; /* -1: not given */
};

/* All strings live here, until the test's end. */
extern struct arena corpus_arena;
const char *corpus_copy(struct span text);

void list_add(struct list *list, struct span text);
bool list_has(const struct list *list, const char *text);

/* Fails the test if there is no such program, or nothing is claimed of it. */
void claim_read(struct claim *claim, const char *name);

/* The explorer's, as it is given or follows from the rest. */
long claim_status(const struct claim *claim);

/* The machine and toy.c do not look for what is undefined: they do something. A graph
 * is one order of what is not ordered, and may lack some of its words. */
bool claim_has_misuse(const struct claim *claim);

/* On the machine, who waits for ever does so. */
bool claim_can_wait(const struct claim *claim);

#endif
