/*
 * Runs a small concurrent program that is written on its command line, one
 * argument a thread, one word an operation on the thing of a number. Things of
 * a kind differ:
 *
 *     mutexes      0, 1 of POSIX; 2 recursive, 3 errorcheck, 4 robust; 5 of C, 6 of C
 *                  and recursive; 7 a spin lock
 *     atomics      0, 1 are seq_cst; of 2, what each access needs, and no more
 *     read-write   0, 1 as they are; of 2, writers come first
 *     barriers     0, 1 are for two, 2 for three
 *     semaphores   begin with their number
 *     once         0 pthread_once(), 1 call_once()
 *
 *     r0 w0 i0     read, write, increment the plain variable 0
 *     R0 W0 I0     the same, atomic; H0 writes 0
 *     X0 F0 O0     exchange, fetch-add, fetch-or: see what was there
 *     C0 D0        compare with 0 and exchange, strong and weak
 *     .0 .1 .2     set a flag and see it, exclusive-or of a byte, subtract from eight bytes
 *     .3 .4        exchange sixteen bytes, look at them
 *     ~            clear the flag
 *     =0 ,0        write, read a bit-field; 1 is in the same byte
 *     {0 {2 {3     assign to a struct of eight bytes; look at it, and at a second one
 *     {1           assign the first to the second
 *     {4 {5        assign to a large one, look at it, with mutex 1
 *     @0 #0        put an object of one's own into box 0 and free what was there; look at
 *                  what is in it: 7 is nothing
 *     N            a fence
 *     l0 u0        lock, unlock mutex 0
 *     t0 n0        try to lock it, at once or in time; if not, words are left out up to
 *                  the next u or g, and that too
 *     K0           make it consistent
 *     c0 d0        wait on condition 0, or with a time limit; mutex 0 is held
 *     s0 b0        signal, broadcast it
 *     L0           wait on condition 0, with mutex 0, until the plain variable 0 is not 0
 *     P0 V0        wait for, post semaphore 0
 *     Q0 M0 G0     try to wait for it, at once or in time; its value
 *     e0 f0        lock read-write lock 0 to read, to write
 *     q0 v0        ... at once, T0 U0 in time, as with t0
 *     g0           unlock it
 *     B0           wait at barrier 0
 *     o0           call once: increments atomic 0, then writes 5 to the plain one
 *     >0 <0 ?0     write a byte to pipe 0, read one, look whether there is any; read 7
 *                  when there comes none any more
 *     }0           wait until there is any
 *     [0           close its end to write, of whoever writes
 *     +0 -0 :0     count in eventfd 0, read it, look whether that would wait; 1 is a semaphore
 *     E0 E1        keep a value whose destructor increments atomic 0, or (a key of C)
 *                  takes the exclusive-or of it and 3
 *     Z0 Y0        wait on the futex atomic 0 if it is 0, and see whether it was; wake one
 *                  there, and see whether any was
 *     S1           cancel thread 1; only one with a smaller number than one's own,
 *                  which main joins later
 *     ( ) *        do not be cancelled, be it again, be it here
 *     m            end this thread
 *     J1           join thread 1, which main does not
 *     |1           make thread 1, which main does not; only one with a smaller number
 *     %1 $0        send SIGUSR1 to thread 1, SIGUSR1 (SIGUSR2: $1) to the process; all
 *                  threads block them
 *     ^0 !0 ;      wait for it, with a time limit; see which are pending. 2: either
 *     /0           raise SIGHUP, whose handler increments atomic 0 and sees the atomic 1
 *     /1           raise SIGTERM, whose handler increments the plain variable 1
 *     /2           raise SIGHUP while it is blocked, see the atomic 1, unblock it
 *     y z          yield, sleep
 *     a0 A0        look at the atomic variable 0 until it is not 0; A0 yields
 *     h0 j0        exchange it by 1, or change it from 0 to 1, until it was 0
 *     k0           look at the plain one, with mutex 0, and sleep between looks
 *     p            print what was seen so far
 *     x            exit
 *
 * A thread whose argument begins with & is detached, one with _ is C's. Those with an even
 * number say of a limit which clock it is of, and ask epoll. What a thread sees goes into a
 * number: seen = 8 * seen + what was read, or the result of what was tried, plus one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "interpret_compound.h"
#include "interpret_locks.h"

enum { THREADS = 8 };

static const struct timespec moment = {0, 1000};
static _Atomic int atomic[THINGS];
static pthread_barrier_t barriers[THINGS];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static once_flag c_once = ONCE_FLAG_INIT;
static pthread_key_t key;
static tss_t c_key;
static int pipes[2][2];
static pthread_t threads[THREADS];
static struct script scripts[THREADS];

/* Memory ---------------------------------------------------------------------- */

