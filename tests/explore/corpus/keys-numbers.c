/*
 * Whoever makes the first key gets the lower number.
 *
 * can: exit 0 | main\n
 * can: exit 0 | thread\n
 * toy: no, it has no keys
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t first, second;

static void *make(void *argument)
{
    pthread_key_create(&second, NULL);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, make, NULL);
    pthread_key_create(&first, NULL);
    pthread_join(thread, NULL);
    puts(first < second ? "main" : "thread");
    return 0;
}
