/*
 * What the exploring process and one run of the program tell each other, in
 * memory that both see.
 *
 * The explorer fills in `plan` and clears the rest; then the run writes, in
 * the order of its steps, and the explorer reads when the run has ended, even
 * if it ended by a crash. So at every moment what is counted is complete.
 */
#ifndef EXPLORE_MODEL_RECORD_H
#define EXPLORE_MODEL_RECORD_H

#include <sys/types.h>

#include "explore/model/memory.h"
#include "explore/model/op.h"

enum {
    STEPS_MOST = 20000, /* of one run, whatever the options say */
    RACES_MOST = 64,    /* data races that one run reports */
    DOUBTS_MOST = 16,   /* reasons why a list is not proven */
    SITES_MOST = 1024,  /* places whose plain accesses are steps */
    QUIET_SITES_MOST = 16,
    CALLS_KNOWN = 6,   /* open calls of a thread that are known */
    FRAMES_KNOWN = 32, /* of a thread that hangs */
    WATCHED_MOST = 16, /* variables whose values a state graph tells */
    NAME_SIZE = 32,
    FAULT_SIZE = 160,
    SPROUT_STEPS = 1 << 22 /* of all the plans that one run leaves behind */
};

/* Calls that may be made to fail: bits of plan.failing. */
enum { FAILS_MALLOC = 1, FAILS_THREAD = 2 };

/* What may be otherwise than in other runs (search/otherwise.h): bits of plan.others. Of
 * most there are two ways, as one alone could be the same by accident: with OTHER_WAY,
 * bytes are the complements, addresses do not turn round, other times and numbers are. */
enum {
    OTHER_MEMORY = 1,
    OTHER_ADDRESSES = 2,
    OTHER_TIME = 4,
    OTHER_NUMBERS = 8,
    OTHER_ALL = 15,
    OTHER_PACE = 16, /* each look at a clock takes long: by itself, as it may do anything known */
    OTHER_WAY = 32,
    OTHER_FILL = 0xa5,     /* each byte that nobody has written */
    OTHER_SHIFT = 7696,    /* bytes */
    OTHER_WAY_SHIFT = 5328 /* ... small, as loops keep what is on their stacks (spin.c) */
};

struct choice {
    uint8_t thread;
    uint8_t alternative; /* whom a signal wakes, and the like */
};

/* How a run has ended. */
enum ending {
    ENDING_UNKNOWN, /* the process went without a word: crashed */
    ENDING_EXIT,    /* `status` */
    ENDING_SIGNAL,  /* `status` is the signal */
    ENDING_DEADLOCK,
    ENDING_LOST_WAKEUP, /* a deadlock, with a thread in a condition wait */
    ENDING_MISUSE,      /* what POSIX calls undefined: `fault` */
    ENDING_LIVELOCK,    /* all that is left waits in loops, for ever */
    ENDING_QUIET,       /* cut: turns in a loop of plain accesses: `sites` */
    ENDING_REDUNDANT,   /* cut: all that could follow is known already */
    ENDING_STEPS,       /* cut: too many steps */
    ENDING_REFUSED,     /* did what cannot be explored: `fault` */
    ENDING_DIVERGED     /* the plan could not be followed: `fault` */
};

/* Some threads wait for ever. */
static inline bool ending_is_stuck(enum ending ending)
{
    return ending == ENDING_DEADLOCK || ending == ENDING_LOST_WAKEUP || ending == ENDING_LIVELOCK;
}

/* One step. `enabled`, `sleeping` are from right before it. */
enum { SHUT_READ = 1, SHUT_WRITE = 2 };

struct event {
    struct op op;
    uint8_t thread, alternative, alternatives;
    bool enabling; /* made possible what was not (see analysis.c) */
    bool failed;   /* a try that found it taken, a limit passed */
    bool unlucky;  /* a wake-up without cause, a call that was made to fail */
    bool buffered; /* a store: has gone into its thread's buffer */
    bool idle;     /* has left all memory as it was */
    bool old;      /* reads what is not the last that was written: what step `from` wrote, */
    uint32_t from; /* from 1; or, 0, what was there before all steps */
    uint8_t shut;  /* of a lock: who would have had to wait instead */
    thread_set enabled, sleeping;
    thread_set lazy;          /* ... of the enabled: would rather wait */
    thread_set wakes;         /* threads that can go on because of it */
    uint8_t stream;           /* what was printed: 1 stdout, 2 stderr ... */
    uint32_t text, text_size; /* ... and where in it */
    uint64_t value;           /* read, written; of a semaphore ... */
};

/* A call that has not returned: where it was made, and its number among all. */
struct call {
    uintptr_t from;
    uint32_t entry;
};

