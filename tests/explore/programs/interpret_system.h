/*
 * Words of interpret.c about what the kernel keeps for threads, about threads
 * themselves, and about memory that is not a whole object of its own.
 */
#ifndef HEDDLE_TESTS_INTERPRET_SYSTEM_H
#define HEDDLE_TESTS_INTERPRET_SYSTEM_H

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { NOTHING_SEEN = -1 };

/* Counters ---------------------------------------------------------------------- */

static int counters[2];

static void prepare_counters(void)
{
    counters[0] = eventfd(0, 0);
    counters[1] = eventfd(0, EFD_SEMAPHORE);
    if (counters[0] < 0 || counters[1] < 0)
        exit(2);
}

/* Not ":", which interpret_compound.h has. */
static int counter_word(char verb, int i)
{
    uint64_t value = 1;

    switch (verb) {
    case '+':
        if (write(counters[i], &value, sizeof value) != sizeof value)
            exit(2);
        return NOTHING_SEEN;
    case '-':
        if (read(counters[i], &value, sizeof value) != sizeof value)
            exit(2);
        return (int)value;
    default:
        return NOTHING_SEEN;
    }
}

/* Signals, which all threads block --------------------------------------------------- */

static int signal_of(int i)
{
    return i == 0 ? SIGUSR1 : SIGUSR2;
}

/* 0, 1: of one; 2: of both. */
static sigset_t signals_of(int i)
{
    sigset_t set;

    sigemptyset(&set);
    if (i != 1)
        sigaddset(&set, SIGUSR1);
    if (i != 0)
        sigaddset(&set, SIGUSR2);
    return set;
}

static void prepare_signals(void)
{
    const sigset_t both = signals_of(2);

    pthread_sigmask(SIG_BLOCK, &both, NULL);
}

static int number_of_signal(int signal_number)
{
    return signal_number == SIGUSR1 ? 1 : signal_number == SIGUSR2 ? 2 : 0;
}

static int wait_for_signal(char verb, int i)
{
    const sigset_t set = signals_of(i);
    int got;

    if (verb == '!')
        return number_of_signal(sigtimedwait(&set, NULL, &(struct timespec){0, 1000}));
    sigwait(&set, &got);
    return number_of_signal(got);
}

static int which_are_pending(void)
{
    sigset_t set;

    sigpending(&set);
    return sigismember(&set, SIGUSR1) + 2 * sigismember(&set, SIGUSR2);
}

static int signal_word(const pthread_t *threads, char verb, int i)
{
    switch (verb) {
    case '%':
        pthread_kill(threads[i - 1], SIGUSR1);
        return NOTHING_SEEN;
    case '$':
        kill(getpid(), signal_of(i));
        return NOTHING_SEEN;
    case ';':
        return which_are_pending();
    default:
        return wait_for_signal(verb, i);
    }
}

/* Threads ----------------------------------------------------------------------- */

static void thread_word(const pthread_t *threads, char verb, int i)
{
    int state;

    switch (verb) {
    case 'J':
        pthread_join(threads[i - 1], NULL);
        break;
    case '(':
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
        break;
    case ')':
        pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &state);
        break;
    case '*':
        pthread_testcancel();
        break;
    }
}

/* Memory ------------------------------------------------------------------------ */

static struct {
    unsigned first : 4, second : 4;
} bits;

/* A flag, a byte beside it, and eight bytes. */
static struct {
    atomic_flag flag;
    _Atomic unsigned char byte;
    _Atomic uint64_t wide;
} widths = {.flag = ATOMIC_FLAG_INIT};

static int *_Atomic boxes[2];

static int bits_word(char verb, int i, int value)
{
    if (verb == ',')
        return i == 0 ? (int)bits.first : (int)bits.second;
    if (i == 0)
        bits.first = (unsigned)value & 15;
    else
        bits.second = (unsigned)value & 15;
    return NOTHING_SEEN;
}

static int width_word(char verb, int i)
{
    if (verb == '~') {
        atomic_flag_clear(&widths.flag);
        return NOTHING_SEEN;
    }
    switch (i) {
    case 0:
        return atomic_flag_test_and_set(&widths.flag);
    case 1:
        return atomic_fetch_xor(&widths.byte, 5);
    default:
        return (int)(atomic_fetch_sub(&widths.wide, 1) & 7);
    }
}

/* Put a box of one's own there and free what was; or look into whatever is there,
 * which may be freed by then. */
static int box_word(char verb, int i, int value)
{
    int *box;

    if (verb == '#') {
        box = atomic_load(&boxes[i]);
        return box != NULL ? *box : 7;
    }
    if ((box = malloc(sizeof *box)) == NULL)
        exit(2);
    *box = value;
    free(atomic_exchange(&boxes[i], box));
    return NOTHING_SEEN;
}

#endif
