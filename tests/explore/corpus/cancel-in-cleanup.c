/*
 * Who is cancelled where it waits has the mutex again when its cleanup handlers run, the
 * last first; and to lock one is no cancellation point.
 *
 * can: exit 0 | 21cancelled free\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told = PTHREAD_COND_INITIALIZER;
static char one[] = "1", two[] = "2";

static void say(void *text)
{
    fputs(text, stdout);
}

static void give_back(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *run(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(give_back, &lock);
    pthread_cleanup_push(say, one);
    pthread_cleanup_push(say, two);
    for (;;)
        pthread_cond_wait(&told, &lock);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    pthread_cleanup_pop(0);
    return argument;
}

int main(void)
{
    pthread_t a;
    void *result;

    pthread_create(&a, NULL, run, NULL);
    pthread_cancel(a);
    pthread_join(a, &result);
    printf("%s %s\n", result == PTHREAD_CANCELED ? "cancelled" : "ended",
           pthread_mutex_trylock(&lock) == 0 ? "free" : "held");
    return 0;
}
