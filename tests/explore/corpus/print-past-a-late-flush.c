/*
 * Between the printing and the flush, main may learn of the first and write: "ma",
 * which no order of steps shows, as a flush is none.
 *
 * can: exit 0 | a
 * can: exit 0 | am
 * says: writes past a stream
 * status: 3
 * native: no, there it may be ma
 * toy: no, it has no buffer
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static atomic_int printed;

static void *print(void *argument)
{
    printf("a");
    printed = 1;
    fflush(stdout);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    if (printed && write(STDOUT_FILENO, "m", 1) != 1)
        return 1;
    pthread_join(thread, NULL);
    return 0;
}
