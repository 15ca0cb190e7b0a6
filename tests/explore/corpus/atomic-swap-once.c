/*
 * Of two compare-exchanges from 0 one succeeds; the other learns by whom.
 *
 * can: exit 0 | 1 sees 0, 2 sees 1\n
 * can: exit 0 | 1 sees 2, 2 sees 0\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;
static int seen_1, seen_2;

static void *set_1(void *argument)
{
    atomic_compare_exchange_strong(&x, &seen_1, 1);
    return argument;
}

static void *set_2(void *argument)
{
    atomic_compare_exchange_strong(&x, &seen_2, 2);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set_1, NULL);
    pthread_create(&b, NULL, set_2, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("1 sees %d, 2 sees %d\n", seen_1, seen_2);
    return 0;
}
