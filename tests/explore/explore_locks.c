/*
 * What each word of interpret.c that locks, unlocks or waits for a condition may
 * do, as POSIX.1-2017 and C17 have it. The clauses stand beside the steps.
 */
#include "explore_turn.h"

enum { SOUND, OWNER_DIED, LOST };

enum { WRITERS_FIRST = 2 }; /* the read-write lock of that kind */

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

    if (next->owner[i] == turn_number(turn)) {
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
    next->owner[i] = turn_number(turn);
    next->depth[i] = 1;
    return next->robust[i] == OWNER_DIED ? OWNER_DEAD : DONE;
}

/* XSH pthread_mutex_unlock(): EPERM for the kinds that check, else undefined; and
 * pthread_mutex_consistent(): unlocked without, nobody can lock it again. */
static int give_up(struct turn *turn)
{
    struct state *next = &turn->next;
    int i = turn->i;

    if (next->owner[i] != turn_number(turn)) {
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

bool locks(struct turn *turn)
{
    int result = take(turn, DEADLOCK);

    if (result < 0)
        return false;
    if (is_told(turn->i))
        turn_sees(turn, result);
    return turn_ends(turn);
}

/* XSH pthread_mutex_trylock(): "except that if the mutex object ... is currently
 * locked (by any thread, including the current thread), the call shall return
 * immediately", but for recursive ones. */
bool tries(struct turn *turn)
{
    int result = take(turn, BUSY);

    return turn_ends_trying(turn, result < 0 ? BUSY : result);
}

/* XSH pthread_mutex_timedlock(): never late when it can be had at once. */
bool locks_in_time(struct turn *turn)
{
    int result = take(turn, DEADLOCK);

    return turn_ends_trying(turn, result < 0 ? BUSY : result);
}

bool unlocks(struct turn *turn)
{
    int result = give_up(turn);

    if (is_told(turn->i))
        turn_sees(turn, result);
    return turn_ends(turn);
}

/* XSH pthread_mutex_consistent() */
bool mends(struct turn *turn)
{
    struct state *next = &turn->next;
    bool mine = next->owner[turn->i] == turn_number(turn) && next->robust[turn->i] == OWNER_DIED;

    if (mine)
        next->robust[turn->i] = SOUND;
    return turn_ends_seeing(turn, mine ? DONE : INVALID);
}

/* XSH pthread_mutexattr_setrobust(): "if the owning thread of a robust mutex
 * terminates while holding the mutex lock, the next thread that acquires the
 * mutex may be notified". */
bool abandons(struct turn *turn)
{
    if (turn->next.owner[ROBUST] != turn_number(turn))
        return false;
    turn->next.owner[ROBUST] = NOBODY;
    turn->next.depth[ROBUST] = 0;
    turn->next.robust[ROBUST] = OWNER_DIED;
    return turn_goes_on(turn);
}

/* Lock, look, unlock, sleep, until it finds something; or lock, look and wait for the
 * condition, and unlock then (L). */
bool looks_with_lock(struct turn *turn)
{
    return take(turn, DEADLOCK) == DONE && turn_goes_to(turn, HAS_LOCKED);
}

bool has_locked(struct turn *turn)
{
    const char *word = model_word(turn->model, turn->state, turn->thread);

    turn->self->held = (uint8_t)turn->state->plain[turn_thing(word)];
    return turn_goes_to(turn, HAS_LOOKED);
}

bool has_looked(struct turn *turn)
{
    int held = turn->self->held;

    give_up(turn);
    if (held != 0)
        return turn_ends_seeing(turn, held);
    return turn_goes_to(turn, turn->verb == 'L' ? WAITS : SLEEPS);
}

/* Conditions -------------------------------------------------------------------- */

/* XSH pthread_cond_wait(): unlocks and begins to wait atomically. EPERM: see there. */
bool waits(struct turn *turn)
{
    if (give_up(turn) == NOT_MINE)
        return turn_ends_seeing(turn, NOT_MINE);
    turn->self->thing = (uint8_t)turn->i;
    return turn_goes_to(turn, turn->verb == 'd' ? WAITS_LIMITED : WAITS);
}

/* "The calling thread shall not return before it has the mutex." */
bool relocks(struct turn *turn)
{
    int late = turn->self->phase == WOKEN_LATE;
    int result = take(turn, DEADLOCK);

    if (result < 0)
        return false;
    if (turn->verb == 'L')
        return turn_goes_to(turn, HAS_LOCKED);
    if (turn->verb == 'd' || is_told(turn->i))
        turn_sees(turn, result == DONE ? late : result);
    return turn_ends(turn);
}

static bool is_waiting(const struct state *state, size_t thread, int i)
{
    const struct thread_state *other = &state->threads[thread];

    return (other->phase == WAITS || other->phase == WAITS_LIMITED) && other->thing == i;
}

/* XSH pthread_cond_signal(): "at least one"; more is a wake-up without cause. */
bool signals(struct turn *turn)
{
    bool any = false;

    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (is_waiting(turn->state, t, turn->i)) {
            struct turn one = *turn;

            any = true;
            one.self = &one.next.threads[one.thread];
            one.next.threads[t].phase = WOKEN;
            turn_ends(&one);
        }
    return any || turn_ends(turn);
}

bool broadcasts(struct turn *turn)
{
    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (is_waiting(turn->state, t, turn->i))
            turn->next.threads[t].phase = WOKEN;
    return turn_ends(turn);
}

/* XSH 2.9.5.2: whoever waits, or calls what waits, is cancelled. "A thread that has
 * been unblocked because it has been canceled while blocked" consumes no signal
 * (pthread_cond_wait()), and one that a signal has unblocked is not: it goes on. */
bool waits_on(struct turn *turn)
{
    if (model_is_cancelled(turn->self))
        return turn_goes_to(turn, DYING);
    return turn->self->phase == WAITS_LIMITED && turn_goes_to(turn, WOKEN_LATE);
}

/* "The effect is as if the mutex is re-acquired before calling the first
 * cancellation cleanup handler." Of the plain kinds, that unlocks it. */
bool is_dying(struct turn *turn)
{
    if (take(turn, DEADLOCK) < 0)
        return false;
    return is_told(turn->i) ? turn_dies(turn) : turn_goes_to(turn, DYING_LOCKED);
}

bool unlocks_dying(struct turn *turn)
{
    give_up(turn);
    return turn_dies(turn);
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
    turn->next.writer[turn->i] = turn_number(turn);
    return true;
}

bool locks_read(struct turn *turn)
{
    return takes_read(turn) && turn_ends(turn);
}

static bool asks_to_write(struct turn *turn)
{
    turn->next.asked[turn->i] |= (uint8_t)(1u << turn->thread);
    return turn_goes_to(turn, HAS_ASKED);
}

bool locks_write(struct turn *turn)
{
    if (turn->i == WRITERS_FIRST)
        return asks_to_write(turn);
    return takes_write(turn) && turn_ends(turn);
}

bool tries_read(struct turn *turn)
{
    return turn_ends_trying(turn, takes_read(turn) ? DONE : BUSY);
}

bool tries_write(struct turn *turn)
{
    return turn_ends_trying(turn, takes_write(turn) ? DONE : BUSY);
}

bool writes_in_time(struct turn *turn)
{
    return turn->i == WRITERS_FIRST ? asks_to_write(turn) : tries_write(turn);
}

bool has_asked(struct turn *turn)
{
    bool taken = takes_write(turn);

    if (!taken && turn->verb == 'f')
        return false;
    turn->next.asked[turn->i] &= (uint8_t) ~(1u << turn->thread);
    return turn->verb == 'f' ? turn_ends(turn) : turn_ends_trying(turn, taken ? DONE : BUSY);
}

bool unlocks_rw(struct turn *turn)
{
    struct state *next = &turn->next;

    if (next->writer[turn->i] == turn_number(turn))
        next->writer[turn->i] = NOBODY;
    else if (next->readers[turn->i][turn->thread] > 0)
        next->readers[turn->i][turn->thread]--;
    else
        next->ended = 2;
    return turn_ends(turn);
}
