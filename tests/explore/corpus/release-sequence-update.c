/*
 * An update of another thread goes on with a release sequence, even relaxed.
 * Main's update comes between: whoever reads 3 reads what run has written.
 *
 * can: exit 0 | early\n
 * can: exit 0 | 7\n
 * says: "model": "rc11"
 * steps: the same
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int data;
static atomic_int flag;

static void *run(void *argument)
{
    data = 7;
    atomic_store_explicit(&flag, 1, memory_order_release);
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    int one = 1;

    if (!atomic_compare_exchange_strong_explicit(&flag, &one, 3, memory_order_relaxed,
                                                 memory_order_relaxed))
        puts("early");
    else if (atomic_load_explicit(&flag, memory_order_acquire) == 3)
        printf("%d\n", data);
    pthread_join(runner, NULL);
    return 0;
}
