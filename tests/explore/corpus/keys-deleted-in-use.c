/*
 * To use a key that may have been deleted is undefined (POSIX); here nothing says
 * which is first.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 22\n
 * races: pthread_key.state
 * toy: no, it has no keys
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;

static void *drop(void *argument)
{
    pthread_key_delete(key);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int err;

    pthread_key_create(&key, NULL);
    pthread_create(&thread, NULL, drop, NULL);
    err = pthread_setspecific(key, &key);
    pthread_join(thread, NULL);
    printf("%d\n", err);
    return 0;
}
