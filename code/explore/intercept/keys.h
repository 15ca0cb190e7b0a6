/*
 * Thread-specific values (pthread_key_create and so on), ours because our
 * threads never really end, and their destructors must run nevertheless.
 */
#ifndef EXPLORE_INTERCEPT_KEYS_H
#define EXPLORE_INTERCEPT_KEYS_H

#include <pthread.h>
#include <stdint.h>

/* pthread_key_create(3). */
int key_create(pthread_key_t *key, void (*destroy)(void *), uintptr_t place);

/* Call the destructors of the running thread's values. */
void keys_destroy_values(void);

#endif
