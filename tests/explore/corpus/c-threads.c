/*
 * C's own threads: what a mutex protects is no race, and each thread returns
 * an int.
 *
 * can: exit 0 | 2, 3 and 4\n
 */
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static int count;

static int add(void *argument)
{
    mtx_lock(&lock);
    count++;
    mtx_unlock(&lock);
    return *(int *)argument;
}

int main(void)
{
    int numbers[] = {3, 4}, results[2];
    thrd_t threads[2];

    mtx_init(&lock, mtx_plain);
    for (int i = 0; i < 2; i++)
        thrd_create(&threads[i], add, &numbers[i]);
    for (int i = 0; i < 2; i++)
        thrd_join(threads[i], &results[i]);
    mtx_destroy(&lock);
    printf("%d, %d and %d\n", count, results[0], results[1]);
    return 0;
}
