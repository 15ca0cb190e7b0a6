/*
 * Two threads free a block that nobody ever accessed, without any order.
 *
 * can: misuse |
 * says: frees a block that was freed
 * races: memory
 * native: no, glibc may abort or not
 */
#include <pthread.h>
#include <stdlib.h>

static void *release(void *argument)
{
    free(argument);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    void *block = malloc(100);

    pthread_create(&a, NULL, release, block);
    pthread_create(&b, NULL, release, block);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
