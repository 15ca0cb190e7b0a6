/*
 * Two wait for different things at one condition: a broadcast is for both, and
 * each goes on when its own number has come.
 *
 * can: exit 0 | one\ntwo\n
 * can: exit 0 | two\none\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int count;

static void *wait_for_one(void *argument)
{
    pthread_mutex_lock(&lock);
    while (count < 1)
        pthread_cond_wait(&changed, &lock);
    puts("one");
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *wait_for_two(void *argument)
{
    pthread_mutex_lock(&lock);
    while (count < 2)
        pthread_cond_wait(&changed, &lock);
    puts("two");
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_for_one, NULL);
    pthread_create(&b, NULL, wait_for_two, NULL);
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        count++;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
