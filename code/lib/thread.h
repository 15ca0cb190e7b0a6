/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * thread - a thread whose result, or error, reaches the one who joins it.
 *
 * The caller owns the handle, the argument, and from the join on the result.
 * Everything that a thread did before its end is visible after its join
 * (POSIX.1-2008, Memory Synchronization). Functions return 0 or an errno
 * value, and do not set errno.
 */
#ifndef HEDDLE_THREAD_H
#define HEDDLE_THREAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/nodiscard.h"

#if defined(__GNUC__)
#define THREAD_LIKE_PRINTF(text, first) \
    __attribute__((format(printf, text, first)))
#else
#define THREAD_LIKE_PRINTF(text, first)
#endif

#define THREAD_NAME_SIZE 16 /* with its NUL; Linux has no room for more */

#ifdef __cplusplus
extern "C" {
#endif

/* Why a thread failed. All zero: it did not. */
struct thread_error {
    int code;       /* an errno value; 0: no error */
    char text[120]; /* one line for a person; "" if there is none */
};

/*
 * What a thread runs: it returns its result, or the value of thread_fail.
 * *error is the thread's own, and empty at the start.
 */
typedef void *thread_function(void *arg, struct thread_error *error);

/* Its fields are the library's own; they stand here to have a size. */
struct thread {
    pthread_t id;
    bool joinable;
    char name[THREAD_NAME_SIZE];
    thread_function *run;
    void *arg;
    void *result;              /* written by the thread, read after it ended */
    struct thread_error error; /* so is this */
};

/*
 * Start a thread that runs run(arg, ...). `name` is what ps -T and debuggers
 * show, on Linux, and is copied; NULL is no name. The handle must stay where
 * it is until it has been joined; what `arg` points to is shared with the
 * thread.
 *
 * Returns 0, or
 *   EINVAL  no handle or no function
 *   ERANGE  a name of more than THREAD_NAME_SIZE - 1 bytes, as in
 *           pthread_setname_np(3)
 *   EAGAIN  the system has no room for one more thread; try with fewer
 * or what else pthread_create(3) says; and then there is no thread, and
 * joining it is EINVAL.
 */
NODISCARD int thread_start(struct thread *t, const char *name,
                           thread_function *run, void *arg);

/*
 * The same, on a stack of so many bytes; 0: the system's, of eight MiB mostly.
 * What it has no use for is only an address, so this is for very many threads
 * or very deep calls. Below the least that a thread needs it gets that.
 */
NODISCARD int thread_start_sized(struct thread *t, const char *name,
                                 size_t stack_bytes, thread_function *run,
                                 void *arg);

/*
 * Wait for the thread's end. Each thread that was started is to be joined,
 * once, by one thread; until then it keeps its stack and its handle.
 *
 * Returns 0 if it did not fail, with *result what it returned. Otherwise the
 * code of its error, and *result keeps its old value. *error is set in either
 * case. Both pointers may be NULL. Like pthread_join(3) this is a cancellation
 * point: a joiner that is cancelled here has joined nobody.
 *   ECANCELED  it ended before its function returned (pthread_cancel,
 *              pthread_exit), so it has no result
 *   EINVAL     it was not started, or is joined already
 *   EDEADLK    it would wait for itself; it is not joined
 */
NODISCARD int thread_join(struct thread *t, void **result,
                          struct thread_error *error);

/*
 * For the thread: fail with `code` (not 0) and a text, which is cut if it does
 * not fit. The caller's buffers may go: all is copied. Returns NULL, so that
 * a thread can end with `return thread_fail(error, EIO, "no answer");`.
 */
void *thread_fail(struct thread_error *error, int code, const char *format,
                  ...) THREAD_LIKE_PRINTF(3, 4);

#ifdef __cplusplus
}
#endif

#endif