static void memory(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'r':
        see(script, plain[i]);
        break;
    case 'w':
        plain[i] = to_write(script);
        break;
    case 'i':
        plain[i]++;
        break;
    }
}

static void swap(struct script *script, char verb, int i)
{
    int expected = 0, wanted = to_write(script), done;

    if (verb == 'D' && i == 2)
        done = atomic_compare_exchange_weak_explicit(&atomic[i], &expected, wanted,
                                                     memory_order_acq_rel, memory_order_acquire);
    else if (verb == 'D')
        done = atomic_compare_exchange_weak(&atomic[i], &expected, wanted);
    else if (i == 2)
        done = atomic_compare_exchange_strong_explicit(&atomic[i], &expected, wanted,
                                                       memory_order_release, memory_order_relaxed);
    else
        done = atomic_compare_exchange_strong(&atomic[i], &expected, wanted);
    see(script, done ? 7 : expected);
}

static void atomics(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'R':
        see(script, atomic[i]);
        break;
    case 'W':
        atomic[i] = to_write(script);
        break;
    case 'H':
        atomic[i] = 0;
        break;
    case 'I':
        atomic[i]++;
        break;
    case 'X':
        see(script, atomic_exchange(&atomic[i], to_write(script)));
        break;
    case 'F':
        see(script, atomic_fetch_add(&atomic[i], 1));
        break;
    case 'O':
        see(script, atomic_fetch_or(&atomic[i], to_write(script)));
        break;
    }
}

static void weak_atomics(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'R':
        see(script, atomic_load_explicit(&atomic[i], memory_order_acquire));
        break;
    case 'W':
        atomic_store_explicit(&atomic[i], to_write(script), memory_order_release);
        break;
    case 'H':
        atomic_store_explicit(&atomic[i], 0, memory_order_relaxed);
        break;
    case 'I':
        atomic_fetch_add_explicit(&atomic[i], 1, memory_order_relaxed);
        break;
    case 'X':
        see(script, atomic_exchange_explicit(&atomic[i], to_write(script), memory_order_acq_rel));
        break;
    case 'F':
        see(script, atomic_fetch_add_explicit(&atomic[i], 1, memory_order_release));
        break;
    case 'O':
        see(script, atomic_fetch_or_explicit(&atomic[i], to_write(script), memory_order_acquire));
        break;
    }
}

/* Wait in a loop, as one should not. */
static int look_once(char verb, int i)
{
    int value = 0, expected = 0;

    if (verb == 'h')
        return atomic_exchange(&atomic[i], 1) == 0;
    if (verb == 'j')
        return atomic_compare_exchange_strong(&atomic[i], &expected, 1);
    if (verb != 'k')
        return atomic[i];
    pthread_mutex_lock(&mutexes[i]);
    value = plain[i];
    pthread_mutex_unlock(&mutexes[i]);
    return value;
}

static void look(struct script *script, char verb, int i)
{
    int value = 0;

    if (strchr("aAhjk", verb) == NULL)
        return;
    while ((value = look_once(verb, i)) == 0) {
        if (verb == 'A')
            sched_yield();
        if (verb == 'k')
            nanosleep(&moment, NULL);
    }
    if (verb != 'h' && verb != 'j')
        see(script, value);
}

/* Everything else ------------------------------------------------------------- */

