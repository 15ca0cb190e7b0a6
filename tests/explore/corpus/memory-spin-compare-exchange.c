/*
 * A thread takes a lock by a compare-exchange that it repeats until nobody reads. By C11's
 * model it may find a reader who has gone, again and again: a turn of its loop that
 * changes nothing, whatever the memory holds by now.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int state;
static int letter;

static void *read_it(void *arg)
{
    int none = 0;

    if (atomic_compare_exchange_strong_explicit(&state, &none, 1, memory_order_acquire,
                                                memory_order_relaxed)) {
        *(int *)arg = letter;
        atomic_fetch_sub_explicit(&state, 1, memory_order_release);
    }
    return NULL;
}

static void *write_it(void *arg)
{
    int none = 0;

    while (!atomic_compare_exchange_strong_explicit(&state, &none, -1, memory_order_acquire,
                                                    memory_order_relaxed))
        none = 0;
    letter++;
    atomic_store_explicit(&state, 0, memory_order_release);
    return arg;
}

int main(void)
{
    pthread_t one, other;
    int seen = 0;

    pthread_create(&one, NULL, read_it, &seen);
    pthread_create(&other, NULL, write_it, NULL);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
    printf("%d\n", letter);
    return 0;
}
