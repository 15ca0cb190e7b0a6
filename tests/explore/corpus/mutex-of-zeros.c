/*
 * Nobody has initialised it, but zeros are what PTHREAD_MUTEX_INITIALIZER is:
 * nothing tells the two apart, so it is taken for one.
 *
 * can: exit 0 | locked\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    pthread_mutex_t *mutex = calloc(1, sizeof *mutex);

    if (mutex == NULL || pthread_mutex_lock(mutex) != 0)
        return 1;
    puts("locked");
    pthread_mutex_unlock(mutex);
    free(mutex);
    return 0;
}
