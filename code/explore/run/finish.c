#define _GNU_SOURCE
#include "explore/run/finish.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "explore/base/real.h"
#include "explore/run/object.h"
#include "explore/run/scheduler.h"
#include "explore/run/spin.h"
#include "explore/world/worlds.h"

static void (*when_ended)(void); /* a replay's, which tells how */

void finish_begin(void (*ended)(void))
{
    when_ended = ended;
}

/* Who has what the thread waits for? */
static int owner_of(const struct thread *thread)
{
    const struct request *request = &thread->request;

    switch (request->op.kind) {
    case OP_LOCK:
    case OP_RDLOCK:
    case OP_WRLOCK:
        return ((const struct object *)request->about)->owner;
    case OP_JOIN:
        return (int)((const struct thread *)request->about)->id;
    default:
        return NOBODY;
    }
}

static void note_leftovers(void)
{
    record->thread_count = threads_used(); /* the others' leftovers are clear */
    for (unsigned i = 0; i < record->thread_count; i++) {
        struct leftover *leftover = &record->leftovers[i];

        leftover->alive = threads[i].alive;
        leftover->ready = thread_is_ready(&threads[i]);
        leftover->spins = thread_is_able(&threads[i]) && spin_waits(&threads[i]);
        leftover->owner = threads[i].alive ? owner_of(&threads[i]) : NOBODY;
        leftover->object = (uintptr_t)&threads[i];
        leftover->pending = threads[i].request.op;
    }
}

static void end_by_signal(int signal_number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};

    sigemptyset(&action.sa_mask);
    real.sigaction(signal_number, &action, NULL);
    real.syscall(SYS_tgkill, real.syscall(SYS_getpid), real.syscall(SYS_gettid), signal_number);
}

void run_end(enum ending ending, int status)
{
    me->inside++;
    note_leftovers();
    record->status = status;
    record->ending = ending;
    if (worlds_is_run())
        worlds_leave(WORLDS_ENDED);
    if (when_ended != NULL)
        when_ended();
    if (ending == ENDING_SIGNAL)
        end_by_signal(status);
    real.exit_now(ending == ENDING_EXIT ? status : 1);
    __builtin_unreachable();
}

void run_refuse(uintptr_t place, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(record->fault, sizeof record->fault, format, args);
    va_end(args);
    record->fault_place = place;
    run_end(ENDING_REFUSED, 0);
}

static bool is_doubted(const char *text)
{
    for (uint32_t i = 0; i < record->doubt_count; i++)
        if (strcmp(record->doubts[i].text, text) == 0)
            return true;
    return false;
}

/* Sixteen reasons are as good as more. */
void run_doubt(uintptr_t place, const char *format, ...)
{
    struct doubt doubt = {.place = place};
    va_list args;

    va_start(args, format);
    vsnprintf(doubt.text, sizeof doubt.text, format, args);
    va_end(args);
    if (record->doubt_count < DOUBTS_MOST && !is_doubted(doubt.text))
        record->doubts[record->doubt_count++] = doubt;
}

/* Nobody can take a step, and not all have ended. A thread that waits in a
 * loop would go on if anybody changed what it looks at, so it names the end. */
_Noreturn void run_end_stuck(void)
{
    enum ending ending = ENDING_DEADLOCK;

    for (unsigned i = 0; i < THREADS_MOST; i++) {
        enum op_kind pending = threads[i].request.op.kind;

        if (!threads[i].alive)
            continue;
        if (thread_is_able(&threads[i]))
            ending = ENDING_LIVELOCK;
        else if ((pending == OP_RESUME || pending == OP_FUTEX_RESUME) && ending == ENDING_DEADLOCK)
            ending = ENDING_LOST_WAKEUP;
    }
    run_end(ending, 0);
}

/* Others may go on before, as before any end. */
void run_misuse(uintptr_t place, const char *what)
{
    run_fault(place, "", 0, "%s", what);
}

void run_fault(uintptr_t place, const char *was, uintptr_t since, const char *format, ...)
{
    va_list args;

    step_simple(OP_END, NULL, 0, TOUCH_NONE, place);
    va_start(args, format);
    vsnprintf(record->fault, sizeof record->fault, format, args);
    va_end(args);
    record->fault_place = place;
    snprintf(record->was, sizeof record->was, "%s", was);
    record->since = since;
    run_end(ENDING_MISUSE, 0);
}
