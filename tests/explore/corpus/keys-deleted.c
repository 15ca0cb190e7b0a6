/*
 * A key that was deleted is none any more, and its values are nobody's to destroy.
 *
 * can: exit 0 | 22\n
 */
#include <pthread.h>
#include <stdio.h>

static void destroy(void *pointer)
{
    printf("destroyed %d\n", *(int *)pointer);
}

static void *use(void *argument)
{
    pthread_key_t key;
    static int value = 1;

    pthread_key_create(&key, destroy);
    pthread_setspecific(key, &value);
    pthread_key_delete(key);
    printf("%d\n", pthread_setspecific(key, &value));
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return 0;
}
