/*
 * The value is set without the lock, before the signal. Nothing but the wake-up
 * seems to order it, and a wake-up may come for nothing: a data race, and a lost
 * wake-up when the signal comes first.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 0\n
 * can: lost wake-up |
 * races: value
 * explore: spurious=1
 * native: no, it may wait for ever
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int value;

static void *wait_once(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    printf("%d\n", value);
    return argument;
}

static void *set(void *argument)
{
    value = 1;
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_once, NULL);
    pthread_create(&b, NULL, set, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
