/*
 * Ways in which the process ends. What other threads were about to do, they
 * do before the end or never: so the end is a step like any other.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/cut.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/locals.h"
#include "explore/intercept/print.h"
#include "explore/intercept/signals.h"
#include "explore/run/ends.h"
#include "explore/run/leaks.h"
#include "explore/run/scheduler.h"
#include "explore/run/state.h"
#include "explore/world/worlds.h"

int __cxa_atexit(void (*handler)(void *), void *argument, void *library);
int __cxa_at_quick_exit(void (*handler)(void *), void *library);

static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};

/* To be asked behind the last step. */
static void doubt_pending(uintptr_t place)
{
    if (print_is_pending())
        run_doubt(place, "ends without flushing what it has printed, which a buffer may lose");
}

_Noreturn void signal_ends(int signal_number, uintptr_t place)
{
    step_simple(OP_END, NULL, 0, TOUCH_NONE, place);
    doubt_pending(place);
    run_end(ENDING_SIGNAL, signal_number);
}

static _Noreturn void end_with(int status, uintptr_t place)
{
    step_simple(OP_END, NULL, 0, TOUCH_NONE, place);
    doubt_pending(place);
    run_end(ENDING_EXIT, status & 0xff);
}

static void default_action(int signal_number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};

    sigemptyset(&action.sa_mask);
    real.sigaction(signal_number, &action, NULL);
}

/* exit() -------------------------------------------------------------------------- */

enum { CUTS_MOST = 100 };

static const max_align_t exit_calls; /* stands for the right to call exit() */
static const max_align_t handlers;   /* for the list of exit()'s and quick_exit()'s */
static const char at_exit[] = "exit", at_quick[] = "quick_exit";
static const char *finishing; /* which of them was called; NULL: none yet */
static const struct thread *finisher;
static bool is_alone;

/* Whoever calls exit() meanwhile waits for the end (POSIX.1-2024), but not for itself;
 * and for exit() beside quick_exit() there is no such promise (C17, 7.22.4.4 and .7). */
static bool may_finish(const struct thread *thread)
{
    return finishing == NULL || finishing != thread->request.about || finisher == thread;
}

/* Not a question of who is alive now, which another order could change. */
static bool joined_all(void)
{
    for (unsigned i = 1; i < THREADS_MOST; i++)
        if (threads[i].routine != NULL && threads[i].joiner != me)
            return false;
    return me->id == 0;
}

/* exit() looks at the list of handlers, which changes only when one is registered.
 * Handlers are called one after the other, and whoever registers one while they are
 * has it called too; behind the last that is too late. */
static void touch_handlers(enum op_kind kind, enum touch_mode mode, uintptr_t place)
{
    if (me != NULL && me->inside == 0)
        step_simple(kind, &handlers, 1, mode, place);
}

/* Streams were flushed, and some of what others print with them (cut.h). */
static void cut_lines(void)
{
    unsigned ways = cut_ways();

    if (ways > 1)
        run_doubt(0, "exits while another thread prints, where C libraries differ");
    if (ways > 1 && ways <= CUTS_MOST)
        cut_make(step_choose(ways));
}

/* The program's own destructors, the last first, as the linker put them in a table: the
 * dynamic loader would call them now. */
static void call_destructors(void)
{
    typedef void destructor(void);
    extern destructor *const __fini_array_start[] __attribute__((weak, visibility("hidden"))),
        *const __fini_array_end[] __attribute__((weak, visibility("hidden")));

    for (ptrdiff_t n = __fini_array_end - __fini_array_start; n-- > 0;)
        __fini_array_start[n]();
}

/* The last of exit()'s handlers, as it was registered first. */
static void after_exit(int status, void *unused)
{
    (void)unused;
    if (me == NULL)
        return;
    if (!is_alone && !joined_all())
        touch_handlers(OP_FINISH, TOUCH_LOOK, 0);
    call_destructors();
    fflush(NULL);
    if (!is_alone) {
        step_simple(OP_END, NULL, 0, TOUCH_NONE, 0);
        cut_lines();
    }
    leaks_look();
    run_end(ENDING_EXIT, status & 0xff);
}

static void begin_exit(const char *function, uintptr_t place)
{
    if (!is_alone && !joined_all())
        step(&(const struct request){
            .op = {.kind = OP_FINISH,
                   .place = place,
                   .touches = {{(uintptr_t)&exit_calls, 1, TOUCH_CHANGE},
                               {(uintptr_t)&handlers, 1, TOUCH_LOOK}}},
            .ready = may_finish,
            .about = function,
        });
    if (finishing != NULL)
        run_fault(place, "", 0, "calls %s where %s was called already", function, finishing);
    finishing = function;
    finisher = me;
}

