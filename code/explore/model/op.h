/*
 * Operations: what a thread does that another thread could notice.
 *
 * Between two operations a thread runs alone, so a run of the program is a
 * sequence of operations. Two neighbours that touch nothing in common, or
 * that both only look, may change places without anybody noticing: they are
 * independent. All reduction rests on this relation (Mazurkiewicz's traces;
 * Godefroid, "Partial-Order Methods", LNCS 1032, 1996), so it errs on one
 * side only: what is called independent always commutes.
 *
 * The room model: what a run is made of: operations, clocks, outcomes; no thread runs.
 */
#ifndef EXPLORE_MODEL_OP_H
#define EXPLORE_MODEL_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { THREADS_MOST = 32 }; /* of one run, the main thread included */

typedef uint32_t thread_set; /* bit n: thread n */

static inline thread_set bit(unsigned thread)
{
    return (thread_set)1 << thread;
}

enum op_kind {
    OP_START, /* a thread's first step */
    OP_CREATE,
    OP_ALLOCATE, /* memory; a step only where it may fail */
    OP_JOIN,
    OP_TRYJOIN,
    OP_TIMEDJOIN,
    OP_EXIT, /* OP_EXIT: a thread's last step */
    OP_LOCK,
    OP_TRYLOCK,
    OP_TIMEDLOCK,
    OP_UNLOCK,
    OP_ABANDON, /* a robust mutex: its owner ends */
    OP_WAIT,    /* on a condition: unlocks, begins to wait */
    OP_RESUME,  /* ... with a time limit: woken, or too late */
    OP_SIGNAL,
    OP_BROADCAST,
    OP_RDLOCK,
    OP_WRLOCK,
    OP_WRASK, /* where readers wait for writers that wait: begin to */
    OP_TRYRDLOCK,
    OP_TRYWRLOCK,
    OP_RWUNLOCK,
    OP_SEM_WAIT,
    OP_SEM_TRYWAIT,
    OP_SEM_TIMEDWAIT,
    OP_SEM_POST,
    OP_SEM_VALUE,
    OP_ARRIVE,
    OP_LEAVE, /* at a barrier */
    OP_ONCE,
    OP_ONCE_DONE,
    OP_READ,
    OP_WRITE,
    OP_UPDATE, /* memory; an update reads and writes */
    OP_FLUSH,  /* a store comes out of its thread's buffer: buffer.h */
    OP_FUTEX_WAIT,
    OP_FUTEX_RESUME,
    OP_FUTEX_WAKE,
    OP_PRINT,
    OP_FILE,
    OP_NAME,    /* of a thread: set or asked for */
    OP_FENCE,   /* a step only where a graph grows, as OP_CHOOSE and OP_RELEASE (growth.h) */
    OP_CHOOSE,  /* one of several ways to go on */
    OP_RELEASE, /* what belongs to a condition or a futex is done: others may come */
    OP_YIELD,
    OP_SLEEP,
    OP_CANCEL,    /* another thread, or itself */
    OP_CANCELLED, /* ends because of it, where it was to wait */
    OP_TESTCANCEL,
    OP_KILL,
    OP_SIGMASK, /* or what signals do */
    OP_SIGWAIT,
    OP_OPEN, /* a pipe and the like is made; a descriptor more of it */
    OP_CLOSE,
    OP_CHANGE,  /* ... is set to something else */
    OP_RECEIVE, /* waits for bytes; and without waiting */
    OP_TRYRECEIVE,
    OP_SEND,
    OP_TRYSEND,
    OP_POLL,
    OP_DESTROY, /* a mutex, a condition ... is no more */
    OP_FINISH,  /* exit() begins: who calls it later, waits for ever */
    OP_CRASH,
    OP_END, /* of the process */
    OP_KINDS
};

enum touch_mode { TOUCH_NONE, TOUCH_LOOK, TOUCH_CHANGE };

/* A piece of memory, or of whatever is named by an address. */
struct touch {
    uintptr_t at;
    uint32_t size; /* in bytes */
    enum touch_mode mode;
};

enum { OP_TOUCHES = 3 };

struct op {
    enum op_kind kind;
    struct touch touches[OP_TOUCHES]; /* [0] is the object, others belong to it */
    uintptr_t place;                  /* where the program asked for it */
};

const char *op_name(enum op_kind kind);

/* Do two touches meet, and does one of them change what both touch? */
bool touch_conflict(const struct touch *a, const struct touch *b);

/* May the order of the two matter? */
bool op_dependent(const struct op *a, const struct op *b);

/*
 * Can `second` never have been possible right before `first`, because it is
 * what `first` made possible? Unlocking and locking the same mutex is such a
 * pair: their order cannot be reversed, only that of the two locks.
 */
bool op_enables(const struct op *first, const struct op *second);

/* Can only a step of such a kind let this one go on, where it waits? Which of
 * them did says event.enabling. */
bool op_awaits(enum op_kind waiting, enum op_kind kind);

/* ... or what it waits for is a stream's lock, which `first` has given back. */
bool op_awaits_stream(const struct op *waiting, const struct op *first);

#endif
