/*
 * A thread looks with a lock in hand, sleeps and looks again, until another one has
 * written. That comes, so the loop ends, in a graph as well: the lock's next turn
 * is where the write is seen.
 *
 * can: exit 0 | done\n
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int flag;

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
    flag = 1;
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    while (look() == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    pthread_join(thread, NULL);
    puts("done");
}
