/*
 * What a compiler's -fsanitize=thread calls. We link our own functions in
 * place of the sanitizer's library: the program need not change to let us see
 * its accesses to memory.
 *
 * The room intercept: what stands before the C library and behind the compiler.
 */
#ifndef EXPLORE_INTERCEPT_TSAN_HOOKS_H
#define EXPLORE_INTERCEPT_TSAN_HOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A plain access of the running thread: a step if its place is known for
 * races, otherwise only looked at. */
void plain_access(const volatile void *at, size_t size, int is_write, uintptr_t place);

/* Are plain accesses steps at this place? */
bool plain_is_step(uintptr_t place);

/* ... frees a block. */
void plain_free(const volatile void *at, size_t size, uintptr_t place);

/* The running thread's frames go down to `end`: further than the stack that it was given? */
void stack_reaches(uintptr_t end, uintptr_t place);

/* Once for all runs: what kind of program is it? */
void hooks_begin(void);

/* The places that are steps, from the plan. */
void sites_begin(void);

void __tsan_init(void);
void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);

/* A variable of a block begins, or ends while its function goes on. */
void __tsan_block_begin(void *at, size_t size);
void __tsan_block_end(void *at, size_t size);
void variable_begins(uintptr_t at, size_t size);
void variable_ends(uintptr_t at, size_t size, uintptr_t place);

void __tsan_vptr_update(void *at, void *value);
void __tsan_vptr_read(void *at);
void __tsan_read_range(void *at, size_t size);
void __tsan_write_range(void *at, size_t size);

void __tsan_copy_write_range(void *at, size_t size);
void __tsan_copy_read_range(void *at, size_t size);

#define DECLARE_ACCESS(size) \
    void __tsan_copy_write##size(void *at); \
    void __tsan_copy_read##size(void *at); \
    void __tsan_read##size(void *at); \
    void __tsan_write##size(void *at); \
    void __tsan_unaligned_read##size(void *at); \
    void __tsan_unaligned_write##size(void *at); \
    void __tsan_volatile_read##size(void *at); \
    void __tsan_volatile_write##size(void *at); \
    void __tsan_unaligned_volatile_read##size(void *at); \
    void __tsan_unaligned_volatile_write##size(void *at); \
    void __tsan_read_write##size(void *at); \
    void __tsan_unaligned_read_write##size(void *at);

DECLARE_ACCESS(1)
DECLARE_ACCESS(2)
DECLARE_ACCESS(4)
DECLARE_ACCESS(8)
DECLARE_ACCESS(16)

#endif
