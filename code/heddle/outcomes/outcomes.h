/*
 * Every outcome of a program: what an ```outcomes block of a chapter lists,
 * and what exploring its schedules found (heddle explore --record).
 *
 * Both are lists of outcomes as text, in one form:
 *
 *     2                                        what it prints to stdout
 *     2> count: lost an update                 what it prints to stderr
 *     --- ends with status 1                   how it ends
 *     Alice has a
 *     --- deadlock
 *         Alice waits for the mutex b          who waits for what, when it is stuck
 *     ---                                      ends with status 0
 *
 * Status 0 needs no words, and behind an output that is the last of its block
 * not even the line. There are no patterns: outcomes are exact.
 *
 * The room outcomes: what exploring a program found, read again and drawn.
 */
#ifndef HEDDLE_OUTCOMES_OUTCOMES_H
#define HEDDLE_OUTCOMES_OUTCOMES_H

#include "heddle/base/shell_words.h"
#include "heddle/web/web.h"

enum { OUTCOMES_USUAL_SPURIOUS = 1 }; /* as the explorer has it, too */

/* How a block's program is explored; blocks that agree share a result. */
struct outcomes_how {
    struct shell_words args;
    long bound;          /* at most so many preemptions; -1: any */
    long spurious;       /* wake-ups without cause, for each thread; usually 1 */
    long seconds;        /* the longest that it may take */
    const char *failing; /* "", "malloc", "thread" or "malloc,thread": one may fail */
    const char *model;   /* whose list it is: "", C's own; "sc", "tso" or "rc11" */
};

/* Read it from a block's attributes; what is wrong is reported. */
bool outcomes_how_read(struct outcomes_how *how, struct arena *arena, const struct snippet *snippet,
                       struct diags *diags);

/* The result's file below build/explore: "item-54-race.outcomes", with what is
 * unusual before the dot. */
void outcomes_file(const struct outcomes_how *how, struct span program, struct buf *path);

/* An outcome as text in the form above, its last line included. */
struct outcome {
    struct span text;
    unsigned line;        /* a block's: where it begins in the chapter */
    struct span schedule; /* a result's, as are the next three */
    struct span trace;    /* heddle explore --trace; empty beyond OUTCOMES_MOST_TRACES */
    const char *fault;    /* why no block can show it, or NULL */
    unsigned long runs;
};

enum { OUTCOMES_MOST_TRACES = 16 };

struct outcome_list {
    struct outcome *list;
    size_t count;
};

/* What a block lists. Points into the arena. False when an ending is none,
 * which is reported. */
bool outcomes_read_block(struct outcome_list *outcomes, struct arena *arena,
                         const struct source *source, const struct block *block,
                         struct diags *diags);

struct outcome_race {
    struct span object, first, second, schedule; /* first, second: places */
};

/* Why nothing is proven: a phrase, and its place, or empty. */
struct outcome_doubt {
    struct span text, at;
};

/* What exploring found. */
struct explored {
    struct outcome_list outcomes;
    bool complete; /* every outcome, if what is assumed holds */
    bool bounded;
    bool is_weak;             /* C allows more than steps show, because of `weak` */
    struct span unfollowed;   /* ... and why that was not tried, or "" */
    struct span model;        /* c11, rc11, tso, sc or race: code/explore/verdict.h */
    struct span assumed;      /* one line, for people */
    struct outcome_race weak; /* no schedule */
    struct outcome_doubt *doubts;
    size_t doubt_count;
    struct span stopped; /* at which limit, or empty */
    struct span fault, fault_at;
    unsigned long runs;
    struct outcome_race *races; /* the first of each object */
    size_t race_count;
};

#define OUTCOMES_RECORD "heddle outcomes 1\n"

/* Read a record: its head, a JSON object, then the traces. Points into the
 * arena and into `text`. False when it is no record. */
bool outcomes_read_record(struct explored *explored, struct arena *arena, struct span text);

/* A list as the lines of a block. */
void outcomes_write(const struct outcome_list *outcomes, struct buf *out);

/* The outcome with this text, or NULL. */
const struct outcome *outcomes_find(const struct outcome_list *outcomes, struct span text);

/* An outcome without its last line when that says nothing; what a reader sees. */
struct span outcomes_shown(struct span text);

#endif
