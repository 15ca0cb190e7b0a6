/*
 * Two locks for one counter exclude nobody.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 1\n
 * races: counter
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static int counter;

static void *add_first(void *argument)
{
    pthread_mutex_lock(&first);
    counter++;
    pthread_mutex_unlock(&first);
    return argument;
}

static void *add_second(void *argument)
{
    pthread_mutex_lock(&second);
    counter++;
    pthread_mutex_unlock(&second);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add_first, NULL);
    pthread_create(&b, NULL, add_second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
