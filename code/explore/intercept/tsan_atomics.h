/*
 * What -fsanitize=thread calls for atomics: <sanitizer/tsan_interface_atomic.h>
 * has the same functions. 128 bits are missing.
 */
#ifndef EXPLORE_INTERCEPT_TSAN_ATOMICS_H
#define EXPLORE_INTERCEPT_TSAN_ATOMICS_H

#include <stdint.h>

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

#define DECLARE_UPDATE(bits, type, name) \
    type __tsan_atomic##bits##_##name(volatile type *at, type operand, int order);

#define DECLARE_ATOMIC(bits, type) \
    type __tsan_atomic##bits##_load(const volatile type *at, int order); \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order); \
    DECLARE_UPDATE(bits, type, exchange) \
    DECLARE_UPDATE(bits, type, fetch_add) \
    DECLARE_UPDATE(bits, type, fetch_sub) \
    DECLARE_UPDATE(bits, type, fetch_and) \
    DECLARE_UPDATE(bits, type, fetch_or) \
    DECLARE_UPDATE(bits, type, fetch_xor) \
    DECLARE_UPDATE(bits, type, fetch_nand) \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type expected, \
                                                    type desired, int order, int failure); \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile type *at, type *expected, \
                                                      type desired, int order, int failure); \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile type *at, type *expected, \
                                                    type desired, int order, int failure);

DECLARE_ATOMIC(8, uint8_t)
DECLARE_ATOMIC(16, uint16_t)
DECLARE_ATOMIC(32, uint32_t)
DECLARE_ATOMIC(64, uint64_t)

#endif
