/*
 * A lock made of an atomic flag. To find it set changes nothing, so a thread
 * that turns waits; both get it, one after the other.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_flag taken = ATOMIC_FLAG_INIT;
static int counter;

static void *add(void *argument)
{
    while (atomic_flag_test_and_set(&taken))
        ;
    counter++;
    atomic_flag_clear(&taken);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
