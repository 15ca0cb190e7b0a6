/*
 * A key is stored where another thread reads it.
 *
 * can: exit 0 | 77\n
 * can: exit 0 | a key\n
 * races: key
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key = 77;

static void *make(void *argument)
{
    pthread_key_create(&key, NULL);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, make, NULL);
    puts(key == 77 ? "77" : "a key");
    pthread_join(thread, NULL);
    return 0;
}
