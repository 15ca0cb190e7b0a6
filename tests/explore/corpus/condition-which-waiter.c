/*
 * One signal for two waiters with names: POSIX does not say whom it wakes, and
 * the one who is woken passes the signal on.
 *
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
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
    puts(argument);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    static char name_a[] = "a", name_b[] = "b";
    pthread_t a, b;

    pthread_create(&a, NULL, wait_for_it, name_a);
    pthread_create(&b, NULL, wait_for_it, name_b);
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
