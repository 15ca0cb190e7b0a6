/*
 * A number of sixteen bytes is written in two halves, and one may be read without
 * the other. For us it is one access, so the list is not proven.
 *
 * says: races over 16 bytes at once
 * races: shared
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 * native: no, it may print 0 1
 * toy: no, it takes what gcc tells as we do
 */
#include <pthread.h>
#include <stdio.h>

__extension__ typedef __int128 wide;

static wide shared;

static void *set(void *arg)
{
    shared = ((wide)1 << 64) + 1;
    return arg;
}

int main(void)
{
    pthread_t setter;
    wide local;

    pthread_create(&setter, NULL, set, NULL);
    local = shared;
    printf("%ld %ld\n", (long)(local >> 64), (long)local);
    pthread_join(setter, NULL);
    return 0;
}
