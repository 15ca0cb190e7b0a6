/*
 * Three times locked is free after the third unlocking: the other thread finds
 * the value before all three or behind them, never between.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 4\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;
static int value;

static void *add(void *argument)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&lock);
        value++;
    }
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&lock);
    value++;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *look(void *argument)
{
    pthread_mutex_lock(&lock);
    printf("%d\n", value);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_t a, b;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attr);
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
