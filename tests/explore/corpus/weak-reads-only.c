/* Relaxed loads that meet no store: it came before both threads began.
 *
 * can: exit 0 | 7 7\n
 * says: "model": "c11"
 * never says: "weak"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int number;
static int seen[2];

static void *look(void *arg)
{
    *(int *)arg = atomic_load_explicit(&number, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t one, two;

    atomic_store_explicit(&number, 7, memory_order_relaxed);
    pthread_create(&one, NULL, look, &seen[0]);
    pthread_create(&two, NULL, look, &seen[1]);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d %d\n", seen[0], seen[1]);
    return 0;
}
