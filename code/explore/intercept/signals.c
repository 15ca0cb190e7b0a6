/*
 * Signals between the threads of the program: sent, blocked, waited for, and
 * handled by whoever sends them to itself or unblocks them.
 *
 * A handler that interrupts another thread would run between any two of that
 * thread's instructions. This is refused by name, as is a signal to the whole
 * process that several threads may handle.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "explore/base/large.h"
#include "explore/base/real.h"
#include "explore/intercept/chance.h"
#include "explore/intercept/given.h"
#include "explore/intercept/signals.h"
#include "explore/run/virtual_time.h"
#include "explore/run/scheduler.h"

enum { SIGNALS = 65, SIGNALS_QUEUED = 32 /* from here on */ };

typedef uint64_t signal_set; /* bit n - 1: signal n */

LARGE static struct sigaction actions[SIGNALS];
static signal_set masks[THREADS_MOST], pending[THREADS_MOST], pending_for_all;
LARGE static struct clock released[SIGNALS]; /* what whoever gets it learns */
static const char words[THREADS_MOST];       /* stand for each thread's mask and pending signals */

static signal_set bit_of(int signal_number)
{
    return (signal_set)1 << (signal_number - 1);
}

static signal_set set_of(const sigset_t *set)
{
    signal_set result = 0;

    for (int i = 1; i < SIGNALS; i++)
        if (sigismember(set, i) == 1)
            result |= bit_of(i);
    return result;
}

static void fill(sigset_t *set, signal_set from)
{
    sigemptyset(set);
    for (int i = 1; i < SIGNALS; i++)
        if ((from & bit_of(i)) != 0)
            sigaddset(set, i);
}

static bool is_valid(int signal_number)
{
    return signal_number >= 0 && signal_number < SIGNALS;
}

void signals_inherit(unsigned thread, const sigset_t *given)
{
    masks[thread] = given != NULL ? set_of(given) : masks[me->id];
}

static void step_all(enum op_kind kind, uintptr_t place)
{
    step_simple(kind, words, sizeof words, TOUCH_CHANGE, place);
}

/* Handling ---------------------------------------------------------------------- */

static bool is_ignored(int signal_number)
{
    bool by_default = signal_number == SIGCHLD || signal_number == SIGURG ||
                      signal_number == SIGWINCH || signal_number == SIGCONT;

    return actions[signal_number].sa_handler == SIG_IGN ||
           (actions[signal_number].sa_handler == SIG_DFL && by_default);
}

static bool is_handled(int signal_number)
{
    return actions[signal_number].sa_handler != SIG_IGN &&
           actions[signal_number].sa_handler != SIG_DFL;
}

/* Who sent it: SI_USER by kill(2), SI_TKILL to one thread. */
static siginfo_t info_of(int signal_number, int code)
{
    siginfo_t info = {.si_signo = signal_number, .si_code = code};

    info.si_pid = process_number();
    info.si_uid = getuid();
    return info;
}

static void call_handler(int signal_number, int code)
{
    struct sigaction action = actions[signal_number];
    signal_set mask = masks[me->id];
    siginfo_t info = info_of(signal_number, code);

    masks[me->id] |= set_of(&action.sa_mask);
    if ((action.sa_flags & SA_NODEFER) == 0)
        masks[me->id] |= bit_of(signal_number);
    if ((action.sa_flags & (int)SA_RESETHAND) != 0)
        actions[signal_number].sa_handler = SIG_DFL;
    if ((action.sa_flags & SA_SIGINFO) != 0)
        action.sa_sigaction(signal_number, &info, NULL);
    else
        action.sa_handler(signal_number);
    masks[me->id] = mask;
}

/* Until another process lets it go on. */
static bool stops(int signal_number)
{
    return signal_number == SIGSTOP || signal_number == SIGTSTP || signal_number == SIGTTIN ||
           signal_number == SIGTTOU;
}

static _Noreturn void stop_or_end(int signal_number, uintptr_t place)
{
    if (stops(signal_number))
        run_refuse(place, "sends SIG%s, which stops the process", sigabbrev_np(signal_number));
    signal_ends(signal_number, place);
}

/* The running thread gets it, and does not block it. */
static void get(int signal_number, int code, uintptr_t place)
{
    clock_acquire(&released[signal_number]);
    if (is_handled(signal_number))
        call_handler(signal_number, code);
    else if (!is_ignored(signal_number))
        stop_or_end(signal_number, place);
}

