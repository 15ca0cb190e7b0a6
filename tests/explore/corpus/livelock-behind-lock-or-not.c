/*
 * Whoever comes first decides whether what the first thread waits for is ever written:
 * it looks with a lock in hand and sleeps between looks, for ever perhaps.
 *
 * can: exit 0 | done\n
 * can: livelock |
 * native: no, it may not end
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int flag, late;

static int look(void)
{
    int value[1];

    pthread_mutex_lock(&mutex);
    value[0] = flag;
    pthread_mutex_unlock(&mutex);
    return value[0];
}

static void *set(void *argument)
{
    pthread_mutex_lock(&mutex);
    flag = !late;
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    pthread_mutex_lock(&mutex);
    late = 1;
    pthread_mutex_unlock(&mutex);
    while (look() == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    pthread_join(thread, NULL);
    puts("done");
}
