/*
 * After the first join there is no such thread any more.
 *
 * can: misuse |
 * says: joins a thread that was joined already
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_join(thread, NULL);
    pthread_join(thread, NULL);
    return 0;
}
