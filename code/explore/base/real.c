#define _GNU_SOURCE
#include "explore/base/real.h"

#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>

struct real real;

/* Where dlsym(3) itself is. We must not import it by name: then it would look
 * as if the program did. ---------------------------------------------------------- */

static const void *dynamic_entry(const struct link_map *library, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *entry = library->l_ld; entry->d_tag != DT_NULL; entry++)
        if (entry->d_tag == tag) /* glibc relocates them, but not the vDSO's */
            return (const void *)(entry->d_un.d_ptr < library->l_addr
                                      ? entry->d_un.d_ptr + library->l_addr
                                      : entry->d_un.d_ptr);
    return NULL;
}

static uint32_t gnu_hash(const char *name)
{
    uint32_t hash = 5381;

    for (; *name != '\0'; name++)
        hash = hash * 33 + (unsigned char)*name;
    return hash;
}

/* strcmp(3) is still to be found. */
static bool same(const char *a, const char *b)
{
    while (*a == *b && *a != '\0')
        a++, b++;
    return *a == *b;
}

/* The table of hashes that all linkers write, without its Bloom filter (Drepper,
 * "How To Write Shared Libraries", 2011, section 1.5). */
static const ElfW(Sym) *
    lookup(const uint32_t *table, const ElfW(Sym) * symbols, const char *strings, const char *name)
{
    uint32_t hash = gnu_hash(name), count = table[0], first = table[1];
    const uint32_t *buckets = table + 4 + table[2] * (sizeof(ElfW(Addr)) / sizeof *table);
    const uint32_t *chain = buckets + count;
    uint32_t i = buckets[hash % count];

    for (; i >= first; i++) {
        if ((chain[i - first] | 1) == (hash | 1) && symbols[i].st_shndx != SHN_UNDEF &&
            same(strings + symbols[i].st_name, name))
            return &symbols[i];
        if ((chain[i - first] & 1) != 0)
            break;
    }
    return NULL;
}

static void *(*library_symbol)(void *, const char *);

/* The debugger's list of what is loaded (link.h); the program comes first. */
static void find_dlsym(void)
{
    for (const struct link_map *library = _r_debug.r_map->l_next; library != NULL;
         library = library->l_next) {
        const uint32_t *hashes = dynamic_entry(library, DT_GNU_HASH);
        const ElfW(Sym) *found = hashes == NULL
                                     ? NULL
                                     : lookup(hashes, dynamic_entry(library, DT_SYMTAB),
                                              dynamic_entry(library, DT_STRTAB), "dlsym");

        if (found != NULL) {
            library_symbol = (void *(*)(void *, const char *))(library->l_addr + found->st_value);
            return;
        }
    }
    __builtin_trap();
}

void *real_function(const char *name)
{
    return library_symbol(RTLD_NEXT, name);
}

/* POSIX allows the conversion that ISO C does not (dlsym, APPLICATION USAGE). */
static void find(void *function, const char *name)
{
    void *symbol = real_function(name);

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
#ifndef __clang__ /* which has no such warning */
#pragma GCC diagnostic ignored "-Wprio-ctor-dtor"
#endif
__attribute__((constructor(99))) static void load_unwinder(void)
{
    if (dlopen("libgcc_s.so.1", RTLD_NOW) != NULL)
        dl_iterate_phdr(note_unwinder, NULL);
}

static void find_all(void)
{
    find_dlsym();
    for (struct outside *at = __start_explore_outside; at < __stop_explore_outside; at++)
        find(&at->address, at->name);
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
