/*
 * Memory models: what a thread may see of what others have written.
 */
#ifndef EXPLORE_MODEL_MEMORY_H
#define EXPLORE_MODEL_MEMORY_H

enum memory {
    MEMORY_STEPS, /* each step sees all steps before it: search.h */
    MEMORY_SC,    /* the same, by graphs: trust.h */
    MEMORY_TSO,   /* x86's: stores wait in a buffer */
    MEMORY_RC11,  /* C11's, repaired, and without load buffering */
    MEMORIES
};

enum { EVENTS_MOST = 512 }; /* of one graph; initial writes included */

/* "sc", "tso", "rc11"; "steps". */
const char *memory_name(enum memory memory);

/* MEMORIES when there is none of that name. */
enum memory memory_named(const char *name);

#endif
