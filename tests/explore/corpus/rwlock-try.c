/*
 * Two try to get in, a reader and a writer: one of them, or both, one behind the
 * other. It cannot be that both are turned away.
 *
 * can: exit 0 | r\n
 * can: exit 0 | w\n
 * can: exit 0 | r\nw\n
 * can: exit 0 | w\nr\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *read_it(void *argument)
{
    if (pthread_rwlock_tryrdlock(&lock) == 0) {
        puts("r");
        pthread_rwlock_unlock(&lock);
    }
    return argument;
}

static void *write_it(void *argument)
{
    if (pthread_rwlock_trywrlock(&lock) == 0) {
        puts("w");
        pthread_rwlock_unlock(&lock);
    }
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, read_it, NULL);
    pthread_create(&b, NULL, write_it, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
