/*
 * Two readers may be inside at once; a writer is alone.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int value;

static void *look(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    printf("%d\n", value);
    pthread_rwlock_unlock(&lock);
    return argument;
}

static void *set(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    value = 1;
    pthread_rwlock_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, look, NULL);
    pthread_create(&b, NULL, set, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
