/*
 * __atomic_load of a struct writes its result where it is told to: a plain write.
 *
 * races: result
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * toy: no, it has no such load
 * native: no, it has no lock for the struct
 */
#include <pthread.h>
#include <stdio.h>

struct three {
    int x, y, z;
};

static struct three value = {1, 1, 1}, result;
static int seen;

static void *look(void *argument)
{
    seen = result.x;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    __atomic_load(&value, &result, __ATOMIC_SEQ_CST);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
