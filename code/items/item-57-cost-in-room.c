/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* pthread_barrier_wait */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 1000 };

static pthread_barrier_t meeting; /* of the threads, and main */

/* The KiB behind `name` in a file of proc(5); 0 if it has none. */
static long read_kib(const char *path, const char *name)
{
    FILE *file = fopen(path, "r");
    char line[256];
    long kib = 0;

    if (file == NULL)
        return 0;
    while (kib == 0 && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtol(line + strlen(name), NULL, 10);
    fclose(file);
    return kib;
}

struct usage {
    long addresses, memory, tables; /* KiB of this process */
    long kernel_stacks;             /* KiB of the whole machine */
};

static struct usage usage_now(void)
{
    return (struct usage){
        .addresses = read_kib("/proc/self/status", "VmSize:"),
        .memory = read_kib("/proc/self/smaps_rollup", "Rss:"),
        .tables = read_kib("/proc/self/status", "VmPTE:"),
        .kernel_stacks = read_kib("/proc/meminfo", "KernelStack:"),
    };
}

static void go_deep(void)
{
    volatile char deep[64 * 1024];

    for (size_t i = 0; i < sizeof deep; i += 1024)
        deep[i] = 1;
}

static void *wait_twice(void *arg)
{
    (void)arg;
    pthread_barrier_wait(&meeting);
    pthread_barrier_wait(&meeting);
    go_deep();
    pthread_barrier_wait(&meeting);
    pthread_barrier_wait(&meeting);
    return NULL;
}

static void start_threads(pthread_t threads[THREADS])
{
    pthread_attr_t attr;
    int err = pthread_attr_init(&attr);

    if (err == 0)
        err = pthread_attr_setstacksize(&attr, 8 << 20);
    for (int i = 0; i < THREADS && err == 0; i++)
        err = pthread_create(&threads[i], &attr, wait_twice, NULL);
    if (err != 0) {
        fprintf(stderr, "item-57-cost-in-room: no %d threads: %s\n", THREADS,
                strerror(err));
        exit(1);
    }
    pthread_attr_destroy(&attr);
}

static void print_each(const char *when, struct usage before,
                       struct usage after)
{
    printf("%s\n", when);
    printf("  addresses    %ld KiB\n",
           (after.addresses - before.addresses) / THREADS);
    printf("  memory       %ld KiB\n",
           (after.memory - before.memory) / THREADS);
    printf("  page tables  %ld KiB\n",
           (after.tables - before.tables) / THREADS);
    printf("  kernel stack %ld KiB\n",
           (after.kernel_stacks - before.kernel_stacks) / THREADS);
}

int main(void)
{
    static pthread_t threads[THREADS];

    if (pthread_barrier_init(&meeting, NULL, THREADS + 1) != 0)
        return 1;
    struct usage before = usage_now();

    start_threads(threads);
    pthread_barrier_wait(&meeting); /* all wait */
    print_each("each, waiting", before, usage_now());
    pthread_barrier_wait(&meeting);

    pthread_barrier_wait(&meeting); /* all went deep */
    print_each("each, 64 KiB deep", before,
               usage_now());
    pthread_barrier_wait(&meeting);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&meeting);
    return 0;
}
