/*
 * A number that lies across two words may be read half old and half new, which no
 * processor rules out. The list is not proven.
 *
 * says: races over 4 bytes at once
 * races: shared
 * can: exit 0 | 0\n
 * can: exit 0 | 65537\n
 * native: no, it may print 1 or 65536
 * toy: no, it takes what gcc tells as we do
 */
#include <pthread.h>
#include <stdio.h>

#pragma pack(1)
static struct {
    short before[3];
    int number;
} shared __attribute__((aligned(8)));
#pragma pack()

static void *set(void *arg)
{
    shared.number = 65537;
    return arg;
}

int main(void)
{
    pthread_t setter;

    pthread_create(&setter, NULL, set, NULL);
    printf("%d\n", shared.number);
    pthread_join(setter, NULL);
    return 0;
}
