/*
 * The deque of Chase and Lev, with the fences of Le, Pop, Cohen and Nardelli (PPoPP 2013):
 * of two items no more than two are taken.
 *
 * can: exit 0 | once\n
 * says: "model": "rc11"
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int top, bottom = 1;
static atomic_int taken;

static void take(int owner)
{
    (void)owner;
    atomic_fetch_add_explicit(&taken, 1, memory_order_relaxed);
}

static void *steal(void *arg)
{
    int t = atomic_load_explicit(&top, memory_order_acquire), b;

    atomic_thread_fence(memory_order_seq_cst);
    b = atomic_load_explicit(&bottom, memory_order_acquire);
    if (t < b && atomic_compare_exchange_strong_explicit(&top, &t, t + 1, memory_order_seq_cst,
                                                         memory_order_relaxed))
        take(0);
    return arg;
}

/* Two are in it: the owner takes from the bottom, the thief from the top. */
static void pop(void)
{
    int b = atomic_load_explicit(&bottom, memory_order_relaxed) - 1, t;

    atomic_store_explicit(&bottom, b, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    t = atomic_load_explicit(&top, memory_order_relaxed);
    if (t < b)
        take(1);
    else if (t == b &&
             atomic_compare_exchange_strong_explicit(&top, &t, t + 1, memory_order_seq_cst,
                                                     memory_order_relaxed))
        take(1);
}

int main(void)
{
    pthread_t one, two;

    atomic_store(&bottom, 2);
    pthread_create(&one, NULL, steal, NULL);
    pthread_create(&two, NULL, steal, NULL);
    pop();
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    puts(atomic_load(&taken) > 2 ? "twice" : "once");
    return 0;
}
