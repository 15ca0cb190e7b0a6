/*
 * Who has passed a barrier sees what the others have done before it; who is last, and
 * so the serial thread, may be either.
 *
 * can: exit 0 | 1 1, main\n
 * can: exit 0 | 1 1, other\n
 * toy: no, it knows sequential consistency only
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static atomic_int x, y;

static void *run(void *seen)
{
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    pthread_barrier_wait(&barrier);
    *(int *)seen = atomic_load_explicit(&x, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int others, seen, is_serial;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, run, &others);
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    is_serial = pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
    seen = atomic_load_explicit(&y, memory_order_relaxed);
    pthread_join(thread, NULL);
    printf("%d %d, %s\n", seen, others, is_serial ? "main" : "other");
    return 0;
}
