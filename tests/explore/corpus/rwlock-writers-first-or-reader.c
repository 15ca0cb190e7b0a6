/*
 * A lock that lets no reader in while a writer waits: nevertheless a reader may have
 * come before the writer asked.
 *
 * can: exit 0 | 0
 * can: exit 0 | 1
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP;
static int value;

static void *writer(void *arg)
{
    pthread_rwlock_wrlock(&lock);
    value = 1;
    pthread_rwlock_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, writer, NULL);
    pthread_rwlock_rdlock(&lock);
    printf("%d", value);
    pthread_rwlock_unlock(&lock);
    pthread_join(thread, NULL);
    return 0;
}
