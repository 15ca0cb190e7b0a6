/*
 * Going on somewhere else: on another stack, and as another of the C library's
 * threads, which is what the thread pointer says.
 */
#ifndef EXPLORE_WORLD_STACK_H
#define EXPLORE_WORLD_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where somebody goes on, once he may. */
struct place_to_go {
    void *stack;  /* what he has pushed is there */
    void *thread; /* his thread pointer */
};

/* Can this machine do that? */
bool stack_can_switch(void);

/* The thread pointer of whoever calls. */
void *stack_thread(void);

/* From here on the kernel may write by itself what is the thread's: on which processor
 * it is (rseq(2)). The C library has that behind the thread pointer, and since glibc
 * 2.41 before it, behind all thread-local variables. */
uintptr_t stack_kernel_begin(const void *thread);

/* Note in *from where the caller goes on, and go on there. */
void stack_switch(struct place_to_go *from, const struct place_to_go *to);

/* A place that begins with a call of function(), which does not return, on a
 * stack of its own. */
struct place_to_go stack_new(void *memory, size_t size, void (*function)(void), void *thread);

#endif
