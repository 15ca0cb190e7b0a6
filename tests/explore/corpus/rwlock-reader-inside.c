/*
 * A writer waits as long as a reader is inside; this one is inside for ever.
 *
 * can: deadlock |
 * native: no, it waits for ever
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *change(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    puts("inside");
    pthread_rwlock_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_rwlock_rdlock(&lock);
    pthread_create(&thread, NULL, change, NULL);
    pthread_join(thread, NULL);
    pthread_rwlock_unlock(&lock);
    return 0;
}
