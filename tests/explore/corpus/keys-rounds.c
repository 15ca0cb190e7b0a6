/*
 * A destructor that sets the value again is called again, PTHREAD_DESTRUCTOR_ITERATIONS
 * times at most; this one sets it twice.
 *
 * can: exit 0 | destroyed\ndestroyed\ndestroyed\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;
static int left = 2;

static void destroy(void *pointer)
{
    puts("destroyed");
    if (left-- > 0)
        pthread_setspecific(key, pointer);
}

static void *use(void *argument)
{
    pthread_setspecific(key, &left);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&key, destroy);
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return 0;
}
