/*
 * A detached thread may have ended, and its number with it.
 *
 * can: exit 0 |
 * can: misuse |
 * says: uses the number of a detached thread that has ended
 * native: no, it is undefined
 * toy: no, it has no names
 */
#define _GNU_SOURCE
#include <pthread.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_detach(thread);
    pthread_setname_np(thread, "lone");
    return 0;
}
