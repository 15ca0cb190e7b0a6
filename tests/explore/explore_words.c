/*
 * What each word of interpret.c may do, as POSIX.1-2017 and C17 have it. The
 * clauses stand beside the steps.
 */
#include "explore_state.h"

#include <stdio.h>
#include <string.h>

/* Mutexes: which is of what kind. Those from RECURSIVE on tell what became of
 * a call, by these numbers. */
enum { RECURSIVE = 2, ERRORCHECK, ROBUST, C_TIMED, C_RECURSIVE, SPIN };
enum { DONE, BUSY, DEADLOCK, NOT_MINE, OWNER_DEAD, NOT_RECOVERABLE, INVALID };
enum { SOUND, OWNER_DIED, LOST };

enum { WRITERS_FIRST = 2 }; /* the read-write lock of that kind */
enum { ONCE_OVER = 255 };

/* A step under way: `next` is the state that it makes. */
struct turn {
    struct model *model;
    const struct state *state;
    struct state next;
    struct thread_state *self; /* in next */
    size_t thread;
    int i;
    char verb;
};

static uint8_t number_of(const struct turn *turn)
{
    return (uint8_t)(turn->thread + 1);
}

static void skip_word(struct turn *turn)
{
    const char *word = model_word(turn->model, &turn->next, turn->thread);
    size_t length = strcspn(word, " ");

    turn->self->at = (uint16_t)(turn->self->at + length + (word[length] == ' '));
    turn->self->words++;
    turn->self->phase = AT_WORD;
    turn->self->held = 0;
    turn->self->thing = 0;
}

static void see(struct turn *turn, int value)
{
    turn->self->seen = (8 * turn->self->seen + (uint32_t)value + 1) & 0xffffff;
}

static bool goes_on(struct turn *turn)
{
    model_visit(turn->model, &turn->next);
    return true;
}

static bool ends_word(struct turn *turn)
{
    skip_word(turn);
    return goes_on(turn);
}

static bool ends_seeing(struct turn *turn, int value)
{
    see(turn, value);
    return ends_word(turn);
}

/* What was tried and not taken is not used: the words up to the next unlock are left out. */
static bool ends_trying(struct turn *turn, int result)
{
    bool leaves_out = result != DONE && result != OWNER_DEAD;

    see(turn, result);
    skip_word(turn);
    while (leaves_out && *model_word(turn->model, &turn->next, turn->thread) != '\0') {
        leaves_out = strchr("ug", *model_word(turn->model, &turn->next, turn->thread)) == NULL;
        skip_word(turn);
    }
    return goes_on(turn);
}

static bool goes_to(struct turn *turn, enum phase phase)
{
    turn->self->phase = (uint8_t)phase;
    return goes_on(turn);
}

static bool dies(struct turn *turn)
{
    turn->self->at = (uint16_t)strlen(turn->model->scripts[turn->thread]);
    turn->self->thing = 0;
    turn->self->held = 0;
    return goes_to(turn, AT_WORD);
}

/* Memory: under sequential consistency an atomic access is one step (C17, 5.1.2.4),
 * the increment of what is not atomic two. ------------------------------------------- */

static int8_t written(const struct turn *turn)
{
    return (int8_t)(((int)turn->thread + 1 + 2 * (turn->self->words + 1)) % 7);
}

static bool reads(struct turn *turn)
{
    return ends_seeing(turn, turn->state->plain[turn->i]);
}

static bool writes(struct turn *turn)
{
    turn->next.plain[turn->i] = written(turn);
    return ends_word(turn);
}

static bool increments(struct turn *turn)
{
    turn->self->held = (uint8_t)turn->state->plain[turn->i];
    return goes_to(turn, HAS_READ);
}

static bool has_read(struct turn *turn)
{
    turn->next.plain[turn->i] = (int8_t)(turn->self->held + 1);
    return ends_word(turn);
}

static bool loads(struct turn *turn)
{
    return ends_seeing(turn, turn->state->atomic[turn->i]);
}

