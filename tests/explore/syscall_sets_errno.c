/*
 * A library that comes before the C library: its syscall(2) is the C library's, and sets
 * errno where it waits or wakes, whether or not it failed. A call may do that (C17, 7.5p3),
 * and the C library's does where a waiter comes too late, which no test can arrange.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

long syscall(long number, ...)
{
    long (*libc_syscall)(long, ...), a[6], result;
    void *symbol = dlsym(RTLD_NEXT, "syscall");
    va_list args;

    memcpy(&libc_syscall, &symbol, sizeof symbol);
    va_start(args, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(args, long);
    va_end(args);
    result = libc_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    if (number == SYS_futex)
        errno = EAGAIN;
    return result;
}
