/*
 * Whoever is cancelled in a wait has the mutex again when its handler runs,
 * which unlocks it; without that main would wait for the mutex for ever.
 *
 * can: exit 0 | unlocked\n
 * native: no, the delays of native.c are cancellation points
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void unlock(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *wait_for_ever(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(unlock, &lock);
    for (;;)
        pthread_cond_wait(&changed, &lock);
    pthread_cleanup_pop(1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_ever, NULL);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_mutex_lock(&lock);
    puts("unlocked");
    pthread_mutex_unlock(&lock);
    return 0;
}
