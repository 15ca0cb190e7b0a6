/*
 * What a thread is told stands in a variable of the loop that makes the thread, and ends
 * with its round, read or not.
 *
 * can: exit 0 | 1\n
 * can: misuse |
 * says: reads a variable of a block that has ended
 * races: memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

struct order {
    int number;
};

static int done;

static void *run(void *argument)
{
    const struct order *order = argument;

    done = order->number;
    return NULL;
}

int main(void)
{
    pthread_t thread;

    for (int i = 0; i < 1; i++) {
        struct order order = {i + 1};

        pthread_create(&thread, NULL, run, &order);
    }
    pthread_join(thread, NULL);
    printf("%d\n", done);
    return 0;
}
