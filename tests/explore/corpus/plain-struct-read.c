/*
 * A struct of two words is read as a whole: the machine reads one, then the other,
 * and both writes may come between. To gcc and to us it is one access, so the list is
 * not proven; "0 2" is missing in it.
 *
 * says: races over 16 bytes at once
 * races: shared
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 0\n
 * can: exit 0 | 1 2\n
 * native: no, it may print 0 2
 * toy: no, it takes what gcc tells as we do
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    long first, second;
};

static struct pair shared;

static void *set(void *arg)
{
    shared.first = 1;
    shared.second = 2;
    return arg;
}

int main(void)
{
    pthread_t setter;
    struct pair local;

    pthread_create(&setter, NULL, set, NULL);
    local = shared;
    printf("%ld %ld\n", local.first, local.second);
    pthread_join(setter, NULL);
    return 0;
}
