/* Written by heddle tangle from chapters/60-fan-out.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "items/item-57-crew.h"
#include "items/item-57-fan-out.h"

enum { ROUNDS = 9 };

static void *step_cell(void *arg, struct thread_error *error)
{
    struct cell *cell = arg;

    (void)error; /* nothing can go wrong yet */
    cell->next->alive[cell->row][cell->column] =
        life_cell(cell->now, cell->row, cell->column);
    return NULL;
}

typedef int step_function(const struct life *now, struct life *next);

static struct crew crew_of_two;

static int step_by_calls(const struct life *now, struct life *next)
{
    for (size_t i = 0; i < LIFE_CELLS; i++)
        step_number(&(struct step){now, next}, i);
    return 0;
}

static int step_in_crew(const struct life *now, struct life *next)
{
    crew_run(&crew_of_two, step_number, &(struct step){now, next},
             LIFE_CELLS);
    return 0;
}

static int step_in_threads(const struct life *now, struct life *next)
{
    return fan_out(step_cell, now, next);
}

static double cpu_microseconds(void)
{
    struct timespec t = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double microseconds_a_cell(step_function *step, int times)
{
    struct life now = life_glider(), next = now;
    double start = cpu_microseconds();

    for (int i = 0; i < times; i++) {
        if (step(&now, &next) != 0) {
            fputs("item-57-cost-in-time: no room for 45 threads\n", stderr);
            exit(1);
        }
        now = next;
    }
    return (cpu_microseconds() - start) / (times * LIFE_CELLS);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double values[ROUNDS])
{
    qsort(values, ROUNDS, sizeof values[0], compare_doubles);
    return values[ROUNDS / 2];
}

int main(void)
{
    double call[ROUNDS], task[ROUNDS], thread[ROUNDS];

    if (crew_start(&crew_of_two, 2) != 0)
        return 1;
    for (int i = 0; i < ROUNDS; i++) {
        call[i] = microseconds_a_cell(step_by_calls, 200);
        task[i] = microseconds_a_cell(step_in_crew, 20);
        thread[i] = microseconds_a_cell(step_in_threads, 1);
    }
    printf("a call:    %.3f microseconds\n", median(call));
    printf("a task:    %.3f microseconds, or %.0f calls\n", median(task),
           median(task) / median(call));
    printf("a thread:  %.3f microseconds, or %.0f tasks\n", median(thread),
           median(thread) / median(task));
    return crew_stop(&crew_of_two) != 0;
}
