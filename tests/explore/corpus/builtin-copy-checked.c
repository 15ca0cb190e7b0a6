/*
 * What _FORTIFY_SOURCE makes of memcpy, written by hand: gcc copies in line and tells
 * nobody.
 *
 * compiler: gcc
 * says: uses __builtin___memcpy_chk at
 * says: which gcc tells nobody
 * can: exit 0 | 1\n
 * status: 3
 * native: no, it may print 0 as well
 * toy: no, gcc tells it nothing either
 */
#include <pthread.h>
#include <stdio.h>

static int from = 1, to;

static void *copy(void *argument)
{
    __builtin___memcpy_chk(&to, &from, sizeof to, __builtin_object_size(&to, 0));
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, copy, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", to);
    return 0;
}
