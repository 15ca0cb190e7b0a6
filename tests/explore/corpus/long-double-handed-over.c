/*
 * Long doubles and wide vectors, with nobody else at them: one after the other.
 *
 * can: exit 0 | 3 4\n
 * toy: no, it does not see it
 */
#include <pthread.h>
#include <stdio.h>

typedef int vector __attribute__((vector_size(32)));

static long double numbers[3];
static vector some;

static void *run(void *argument)
{
    numbers[2] = numbers[1] + 1;
    some = some + 1;
    return argument;
}

int main(void)
{
    pthread_t thread;
    vector seen;

    numbers[1] = 2;
    some[3] = 3;
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    seen = some;
    printf("%d %d\n", (int)numbers[2], seen[3]);
    return 0;
}