static bool stores(struct turn *turn)
{
    turn->next.atomic[turn->i] = turn->verb == 'H' ? 0 : written(turn);
    return ends_word(turn);
}

/* C17, 7.17.7.3 and 7.17.7.5: what was there before is the result. */
static bool updates(struct turn *turn)
{
    int old = turn->state->atomic[turn->i], operand = written(turn);
    int fresh = turn->verb == 'X' ? operand : turn->verb == 'O' ? old | operand : old + 1;

    turn->next.atomic[turn->i] = (int8_t)fresh;
    if (turn->verb != 'I')
        see(turn, old);
    return ends_word(turn);
}

/* C17, 7.17.7.4: it writes if 0 is there, else tells what is; and paragraph 4: a
 * weak one may fail although it is. */
static bool compares(struct turn *turn)
{
    int old = turn->state->atomic[turn->i];

    if (turn->verb == 'D' && old == 0 && turn->self->woken < MODEL_SPURIOUS) {
        struct turn failing = *turn;

        failing.self = &failing.next.threads[failing.thread];
        failing.self->woken++;
        ends_seeing(&failing, 0);
    }
    if (old == 0)
        turn->next.atomic[turn->i] = written(turn);
    return ends_seeing(turn, old == 0 ? 7 : old);
}

/* Loops that wait: one turn is one step. */
static bool looks_at_atomic(struct turn *turn)
{
    return turn->state->atomic[turn->i] == 0 || ends_seeing(turn, turn->state->atomic[turn->i]);
}

static bool spins(struct turn *turn)
{
    int old = turn->state->atomic[turn->i];

    if (old == 0 || turn->verb == 'h')
        turn->next.atomic[turn->i] = 1;
    return old == 0 ? ends_word(turn) : goes_on(turn);
}

/* Mutexes --------------------------------------------------------------------- */

static bool is_told(int i)
{
    return i >= RECURSIVE;
}

/* What locking says; -1: wait. XSH pthread_mutex_lock(): "If a thread attempts to
 * relock a mutex that it has already locked", the table; and its errors. C17,
 * 7.26.4.3 is the same for what it defines. */
static int take(struct turn *turn, int again)
{
    struct state *next = &turn->next;
    int i = turn->i;

    if (next->owner[i] == number_of(turn)) {
        if (i == RECURSIVE || i == C_RECURSIVE)
            next->depth[i]++;
        else
            return i == ERRORCHECK ? again : -1;
        return DONE;
    }
    if (next->owner[i] != NOBODY)
        return -1;
    if (next->robust[i] == LOST)
        return NOT_RECOVERABLE;
    next->owner[i] = number_of(turn);
    next->depth[i] = 1;
    return next->robust[i] == OWNER_DIED ? OWNER_DEAD : DONE;
}

/* XSH pthread_mutex_unlock(): EPERM for the kinds that check, else undefined; and
 * pthread_mutex_consistent(): unlocked without, nobody can lock it again. */
static int give_up(struct turn *turn)
{
    struct state *next = &turn->next;
    int i = turn->i;

    if (next->owner[i] != number_of(turn)) {
        if (i == RECURSIVE || i == ERRORCHECK || i == ROBUST)
            return NOT_MINE;
        next->ended = 2;
        return DONE;
    }
    if (--next->depth[i] > 0)
        return DONE;
    if (next->robust[i] == OWNER_DIED)
        next->robust[i] = LOST;
    next->owner[i] = NOBODY;
    return DONE;
}

static bool locks(struct turn *turn)
{
    int result = take(turn, DEADLOCK);

    if (result < 0)
        return false;
    if (is_told(turn->i))
        see(turn, result);
    return ends_word(turn);
}

/* XSH pthread_mutex_trylock(): "except that if the mutex object ... is currently
 * locked (by any thread, including the current thread), the call shall return
 * immediately", but for recursive ones. */
static bool tries(struct turn *turn)
{
    int result = take(turn, BUSY);

    return ends_trying(turn, result < 0 ? BUSY : result);
}

