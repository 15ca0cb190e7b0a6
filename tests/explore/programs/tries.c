/*
 * As many threads as the first argument says try to get a lock, each as often as the
 * second says: they look until it is free, but so often at most, and then exchange. Who has
 * it writes; who gives up does nothing more.
 */
#include <stdatomic.h>
#include <stdbool.h>

#include "crew.h"

static _Atomic int lock;
static int tries, written;

static bool is_free(void)
{
    for (int i = 0; i < tries; i++)
        if (atomic_load_explicit(&lock, memory_order_relaxed) == 0)
            return true;
    return false;
}

static bool get(void)
{
    for (int i = 0; i < tries; i++) {
        if (!is_free())
            return false;
        if (atomic_exchange_explicit(&lock, 1, memory_order_acquire) == 0)
            return true;
    }
    return false;
}

static void *work(void *argument)
{
    if (get()) {
        written = crew_number(argument);
        atomic_store_explicit(&lock, 0, memory_order_release);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    tries = atoi(argv[2]);
    crew_run(work, atoi(argv[1]));
    return 0;
}
