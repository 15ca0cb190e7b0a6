/*
 * Between the oracle's two halves: explore_model.c tries every thread in every
 * state, explore_turn.c says what a thread's next step does to one.
 */
#ifndef HEDDLE_TESTS_EXPLORE_STATE_H
#define HEDDLE_TESTS_EXPLORE_STATE_H

#include <stdint.h>

#include "explore_model.h"

enum { NOBODY = 0 }; /* threads count from 1 here */

enum { PIPES = 2, PIPE_BYTES = 12, BLOCKS = 12 };

/* Where in a word a thread is. */
enum phase {
    AT_WORD,
    HAS_READ,
    WAITS,
    WAITS_LIMITED,
    WOKEN,
    WOKEN_LATE,
    AT_BARRIER,
    LEFT_BARRIER,
    HAS_LOCKED,
    HAS_LOOKED,
    SLEEPS,
    HAS_ASKED, /* to write */
    ONCE_ADDS, /* these three: in the routine of pthread_once() */
    ONCE_WRITES,
    ONCE_ENDS,
    AT_FUTEX,
    HAS_READ_BITS,
    HAS_SWAPPED, /* and has a block to free */
    HAS_BOX,     /* has looked where its block is */
    HAS_COPIED,  /* has read the pair that it is to write */
    IN_HANDLER,  /* of SIGHUP, where it adds and looks; of SIGTERM, where it has read */
    HAS_ADDED,
    DYING,       /* cancelled while it waited for a condition */
    DYING_LOCKED /* ... and its cleanup handler has the mutex */
};

/* States are compared bytewise: nothing here may leave a hole. */
struct thread_state {
    uint16_t at; /* in its script */
    uint8_t words, phase, thing, held;
    uint8_t woken;     /* so often without cause */
    uint8_t cancelled; /* and has not noticed */
    uint8_t keeps;     /* what has a destructor */
    uint8_t shielded;  /* from being cancelled */
    uint8_t pending;   /* signals */
    uint8_t unborn;    /* another thread is to make it */
    uint32_t seen;
};

struct state {
    struct thread_state threads[MODEL_THREADS];
    int8_t plain[MODEL_THINGS], atomic[MODEL_THINGS];
    uint8_t owner[MODEL_THINGS], depth[MODEL_THINGS], robust[MODEL_THINGS];
    uint8_t writer[MODEL_THINGS], asked[MODEL_THINGS]; /* asked: bits, of threads */
    uint8_t readers[MODEL_THINGS][MODEL_THREADS];
    uint8_t count[MODEL_THINGS], missing[MODEL_THINGS], once[MODEL_THINGS];
    uint8_t pipe_size[PIPES], pipe[PIPES][PIPE_BYTES], closed[PIPES];
    uint8_t event[2], pending; /* pending: signals, of the process */
    uint8_t bits[2], width[4], pair[2], large, none[4];
    uint8_t box[2], block_count;
    int8_t block[BLOCKS];
    uint8_t output_size, ended, status;
    uint16_t freed; /* bits, of blocks */
    char output[MODEL_OUTPUT];
};

struct model {
    const char *const *scripts;
    size_t thread_count, most;
    struct model_outcomes *outcomes;
    struct state *seen; /* hashed, with open addressing */
    uint8_t *used;
    size_t slots;
};

/* All that can come after `state`. */
void model_visit(struct model *model, const struct state *state);

const char *model_word(const struct model *model, const struct state *state, size_t thread);

/* Visit each state to which the thread's next step leads; false: it has none now. */
bool model_step(struct model *model, const struct state *state, size_t thread);

/* It has been, and lets itself be cancelled. */
static inline bool model_is_cancelled(const struct thread_state *thread)
{
    return thread->cancelled && !thread->shielded;
}

/* It wakes up though nobody has woken it. */
void model_wake_causeless(struct model *model, const struct state *state, size_t thread);

/* Would its next step, or turn of a loop, leave it where it was? */
bool model_looks_in_vain(const struct model *model, const struct state *state, size_t thread);

/* It has come to its end, and given up what it has to. */
bool model_is_done(const struct model *model, const struct state *state, size_t thread);

#endif