/* XSH pthread_mutex_timedlock(): never late when it can be had at once. */
static bool locks_in_time(struct turn *turn)
{
    int result = take(turn, DEADLOCK);

    return ends_trying(turn, result < 0 ? BUSY : result);
}

static bool unlocks(struct turn *turn)
{
    int result = give_up(turn);

    if (is_told(turn->i))
        see(turn, result);
    return ends_word(turn);
}

/* XSH pthread_mutex_consistent() */
static bool mends(struct turn *turn)
{
    struct state *next = &turn->next;
    bool mine = next->owner[turn->i] == number_of(turn) && next->robust[turn->i] == OWNER_DIED;

    if (mine)
        next->robust[turn->i] = SOUND;
    return ends_seeing(turn, mine ? DONE : INVALID);
}

/* XSH pthread_mutexattr_setrobust(): "if the owning thread of a robust mutex
 * terminates while holding the mutex lock, the next thread that acquires the
 * mutex may be notified". */
static bool abandons(struct turn *turn)
{
    if (turn->next.owner[ROBUST] != number_of(turn))
        return false;
    turn->next.owner[ROBUST] = NOBODY;
    turn->next.depth[ROBUST] = 0;
    turn->next.robust[ROBUST] = OWNER_DIED;
    return goes_on(turn);
}

/* Lock, look, unlock, sleep, until it finds something. */
static bool looks_with_lock(struct turn *turn)
{
    return take(turn, DEADLOCK) == DONE && goes_to(turn, HAS_LOCKED);
}

static bool has_locked(struct turn *turn)
{
    turn->self->held = (uint8_t)turn->state->plain[turn->i];
    return goes_to(turn, HAS_LOOKED);
}

static bool has_looked(struct turn *turn)
{
    int held = turn->self->held;

    give_up(turn);
    return held != 0 ? ends_seeing(turn, held) : goes_to(turn, SLEEPS);
}

/* Conditions -------------------------------------------------------------------- */

/* XSH pthread_cond_wait(): unlocks and begins to wait atomically. EPERM: see there. */
static bool waits(struct turn *turn)
{
    if (give_up(turn) == NOT_MINE)
        return ends_seeing(turn, NOT_MINE);
    turn->self->thing = (uint8_t)turn->i;
    return goes_to(turn, turn->verb == 'd' ? WAITS_LIMITED : WAITS);
}

/* "The calling thread shall not return before it has the mutex." */
static bool relocks(struct turn *turn)
{
    int late = turn->self->phase == WOKEN_LATE;
    int result = take(turn, DEADLOCK);

    if (result < 0)
        return false;
    if (turn->verb == 'd' || is_told(turn->i))
        see(turn, result == DONE ? late : result);
    return ends_word(turn);
}

static bool is_waiting(const struct state *state, size_t thread, int i)
{
    const struct thread_state *other = &state->threads[thread];

    return (other->phase == WAITS || other->phase == WAITS_LIMITED) && other->thing == i;
}

/* XSH pthread_cond_signal(): "at least one"; more is a wake-up without cause. */
static bool signals(struct turn *turn)
{
    bool any = false;

    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (is_waiting(turn->state, t, turn->i)) {
            struct turn one = *turn;

            any = true;
            one.self = &one.next.threads[one.thread];
            one.next.threads[t].phase = WOKEN;
            ends_word(&one);
        }
    return any || ends_word(turn);
}

static bool broadcasts(struct turn *turn)
{
    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (is_waiting(turn->state, t, turn->i))
            turn->next.threads[t].phase = WOKEN;
    return ends_word(turn);
}

/* XSH 2.9.5.2: whoever waits, or calls what waits, is cancelled. "A thread that has
 * been unblocked because it has been canceled while blocked" consumes no signal
 * (pthread_cond_wait()), and one that a signal has unblocked is not: it goes on. */
static bool waits_on(struct turn *turn)
{
    if (turn->self->cancelled)
        return goes_to(turn, DYING);
    return turn->self->phase == WAITS_LIMITED && goes_to(turn, WOKEN_LATE);
}