static void pipe_word(struct script *script, char verb, int i)
{
    char byte = (char)to_write(script);

    switch (verb) {
    case '>':
        if (write(pipes[i][1], &byte, 1) != 1)
            exit(2);
        break;
    case '<':
        see(script, read(pipes[i][0], &byte, 1) == 1 ? byte : 7);
        break;
    case '[':
        close(pipes[i][1]);
        break;
    case '?':
        see(script, look_at(script->number, i, pipes[i][0], 0));
        break;
    case '}':
        see(script, look_at(script->number, i, pipes[i][0], -1));
        break;
    }
}

static void routine(void)
{
    atomic[0]++;
    plain[0] = 5;
}

static void c_routine(void)
{
    atomic[1]++;
    plain[1] = 5;
}

/* In one piece, which the end of the process does not cut; and not cancelled there, which
 * POSIX leaves open. */
static void print(const struct script *script)
{
    char text[32];
    int state;

    snprintf(text, sizeof text, "%d:%x\n", script->number, script->seen);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    fputs(text, stdout);
    pthread_setcancelstate(state, &state);
}

static void count_end(void *counter)
{
    atomic_fetch_add((_Atomic int *)counter, 1);
}

static void change_at_end(void *counter)
{
    atomic_fetch_xor((_Atomic int *)counter, 3);
}

static long futex(int i, int operation, int value)
{
    return syscall(SYS_futex, &atomic[i], operation, value, NULL, NULL, 0);
}

static void other_word(struct script *script, char verb, int i)
{
    switch (verb) {
    case 'B':
        see(script, pthread_barrier_wait(&barriers[i]) != 0);
        break;
    case 'o':
        if (i == 0)
            pthread_once(&once, routine);
        else
            call_once(&c_once, c_routine);
        break;
    case 'N':
        atomic_thread_fence(memory_order_seq_cst);
        break;
    case 'E':
        if (i == 0)
            pthread_setspecific(key, &atomic[0]);
        else
            tss_set(c_key, &atomic[0]);
        break;
    case 'Z':
        see(script, futex(i, FUTEX_WAIT_PRIVATE, 0) != 0);
        break;
    case 'Y':
        see(script, futex(i, FUTEX_WAKE_PRIVATE, 1) == 1);
        break;
    case 'S':
        pthread_cancel(threads[i - 1]);
        break;
    case 'p':
        print(script);
        break;
    case 'y':
        if (script->is_c)
            thrd_yield();
        else
            sched_yield();
        break;
    case 'z':
        if (script->is_c)
            thrd_sleep(&moment, NULL);
        else
            nanosleep(&moment, NULL);
        break;
    case 'm':
        if (script->is_c)
            thrd_exit(0);
        pthread_exit(NULL);
    case 'x':
        exit(script->number);
    }
}

static void hang_up(int number)
{
    (void)number;
    atomic[0]++;
    see(current, atomic[1]);
}

static void terminate(int number)
{
    (void)number;
    plain[1]++;
}

