/*
 * One thread writes, then locks; the other locks, then writes. In half of the
 * orders the lock puts the writes in order, and a detector that watches such a
 * run sees nothing. In the other half they race.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: x
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int x;

static void *write_first(void *argument)
{
    x = 1;
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *lock_first(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    x = 2;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, write_first, NULL);
    pthread_create(&b, NULL, lock_first, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", x);
    return 0;
}
