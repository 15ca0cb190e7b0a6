#define _GNU_SOURCE
#include "explore/names/words.h"

#include <string.h>

#include "explore/names/names.h"

static const char *const endings[] = {
    [ENDING_UNKNOWN] = "unknown",
    [ENDING_EXIT] = "exit",
    [ENDING_SIGNAL] = "signal",
    [ENDING_DEADLOCK] = "deadlock",
    [ENDING_LOST_WAKEUP] = "lost wake-up",
    [ENDING_MISUSE] = "misuse",
    [ENDING_LIVELOCK] = "livelock",
    [ENDING_REDUNDANT] = "redundant",
    [ENDING_STEPS] = "steps",
    [ENDING_REFUSED] = "refused",
    [ENDING_DIVERGED] = "diverged",
};

const char *ending_word(enum ending ending)
{
    return endings[ending];
}

bool is_fault(enum ending ending)
{
    return ending == ENDING_SIGNAL || ending == ENDING_DEADLOCK || ending == ENDING_LOST_WAKEUP ||
           ending == ENDING_LIVELOCK || ending == ENDING_MISUSE;
}

void write_ending(FILE *out, const struct outcome *outcome)
{
    const char *name;

    switch (outcome->ending) {
    case ENDING_EXIT:
        fprintf(out, "ends with status %d", outcome->status);
        break;
    case ENDING_SIGNAL:
        name = sigabbrev_np(outcome->status);
        fprintf(out, name != NULL ? "is ended by SIG%s" : "is ended by a signal", name);
        break;
    case ENDING_STEPS:
        fprintf(out, "does not end within %u steps", (unsigned)outcome->choice_count);
        break;
    case ENDING_DIVERGED:
        fprintf(out, "cannot follow the schedule: %s", outcome->fault);
        break;
    case ENDING_REFUSED:
    case ENDING_MISUSE:
        fputs(outcome->fault, out);
        break;
    default:
        fputs(ending_word(outcome->ending), out);
    }
}

static void write_owner(FILE *out, const struct leftover *leftover)
{
    if (leftover->owner >= 0)
        fprintf(out, ", which %s has", thread_name((unsigned)leftover->owner));
}

bool write_wait(FILE *out, const struct leftover *leftover)
{
    const struct op *op = &leftover->pending;
    const char *kind = object_kind(op, 0), *name = object_name(op, 0);

    if (!leftover->alive)
        return false;
    if (leftover->spins) {
        fprintf(out, "waits in a loop%s%s", *name != '\0' ? " that looks at " : "", name);
        return true;
    }
    switch (op->kind) {
    case OP_JOIN:
        fprintf(out, "waits for %s to end", thread_name((unsigned)leftover->owner));
        break;
    case OP_RESUME:
    case OP_FUTEX_RESUME:
        fprintf(out, "waits on the %s %s, and nobody will wake it", kind, name);
        break;
    case OP_LEAVE:
        fprintf(out, "waits at the barrier %s", name);
        break;
    case OP_RECEIVE:
        fprintf(out, "waits to read from %s, and nobody writes to it", name);
        break;
    case OP_SEND:
        fprintf(out, "waits to write to %s, and nobody reads from it", name);
        break;
    case OP_SIGWAIT:
        fputs("waits for a signal, and nobody sends one", out);
        break;
    case OP_POLL:
        fputs("waits until a descriptor is ready, and none will be", out);
        break;
    default:
        fprintf(out, "waits for the %s %s", *kind != '\0' ? kind : op_name(op->kind), name);
        write_owner(out, leftover);
    }
    return true;
}
