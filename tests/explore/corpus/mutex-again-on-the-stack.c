/*
 * The second mutex stands where the first was destroyed; it is another one.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdio.h>

static int use(void)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    pthread_mutex_destroy(&mutex);
    return 1;
}

int main(void)
{
    int count = use();

    count += use();
    printf("%d\n", count);
    return 0;
}
