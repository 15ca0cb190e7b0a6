/*
 * What -fsanitize=thread calls for atomics: <sanitizer/tsan_interface_atomic.h>
 * has the same functions. What is too large for them (a struct, or 16 bytes for
 * clang) the compilers leave to libatomic's functions, which are here as well.
 */
#ifndef EXPLORE_INTERCEPT_TSAN_ATOMICS_H
#define EXPLORE_INTERCEPT_TSAN_ATOMICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 wide;

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

/* The running thread's next compare-exchange is a weak one, or is not; did its last
 * one fail without cause? (weak.h) */
void __tsan_weak(int is_weak);
int __tsan_weak_failed(void);

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
DECLARE_ATOMIC(128, wide)

/* libatomic's, under names that the compiler does not take for its own. */
void atomic_load_any(size_t size, const volatile void *at, void *value,
                     int order) __asm__("__atomic_load");
void atomic_store_any(size_t size, volatile void *at, const void *value,
                      int order) __asm__("__atomic_store");
void atomic_exchange_any(size_t size, volatile void *at, const void *value, void *old,
                         int order) __asm__("__atomic_exchange");
bool atomic_compare_exchange_any(size_t size, volatile void *at, void *expected,
                                 const void *desired, int order,
                                 int failure) __asm__("__atomic_compare_exchange");
bool atomic_is_lock_free_any(size_t size, const volatile void *at) __asm__("__atomic_is_lock_free");
void __atomic_feraiseexcept(int exceptions);

#endif
