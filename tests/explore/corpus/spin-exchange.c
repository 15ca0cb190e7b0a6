/*
 * A lock made of an exchange. To find 1 and write 1 changes nothing, so a thread
 * that turns waits; all three get it, one after the other.
 *
 * can: exit 0 | 3\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int taken;
static int counter;

static void *add(void *argument)
{
    while (atomic_exchange(&taken, 1))
        ;
    counter++;
    atomic_store(&taken, 0);
    return argument;
}

int main(void)
{
    pthread_t a, b, c;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_create(&c, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_join(c, NULL);
    printf("%d\n", counter);
    return 0;
}
