/*
 * Nobody can wait for a thread that was detached from the beginning.
 *
 * can: misuse |
 * says: joins a thread that is detached
 * native: no, it is undefined
 */
#include <pthread.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_attr_t attributes;
    pthread_t thread;

    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread, &attributes, nothing, NULL);
    pthread_join(thread, NULL);
    return 0;
}
