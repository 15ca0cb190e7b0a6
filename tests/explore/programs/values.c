/* Thread-specific values, cleanup handlers, pthread_exit, and what is done
 * once: in every schedule the same lines. */
#include <stdio.h>

#include "crew.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int made, destroyed, cleaned;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void destroy(void *value)
{
    (void)value;
    pthread_mutex_lock(&lock);
    destroyed++;
    pthread_mutex_unlock(&lock);
}

static void make_key(void)
{
    made++;
    pthread_key_create(&key, destroy);
}

static void clean(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    cleaned++;
    pthread_mutex_unlock(&lock);
}

static void *run(void *argument)
{
    pthread_once(&once, make_key);
    pthread_setspecific(key, &lock);
    pthread_cleanup_push(clean, NULL);
    if (crew_number(argument) == 0)
        pthread_exit(NULL);
    pthread_cleanup_pop(1);
    return NULL;
}

int main(void)
{
    crew_run(run, 2);
    printf("made %d, cleaned %d, destroyed %d\n", made, cleaned, destroyed);
    return 0;
}
