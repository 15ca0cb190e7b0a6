/*
 * Who has it to write tries to read, and is told that it is busy. The other writer
 * comes before all of that, or behind.
 *
 * can: exit 0 | oneother
 * can: exit 0 | otherone
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *one(void *arg)
{
    pthread_rwlock_wrlock(&lock);
    fputs("one", stdout);
    pthread_rwlock_tryrdlock(&lock);
    pthread_rwlock_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, one, NULL);
    pthread_rwlock_wrlock(&lock);
    fputs("other", stdout);
    pthread_rwlock_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