/* "The effect is as if the mutex is re-acquired before calling the first
 * cancellation cleanup handler." Of the plain kinds, that unlocks it. */
static bool is_dying(struct turn *turn)
{
    if (take(turn, DEADLOCK) < 0)
        return false;
    return is_told(turn->i) ? dies(turn) : goes_to(turn, DYING_LOCKED);
}

static bool unlocks_dying(struct turn *turn)
{
    give_up(turn);
    return dies(turn);
}

/* Read-write locks ---------------------------------------------------------------- */

static bool can_write(const struct turn *turn)
{
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (turn->state->readers[turn->i][t] > 0)
            return false;
    return turn->state->writer[turn->i] == NOBODY;
}

/* XSH pthread_rwlock_rdlock() leaves open whether a writer that waits keeps readers
 * out; pthread_rwlockattr_setkind_np(3) says that of one kind alone. */
static bool can_read(const struct turn *turn)
{
    return turn->state->writer[turn->i] == NOBODY &&
           (turn->i != WRITERS_FIRST || turn->state->asked[turn->i] == 0);
}

static bool takes_read(struct turn *turn)
{
    if (!can_read(turn))
        return false;
    turn->next.readers[turn->i][turn->thread]++;
    return true;
}

static bool takes_write(struct turn *turn)
{
    if (!can_write(turn))
        return false;
    turn->next.writer[turn->i] = number_of(turn);
    return true;
}

static bool locks_read(struct turn *turn)
{
    return takes_read(turn) && ends_word(turn);
}

static bool asks_to_write(struct turn *turn)
{
    turn->next.asked[turn->i] |= (uint8_t)(1u << turn->thread);
    return goes_to(turn, HAS_ASKED);
}

static bool locks_write(struct turn *turn)
{
    if (turn->i == WRITERS_FIRST)
        return asks_to_write(turn);
    return takes_write(turn) && ends_word(turn);
}

static bool tries_read(struct turn *turn)
{
    return ends_trying(turn, takes_read(turn) ? DONE : BUSY);
}

static bool tries_write(struct turn *turn)
{
    return ends_trying(turn, takes_write(turn) ? DONE : BUSY);
}

static bool writes_in_time(struct turn *turn)
{
    return turn->i == WRITERS_FIRST ? asks_to_write(turn) : tries_write(turn);
}

static bool has_asked(struct turn *turn)
{
    bool taken = takes_write(turn);

    if (!taken && turn->verb == 'f')
        return false;
    turn->next.asked[turn->i] &= (uint8_t) ~(1u << turn->thread);
    return turn->verb == 'f' ? ends_word(turn) : ends_trying(turn, taken ? DONE : BUSY);
}

static bool unlocks_rw(struct turn *turn)
{
    struct state *next = &turn->next;

    if (next->writer[turn->i] == number_of(turn))
        next->writer[turn->i] = NOBODY;
    else if (next->readers[turn->i][turn->thread] > 0)
        next->readers[turn->i][turn->thread]--;
    else
        next->ended = 2;
    return ends_word(turn);
}

/* Semaphores, barriers, once ------------------------------------------------------- */

static bool posts(struct turn *turn)
{
    turn->next.count[turn->i]++;
    return ends_word(turn);
}

static bool counts_down(struct turn *turn)
{
    if (turn->state->count[turn->i] == 0)
        return false;
    turn->next.count[turn->i]--;
    return true;
}

static bool waits_for_semaphore(struct turn *turn)
{
    return counts_down(turn) && ends_word(turn);
}

/* sem_trywait(); and sem_timedwait(), which is never late when it need not wait. */
static bool tries_semaphore(struct turn *turn)
{
    return ends_seeing(turn, !counts_down(turn));
}

static bool counts(struct turn *turn)
{
    return ends_seeing(turn, turn->state->count[turn->i]);
}

