/*
 * A thread's value is destroyed when the thread ends, by the thread.
 *
 * can: exit 0 | destroyed 1\njoined\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;
static int value = 1;

static void destroy(void *pointer)
{
    printf("destroyed %d\n", *(int *)pointer);
}

static void *use(void *argument)
{
    pthread_setspecific(key, &value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&key, destroy);
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    puts("joined");
    return 0;
}
