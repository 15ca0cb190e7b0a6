/*
 * Two threads end by pthread_exit, and share nothing: one order stands for all. What
 * the unwinder does once for both of them is none of the program's steps.
 *
 * can: exit 0 | done\n
 * says: "runs": 1,
 */
#include <pthread.h>
#include <stdio.h>

static void *leave(void *argument)
{
    pthread_exit(argument);
}

int main(void)
{
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, leave, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    puts("done");
    return 0;
}