/* XSH pthread_barrier_wait(): one of them, here the last, is told so. */
static bool arrives(struct turn *turn)
{
    uint8_t *missing = &turn->next.missing[turn->i];

    if (*missing == 0)
        *missing = turn->i == 2 ? 3 : 2;
    turn->self->thing = (uint8_t)turn->i;
    if (--*missing > 0)
        return goes_to(turn, AT_BARRIER);
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (turn->next.threads[t].phase == AT_BARRIER && turn->next.threads[t].thing == turn->i)
            turn->next.threads[t].phase = LEFT_BARRIER;
    return ends_seeing(turn, 1);
}

static bool leaves(struct turn *turn)
{
    return ends_seeing(turn, 0);
}

/* XSH pthread_once(): nobody returns before the routine has. C17, 7.26.2.1: nor
 * from call_once(). */
static bool calls_once(struct turn *turn)
{
    if (turn->state->once[turn->i] == ONCE_OVER)
        return ends_word(turn);
    if (turn->state->once[turn->i] != 0)
        return false;
    turn->next.once[turn->i] = number_of(turn);
    return goes_to(turn, ONCE_ADDS);
}

static bool once_adds(struct turn *turn)
{
    turn->next.atomic[turn->i]++;
    return goes_to(turn, ONCE_WRITES);
}

static bool once_writes(struct turn *turn)
{
    turn->next.plain[turn->i] = 5;
    return goes_to(turn, ONCE_ENDS);
}

static bool once_ends(struct turn *turn)
{
    turn->next.once[turn->i] = ONCE_OVER;
    return ends_word(turn);
}

/* The rest ------------------------------------------------------------------------- */

/* XSH write(), read(): bytes come out as they went in. */
static bool sends(struct turn *turn)
{
    uint8_t *size = &turn->next.pipe_size[turn->i];

    if (*size == PIPE_BYTES)
        turn->model->outcomes->too_many = true;
    else
        turn->next.pipe[turn->i][(*size)++] = (uint8_t)written(turn);
    return ends_word(turn);
}

static bool receives(struct turn *turn)
{
    uint8_t *bytes = turn->next.pipe[turn->i], *size = &turn->next.pipe_size[turn->i];

    if (*size == 0)
        return false;
    see(turn, bytes[0]);
    memmove(bytes, bytes + 1, PIPE_BYTES - 1);
    bytes[PIPE_BYTES - 1] = 0;
    --*size;
    return ends_word(turn);
}

static bool polls(struct turn *turn)
{
    return ends_seeing(turn, turn->state->pipe_size[turn->i] > 0);
}

static bool cancels(struct turn *turn)
{
    turn->next.threads[turn->i - 1].cancelled = 1;
    return ends_word(turn);
}

static bool prints(struct turn *turn)
{
    struct state *next = &turn->next;
    size_t room = sizeof next->output - next->output_size;
    int size = snprintf(next->output + next->output_size, room, "%d:%x\n", number_of(turn),
                        (unsigned)turn->self->seen);

    next->output_size = (uint8_t)(next->output_size + size);
    return ends_word(turn);
}

static bool exits(struct turn *turn)
{
    turn->next.ended = 1;
    turn->next.status = number_of(turn);
    return ends_word(turn);
}

static bool sleeps(struct turn *turn)
{
    return turn->self->cancelled ? dies(turn) : goes_to(turn, AT_WORD);
}

static bool does_nothing(struct turn *turn)
{
    return ends_word(turn);
}

typedef bool step_function(struct turn *turn);

