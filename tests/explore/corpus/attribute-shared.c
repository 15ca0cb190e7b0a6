/*
 * One thread sets an attribute that another makes a mutex with: nothing orders the
 * two, so the mutex is of either kind, and that is a race.
 *
 * races: attribute
 * can: exit 0 | recursive\n
 * can: exit 0 | normal\n
 * native: no, the mutex that is made may have half an attribute
 * toy: no, it sees no library's accesses
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_mutexattr_t attribute;

static void *set(void *arg)
{
    pthread_mutexattr_settype(&attribute, PTHREAD_MUTEX_RECURSIVE);
    return arg;
}

int main(void)
{
    pthread_t setter;
    pthread_mutex_t mutex;

    pthread_mutexattr_init(&attribute);
    pthread_create(&setter, NULL, set, NULL);
    pthread_mutex_init(&mutex, &attribute);
    pthread_mutex_lock(&mutex);
    puts(pthread_mutex_trylock(&mutex) == 0 ? "recursive" : "normal");
    pthread_join(setter, NULL);
    return 0;
}
