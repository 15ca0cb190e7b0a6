/*
 * Who waits at a futex says which value of it is no reason to go on. This one has read
 * 1, and tries to take that; it is taken by then, and so it sleeps, unless the value is
 * another than the 1 that it read. It is given back before it sleeps, and is 1 again:
 * nobody wakes it any more. (GCC's std::counting_semaphore was so up to GCC 12.)
 *
 * can: exit 0 | 2\n
 * can: lost wake-up |
 * toy: no, it has no futexes
 * explore: spurious=0
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int units = 1;
static int sum;

static int take(void)
{
    int here = atomic_load(&units);

    return here > 0 && atomic_compare_exchange_strong(&units, &here, here - 1);
}

static void acquire(void)
{
    int read = atomic_load(&units);

    while (!take()) {
        syscall(SYS_futex, &units, FUTEX_WAIT_PRIVATE, read, NULL, NULL, 0);
        read = atomic_load(&units);
    }
}

static void release(void)
{
    if (atomic_fetch_add(&units, 1) == 0)
        syscall(SYS_futex, &units, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void *add(void *argument)
{
    acquire();
    sum++;
    release();
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, add, NULL);
    add(NULL);
    pthread_join(thread, NULL);
    printf("%d\n", sum);
    return 0;
}
