/*
 * Nothing orders the reading and the freeing, so both orders happen; whichever
 * thread is first in the other's way.
 *
 * can: exit 0 | 5\n
 * can: misuse |
 * says: reads memory that was freed
 * races: memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *release(void *argument)
{
    free(argument);
    return NULL;
}

static void *look(void *argument)
{
    int *value = argument;

    printf("%d\n", *value);
    return NULL;
}

int main(void)
{
    int *value = malloc(sizeof *value);
    pthread_t a, b;

    *value = 5;
    pthread_create(&a, NULL, release, value);
    pthread_create(&b, NULL, look, value);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
