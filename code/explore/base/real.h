/*
 * The C library's own functions, behind those that we put in front of them.
 *
 * The room base: the C library behind ours, and text that needs nothing of it.
 */
#ifndef EXPLORE_BASE_REAL_H
#define EXPLORE_BASE_REAL_H

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

struct real {
    int (*pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void (*pthread_exit)(void *);
    int (*pthread_mutex_init)(pthread_mutex_t *, const pthread_mutexattr_t *);
    int (*pthread_cond_init)(pthread_cond_t *, const pthread_condattr_t *);
    int (*vfprintf)(FILE *, const char *, va_list);
    size_t (*fwrite)(const void *, size_t, size_t, FILE *);
    ssize_t (*write)(int, const void *, size_t);
    ssize_t (*read)(int, void *, size_t);
    int (*pipe2)(int[2], int);
    int (*socketpair)(int, int, int, int[2]);
    int (*eventfd)(unsigned, int);
    int (*epoll_create1)(int);
    int (*close)(int);
    int (*dup)(int);
    int (*dup3)(int, int, int);
    int (*fcntl)(int, int, ...);
    int (*poll)(struct pollfd *, nfds_t, int);
    FILE *(*fdopen)(int, const char *);
    long (*syscall)(long, ...);
    pid_t (*fork)(void);
    pid_t (*waitpid)(pid_t, int *, int);
    int (*execvp)(const char *, char *const[]);
    void (*exit)(int);
    void (*exit_now)(int); /* _exit */
    int (*start)(int (*)(int, char **, char **), int, char **, void (*)(void), void (*)(void),
                 void (*)(void), void *); /* __libc_start_main */
    int (*sigaction)(int, const struct sigaction *, struct sigaction *);
    int (*clock_gettime)(clockid_t, struct timespec *);
};

/* Found before anything else of this process runs, even other libraries. */
extern struct real real;

/* What else the explorer calls of the C library: made by link.sh, in the same way. */
struct outside {
    const char *name;
    void *address;
};

extern struct outside __start_explore_outside[] __attribute__((weak)),
    __stop_explore_outside[] __attribute__((weak));

/* ... and any other; NULL when there is none of that name. */
void *real_function(const char *name);

/* Is the place in the library that unwinds a thread's stack (pthread_exit)?
 * Its own locks are nobody's business: no step is ever taken under them. */
bool is_unwinder(uintptr_t place);

#endif