/* POSIX leaves their order to the system, and Linux begins with the last; but one that
 * ends the process does so before any is handled. */
static void doubt_several(signal_set ready, uintptr_t place)
{
    unsigned count = 0;

    for (int i = 1; i < SIGNALS; i++)
        count += (ready & bit_of(i)) != 0 && !is_ignored(i);
    if (count > 1)
        run_doubt(place, "gets several signals at once, in an order that nobody promises");
}

/* POSIX: at least one that was unblocked comes before the call returns. */
static void get_unblocked(uintptr_t place)
{
    signal_set ready;

    while ((ready = (pending[me->id] | pending_for_all) & ~masks[me->id]) != 0) {
        int signal_number = __builtin_ctzll(ready) + 1;
        bool for_me = (pending[me->id] & bit_of(signal_number)) != 0;

        doubt_several(ready, place);
        if (for_me)
            pending[me->id] &= ~bit_of(signal_number);
        else
            pending_for_all &= ~bit_of(signal_number);
        get(signal_number, for_me ? SI_TKILL : SI_USER, place);
    }
}

/* Jumping ----------------------------------------------------------------------- */

enum { MARKS_MOST = 64 };

/* What the library keeps itself is the kernel's mask, which no signal of ours is in. */
static struct {
    const void *mark;
    bool saved;
    signal_set mask;
} marks[MARKS_MOST];

void signals_mark(const void *mark, bool saves)
{
    unsigned n = 0;

    while (n < MARKS_MOST && marks[n].mark != NULL && marks[n].mark != mark)
        n++;
    if (n == MARKS_MOST)
        run_refuse(0, "sets more than %d marks to jump to", MARKS_MOST);
    marks[n].mark = mark;
    marks[n].saved = saves;
    marks[n].mask = masks[me->id];
}

void signals_jump(const void *mark, uintptr_t place)
{
    for (unsigned n = 0; me != NULL && n < MARKS_MOST && marks[n].mark != NULL; n++)
        if (marks[n].mark == mark && marks[n].saved) {
            masks[me->id] = marks[n].mask;
            get_unblocked(place);
            return;
        }
}

/* Sending ----------------------------------------------------------------------- */

static bool blocks(unsigned thread, int signal_number)
{
    return (masks[thread] & bit_of(signal_number)) != 0;
}

/* Of those that POSIX queues we keep one. */
static void add_pending(signal_set *set, int signal_number, uintptr_t place)
{
    if (signal_number >= SIGNALS_QUEUED && (*set & bit_of(signal_number)) != 0)
        run_refuse(place, "sends signal %d, which is queued, a second time", signal_number);
    *set |= bit_of(signal_number);
}

static void send_to(unsigned thread, int signal_number, int code, uintptr_t place)
{
    clock_release(&released[signal_number]);
    if (blocks(thread, signal_number))
        add_pending(&pending[thread], signal_number, place);
    else if (thread == me->id) {
        get(signal_number, code, place);
        get_unblocked(place);
    } else if (is_handled(signal_number))
        run_refuse(place, "sends SIG%s to another thread, which handles it",
                   sigabbrev_np(signal_number));
    else if (!is_ignored(signal_number))
        stop_or_end(signal_number, place);
}

/* Any thread that does not block it may get it. */
static void send_to_all(int signal_number, uintptr_t place)
{
    unsigned count = 0, last = 0;

    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (threads[i].alive && !blocks(i, signal_number)) {
            count++;
            last = i;
        }
    if (count > 1 && is_handled(signal_number))
        run_refuse(place, "sends SIG%s to the process, and several threads may handle it",
                   sigabbrev_np(signal_number));
    if (count > 0) {
        send_to(blocks(me->id, signal_number) ? last : me->id, signal_number, SI_USER, place);
        return;
    }
    clock_release(&released[signal_number]);
    add_pending(&pending_for_all, signal_number, place);
}

static int send_to_self(int signal_number, int code, uintptr_t place)
{
    if (!is_valid(signal_number)) {
        errno = EINVAL;
        return -1;
    }
    if (me == NULL || signal_number == 0)
        return 0;
    step_simple(OP_KILL, &words[me->id], 1, TOUCH_CHANGE, place);
    send_to(me->id, signal_number, code, place);
    return 0;
}

