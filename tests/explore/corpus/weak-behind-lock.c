/* Relaxed updates under a lock: nothing that they allow besides can show, as the
 * lock orders them all.
 *
 * can: exit 0 | 2\n
 * says: "model": "c11"
 * never says: "weak"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int count;

static void *add(void *arg)
{
    pthread_mutex_lock(&lock);
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, add, NULL);
    pthread_create(&two, NULL, add, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d\n", atomic_load_explicit(&count, memory_order_relaxed));
    return 0;
}
