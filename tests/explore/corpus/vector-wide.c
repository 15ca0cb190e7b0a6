/*
 * A vector of more than sixteen bytes, of which clang tells nobody. Processors write it in
 * more than one step.
 *
 * says: races over 32 bytes at once
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: shared
 * native: no, there the other may have written it
 * toy: no, it does not see it
 */
#include <pthread.h>
#include <stdio.h>

typedef int vector __attribute__((vector_size(32)));

static vector shared;

static void *run(void *argument)
{
    const vector one = {1};

    shared = one;
    return argument;
}

int main(void)
{
    pthread_t thread;
    vector seen;

    pthread_create(&thread, NULL, run, NULL);
    seen = shared;
    pthread_join(thread, NULL);
    printf("%d\n", seen[0]);
    return 0;
}
