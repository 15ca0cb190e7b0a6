/* Three threads, each twice: load a counter, store one more. Nothing races, as
 * both are atomic; 7134 orders differ, and GenMC counts as many. */
#include <pthread.h>
#include <stdatomic.h>

static _Atomic int counter;

static void *count(void *arg)
{
    for (int i = 0; i < 2; i++) {
        int value = atomic_load(&counter);

        atomic_store(&counter, value + 1);
    }
    return arg;
}

int main(void)
{
    pthread_t threads[3];

    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
