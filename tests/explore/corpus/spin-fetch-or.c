/*
 * A bit lock: to set a bit that is set already changes nothing. The other bits
 * of the word are nobody's business.
 *
 * can: exit 0 | 2 6\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_uint word = 6;
static int counter;

static void *add(void *argument)
{
    while ((atomic_fetch_or(&word, 1) & 1) != 0)
        ;
    counter++;
    atomic_fetch_and(&word, ~1u);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %u\n", counter, atomic_load(&word));
    return 0;
}
