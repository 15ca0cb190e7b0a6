/*
 * The thread may use the mutex before it is one: a data race.
 *
 * can: exit 0 | end\n
 * races: lock
 * native: no, it is undefined
 * toy: no, it has no such fault
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;

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
    pthread_mutex_init(&lock, NULL);
    pthread_join(thread, NULL);
    puts("end");
    return 0;
}
