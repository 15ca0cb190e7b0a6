/*
 * What was flushed right away is out, and what main writes comes before or behind.
 *
 * can: exit 0 | am
 * can: exit 0 | ma
 * toy: no, it has no buffer
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *print(void *argument)
{
    printf("a");
    fflush(stdout);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    if (write(STDOUT_FILENO, "m", 1) != 1)
        return 1;
    pthread_join(thread, NULL);
    return 0;
}
