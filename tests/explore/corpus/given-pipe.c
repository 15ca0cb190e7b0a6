/*
 * The ends of a pipe are stored where another thread reads them.
 *
 * can: exit 0 | none\n
 * can: exit 0 | one\n
 * races: ends
 * toy: no, it has no pipes
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *make(void *argument)
{
    return pipe(ends) == 0 ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, make, NULL);
    puts(ends[1] == 0 ? "none" : "one");
    pthread_join(thread, NULL);
    return 0;
}
