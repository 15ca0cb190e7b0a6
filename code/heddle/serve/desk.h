/*
 * The desk: what is made of a book again and again as its chapters change.
 *
 * There are two books. The saved one is what the disk holds; the draft is what
 * somebody is typing or trying, in a scratch copy (drafts.h), with programs of its own.
 * Each has a version, another for each change, and steps that are done for it in
 * turn: pages first, for these are waited for; then the truth about them. A change
 * stops what runs, and begins anew. One thread does the steps, one after the other;
 * it also does what pages ask for.
 *
 * All of a desk is guarded by its lock. Functions take it themselves, and any
 * thread may call them between desk_start() and desk_stop().
 */
#ifndef HEDDLE_SERVE_DESK_H
#define HEDDLE_SERVE_DESK_H

#include "heddle/serve/child.h"
#include "heddle/serve/drafts.h"
#include "heddle/serve/truth.h"
#include "lib/thread.h"

enum desk_step { DESK_WEAVE, DESK_TANGLE, DESK_COMPILE, DESK_TEST, DESK_EXPLORE, DESK_STEPS };

/* Where pages are written, seen from the book. */
#define DESK_PAGES "build/served"
#define DESK_SCRATCH "build/desk"

struct desk_book {
    const char *folder;             /* "." or DESK_SCRATCH */
    unsigned long version;          /* 0: there is no such book */
    unsigned long done[DESK_STEPS]; /* the version that it was last done for */
    unsigned long shown;            /* the version that the pages are of; 0: none */
    unsigned long pages;            /* another number each time that they are written */
    bool tangles;                   /* its chapters can be */
    struct buf fault;               /* what is wrong with the chapters; empty: nothing */
    struct buf trouble;             /* what kept the truth from being found out; or empty */
    struct buf woven, names;        /* JSON: see truth_print_names() */
    struct buf listings;            /* JSON, of the version that is shown, or empty */
    struct truth truth;             /* the desk's thread alone looks at it */
};

enum desk_wish { DESK_BLESS, DESK_EXPLORE_NOW };

/* What a page asks for and waits for. */
struct desk_ask {
    enum desk_wish wish;
    bool draft;
    struct span name; /* a test; a program */
    struct buf answer;
    int status; /* the command's */
    bool done, given_up;
    void (*tell)(struct desk_ask *ask); /* when it is done; the desk is locked */
    void *context;
    struct desk_ask *next;
};

struct desk_options {
    const char *heddle, *deck, *modules, *explorer; /* absolute: any folder may use them */
    const char *desk_parts;                         /* the deck that has desk/ in it */
    const char *const *chapters;                    /* as on the command line; none: chapters/ */
    size_t chapter_count;
    bool isolated;
};

struct desk {
    const struct desk_options *options;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct desk_book saved, draft;
    struct drafts drafts;
    struct child child; /* of a step, and of exploring: a change stops it */
    struct child asked; /* of blessing: it makes the change itself */
    struct desk_ask *asks;
    enum desk_step step; /* what runs; DESK_STEPS: nothing */
    const struct desk_book *at;
    unsigned long versions; /* the last that was given */
    bool over;
    struct buf news; /* JSON: all that pages are told */
    unsigned long news_number;
    void (*tell)(void *context); /* when there are news; the desk is locked */
    void *context;
    struct thread thread;
};

/* `options` stay the caller's. */
void desk_open(struct desk *desk, const struct desk_options *options);
bool desk_start(struct desk *desk);
void desk_stop(struct desk *desk); /* what runs is ended */
void desk_close(struct desk *desk);

void desk_chapters_changed(struct desk *desk);

/* The text of a chapter, as it would be if it were saved; false when there is no
 * such chapter. Or give all drafts up. */
bool desk_write_draft(struct desk *desk, struct span path, struct span text);
void desk_drop_drafts(struct desk *desk);

/* The ask stays the caller's until it is done; one that was given up is freed by
 * the desk. */
void desk_ask(struct desk *desk, struct desk_ask *ask);

/* With the lock: write the news anew, and tell. */
void desk_publish(struct desk *desk);

/* For the desk's thread, without the lock: one step of a book, or what was asked. What
 * they find out is put down with it. (desk_steps.c) */
void desk_do(struct desk *desk, struct desk_book *book, enum desk_step step, unsigned long version);
void desk_answer(struct desk *desk, struct desk_ask *ask);

#endif
