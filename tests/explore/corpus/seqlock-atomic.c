/*
 * A sequence lock: the reader takes what it has read only if the number was even
 * and is still the same. So it never takes half of a change; here it asks once.
 *
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 * can: exit 0 | again\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_uint sequence;
static atomic_int x, y;

static void *set(void *argument)
{
    atomic_fetch_add(&sequence, 1);
    atomic_store(&x, 1);
    atomic_store(&y, 1);
    atomic_fetch_add(&sequence, 1);
    return argument;
}

static void *look(void *argument)
{
    unsigned before = atomic_load(&sequence);
    int seen_x = atomic_load(&x), seen_y = atomic_load(&y);

    if (before % 2 == 0 && atomic_load(&sequence) == before)
        printf("%d %d\n", seen_x, seen_y);
    else
        puts("again");
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
