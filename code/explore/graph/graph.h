/*
 * Execution graphs: what happened, without when. Nodes are events: reads,
 * writes, fences. Edges are po (a thread's order), rf (which write a read
 * reads) and co (the order of the writes to one location). Two schedules with
 * the same graph are the same behaviour, and a memory model is a predicate on
 * graphs (consistent.h).
 *
 * Events are numbered in the order in which the search has added them, which
 * it needs (trust.h). That order includes po, but is no schedule: a read may be
 * older than the write it reads. An update is two events, a read and a write,
 * next to each other in po; one that fails is a read only.
 *
 * The room graph: what happened in a run as a graph, which of them a memory model allows, and which to try next.
 */
#ifndef EXPLORE_GRAPH_GRAPH_H
#define EXPLORE_GRAPH_GRAPH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "explore/graph/set.h"
#include "explore/model/op.h"

enum { LOCATIONS_MOST = 256, NO_EVENT = -1, NO_THREAD = 255 };

enum label_kind {
    LABEL_NONE,   /* is only somewhere in po */
    LABEL_CHOICE, /* of one of several ways to go on */
    LABEL_FENCE,
    LABEL_READ,
    LABEL_WRITE,
    LABEL_UPDATE /* reads, and writes what comes out of it */
};

/* What an update writes, of what it has read and its operand. */
enum result {
    RESULT_REPLACE,
    RESULT_ADD,
    RESULT_SUB,
    RESULT_AND,
    RESULT_OR,
    RESULT_XOR,
    RESULT_NAND
};

/* What must be read, or else: an update writes nothing, who waits goes on waiting. */
enum condition { CONDITION_NONE, CONDITION_EQUAL, CONDITION_POSITIVE, CONDITION_CLEAR };

/* What a thread asks for. */
struct label {
    enum label_kind kind : 8;
    memory_order order : 8, failure : 8; /* failure: of an update that writes nothing */
    enum result result : 8;
    enum condition condition : 8;
    bool awaits;  /* goes no further before the condition holds, or `pass` is read */
    bool lock;    /* ... of a mutex, on whose location there are only such and writes of 0 */
    bool call;    /* of a function of a library: on x86 it drains the store buffer */
    bool informs; /* the cause happens before */
    bool prints;  /* what is printed has an order, but that is no synchronisation */
    uint8_t pass; /* with it, who waits goes on and writes nothing; 0: there is none */
    uint8_t size; /* of the value in bytes, 8 at most */
    uint16_t location;
    int16_t cause;              /* an event that has to come before, or NO_EVENT */
    uint64_t operand, expected; /* expected: CONDITION_CLEAR: bits that must not be set */
};

enum event_kind { EVENT_OTHER, EVENT_FENCE, EVENT_READ, EVENT_WRITE };

struct event_node {
    struct label label;
    enum event_kind kind : 8;
    uint8_t thread; /* NO_THREAD: an initial write */
    int16_t index;  /* its place in the thread */
    int16_t before; /* the event before it in po, or NO_EVENT */
    int16_t rf;     /* of a read: the write; otherwise NO_EVENT */
    int16_t next;   /* of a write: the next in co, or NO_EVENT */
    int16_t mark;   /* the caller's */
    uint64_t value; /* of a write; of a choice */
};

struct graph {
    int count;
    int16_t last[THREADS_MOST];      /* of each thread, or NO_EVENT */
    int16_t created[THREADS_MOST];   /* the event that made the thread, or NO_EVENT */
    int16_t initial[LOCATIONS_MOST]; /* the initial write; co begins there */
    int locations;
    struct event_node events[EVENTS_MOST];
};

void graph_begin(struct graph *graph);
void graph_copy(struct graph *copy, const struct graph *graph);

/* A new location, with what it holds at first. */
int graph_add_location(struct graph *graph, uint64_t value);

/* Is there room for an update more, and its location? */
bool graph_has_room(const struct graph *graph);

/* A new event at the end of the thread; rf and co are the caller's. */
int graph_add(struct graph *graph, unsigned thread, enum event_kind kind,
              const struct label *label);

/* Put write `write` into co right behind `after`. */
void graph_put(struct graph *graph, int write, int after);

int graph_last_write(const struct graph *graph, int location);

/* The write so many places before the last one; NO_EVENT: there are too few. */
int graph_write_from_end(const struct graph *graph, int location, unsigned places);

/* The value that the read has found. */
uint64_t graph_read_value(const struct graph *graph, int read);

/* Does the condition of the label hold for this value? */
bool label_holds(const struct label *label, uint64_t value);

/* Does who asks for it go on with this value? */
bool label_goes_on(const struct label *label, uint64_t value);

/* What a successful update writes. */
uint64_t label_result(const struct label *label, uint64_t value);

/* Is the read half of an update that writes? */
bool graph_writes(const struct graph *graph, int read);

/* A read that keeps its thread waiting. */
bool graph_waits(const struct graph *graph, int read);

/* An attempt to take a mutex that was taken. It stays in the graph when its
 * thread tries again: it is no part of the behaviour, but shows the search that
 * the thread was there before, and was sent back by the write that it reads.
 * Without this mark the same order of the threads would come up twice. */
bool graph_is_failed_attempt(const struct graph *graph, int event);

/* The order that was asked of the event, a failed update's included. */
memory_order graph_order(const struct graph *graph, int event);

/* All from which the events of `thread` follow: they, and what comes before
 * them in (po U rf U cause)+; and all initial writes. */
void graph_prefix(const struct graph *graph, unsigned thread, struct set *prefix);

/* `graph` without the events outside of `keep`, in the old order. What is kept
 * must be closed: with all that it follows from. */
void graph_restrict(struct graph *result, const struct graph *graph, const struct set *keep);

/* The same events in another order, which includes po. */
void graph_reorder(struct graph *result, const struct graph *graph, const int16_t order[]);

/* An order that extends po, rf and causes: initial writes first, then as few
 * changes of thread as come easily. The halves of an update, and a choice and what it
 * follows, stay together. */
void graph_schedule(const struct graph *graph, int16_t order[EVENTS_MOST]);

/* Does thread `a` come before `b`, whatever numbers they got: who was made
 * earlier by the same thread, and makers before those they made. */
bool graph_thread_before(const struct graph *graph, unsigned a, unsigned b);

#endif
