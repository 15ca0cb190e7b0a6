/*
 * When main deletes the key, the thread may have ended, and its destructor run, or
 * not: then none is called (POSIX, pthread_key_delete).
 *
 * can: exit 0 | destroyed\n
 * can: exit 0 |
 * toy: no, it has no keys
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_key_t key;
static sem_t set;

static void destroy(void *value)
{
    (void)value;
    puts("destroyed");
}

static void *use(void *argument)
{
    pthread_setspecific(key, &key);
    sem_post(&set);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_init(&set, 0, 0);
    pthread_key_create(&key, destroy);
    pthread_create(&thread, NULL, use, NULL);
    sem_wait(&set);
    pthread_key_delete(key);
    pthread_join(thread, NULL);
    return 0;
}
