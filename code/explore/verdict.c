/*
 * Each step of a run sees what all steps before it have done: that is
 * sequential consistency, and C promises less. But a program without data
 * races whose atomics are all seq_cst cannot tell the difference (C17, 5.1.2.4,
 * note 19; Boehm and Adve, "Foundations of the C++ Concurrency Memory Model",
 * PLDI 2008; proven for C11 by Batty, Owens, Sarkar, Sewell, Weber,
 * "Mathematizing C++ Concurrency", POPL 2011). Exploring shows both, races and
 * orders, so it knows when its list is C's.
 */
#include "explore/verdict.h"

#include "explore/run/channel.h"

enum verdict verdict_of(const struct exploration *all)
{
    if (all->stop == STOP_REFUSED || all->stop == STOP_DIVERGED)
        return VERDICT_REFUSED;
    if (all->stop != STOP_NOT)
        return VERDICT_STOPPED;
    if (all->doubt_count > 0)
        return VERDICT_DOUBTED;
    if (all->bounded)
        return VERDICT_BOUNDED;
    return all->is_weak && all->options->memory == MEMORY_STEPS && all->memory == MEMORY_STEPS
               ? VERDICT_WEAK
               : VERDICT_COMPLETE;
}

const char *verdict_model(const struct exploration *all)
{
    if (all->finding_count > 0)
        return "race";
    if (all->options->memory != MEMORY_STEPS || all->memory != MEMORY_STEPS)
        return memory_name(all->memory != MEMORY_STEPS ? all->memory : MEMORY_SC);
    return verdict_of(all) == VERDICT_COMPLETE ? "c11" : "sc";
}

static void write_memory(const struct exploration *all, FILE *out)
{
    if (all->finding_count > 0 && all->memory == MEMORY_STEPS)
        fputs("sequential consistency (C promises nothing where there is a data race)", out);
    else if (all->memory == MEMORY_RC11)
        fputs("C11's memory model (RC11: no load buffering)", out);
    else if (all->memory == MEMORY_TSO)
        fputs("x86's memory model (TSO: stores may wait in a buffer, which calls empty)", out);
    else if (all->options->memory == MEMORY_SC)
        fputs("sequential consistency", out);
    else if (all->is_weak)
        fputs("sequential consistency (C allows more, as not all atomics are seq_cst)", out);
    else if (verdict_of(all) == VERDICT_COMPLETE)
        fputs("C's memory model", out);
    else
        fputs("sequential consistency", out);
}

/* Where nothing waits, there is nothing to wake. */
static void write_wakes(const struct exploration *all, FILE *out)
{
    if (!all->waits)
        return;
    if (all->options->spurious == 0)
        fputs("; no wake-up without cause", out);
    else
        fprintf(out, "; at most %lu wake-up%s without cause a thread", all->options->spurious,
                all->options->spurious == 1 ? "" : "s");
}

/* Of a pipe that never fills nobody can tell how much it holds. */
static void write_room(const struct exploration *all, FILE *out)
{
    if (all->fills)
        fprintf(out, "; a pipe holds %d bytes", CHANNEL_SIZE);
}

static void write_failures(const struct exploration *all, FILE *out)
{
    static const char *const said[] = {
        [0] = "no call fails",
        [FAILS_MALLOC] = "at most 1 malloc a run fails, and no other call",
        [FAILS_THREAD] = "at most 1 pthread_create a run fails, and no other call",
        [FAILS_MALLOC | FAILS_THREAD] =
            "at most 1 malloc or pthread_create a run fails, and no other call",
    };

    fprintf(out, "; %s", said[all->options->failing]);
}

void verdict_write_assumed(const struct exploration *all, FILE *out)
{
    write_memory(all, out);
    fputs("; time at will", out);
    write_wakes(all, out);
    write_room(all, out);
    write_failures(all, out);
    fputs("; as built here, with -O0", out);
}
