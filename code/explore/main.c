/*
 * An explored program explores itself: before its main() begins, this forks
 * it once for each schedule. Linked behind any program that was compiled with
 * -fsanitize=thread; what to do is in the variable EXPLORE (see options.h).
 *
 * Exit status: 0 all explored, nothing wrong; 1 something is: a deadlock, a race,
 * a crash; 2 usage, system, or a program that cannot be explored; 3 nothing wrong
 * was found, but the list is not proven to be every outcome: stopped at a limit,
 * bounded, complete under sequential consistency only, or with doubts (see
 * verdict.h). A replayed program has its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/allocate.h"
#include "explore/intercept/front.h"
#include "explore/intercept/message.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/replay.h"
#include "explore/report.h"
#include "explore/run/ends.h"
#include "explore/run/growth.h"
#include "explore/run/heap.h"
#include "explore/run/leaks.h"
#include "explore/run/object.h"
#include "explore/run/races.h"
#include "explore/run/scheduler.h"
#include "explore/run/spin.h"
#include "explore/run/state.h"
#include "explore/search/explorer.h"
#include "explore/search/kept.h"
#include "explore/states/write.h"
#include "explore/surface.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

KEPT static struct options options;
KEPT static struct exploration exploration;

static _Noreturn void fail(const char *what, const char *which)
{
    char text[512];
    int size = snprintf(text, sizeof text, "explore: %s \"%.300s\"\n", what, which);

    real.write(STDERR_FILENO, text, (size_t)size);
    real.exit_now(2);
    __builtin_unreachable();
}

/* From here on this process is one run of the program. */
static void begin_run(void)
{
    sites_begin();
    ends_begin();
    scheduler_begin(options.mode == MODE_REPLAY ? replay_ended : NULL);
    errno = 0; /* C17, 7.5p3: at program startup; and it is part of a state */
}

/* What was found is all that this process was for. */
static _Noreturn void finish(void)
{
    fflush(stdout);
    real.exit_now(options.mode == MODE_EXPLORE ? report_status(&exploration) : 0);
    __builtin_unreachable();
}

/* In a parted process. */
static void search_here(void)
{
    explore(&exploration, &options);
    worlds_close();
    report(&exploration, stdout);
    finish();
}

/* Can runs be had in this process? Then there is one at a time. */
static bool part(void)
{
    size_t size;
    void *heap = NULL;

    if (options.engine != ENGINE_ONE || !surface_is_plain() || !worlds_open())
        return false;
    heap = heap_begin(&size);
    if (heap == NULL)
        return false;
    worlds_add(heap, size);
    threads_memory();
    spin_memory();
    objects_memory();
    races_memory();
    message_memory();
    growth_memory();
    options.jobs = 1;
    return true;
}

/* Who records graphs of many programs finds there why one has none. */
static void no_graph(const struct state_graph *graph)
{
    char text[512];
    int size = snprintf(text, sizeof text, "explore: no graph: the program %.300s\n", graph->fault);

    if (options.quiet) {
        state_graph_write_none(graph, stdout);
        return;
    }
    real.write(STDERR_FILENO, text, (size_t)size);
    real.exit_now(2);
}

/* Explored first, for the graph is to end as exploring says. */
static bool draw_graph(void)
{
    struct state_graph graph;

    exploration.options = &options;
    if (!surface_allows(&exploration))
        fail("this cannot be explored:", options.program);
    if (explore(&exploration, &options) ||
        state_graph_explore(&graph, &exploration, options.states))
        return true;
    if (graph.fault != NULL)
        no_graph(&graph);
    else
        state_graph_write(&graph, stdout);
    return false;
}

/* What a state is, is known to a number of 64 bits, and what is in it for a program that
 * keeps to itself; so nothing is proven. */
static void begin_states(void)
{
    const char *why = state_begin();

    if (why != NULL)
        fail("states cannot be told apart:", why);
    if (options.failing != 0 || options.bound >= 0)
        fail("states do not say",
             options.bound >= 0 ? "how many preemptions there were" : "whether a call has failed");
    if (options_in_parts(&options))
        fail("states have no parts, so there is none of", "--shard, --keep and --merge");
    options.workers = 0;
    exploration_doubt(&exploration, 0,
                      "is explored by states, and what looks alike is taken for one");
}

/* Each graph stands for all orders of its events, and is found from another one. */
static void check_graphs(void)
{
    if (options.bound >= 0)
        fail("a model's graphs have no preemptions, so there is none of", "--bound");
}

/* True in a process that is to be the program. */
static bool is_program(void)
{
    const char *fault = NULL;
    bool program;

    switch (options.mode) {
    case MODE_REPLAY:
        if (!replay_begin(&options))
            fail("this is no schedule:", options.schedule);
        return true;
    case MODE_TRACE:
        program = explore_one(&options, stdout, &fault);
        if (fault != NULL)
            fail(fault, options.schedule);
        return program;
    case MODE_GRAPH:
        return draw_graph();
    default:
        exploration.options = &options;
        if (options.by_states)
            begin_states();
        else if (options.memory != MEMORY_STEPS)
            check_graphs();
        program = surface_allows(&exploration);
        if (program && part())
            record = worlds_part(search_here);
        else if (program)
            program = explore(&exploration, &options);
        if (!program)
            report(&exploration, stdout);
        return program;
    }
}

/* Addresses are the same in every run and every day; where that may not be
 * asked for, at least in every run. */
static void settle_addresses(char **argv)
{
    int now = personality(0xffffffff);
    char path[4096];
    ssize_t size;

    if (now < 0 || (now & ADDR_NO_RANDOMIZE) != 0)
        return;
    size = readlink("/proc/self/exe", path, sizeof path - 1);
    if (size <= 0 || personality((unsigned long)now | ADDR_NO_RANDOMIZE) < 0)
        return;
    path[size] = '\0';
    real.execvp(path, argv);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* Before all constructors that a program may have. */
#ifndef __clang__ /* which has no such warning */
#pragma GCC diagnostic ignored "-Wprio-ctor-dtor"
#endif
__attribute__((constructor(100))) static void begin(int argc, char **argv)
{
    const char *wrong, *own = allocate_replaced();

    fronts_begin();
    settle_addresses(argv);
    hooks_begin();
    wrong = options_read(&options, getenv("EXPLORE"));
    if (wrong != NULL)
        fail("EXPLORE has a word that means nothing:", wrong);
    if (own != NULL)
        fail("this cannot be explored, as it has its own", own);
    kept_begin(argc, argv);
    if (*options.program == '\0')
        options.program = argc > 0 ? name_of(argv[0]) : "program";
    if (options.leaks)
        leaks_begin();
    if (!is_program())
        finish();
    begin_run();
}