static void signal_myself(struct script *script, int i)
{
    sigset_t old;

    if (i != 2) {
        raise(i == 0 ? SIGHUP : SIGTERM);
        return;
    }
    block_and_raise(&old);
    see(script, atomic[1]);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static void system_word(struct script *script, char verb, int i)
{
    int seen = NOTHING_SEEN;

    if (verb == ':')
        seen = look_at(script->number, 2 + i, counters[i], 0);
    else if (strchr("+-", verb) != NULL)
        seen = counter_word(verb, i);
    else if (verb == '/')
        signal_myself(script, i);
    else if (verb == '{')
        seen = pair_word(i, to_write(script));
    else if (verb == '.' && i >= 3)
        seen = sixteen_word(i, to_write(script));
    else if (strchr("%$^!;", verb) != NULL)
        seen = signal_word(threads, verb, i);
    else if (strchr("=,", verb) != NULL)
        seen = bits_word(verb, i, to_write(script));
    else if (strchr(".~", verb) != NULL)
        seen = width_word(verb, i);
    else if (strchr("@#", verb) != NULL)
        seen = box_word(verb, i, to_write(script));
    else
        thread_word(threads, verb, i);
    if (seen != NOTHING_SEEN)
        see(script, seen);
}

static void make_thread(int number);

/* True: words are left out up to the next unlock. */
static int do_word(struct script *script, char verb, int i)
{
    int leave_out;

    if (verb == 'C' || verb == 'D')
        swap(script, verb, i);
    else if (i == 2)
        weak_atomics(script, verb, i);
    else
        atomics(script, verb, i);
    memory(script, verb, i);
    look(script, verb, i);
    leave_out = mutex_word(script, verb, i);
    leave_out += rwlock_word(script, verb, i);
    semaphore_word(script, verb, i);
    pipe_word(script, verb, i);
    other_word(script, verb, i);
    if (verb == '|')
        make_thread(i - 1);
    system_word(script, verb, i);
    return leave_out;
}

static void *run(void *arg)
{
    struct script *script = arg;
    int leave_out = 0;

    current = script;
    for (const char *word = script->text; *word != '\0';
         word += strcspn(word, " "), word += *word == ' ') {
        int i = word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0;

        script->words++;
        leave_out = leave_out ? strchr("ug", *word) == NULL : do_word(script, *word, i);
    }
    return NULL;
}

static int run_c(void *arg)
{
    run(arg);
    return 0;
}

static void make_thread(int number)
{
    struct script *script = &scripts[number];

    if (script->is_c ? thrd_create(&threads[number], run_c, script) != thrd_success
                     : pthread_create(&threads[number], NULL, run, script) != 0)
        exit(2);
    script->is_made = 1;
}

static void join_thread(int number)
{
    if (!scripts[number].is_made)
        return;
    if (scripts[number].is_c)
        thrd_join(threads[number], NULL);
    else
        pthread_join(threads[number], NULL);
}

static void prepare(void)
{
    prepare_locks();
    pthread_key_create(&key, count_end);
    for (int i = 0; i < THINGS; i++)
        pthread_barrier_init(&barriers[i], NULL, i == 2 ? 3 : 2);
}

static int is_in(int count, char **texts, const char *verbs)
{
    while (count > 0 && strpbrk(texts[count - 1], verbs) == NULL)
        count--;
    return count > 0;
}

/* Only for who needs them: they are some steps more. */
static void prepare_system(int count, char **texts)
{
    if (is_in(count, texts, "<>?[}") && (pipe(pipes[0]) != 0 || pipe(pipes[1]) != 0))
        exit(2);
    if (is_in(count, texts, "+-:"))
        prepare_counters();
    if (is_in(count, texts, "E"))
        tss_create(&c_key, change_at_end);
    if (is_in(count, texts, "/"))
        prepare_handlers(hang_up, terminate);
    if (is_in(count, texts, "%$^!;"))
        prepare_signals();
    for (int i = 0; i < 2; i++) {
        if (is_in(count, texts, "?}"))
            prepare_watch(i, pipes[i][0]);
        if (is_in(count, texts, ":"))
            prepare_watch(2 + i, counters[i]);
    }
}

static int is_named(int count, char **texts, char verb, int thread)
{
    const char word[] = {verb, (char)('1' + thread), '\0'};

    for (int i = 0; i < count; i++)
        if (strstr(texts[i], word) != NULL)
            return 1;
    return 0;
}

int main(int argc, char **argv)
{
    char **texts = argv + 1;
    int count = argc - 1;

    if (count > THREADS)
        return 2;
    prepare();
    prepare_system(count, texts);
    for (int i = 0; i < count; i++)
        scripts[i] = (struct script){.text = texts[i] + ((*texts[i] == '&' || *texts[i] == '_')),
                                     .number = i + 1,
                                     .is_c = *texts[i] == '_'};
    for (int i = 0; i < count; i++) {
        if (!is_named(count, texts, '|', i))
            make_thread(i);
        if (*texts[i] == '&')
            pthread_detach(threads[i]);
    }
    /* Who may be cancelled, after those who may do it; who is made later, after whoever
     * makes it; and neither who is detached nor whom another thread joins. */
    for (int i = count; i-- > 0;)
        if (*texts[i] != '&' && !is_named(count, texts, 'J', i))
            join_thread(i);
    return 0;
}
