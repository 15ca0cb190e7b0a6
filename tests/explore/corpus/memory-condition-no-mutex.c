/*
 * To be woken is no synchronisation: the signaller has not had the mutex, so what it
 * wrote before need not be seen, even if nobody wakes without cause. In one order of
 * all steps 1 is seen, always. A signal that comes too early wakes nobody.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * can: lost wake-up |
 * explore: spurious=0
 * says: "model": "rc11"
 * native: no, it may wait for ever
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static atomic_int x;

static void *run(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    pthread_cond_signal(&changed);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, run, NULL);
    pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    seen = atomic_load_explicit(&x, memory_order_relaxed);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