int signal_self(int signal_number, uintptr_t place)
{
    return send_to_self(signal_number, SI_USER, place);
}

int raise(int signal_number)
{
    return send_to_self(signal_number, SI_TKILL, HERE);
}

int pthread_kill(pthread_t handle, int signal_number)
{
    const struct thread *other = thread_of(handle);

    if (!is_valid(signal_number))
        return EINVAL;
    if (other == NULL)
        return ESRCH;
    step(&(const struct request){
        .op = {.kind = OP_KILL,
               .place = HERE,
               .touches = {{(uintptr_t)&words[other->id], 1,
                            signal_number != 0 ? TOUCH_CHANGE : TOUCH_LOOK},
                           thread_life_touch(other)}},
    });
    thread_check_life(other, HERE);
    if (other->alive && signal_number != 0)
        send_to(other->id, signal_number, SI_TKILL, HERE);
    return 0;
}

int kill(pid_t process, int signal_number)
{
    if (process != process_number() && process != 0)
        run_refuse(HERE, "sends a signal to another process");
    if (!is_valid(signal_number)) {
        errno = EINVAL;
        return -1;
    }
    if (signal_number == 0)
        return 0;
    step_all(OP_KILL, HERE);
    send_to_all(signal_number, HERE);
    return 0;
}

/* Masks and actions ------------------------------------------------------------- */

static int set_mask(int how, const sigset_t *set, sigset_t *old, uintptr_t place)
{
    const signal_set never = bit_of(SIGKILL) | bit_of(SIGSTOP);
    signal_set fresh;

    given_reads(set, place);
    fresh = set != NULL ? set_of(set) : 0;
    if (set != NULL && how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
        return EINVAL;
    given_writes(old, place);
    if (old != NULL)
        fill(old, masks[me->id]);
    if (set == NULL)
        return 0;
    step_all(OP_SIGMASK, place);
    if (how == SIG_BLOCK)
        fresh |= masks[me->id];
    else if (how == SIG_UNBLOCK)
        fresh = masks[me->id] & ~fresh;
    masks[me->id] = fresh & ~never;
    get_unblocked(place);
    return 0;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    return me != NULL ? set_mask(how, set, old, HERE) : 0;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    int err = me != NULL ? set_mask(how, set, old, HERE) : 0;

    if (err != 0)
        errno = err;
    return err != 0 ? -1 : 0;
}

int sigpending(sigset_t *set)
{
    step_simple(OP_SIGMASK, words, sizeof words, TOUCH_LOOK, HERE);
    given_writes(set, HERE);
    fill(set, (pending[me->id] | pending_for_all) & masks[me->id]);
    return 0;
}

/* Those that come out of the code itself. */
static bool is_fault(int signal_number)
{
    return signal_number == SIGABRT || signal_number == SIGSEGV || signal_number == SIGBUS ||
           signal_number == SIGFPE || signal_number == SIGILL;
}

static int set_action(int signal_number, const struct sigaction *action, struct sigaction *old,
                      uintptr_t place)
{
    if (signal_number <= 0 || !is_valid(signal_number) ||
        (action != NULL && (signal_number == SIGKILL || signal_number == SIGSTOP))) {
        errno = EINVAL;
        return -1;
    }
    if (action != NULL && is_fault(signal_number) && action->sa_handler != SIG_DFL)
        run_refuse(place, "handles SIG%s", sigabbrev_np(signal_number));
    step_simple(OP_SIGMASK, words, sizeof words, action != NULL ? TOUCH_CHANGE : TOUCH_LOOK, place);
    *old = actions[signal_number];
    if (action == NULL)
        return 0;
    actions[signal_number] = *action;
    if (is_ignored(signal_number))
        for (unsigned i = 0; i < THREADS_MOST; i++)
            pending[i] &= ~bit_of(signal_number);
    if (is_ignored(signal_number))
        pending_for_all &= ~bit_of(signal_number);
    return 0;
}

int sigaction(int signal_number, const struct sigaction *restrict action,
              struct sigaction *restrict old)
{
    struct sigaction fresh, before;
    int result;

    if (me == NULL)
        return real.sigaction(signal_number, action, old);
    given_reads(action, HERE);
    if (action != NULL)
        fresh = *action;
    result = set_action(signal_number, action != NULL ? &fresh : NULL, &before, HERE);
    if (result == 0 && old != NULL) {
        given_writes(old, HERE);
        *old = before;
    }
    return result;
}

static __sighandler_t set_handler(int signal_number, __sighandler_t handler, int flags,
                                  uintptr_t place)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags}, old = {0};
    int result;

    sigemptyset(&action.sa_mask);
    result = me != NULL ? set_action(signal_number, &action, &old, place)
                        : real.sigaction(signal_number, &action, &old);
    return result == 0 ? old.sa_handler : SIG_ERR;
}

