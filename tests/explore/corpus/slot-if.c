/*
 * A slot for one item, and a taker that looks only once: a wake-up without
 * cause lets it take what is not there.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 0\n
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static int slot;

static void *take(void *argument)
{
    pthread_mutex_lock(&lock);
    if (slot == 0)
        pthread_cond_wait(&changed, &lock);
    printf("%d\n", slot);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *put(void *argument)
{
    pthread_mutex_lock(&lock);
    slot = 1;
    ready = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, take, NULL);
    pthread_create(&b, NULL, put, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
