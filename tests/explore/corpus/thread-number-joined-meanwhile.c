/*
 * As thread-number-joined, where that depends on who is first.
 *
 * can: exit 0 |
 * can: misuse |
 * says: uses the number of a thread that was joined
 * native: no, it is undefined
 * toy: no, it has no cancelling
 */
#include <pthread.h>

static pthread_t thread;

static void *nothing(void *argument)
{
    return argument;
}

static void *cancel(void *argument)
{
    pthread_cancel(thread);
    return argument;
}

int main(void)
{
    pthread_t other;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_create(&other, NULL, cancel, NULL);
    pthread_join(thread, NULL);
    pthread_join(other, NULL);
    return 0;
}
