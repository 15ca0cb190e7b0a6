/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* sysconf */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "items/item-57-cell.h"
#include "lib/thread.h"

static void *step_cell(void *arg, struct thread_error *error)
{
    struct cell *cell = arg;

    (void)error; /* nothing can go wrong yet */
    cell->next->alive[cell->row][cell->column] =
        life_cell(cell->now, cell->row, cell->column);
    return NULL;
}

static pthread_mutex_t data = PTHREAD_MUTEX_INITIALIZER;

static void *wait_and_step(void *arg, struct thread_error *error)
{
    pthread_mutex_lock(&data); /* as if it came over a network */
    pthread_mutex_unlock(&data);
    return step_cell(arg, error);
}

/* Returns 0: all cells are done, however many threads there were. */
static int step_with_what_fits(struct cell cells[LIFE_CELLS])
{
    struct thread threads[LIFE_CELLS];
    size_t started = 0;
    int err = 0, bad = 0;

    pthread_mutex_lock(&data);
    while (started < LIFE_CELLS && err == 0) {
        err = thread_start(&threads[started], "cell",
                           wait_and_step, &cells[started]);
        started += err == 0;
    }
    pthread_mutex_unlock(&data); /* they may go on */

    for (size_t i = started; i < LIFE_CELLS; i++)
        step_cell(&cells[i], NULL); /* a plain call */
    for (size_t i = 0; i < started; i++)
        bad |= thread_join(&threads[i], NULL, NULL);
    if (err != 0)
        printf("%zu threads; then:\n%s\n%zu cells done without one\n", started,
               strerror(err), LIFE_CELLS - started);
    return bad;
}

/* What a thread gets when nobody says how much. */
static size_t stack_size(void)
{
    pthread_attr_t attr;
    size_t size = 0;

    if (pthread_attr_init(&attr) == 0) {
        pthread_attr_getstacksize(&attr, &size);
        pthread_attr_destroy(&attr);
    }
    return size;
}

/* From now on our address space may grow by so many stacks, and half a one. */
static int leave_room_for(unsigned stacks, const struct rlimit *old)
{
    FILE *file = fopen("/proc/self/statm", "r");
    struct rlimit limit = *old;
    unsigned long pages = 0;
    size_t stack = stack_size();

    if (file == NULL)
        return errno;
    if (fscanf(file, "%lu", &pages) != 1)
        pages = 0;
    fclose(file);
    limit.rlim_cur = pages * (rlim_t)sysconf(_SC_PAGESIZE) +
                     stacks * stack + stack / 2;
    return setrlimit(RLIMIT_AS, &limit) == 0 ? 0 : errno;
}

int main(void)
{
    struct life life[2] = {life_glider()};
    struct cell cells[LIFE_CELLS];
    struct rlimit old;
    int bad;

    for (size_t i = 0; i < LIFE_CELLS; i++)
        cells[i] = cell_number(i, &life[0], &life[1]);
    if (getrlimit(RLIMIT_AS, &old) != 0 || leave_room_for(16, &old) != 0)
        return 1;
    bad = step_with_what_fits(cells);
    if (setrlimit(RLIMIT_AS, &old) != 0 || bad != 0)
        return 1;
    life_print(life, 2);
    return 0;
}
