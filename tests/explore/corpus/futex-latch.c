/*
 * Whoever waits says so and then looks whether to; who opens the latch does, and then
 * looks whether anybody waits. With orders that are seq_cst throughout one of them sees
 * the other.
 *
 * can: exit 0 | 1\n
 * toy: no, it has no futexes
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int left = 1, waiting;
static int value;

static void *open_latch(void *argument)
{
    value = 1;
    atomic_fetch_sub(&left, 1);
    if (atomic_load(&waiting) != 0)
        syscall(SYS_futex, &left, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, open_latch, NULL);
    atomic_fetch_add(&waiting, 1);
    while ((seen = atomic_load(&left)) != 0)
        syscall(SYS_futex, &left, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
    atomic_fetch_sub(&waiting, 1);
    printf("%d\n", value);
    pthread_join(thread, NULL);
    return 0;
}
