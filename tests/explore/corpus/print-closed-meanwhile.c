/*
 * What is written behind the close is lost.
 *
 * can: exit 0 | m
 * can: exit 0 |
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <unistd.h>

static void *close_it(void *argument)
{
    close(STDOUT_FILENO);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, close_it, NULL);
    (void)!write(STDOUT_FILENO, "m", 1);
    pthread_join(thread, NULL);
    return 0;
}