__sighandler_t signal(int signal_number, __sighandler_t handler)
{
    return set_handler(signal_number, handler, SA_RESTART, HERE);
}

/* signal(), to a program that asks for strict POSIX. */
__sighandler_t __sysv_signal(int signal_number, __sighandler_t handler)
{
    return set_handler(signal_number, handler, (int)(SA_RESETHAND | SA_NODEFER), HERE);
}

/* Waiting ----------------------------------------------------------------------- */

static signal_set waited_for[THREADS_MOST];

static bool has_come(const struct thread *thread)
{
    return ((pending[thread->id] | pending_for_all) & waited_for[thread->id]) != 0;
}

static bool has_not_come(const struct thread *thread)
{
    return !has_come(thread);
}

static int codes[THREADS_MOST]; /* of the signal that each thread waited for */

/* XSH 2.4.1 and 2.4.2: of those that are queued the smallest comes first; in which order
 * the others come, and these two kinds, is not said. */
static int choose_one(signal_set come)
{
    const signal_set standard = bit_of(SIGNALS_QUEUED) - 1;
    signal_set queued = come & ~standard, first = (come & standard) | (queued & -queued);
    unsigned count = (unsigned)__builtin_popcountll(first);

    for (unsigned n = count > 1 ? step_choose(count) : 0; n > 0; n--)
        first &= first - 1;
    return __builtin_ctzll(first) + 1;
}

/* The signal, or 0 when the limit has passed. */
static int wait_for(const sigset_t *set, int64_t deadline_ns, uintptr_t place)
{
    struct request request = {
        .op = {.kind = OP_SIGWAIT,
               .place = place,
               .touches = {{(uintptr_t)words, sizeof words, TOUCH_CHANGE}}},
        .ready = deadline_ns == INT64_MAX ? has_come : NULL,
        .lazy = deadline_ns == INT64_MAX ? NULL : has_not_come,
        .cancel = cancel_simply,
        .deadline_ns = deadline_ns,
    };
    int signal_number;

    given_reads(set, place);
    waited_for[me->id] = set_of(set);
    if ((waited_for[me->id] & ~masks[me->id]) != 0)
        run_misuse(place, "waits for a signal that it does not block");
    step(&request);
    if (has_not_come(me)) {
        time_pass(deadline_ns);
        return 0;
    }
    signal_number = choose_one((pending[me->id] | pending_for_all) & waited_for[me->id]);
    codes[me->id] = (pending[me->id] & bit_of(signal_number)) != 0 ? SI_TKILL : SI_USER;
    if (codes[me->id] == SI_TKILL)
        pending[me->id] &= ~bit_of(signal_number);
    else
        pending_for_all &= ~bit_of(signal_number);
    clock_acquire(&released[signal_number]);
    return signal_number;
}

int sigwait(const sigset_t *restrict set, int *restrict signal_number)
{
    int got = wait_for(set, INT64_MAX, HERE);

    given_writes(signal_number, HERE);
    *signal_number = got;
    return 0;
}

static int tell(int signal_number, siginfo_t *info, uintptr_t place)
{
    if (signal_number == 0) {
        errno = EAGAIN;
        return -1;
    }
    given_writes(info, place);
    if (info != NULL)
        *info = info_of(signal_number, codes[me->id]);
    return signal_number;
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
    return tell(wait_for(set, INT64_MAX, HERE), info, HERE);
}

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
                 const struct timespec *restrict limit)
{
    if (limit == NULL)
        return tell(wait_for(set, INT64_MAX, HERE), info, HERE);
    given_reads(limit, HERE);
    if (!time_is_valid(limit) || limit->tv_sec < 0)
        return tell(0, NULL, HERE);
    return tell(wait_for(set, me->clock.time_ns + limit->tv_sec * 1000000000 + limit->tv_nsec,
                         HERE),
                info, HERE);
}