/* The open calls of a thread, the outermost first; those deeper down are not known. */
struct calls {
    uint32_t depth;
    struct call list[CALLS_KNOWN];
};

/* A thread at the end of the run. */
struct leftover {
    bool alive, ready, spins; /* spins: waits in a loop */
    int owner;                /* the thread it waits for, or -1 */
    uintptr_t object;         /* what joining it touches */
    struct op pending;        /* what it would have done next */
};

struct race {
    uintptr_t first, second; /* the two places */
    uint8_t first_thread, second_thread;
    bool first_writes, second_writes;
    uint32_t step; /* steps done when it was found */
    uintptr_t address;
};

/* The program did what the explorer cannot follow: the run goes on, but with
 * it no list of outcomes is proven. */
struct doubt {
    uintptr_t place; /* 0: no single one */
    char text[FAULT_SIZE];
};

/* A step of a plan that a run leaves behind (growth.h). What comes first says in
 * stamps[0] how many there are. */
struct sprout_step {
    uint8_t thread, alternative, kind; /* kind: of the label, to compare */
    uint16_t stamps[2]; /* when the search had added it, and of an update its write */
};

/* Plan after plan: a step that is none, whose stamps say how many there are, and how long
 * the run's graph was where they branched off; then they. */

struct sprouts {
    uint32_t used;
    struct sprout_step steps[SPROUT_STEPS];
};

/* What to do in a run: the first choices, then whatever is not asleep. */
struct plan {
    uint32_t choice_count;
    struct choice choices[STEPS_MOST];
    thread_set sleeping; /* before the last choice */
    double part;         /* graphs: of the whole search, as far as it is known */
    bool every_access;   /* each plain access is a step */
    bool values;         /* for a trace: also note values, and `calls` */
    bool states;         /* for a state graph: also note `states` and `watched` */
    bool merges;         /* ... from the last choice on, and end where one is known (known.h) */
    bool buffers;        /* stores wait in buffers: buffer.h */
    bool turns;          /* let threads turn in loops that change nothing */
    uint32_t marks;      /* so many steps lie between moments that later runs begin from
                       (world/marks.h); 0: there are none */
    uint32_t mark_at;    /* before that one of the choices is such a moment, if it is due */
    uint32_t follows;    /* graphs: so many choices are those of the plan before this one */
    uint32_t step_limit;
    uint32_t spurious; /* wake-ups without cause that a thread may see */
    uint32_t failing;  /* ... and calls that may fail, one a run */
    uint32_t others;
    uint32_t site_count;
    uintptr_t sites[SITES_MOST];
    enum memory memory; /* MEMORY_STEPS: what follows means nothing */
    bool sprouted;      /* the choices are what another run has left, with: */
    uint8_t kinds[EVENTS_MOST];
    uint16_t stamps[EVENTS_MOST][2];
    bool tries; /* mutexes may be tried */
};

struct record {
    struct plan plan;
    enum ending ending;
    int status;
    char fault[FAULT_SIZE];
    uintptr_t fault_place, since; /* since: where it was */
    char was[16];                 /* ... "freed", say; or "" */
    uint32_t event_count, thread_count, race_count;
    uint32_t ends[2];  /* of stdout and stderr: how far they have come, as far as was noticed */
    uint32_t begun_at; /* so many of the events are another run's, which this one follows */
    struct leftover leftovers[THREADS_MOST];
    char names[THREADS_MOST][NAME_SIZE]; /* given by the program; or "" */
    uintptr_t routines[THREADS_MOST];    /* where each thread began */
    struct race races[RACES_MOST];
    bool is_weak; /* two atomic accesses that race, one weaker than seq_cst: */
    struct race weak;
    struct sprouts
        *sprouts; /* for the plans that the run leaves behind; NULL: they are not wanted */
    bool uses_trylock;
    bool waits; /* somebody waited where a wake-up without cause may come */
    bool fills; /* a pipe was full */
    bool asks_clocks;
    uint32_t doubt_count;
    struct doubt doubts[DOUBTS_MOST];
    pid_t tids[THREADS_MOST];      /* as the kernel numbers them */
    uintptr_t stack[FRAMES_KNOWN]; /* where a thread that hangs is, innermost first */
    uint32_t stack_size;
    uint32_t site_count; /* places that have to be steps */
    uintptr_t sites[QUIET_SITES_MOST];
    struct event events[STEPS_MOST];
    struct calls calls[STEPS_MOST]; /* of each step's thread */
    uint64_t states[STEPS_MOST];    /* before each step, as a number; 0: unknown */
    int64_t watched[STEPS_MOST][WATCHED_MOST];
};

#endif
