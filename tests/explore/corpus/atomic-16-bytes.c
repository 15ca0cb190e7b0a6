/*
 * Sixteen bytes, atomic: each add of 2 to the 64th + 1 counts once.
 *
 * can: exit 0 | 2 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

__extension__ typedef unsigned __int128 wide;

static _Atomic wide sum;

static void *run(void *argument)
{
    sum += ((wide)1 << 64) + 1;
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    sum += ((wide)1 << 64) + 1;
    pthread_join(runner, NULL);
    printf("%d %d\n", (int)(sum >> 64), (int)sum);
    return 0;
    return 0;
}
