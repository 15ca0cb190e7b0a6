/*
 * Memory that the program gives to a call of ours, and that the call itself reads or
 * writes: results, limits, names. That is an access of the running thread's at the call;
 * where it races it is a step, and what the call does with the memory comes right behind.
 */
#ifndef EXPLORE_INTERCEPT_GIVEN_H
#define EXPLORE_INTERCEPT_GIVEN_H

#include <stddef.h>
#include <stdint.h>

/* Nothing where `pointer` is NULL. */
#define given_reads(pointer, place) given_access((pointer), sizeof *(pointer), 0, (place))
#define given_writes(pointer, place) given_access((pointer), sizeof *(pointer), 1, (place))

void given_access(const volatile void *at, size_t size, int is_write, uintptr_t place);

/* The text as it was read, cut to `size` bytes with its zero. */
void given_text(char *copy, size_t size, const char *text, uintptr_t place);

#endif
