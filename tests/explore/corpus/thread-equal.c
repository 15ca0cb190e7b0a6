/*
 * A thread is equal to itself and to what pthread_create said, and to no other.
 *
 * can: exit 0 | 1 0\n
 */
#include <pthread.h>
#include <stdio.h>

static void *self(void *handle)
{
    *(pthread_t *)handle = pthread_self();
    return NULL;
}

int main(void)
{
    pthread_t thread, itself;

    pthread_create(&thread, NULL, self, &itself);
    pthread_join(thread, NULL);
    printf("%d %d\n", pthread_equal(thread, itself) != 0,
           pthread_equal(pthread_self(), itself) != 0);
    return 0;
}
