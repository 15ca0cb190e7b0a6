/*
 * The word that a thread sleeps on, as the library has it, but with the memory orders
 * that orders.sh names: LOOK of is_woken(), WAKE of queue_wake(), SLEEP of the change
 * to ASLEEP.
 */
#define _GNU_SOURCE /* as the file below has it */

#include <stdatomic.h>

#ifndef LOOK /* as in the library */
#define LOOK memory_order_seq_cst
#define WAKE memory_order_seq_cst
#define SLEEP memory_order_seq_cst
#endif

#undef atomic_load
#undef atomic_exchange
#undef atomic_compare_exchange_strong
#define atomic_load(at) atomic_load_explicit(at, LOOK)
#define atomic_exchange(at, value) atomic_exchange_explicit(at, value, WAKE)
#define atomic_compare_exchange_strong(at, expected, value) \
    atomic_compare_exchange_strong_explicit(at, expected, value, SLEEP, memory_order_relaxed)

#include "lib/queue_sleep.c"
