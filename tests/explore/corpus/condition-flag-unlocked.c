/*
 * The flag is set without the lock: between the look and the sleep. The signal
 * comes too early and is lost, and the flag races.
 *
 * can: exit 0 | ready\n
 * can: lost wake-up |
 * races: ready
 * native: no, it may wait for ever
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    puts("ready");
    return argument;
}

static void *announce(void *argument)
{
    ready = true;
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_for_it, NULL);
    pthread_create(&b, NULL, announce, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
