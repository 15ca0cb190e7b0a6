/*
 * A second opinion on what programs of the corpus can do: another explorer,
 * as simple as can be, and sharing nothing with code/explore. A program is
 * linked to this instead; toy.sh tells whether it calls only what is here.
 *
 * Its threads are stacks of one thread (makecontext(3)). Every access to memory
 * that is not on the thread's own stack is a step, as is every call (toy_calls.c). A
 * run is a list of choices, each out of a number: who takes the next step, and
 * which of the waiters a signal wakes. All lists are tried, in depth-first
 * order and without any reduction; each run begins with the data that the
 * program began with.
 *
 *     toy RUNS     prints "exit 0|OUTPUT" and a NUL for each outcome, each
 *                  once; status 3 when there are more than RUNS runs.
 */
#include "toy.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SECONDS = 10 }; /* of processor time */

extern char __data_start, _end;
int program_main(int argc, char **argv);

struct toy *toy;
static char *data; /* as it was */

/* Choosing ------------------------------------------------------------------------- */

_Noreturn void toy_finish(const char *ending)
{
    snprintf(toy->ending, sizeof toy->ending, "%s", ending);
    setcontext(&toy->engine);
    abort();
}

int toy_choose(int width)
{
    if (toy->depth == CHOICES || toy->steps++ == STEPS) {
        toy->too_much = true;
        toy_finish("");
    }
    if (width == 1)
        return 0;
    if (toy->depth == toy->planned) {
        toy->choices[toy->planned] = 0;
        toy->widths[toy->planned++] = width;
    }
    return toy->choices[toy->depth++];
}

static bool can_go(const struct thread *thread)
{
    switch (thread->wants) {
    case A_MUTEX:
        return toy_is_free(thread->about);
    case A_SIGNAL:
        return (thread->signalled || thread->spurious_left > 0) && toy_is_free(thread->has_given);
    case AN_END:
        return !((const struct thread *)thread->about)->alive;
    case A_SEMAPHORE:
        return *(const int *)thread->about > 0;
    default:
        return true;
    }
}

static _Noreturn void nobody_can_go(void)
{
    bool waits = false;

    for (int i = 0; i < toy->thread_count; i++)
        waits = waits || (toy->threads[i].alive && toy->threads[i].wants == A_SIGNAL);
    toy_finish(waits ? "lost wake-up" : "deadlock");
}

void toy_step(enum wants wants, void *about)
{
    int ready[THREADS], count = 0, before = toy->now;
    bool any = false;

    me()->wants = wants;
    me()->about = about;
    for (int i = 0; i < toy->thread_count; i++) {
        any = any || toy->threads[i].alive;
        if (toy->threads[i].alive && can_go(&toy->threads[i]))
            ready[count++] = i;
    }
    if (!any)
        toy_finish("exit 0");
    if (count == 0)
        nobody_can_go();
    toy->now = ready[toy_choose(count)];
    if (toy->now != before)
        swapcontext(&toy->threads[before].context, &me()->context);
    me()->wants = NOTHING;
}

/* The search ------------------------------------------------------------------------- */

static void *begin(void *argument)
{
    static char name[] = "program";

    exit(program_main(1, (char *[]){name, NULL}));
    return argument;
}

static void run(void)
{
    volatile bool over = false;

    memcpy(&__data_start, data, (size_t)(&_end - &__data_start));
    toy->thread_count = toy->now = toy->depth = toy->steps = 0;
    toy->heap_used = toy->output_size = 0;
    getcontext(&toy->engine);
    if (over)
        return;
    over = true;
    toy_add(begin, NULL);
    setcontext(&toy->threads[0].context);
}

static void note(void)
{
    char text[OUTPUT + 32];

    toy->output[toy->output_size] = '\0';
    snprintf(text, sizeof text, "%s|%s", toy->ending, toy->output);
    for (int i = 0; i < toy->outcome_count; i++)
        if (strcmp(toy->outcomes[i], text) == 0)
            return;
    if (toy->outcome_count == OUTCOMES)
        toy->too_much = true;
    else
        strcpy(toy->outcomes[toy->outcome_count++], text);
}

/* The next list of choices: the last that can be another one is. */
static bool backtrack(void)
{
    while (toy->planned > 0 && toy->choices[toy->planned - 1] + 1 == toy->widths[toy->planned - 1])
        toy->planned--;
    if (toy->planned == 0)
        return false;
    toy->choices[toy->planned - 1]++;
    return true;
}

static void *map(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        _exit(2);
    return memory;
}

int main(int argc, char **argv)
{
    long most = argc > 1 ? strtol(argv[1], NULL, 10) : 100000, runs = 0;
    size_t size = (size_t)(&_end - &__data_start);

    /* A program that computes for ever takes no step. */
    setrlimit(RLIMIT_CPU, &(const struct rlimit){SECONDS, SECONDS});
    toy = map(sizeof *toy);
    data = map(size);
    for (int i = 0; i < THREADS; i++)
        toy->threads[i].stack = map(STACK);
    memcpy(data, &__data_start, size);
    do {
        run();
        note();
    } while (!toy->too_much && ++runs < most && backtrack());
    if (toy->too_much || toy->planned > 0)
        _exit(3);
    for (int i = 0; i < toy->outcome_count; i++)
        if (write(STDOUT_FILENO, toy->outcomes[i], strlen(toy->outcomes[i]) + 1) < 0)
            _exit(2);
    _exit(0);
}
