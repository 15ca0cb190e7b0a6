/*
 * A word is made as a whole, then two threads set a byte of it each, then it is read as a
 * whole. All that is done in one size happens before what is done in the next: then the
 * word holds what was written last of each byte. Each thread may see the other's byte or
 * not, and as all is relaxed, neither need see the other's.
 *
 * can: exit 0 | 0 0: 201\n
 * can: exit 0 | 0 1: 201\n
 * can: exit 0 | 1 0: 201\n
 * can: exit 0 | 1 1: 201\n
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static union {
    atomic_uint word;
    atomic_uchar bytes[4];
} both;

static int seen[2];

static void *set(void *arg)
{
    int self = *(int *)arg;

    atomic_store_explicit(&both.bytes[self], (unsigned char)(self + 1), memory_order_relaxed);
    seen[self] = atomic_load_explicit(&both.bytes[1 - self], memory_order_relaxed) == 2 - self;
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int selves[2] = {0, 1};

    atomic_store_explicit(&both.word, 0xff, memory_order_relaxed);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, set, &selves[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d: %x\n", seen[0], seen[1], atomic_load_explicit(&both.word, memory_order_relaxed));
    return 0;
}