void exit(int status)
{
    if (me != NULL)
        begin_exit(at_exit, HERE);
    locals_destroy(); /* before all handlers */
    real.exit(status);
    __builtin_unreachable();
}

/* Like exit(), but for its handlers, and the streams, which stay as they are. */
static int quick_status;

static void after_quick_exit(void *unused)
{
    (void)unused;
    if (me == NULL)
        return;
    touch_handlers(OP_FINISH, TOUCH_LOOK, 0);
    end_with(quick_status, 0);
}

FRONT(void, quick_exit, (int status))
{
    if (me != NULL)
        begin_exit(at_quick, HERE);
    quick_status = status;
    quick_exit(status);
}

/* Which handler is first is whose step is last. */
FRONT(int, __cxa_atexit, (void (*handler)(void *), void *argument, void *library))
{
    touch_handlers(OP_FILE, TOUCH_CHANGE, HERE);
    return __cxa_atexit(handler, argument, library);
}

FRONT(int, __cxa_at_quick_exit, (void (*handler)(void *), void *library))
{
    touch_handlers(OP_FILE, TOUCH_CHANGE, HERE);
    return __cxa_at_quick_exit(handler, library);
}

FRONT(int, on_exit, (void (*handler)(int, void *), void *argument))
{
    touch_handlers(OP_FILE, TOUCH_CHANGE, HERE);
    return on_exit(handler, argument);
}

void end_of_last_thread(void)
{
    is_alone = true;
    exit(0);
}

/* To return from main is to call exit(). */
static int (*program_main)(int, char **, char **);

/* In another world the stack begins deeper. */
static int deeper_main(int argc, char **argv, char **envp)
{
    if (me != NULL)
        stack_shift();
    return program_main(argc, argv, envp);
}

static int run_main(int argc, char **argv, char **envp)
{
    int status;

    if (me != NULL)
        threads[0].stack = __builtin_frame_address(0);
    pthread_cleanup_push(end_of_thread, NULL);
    if (me != NULL)
        state_wipe(); /* whoever searched was here before, and each engine otherwise */
    status = deeper_main(argc, argv, envp);
    pthread_cleanup_pop(0);
    if (me != NULL)
        begin_exit(at_exit, 0);
    locals_destroy();
    return status;
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv, void (*init)(void),
                      void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
    program_main = main;
    return real.start(run_main, argc, argv, init, fini, rtld_fini, stack_end);
}

/* Other ends ---------------------------------------------------------------------- */

/* A fault is a step: it may find the memory changed when its turn comes, and
 * then it goes on. So the instruction is simply tried again. */
static void after_fault(int signal_number)
{
    if (me == NULL || me->inside > 0) {
        default_action(signal_number);
        return;
    }
    step_simple(OP_CRASH, NULL, 0, TOUCH_NONE, 0);
    doubt_pending(0);
    default_action(signal_number);
}

void ends_begin(void)
{
    struct sigaction action = {.sa_handler = after_fault, .sa_flags = SA_NODEFER};

    on_exit(after_exit, NULL);
    __cxa_at_quick_exit(after_quick_exit, NULL); /* not at_quick_exit, which is the program's */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly && !worlds_is_run(); i++)
        real.sigaction(deadly[i], &action, NULL);
}

void _exit(int status)
{
    if (me != NULL)
        end_with(status, HERE);
    real.exit_now(status);
    __builtin_unreachable();
}

void _Exit(int status)
{
    if (me != NULL)
        end_with(status, HERE);
    real.exit_now(status);
    __builtin_unreachable();
}

static _Noreturn void abort_at(uintptr_t place)
{
    if (me != NULL)
        signal_ends(SIGABRT, place);
    default_action(SIGABRT);
    real.syscall(SYS_tgkill, real.syscall(SYS_getpid), real.syscall(SYS_gettid), SIGABRT);
    real.exit_now(127);
    __builtin_unreachable();
}

void abort(void)
{
    abort_at(HERE);
}

/* As glibc words it. */
void __assert_fail(const char *assertion, const char *file, unsigned line, const char *function)
{
    fprintf(stderr, "%s: %s:%u: %s: Assertion `%s' failed.\n", program_invocation_short_name, file,
            line, function, assertion);
    abort_at(HERE);
}
