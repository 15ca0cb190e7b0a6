/*
 * clang tells nobody of a long double, which has ten bytes.
 *
 * compiler: clang
 * says: has a x86_fp80 in memory, which clang tells nobody
 * can: exit 0 | 0\n
 * status: 3
 * native: no, it may print 1 as well
 * toy: no, gcc tells it more
 */
#include <pthread.h>
#include <stdio.h>

static long double number;

static void *set(void *argument)
{
    number = 1;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, NULL);
    seen = (int)number;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
