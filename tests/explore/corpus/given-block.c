/*
 * An aligned block is stored where another thread looks.
 *
 * can: exit 0 | none\n
 * can: exit 0 | a block\n
 * races: block
 * toy: no, it does not see what a call writes
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *block;

static void *take(void *argument)
{
    return posix_memalign(&block, 16, 16) == 0 ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, take, NULL);
    puts(block == NULL ? "none" : "a block");
    pthread_join(thread, NULL);
    free(block);
    return 0;
}
