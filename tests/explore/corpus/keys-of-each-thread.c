/*
 * A value under a key is the thread's own: neither sees the other's.
 *
 * can: exit 0 | 1 2\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t key;

static void *keep(void *argument)
{
    pthread_setspecific(key, argument);
    return pthread_getspecific(key);
}

int main(void)
{
    static int one = 1, two = 2;
    pthread_t a, b;
    void *of_a, *of_b;

    pthread_key_create(&key, NULL);
    pthread_create(&a, NULL, keep, &one);
    pthread_create(&b, NULL, keep, &two);
    pthread_join(a, &of_a);
    pthread_join(b, &of_b);
    printf("%d %d\n", *(int *)of_a, *(int *)of_b);
    return 0;
}
