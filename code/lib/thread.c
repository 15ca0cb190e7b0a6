/* Written by heddle tangle from chapters/81-thread-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* strict: no pthread_setname_np */

#include "lib/thread.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/* What a thread that did not come back has to say. It is in the handle before
 * the thread exists, which replaces it when it does come back. */
static const struct thread_error ended_early = {
    ECANCELED, "the thread ended before its function returned"};

/* A system without prctl(2) does without the name. */
static void take_name(const char *name)
{
#ifdef __linux__
    if (name[0] != '\0')
        prctl(PR_SET_NAME, name);
#else
    (void)name;
#endif
}

/* Result and error reach the handle together, at the end, or not at all. No
 * lock: whoever reads them has waited for the end. */
static void *run_thread(void *handle)
{
    struct thread *t = handle;
    struct thread_error error = {0};
    void *result;

    take_name(t->name);
    result = t->run(t->arg, &error);
    t->result = result;
    t->error = error;
    return NULL;
}

/* Whole pages, and never fewer than the system wants. */
static int create(struct thread *t, size_t stack_bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t least = (size_t)sysconf(_SC_THREAD_STACK_MIN);
    pthread_attr_t attributes;
    int err;

    if (stack_bytes == 0)
        return pthread_create(&t->id, NULL, run_thread, t);
    if (stack_bytes < least)
        stack_bytes = least;
    if (stack_bytes > SIZE_MAX - page)
        return EAGAIN;
    err = pthread_attr_init(&attributes);
    if (err != 0)
        return err;
    err = pthread_attr_setstacksize(&attributes,
                                    (stack_bytes + page - 1) / page * page);
    if (err == 0)
        err = pthread_create(&t->id, &attributes, run_thread, t);
    pthread_attr_destroy(&attributes);
    return err;
}

int thread_start(struct thread *t, const char *name, thread_function *run,
                 void *arg)
{
    return thread_start_sized(t, name, 0, run, arg);
}

int thread_start_sized(struct thread *t, const char *name, size_t stack_bytes,
                       thread_function *run, void *arg)
{
    int err;

    if (t == NULL)
        return EINVAL;
    *t = (struct thread){.run = run, .arg = arg, .error = ended_early};
    if (run == NULL)
        return EINVAL;
    if (name != NULL && strlen(name) >= sizeof t->name)
        return ERANGE;
    if (name != NULL)
        strcpy(t->name, name);
    err = create(t, stack_bytes);
    t->joinable = err == 0;
    return err;
}

void *thread_fail(struct thread_error *error, int code, const char *format, ...)
{
    va_list args;

    assert(code != 0);
    error->code = code;
    va_start(args, format);
    if (vsnprintf(error->text, sizeof error->text, format, args) < 0)
        error->text[0] = '\0'; /* what cannot be printed has no words */
    va_end(args);
    return NULL;
}

static int wait_for_end(const struct thread *t)
{
    if (t == NULL || !t->joinable)
        return EINVAL;
    if (pthread_equal(t->id, pthread_self()))
        return EDEADLK; /* pthread_join(3) need not notice */
    return pthread_join(t->id, NULL);
}

int thread_join(struct thread *t, void **result, struct thread_error *error)
{
    struct thread_error end = {0};
    int err = wait_for_end(t);

    if (err == 0) {
        t->joinable = false;
        end = t->error;
    } else {
        thread_fail(&end, err, "no thread to join");
    }
    if (end.code == 0 && result != NULL)
        *result = t->result;
    if (error != NULL)
        *error = end;
    return end.code;
}
