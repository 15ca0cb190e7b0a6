/*
 * What is on no list makes the list doubted.
 *
 * can: exit 0 | done\n
 * says: calls getlogin, which the explorer does not know
 * status: 3
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *other(void *argument)
{
    getlogin();
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
