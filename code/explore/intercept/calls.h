/*
 * POSIX's functions for threads, with the place of the program's call handed
 * down: for those that stand in front of others of the same effect
 * (threads.c). They return what POSIX's do.
 */
#ifndef EXPLORE_INTERCEPT_CALLS_H
#define EXPLORE_INTERCEPT_CALLS_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

int mutex_lock(pthread_mutex_t *mutex, uintptr_t place);
int mutex_trylock(pthread_mutex_t *mutex, uintptr_t place);
int mutex_timedlock(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *limit,
                    uintptr_t place);
int mutex_unlock(pthread_mutex_t *mutex, uintptr_t place);
int mutex_destroy(pthread_mutex_t *mutex, uintptr_t place);

/* `limit` NULL: none. */
int condition_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, clockid_t clock,
                   const struct timespec *limit, uintptr_t place);
int condition_signal(pthread_cond_t *condition, uintptr_t place);
int condition_broadcast(pthread_cond_t *condition, uintptr_t place);
int condition_init(pthread_cond_t *condition, const pthread_condattr_t *attr, uintptr_t place);
int condition_destroy(pthread_cond_t *condition, uintptr_t place);

/* Of what does not wait: who is cancelled ends there. */
void cancellation_point(uintptr_t place);

int once_call(pthread_once_t *once, void (*routine)(void), uintptr_t place);

/* C's threads return an int, POSIX's a pointer; one of the two is NULL. */
struct routine {
    void *(*posix)(void *);
    int (*c)(void *);
};

int thread_create(pthread_t *handle, const pthread_attr_t *attr, struct routine routine,
                  void *argument, uintptr_t place);
int thread_join(pthread_t handle, void **result, uintptr_t place); /* result: of ours */
int thread_detach(pthread_t handle, uintptr_t place);

#endif
