/*
 * What the compiler put before each access: whatever is not on the thread's own stack
 * is a step.
 */
#include "toy.h"

#include <stdint.h>

static void access_to(const volatile void *at)
{
    const char *stack = me()->stack;

    if ((const volatile char *)at < stack || (const volatile char *)at >= stack + STACK)
        toy_step(NOTHING, NULL);
}

#define ACCESS(name) \
    void __tsan_##name(void *at); \
    void __tsan_##name(void *at) \
    { \
        access_to(at); \
    }
ACCESS(read1)
ACCESS(read2)
ACCESS(read4)
ACCESS(read8)
ACCESS(read16)
ACCESS(write1)
ACCESS(write2)
ACCESS(write4)
ACCESS(write8)
ACCESS(write16)
ACCESS(unaligned_read2)
ACCESS(unaligned_read4)
ACCESS(unaligned_read8)
ACCESS(unaligned_write2)
ACCESS(unaligned_write4)
ACCESS(unaligned_write8)

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    (void)caller;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    toy_step(NOTHING, NULL);
}

#define UPDATE(bits, name, result) \
    int##bits##_t __tsan_atomic##bits##_##name(volatile int##bits##_t *at, int##bits##_t value, \
                                               int order); \
    int##bits##_t __tsan_atomic##bits##_##name(volatile int##bits##_t *at, int##bits##_t value, \
                                               int order) \
    { \
        int##bits##_t old; \
\
        (void)order; \
        toy_step(NOTHING, NULL); \
        old = *at; \
        *at = (int##bits##_t)(result); \
        return old; \
    }
#define SWAP(bits, strength) \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile int##bits##_t *at, \
                                                          int##bits##_t *expected, \
                                                          int##bits##_t wanted, int order, \
                                                          int failure_order); \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile int##bits##_t *at, \
                                                          int##bits##_t *expected, \
                                                          int##bits##_t wanted, int order, \
                                                          int failure_order) \
    { \
        (void)order, (void)failure_order; \
        toy_step(NOTHING, NULL); \
        if (*at == *expected) { \
            *at = wanted; \
            return 1; \
        } \
        *expected = *at; \
        return 0; \
    }
#define ATOMICS(bits) \
    int##bits##_t __tsan_atomic##bits##_load(const volatile int##bits##_t *at, int order); \
    int##bits##_t __tsan_atomic##bits##_load(const volatile int##bits##_t *at, int order) \
    { \
        (void)order; \
        toy_step(NOTHING, NULL); \
        return *at; \
    } \
    void __tsan_atomic##bits##_store(volatile int##bits##_t *at, int##bits##_t value, int order); \
    void __tsan_atomic##bits##_store(volatile int##bits##_t *at, int##bits##_t value, int order) \
    { \
        (void)order; \
        toy_step(NOTHING, NULL); \
        *at = value; \
    } \
    UPDATE(bits, exchange, value) \
    UPDATE(bits, fetch_add, old + value) \
    UPDATE(bits, fetch_sub, old - value) \
    UPDATE(bits, fetch_and, old &value) \
    UPDATE(bits, fetch_or, old | value) \
    UPDATE(bits, fetch_xor, old ^ value) \
    SWAP(bits, strong)
ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)
