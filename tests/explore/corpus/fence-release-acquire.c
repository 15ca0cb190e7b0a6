/*
 * Two fences order what relaxed accesses alone would not (C17, 7.17.4).
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
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&flag, 1, memory_order_relaxed);
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    if (atomic_load_explicit(&flag, memory_order_relaxed) == 1) {
        atomic_thread_fence(memory_order_acquire);
        printf("%d\n", data);
    } else {
        puts("early");
    }
    pthread_join(runner, NULL);
    return 0;
}
