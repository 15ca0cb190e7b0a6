/*
 * Written as a built-in function, a copy of constant size is instructions that
 * gcc tells nobody (clang does): a race with it would not be seen. So
 * nothing is proven, and the place is named.
 *
 * says: uses __builtin_memcpy at
 * says: builtin-copy.c:21
 * never says: "complete":true
 * can: exit 0 | 1\n
 * compiler: gcc
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>

static int from = 1, to;

static void *copy(void *argument)
{
    (void)argument;
    __builtin_memcpy(&to, &from, sizeof to);
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, copy, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", to);
    return 0;
}
