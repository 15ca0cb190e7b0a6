/*
 * Without a buffer printf writes its whole line at once, so nothing comes between,
 * and nothing is cut.
 *
 * can: exit 0 |
 * can: exit 0 | n=42\n
 * toy: no, it has no setvbuf
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    printf("n=%d\n", 42);
    return argument;
}

int main(void)
{
    pthread_t thread;

    setvbuf(stdout, NULL, _IONBF, 0);
    pthread_create(&thread, NULL, say, NULL);
    return 0;
}
