#define _GNU_SOURCE
#include "explore/base/real.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

struct real real;

/* POSIX allows the conversion that ISO C does not (dlsym, APPLICATION USAGE). */
static void find(void *function, const char *name)
{
    void *symbol = dlsym(RTLD_NEXT, name);

    if (symbol == NULL)
        abort();
    memcpy(function, &symbol, sizeof symbol);
}

/* Where the unwinder's code lies. */
static uintptr_t unwinder_begin, unwinder_end;

static int note_unwinder(struct dl_phdr_info *library, size_t size, void *unused)
{
    (void)size, (void)unused;
    if (strstr(library->dlpi_name, "libgcc_s") == NULL)
        return 0;
    for (int i = 0; i < library->dlpi_phnum; i++)
        if (library->dlpi_phdr[i].p_type == PT_LOAD &&
            (library->dlpi_phdr[i].p_flags & PF_X) != 0) {
            unwinder_begin = library->dlpi_addr + library->dlpi_phdr[i].p_vaddr;
            unwinder_end = unwinder_begin + library->dlpi_phdr[i].p_memsz;
        }
    return 1;
}

bool is_unwinder(uintptr_t place)
{
    return place >= unwinder_begin && place < unwinder_end;
}

/* Loaded now, it is at the same place in every run. */
__attribute__((constructor(101))) static void load_unwinder(void)
{
    if (dlopen("libgcc_s.so.1", RTLD_NOW) != NULL)
        dl_iterate_phdr(note_unwinder, NULL);
}

static void find_all(void)
{
    find(&real.pthread_create, "pthread_create");
    find(&real.pthread_exit, "pthread_exit");
    find(&real.pthread_mutex_init, "pthread_mutex_init");
    find(&real.pthread_cond_init, "pthread_cond_init");
    find(&real.vfprintf, "vfprintf");
    find(&real.fwrite, "fwrite");
    find(&real.write, "write");
    find(&real.read, "read");
    find(&real.pipe2, "pipe2");
    find(&real.socketpair, "socketpair");
    find(&real.eventfd, "eventfd");
    find(&real.epoll_create1, "epoll_create1");
    find(&real.close, "close");
    find(&real.dup, "dup");
    find(&real.dup3, "dup3");
    find(&real.fcntl, "fcntl");
    find(&real.poll, "poll");
    find(&real.fdopen, "fdopen");
    find(&real.syscall, "syscall");
    find(&real.fork, "fork");
    find(&real.waitpid, "waitpid");
    find(&real.execvp, "execvp");
    find(&real.exit, "exit");
    find(&real.exit_now, "_exit");
    find(&real.start, "__libc_start_main");
    find(&real.sigaction, "sigaction");
    find(&real.clock_gettime, "clock_gettime");
}

/* System V ABI, "Initialization and Termination Functions": these come before
 * the libraries' own. */
__attribute__((section(".preinit_array"), used)) static void (*const first)(void) = find_all;
