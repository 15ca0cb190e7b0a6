/*
 * A count of references: whoever drops the last one frees.
 *
 * 1 found: what the other has read need not have happened before
 * 2 found: the same, from the other side
 */
enum { THREADS = 2 };
#include "weakened.h"

static struct shared {
    atomic_int references;
    int value;
} * shared;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int seen[2];

static void make(void)
{
    shared = malloc(sizeof *shared);
    assert(shared != NULL);
    atomic_init(&shared->references, THREADS);
    shared->value = 7;
}

static void work(int self)
{
    pthread_once(&once, make);
    seen[self] = shared->value;
    if (ADD(1, &shared->references, -1, release, relaxed) == 1) {
        FENCE(2, acquire, relaxed);
        free(shared);
    }
}

static bool is_right(void)
{
    return seen[0] == 7 && seen[1] == 7;
}
