/*
 * One asks again and again, each time with the lock, until the other has set the
 * flag, also with the lock. It is no loop for ever: whoever holds a lock in its
 * loop gives it up there.
 *
 * can: exit 0 | set\n
 */
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool flag;

static bool is_set(void)
{
    bool set;

    pthread_mutex_lock(&lock);
    set = flag;
    pthread_mutex_unlock(&lock);
    return set;
}

static void *ask(void *argument)
{
    while (!is_set())
        sched_yield();
    puts("set");
    return argument;
}

static void *set(void *argument)
{
    pthread_mutex_lock(&lock);
    flag = true;
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, ask, NULL);
    pthread_create(&b, NULL, set, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
