/*
 * The program's mutexes, conditions and so on, as the explorer models them:
 * found by their address, made when they are first seen, used instead of the
 * C library's. Objects live until the run ends.
 */
#ifndef EXPLORE_RUN_OBJECT_H
#define EXPLORE_RUN_OBJECT_H

#include <time.h>

#include "explore/run/scheduler.h"

enum object_kind {
    OBJECT_FREE,
    OBJECT_MUTEX,
    OBJECT_CONDITION,
    OBJECT_RWLOCK,
    OBJECT_SEMAPHORE,
    OBJECT_BARRIER,
    OBJECT_ONCE,
    OBJECT_FUTEX,
    OBJECT_ATOMIC,
    OBJECT_FILE,
    OBJECT_KINDS
};

enum { NOBODY = -1 };

/* SOUND; its owner ended with it; nobody made it sound again: lost for good. */
enum robustness { ROBUST_SOUND, ROBUST_OWNER_DEAD, ROBUST_LOST };

struct object {
    uintptr_t address;
    enum object_kind kind;
    int type;               /* of a mutex: PTHREAD_MUTEX_NORMAL ...; of an rwlock: its preference */
    int owner;              /* a thread that holds it alone, or NOBODY */
    unsigned depth;         /* how often the owner locked it */
    unsigned count;         /* of a semaphore; of a barrier: still missing */
    unsigned size;          /* of a barrier */
    unsigned round;         /* of a barrier: how often it opened */
    thread_set waiters;     /* on a condition, at a barrier, on a futex; to write an rwlock */
    unsigned writes_before; /* spin.c: the owner's, when it locked */
    clockid_t clock;        /* of a condition */
    bool destroyed;
    bool initialised;            /* by a call, not by an initialiser */
    bool is_again;               /* there was one already that is initialised now */
    bool timed;                  /* of a C mutex: may be locked with a limit */
    bool robust;                 /* of a mutex */
    enum robustness robustness;  /* ... and what became of it */
    struct object *held_before;  /* ... its owner held that one already */
    uint8_t holds[THREADS_MOST]; /* of an rwlock: how often each reads */
    struct clock released;       /* what whoever takes it learns */
    struct clock read;           /* ... and learns besides, to write */
    struct head *heads;          /* of an atomic: see tsan_atomics.c */
};

/* The object at an address; made anew where another kind of thing was. */
struct object *object_at(const volatile void *address, enum object_kind kind);

/* ... which the running thread is about to use. Ends the run where it lies in a variable
 * that has ended. */
struct object *object_used(const volatile void *address, enum object_kind kind, uintptr_t place);

/* As above, and as if it had just been initialised. */
struct object *object_new(const volatile void *address, enum object_kind kind);

/* The n-th that was seen in this run; NULL: there are no more. */
const struct object *object_seen(unsigned n);

/* The program initialises what is there. If it has used one there before that it
 * did not destroy, that one ends here, which is a step. */
struct object *object_before_init(const volatile void *address, enum object_kind kind,
                                  uintptr_t place);

/* ... and here it is. Ends the run where there is one already: POSIX leaves open what
 * becomes of it. But not on a stack, where a block may have ended, and with it the
 * variable. */
struct object *object_init(const volatile void *address, enum object_kind kind, uintptr_t place);

/* What lay there is gone, and the memory somebody else's. */
void objects_forget(uintptr_t at, size_t size);

/* The program writes there by itself, so that what was there is no object any more, or
 * copies it. Ends the run where somebody has locked it, or waits there. */
void objects_overwrite(uintptr_t at, size_t size, uintptr_t place);
void objects_copy(uintptr_t at, size_t size, uintptr_t place);

/* Before runs: say which memory is theirs (world/worlds.h). */
void objects_memory(void);

#endif
