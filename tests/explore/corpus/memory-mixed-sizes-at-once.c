/*
 * A byte of a word is set while the word is read as a whole, and nothing orders the two:
 * C has no words for it, and graphs no event.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * status: 3
 * says: "unfollowed": "rc11 cannot follow atomic accesses to parts of an atomic that nothing orders"
 * says: "model": "sc"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static union {
    atomic_uint word;
    atomic_uchar bytes[4];
} both;

static void *set(void *arg)
{
    atomic_store_explicit(&both.bytes[0], 1, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    printf("%u\n", atomic_load_explicit(&both.word, memory_order_relaxed));
    pthread_join(thread, NULL);
    return 0;
}