static step_function *const steps_of_words[128] = {
    ['r'] = reads,           ['w'] = writes,
    ['i'] = increments,      ['R'] = loads,
    ['W'] = stores,          ['H'] = stores,
    ['I'] = updates,         ['X'] = updates,
    ['F'] = updates,         ['O'] = updates,
    ['C'] = compares,        ['D'] = compares,
    ['a'] = looks_at_atomic, ['A'] = looks_at_atomic,
    ['h'] = spins,           ['j'] = spins,
    ['k'] = looks_with_lock, ['l'] = locks,
    ['u'] = unlocks,         ['t'] = tries,
    ['n'] = locks_in_time,   ['K'] = mends,
    ['c'] = waits,           ['d'] = waits,
    ['s'] = signals,         ['b'] = broadcasts,
    ['e'] = locks_read,      ['f'] = locks_write,
    ['g'] = unlocks_rw,      ['q'] = tries_read,
    ['v'] = tries_write,     ['T'] = tries_read,
    ['U'] = writes_in_time,  ['P'] = waits_for_semaphore,
    ['V'] = posts,           ['Q'] = tries_semaphore,
    ['M'] = tries_semaphore, ['G'] = counts,
    ['B'] = arrives,         ['o'] = calls_once,
    ['>'] = sends,           ['<'] = receives,
    ['?'] = polls,           ['S'] = cancels,
    ['p'] = prints,          ['x'] = exits,
};

static step_function *const steps_inside[] = {
    [HAS_READ] = has_read,     [WAITS] = waits_on,        [WAITS_LIMITED] = waits_on,
    [WOKEN] = relocks,         [WOKEN_LATE] = relocks,    [LEFT_BARRIER] = leaves,
    [HAS_LOCKED] = has_locked, [HAS_LOOKED] = has_looked, [SLEEPS] = sleeps,
    [HAS_ASKED] = has_asked,   [ONCE_ADDS] = once_adds,   [ONCE_WRITES] = once_writes,
    [ONCE_ENDS] = once_ends,   [DYING] = is_dying,        [DYING_LOCKED] = unlocks_dying,
};

/* XSH 2.9.5.2, of those that "shall" be: sem_wait(), sem_timedwait(), nanosleep(),
 * read(), write(), poll(). Of a condition's wait see waits_on(). */
static bool is_cancellation_point(char verb)
{
    return strchr("PMz<>?", verb) != NULL;
}

static int thing_of(const char *word)
{
    return *word != '\0' && word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0;
}

bool model_step(struct model *model, const struct state *state, size_t thread)
{
    const char *word = model_word(model, state, thread);
    struct turn turn = {.model = model,
                        .state = state,
                        .next = *state,
                        .thread = thread,
                        .i = thing_of(word),
                        .verb = *word};
    step_function *step;

    turn.self = &turn.next.threads[thread];
    if (turn.self->phase == AT_BARRIER)
        return false;
    if (turn.self->phase != AT_WORD)
        return steps_inside[turn.self->phase](&turn);
    if (*word == '\0')
        return abandons(&turn);
    if (turn.self->cancelled && is_cancellation_point(*word))
        return dies(&turn);
    step = steps_of_words[(unsigned char)*word];
    return step != NULL ? step(&turn) : does_nothing(&turn);
}

/* XSH pthread_cond_wait(): "Spurious wakeups ... may occur." But a cancelled thread
 * does not return from it (2.9.5.2). */
void model_wake_causeless(struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    struct state next = *state;

    if ((self->phase != WAITS && self->phase != WAITS_LIMITED) || self->woken == MODEL_SPURIOUS ||
        self->cancelled)
        return;
    next.threads[thread].phase = WOKEN;
    next.threads[thread].woken++;
    model_visit(model, &next);
}

bool model_looks_in_vain(const struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    const char *word = model_word(model, state, thread);
    int i = thing_of(word);

    if (self->phase != AT_WORD)
        return false;
    switch (*word) {
    case 'k':
        return state->owner[i] == NOBODY && state->plain[i] == 0 && !self->cancelled;
    case 'a':
    case 'A':
        return state->atomic[i] == 0;
    case 'h':
        return state->atomic[i] == 1;
    case 'j':
        return state->atomic[i] != 0;
    default:
        return false;
    }
}

bool model_is_done(const struct model *model, const struct state *state, size_t thread)
{
    return *model_word(model, state, thread) == '\0' && state->threads[thread].phase == AT_WORD &&
           state->owner[ROBUST] != thread + 1;
}
