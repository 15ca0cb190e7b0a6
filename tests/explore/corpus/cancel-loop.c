/*
 * A loop that looks, sleeps and finds nothing changed does not turn for ever: its
 * sleep is where it ends, once it is cancelled. With the cancelling before or after
 * the first turn, there is no other end.
 *
 * can: exit 0 | cancelled\n
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int done;

static void *look(void *arg)
{
    int found = 0;

    while (!found) {
        pthread_mutex_lock(&lock);
        found = done;
        pthread_mutex_unlock(&lock);
        nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    }
    return arg;
}

int main(void)
{
    pthread_t looker;
    void *result;

    pthread_create(&looker, NULL, look, NULL);
    pthread_cancel(looker);
    pthread_join(looker, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "found");
    return 0;
}
