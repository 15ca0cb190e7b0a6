/*
 * An array of variable size is gone from the stack with its block.
 *
 * can: exit 0 | done\n
 * can: misuse |
 * races: memory
 * native: no, what it writes to is anything
 */
#include <pthread.h>
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wvla" /* it is what this is about */

static void *run(void *argument)
{
    *(int *)argument = 2;
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t thread;

    (void)argv;
    for (int i = 0; i < 1; i++) {
        int some[argc + 9];

        pthread_create(&thread, NULL, run, &some[i]);
    }
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
