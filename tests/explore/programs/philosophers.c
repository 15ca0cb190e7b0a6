/* N philosophers, a fork between each two, and each takes the left one first
 * (Dijkstra, EWD 310). Argument "polite" after N: the last one does not. */
#include <stdbool.h>
#include <stdio.h>

#include "crew.h"

static pthread_mutex_t forks[CREW_MOST];
static int count;
static bool polite;

static void *run(void *argument)
{
    int self = crew_number(argument), left = self, right = (self + 1) % count;

    if (polite && self == count - 1) {
        left = right;
        right = self;
    }
    pthread_mutex_lock(&forks[left]);
    pthread_mutex_lock(&forks[right]);
    pthread_mutex_unlock(&forks[right]);
    pthread_mutex_unlock(&forks[left]);
    return NULL;
}

int main(int argc, char **argv)
{
    count = crew_size(argc, argv, 3);
    polite = argc > 2;
    for (int i = 0; i < count; i++)
        pthread_mutex_init(&forks[i], NULL);
    crew_run(run, count);
    puts("all have eaten");
    return 0;
}
