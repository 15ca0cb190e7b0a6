/*
 * Two threads look for what nobody writes, and sleep between looks. That time
 * passes makes no turn of the loop another one.
 *
 * can: livelock |
 * native: no, it does not end
 */
#include <pthread.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int flag;

static int look(void)
{
    int value[3];

    pthread_mutex_lock(&mutex);
    value[0] = flag;
    pthread_mutex_unlock(&mutex);
    return value[0];
}

static void *wait(void *arg)
{
    while (look() == 0)
        nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait, NULL);
    wait(NULL);
    pthread_join(thread, NULL);
    return 0;
}
