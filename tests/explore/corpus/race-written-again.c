/*
 * What the first thread writes, the second reads, ordered by `there`; but nothing says
 * that it was read before the first writes it again: `done` is relaxed. That the two
 * writes are one thread's, and alike, must not hide the read in between.
 *
 * can: exit 0 |
 * races: data
 */
#include <pthread.h>
#include <stdatomic.h>

static int data, seen;
static atomic_int there, done;

static void *write_twice(void *arg)
{
    for (int i = 0; i < 2; i++) {
        if (i == 0 || atomic_load_explicit(&done, memory_order_relaxed) == 1)
            data = i;
        atomic_store_explicit(&there, 1, memory_order_release);
    }
    return arg;
}

static void *read_it(void *arg)
{
    if (atomic_load_explicit(&there, memory_order_acquire) == 1)
        seen = data;
    atomic_store_explicit(&done, 1, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t one, other;

    pthread_create(&one, NULL, write_twice, NULL);
    pthread_create(&other, NULL, read_it, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    return 0;
}
