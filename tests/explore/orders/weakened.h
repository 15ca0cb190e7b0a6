/*
 * The word that a thread sleeps on, as the library has it, but with the memory orders
 * that orders.sh names: LOOK of is_woken(), WAKE of queue_wake(), SLEEP of the change
 * to ASLEEP.
 */
#include <stdatomic.h>

#undef atomic_load
#undef atomic_exchange
#undef atomic_compare_exchange_strong
#define atomic_load(at) atomic_load_explicit(at, LOOK)
#define atomic_exchange(at, value) atomic_exchange_explicit(at, value, WAKE)
#define atomic_compare_exchange_strong(at, expected, value) \
    atomic_compare_exchange_strong_explicit(at, expected, value, SLEEP, memory_order_relaxed)

#include "lib/queue_sleep.c"
