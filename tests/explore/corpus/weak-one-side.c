/* A store that is relaxed and a load that is not: one weak side is enough for steps to
 * say that C allows more. Without "by-steps" it is explored as C11 has it.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * explore: by-steps
 * status: 3
 * says: "complete": false
 * says: "weak": {"object": "flag"
 * says: sequential consistency (C allows more, as not all atomics are seq_cst)
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int flag;

static void *set(void *arg)
{
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, NULL);
    seen = atomic_load(&flag);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
