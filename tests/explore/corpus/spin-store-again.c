/*
 * A loop that writes what stands there already, and looks: it changes nothing,
 * so it waits. The beat is 1 in the end, whatever happens.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int beat, done;

static void *run(void *argument)
{
    do
        atomic_store(&beat, 1);
    while (!atomic_load(&done));
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    atomic_store(&done, 1);
    pthread_join(runner, NULL);
    printf("%d\n", atomic_load(&beat));
    return 0;
}
