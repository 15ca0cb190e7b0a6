/*
 * What a compiler on Linux can show of macOS and FreeBSD: this comes first in
 * each file of the library, with -U__linux__, and with -D__APPLE__ or without.
 * It reads the headers that the library reads, hides what those systems do not
 * have, and declares what they have and Linux does not. Nothing is run.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#undef _GNU_SOURCE

/* Macros go, so that what asks for them finds none. */
#undef __GLIBC__
#undef CLONE_PIDFD
#undef CLONE_VFORK
#undef CLONE_VM
#undef F_GETPIPE_SZ
#undef F_SETPIPE_SZ
#undef MADV_HUGEPAGE
#undef MREMAP_MAYMOVE
#undef SIGPWR
#pragma GCC poison PTHREAD_MUTEX_ADAPTIVE_NP
#pragma GCC poison clone epoll_create1 execvpe eventfd memfd_create mremap prctl \
    pthread_mutex_clocklock secure_getenv signalfd splice
#pragma GCC poison syscall tee vmsplice

#ifdef __APPLE__
int pthread_cond_timedwait_relative_np(pthread_cond_t *, pthread_mutex_t *,
                                       const struct timespec *);
#undef SIGRTMAX
#undef SIGRTMIN
#pragma GCC poison accept4 clock_nanosleep dup3 fexecve getresgid getresuid pipe2 ppoll \
    pthread_condattr_setclock
#pragma GCC poison pthread_mutex_timedlock sem_timedwait setresgid setresuid sigtimedwait
#endif
