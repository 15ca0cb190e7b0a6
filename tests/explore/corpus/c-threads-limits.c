/*
 * A recursive mutex that takes limits, and a wait with one that has passed.
 *
 * explore: spurious=0
 * can: exit 0 | 1 1 1\n
 */
#include <stdio.h>
#include <threads.h>
#include <time.h>

static mtx_t lock;
static cnd_t never;

static int try_it(void *results)
{
    int *result = results;
    struct timespec past = {0, 0};

    result[0] = mtx_trylock(&lock) == thrd_busy;
    result[1] = mtx_timedlock(&lock, &past) == thrd_timedout;
    return 0;
}

int main(void)
{
    struct timespec past = {0, 0};
    int results[3];
    thrd_t other;

    mtx_init(&lock, mtx_timed | mtx_recursive);
    cnd_init(&never);
    mtx_lock(&lock);
    mtx_lock(&lock);
    mtx_unlock(&lock);
    thrd_create(&other, try_it, results);
    thrd_join(other, NULL);
    results[2] = cnd_timedwait(&never, &lock, &past) == thrd_timedout;
    printf("%d %d %d\n", results[0], results[1], results[2]);
    return 0;
}
