/*
 * The old forms and nand: two threads flip 15 of 15 bits twice, in any order.
 * ~(15 & 15) is -16, ~(-16 & 15) is -1; the lock is taken once and given back.
 *
 * can: exit 0 | -1 1 0\n
 */
#include <pthread.h>
#include <stdio.h>

static int bits = 15, lock, count;

static void *flip(void *argument)
{
    __atomic_fetch_nand(&bits, 15, __ATOMIC_SEQ_CST);
    if (__sync_bool_compare_and_swap(&lock, 0, 1))
        __sync_fetch_and_add(&count, 1);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, flip, NULL);
    pthread_create(&b, NULL, flip, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    __sync_lock_release(&lock);
    printf("%d %d %d\n", bits, count, lock);
    return 0;
}
