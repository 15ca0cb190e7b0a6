/*
 * Zeros over a mutex that another thread may have, or want: a data race, as locking
 * accesses it too.
 *
 * can: misuse |
 * can: exit 0 | end\n
 * says: writes over what is locked, or waited for
 * races: lock
 * status: 1
 * native: no, it is undefined
 * toy: no, it has no such fault
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *use(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, use, NULL);
    memset(&lock, 0, sizeof lock);
    pthread_join(thread, NULL);
    puts("end");
    return 0;
}
