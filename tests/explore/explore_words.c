/*
 * What each word of interpret.c may do, as POSIX.1-2017 and C17 have it; those
 * about locks are in explore_locks.c, those of interpret_system.h in explore_calls.c.
 * The clauses stand beside the steps.
 */
#include "explore_turn.h"

#include <stdio.h>
#include <string.h>

enum { ONCE_OVER = 255 };

/* Memory: under sequential consistency an atomic access is one step (C17, 5.1.2.4),
 * the increment of what is not atomic two. ------------------------------------------- */

int8_t turn_written(const struct turn *turn)
{
    return (int8_t)(((int)turn->thread + 1 + 2 * (turn->self->words + 1)) % 7);
}

bool reads(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->plain[turn->i]);
}

bool writes(struct turn *turn)
{
    turn->next.plain[turn->i] = turn_written(turn);
    return turn_ends(turn);
}

bool increments(struct turn *turn)
{
    turn->self->held = (uint8_t)turn->state->plain[turn->i];
    return turn_goes_to(turn, HAS_READ);
}

bool has_read(struct turn *turn)
{
    turn->next.plain[turn->i] = (int8_t)(turn->self->held + 1);
    return turn_ends(turn);
}

bool loads(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->atomic[turn->i]);
}

bool stores(struct turn *turn)
{
    turn->next.atomic[turn->i] = turn->verb == 'H' ? 0 : turn_written(turn);
    return turn_ends(turn);
}

/* C17, 7.17.7.3 and 7.17.7.5: what was there before is the result. */
bool updates(struct turn *turn)
{
    int old = turn->state->atomic[turn->i], operand = turn_written(turn);
    int fresh = turn->verb == 'X' ? operand : turn->verb == 'O' ? old | operand : old + 1;

    turn->next.atomic[turn->i] = (int8_t)fresh;
    if (turn->verb != 'I')
        turn_sees(turn, old);
    return turn_ends(turn);
}

/* C17, 7.17.7.4: it writes if 0 is there, else tells what is; and paragraph 4: a
 * weak one may fail although it is. */
bool compares(struct turn *turn)
{
    int old = turn->state->atomic[turn->i];

    if (turn->verb == 'D' && old == 0 && turn->self->woken < MODEL_SPURIOUS) {
        struct turn failing = *turn;

        failing.self = &failing.next.threads[failing.thread];
        failing.self->woken++;
        turn_ends_seeing(&failing, 0);
    }
    if (old == 0)
        turn->next.atomic[turn->i] = turn_written(turn);
    return turn_ends_seeing(turn, old == 0 ? 7 : old);
}

/* Loops that wait: one turn is one step. */
bool looks_at_atomic(struct turn *turn)
{
    return turn->state->atomic[turn->i] == 0 ||
           turn_ends_seeing(turn, turn->state->atomic[turn->i]);
}

bool spins(struct turn *turn)
{
    int old = turn->state->atomic[turn->i];

    if (old == 0 || turn->verb == 'h')
        turn->next.atomic[turn->i] = 1;
    return old == 0 ? turn_ends(turn) : turn_goes_on(turn);
}

/* Semaphores, barriers, once ------------------------------------------------------- */

bool posts(struct turn *turn)
{
    turn->next.count[turn->i]++;
    return turn_ends(turn);
}

static bool counts_down(struct turn *turn)
{
    if (turn->state->count[turn->i] == 0)
        return false;
    turn->next.count[turn->i]--;
    return true;
}

bool waits_for_semaphore(struct turn *turn)
{
    return counts_down(turn) && turn_ends(turn);
}

/* sem_trywait(); and sem_timedwait(), which is never late when it need not wait. */
bool tries_semaphore(struct turn *turn)
{
    return turn_ends_seeing(turn, !counts_down(turn));
}

bool counts(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->count[turn->i]);
}

/* XSH pthread_barrier_wait(): "one (unspecified) thread" is told that it is the one. */
static void opens(const struct turn *turn, size_t serial)
{
    struct turn one = *turn;

    one.self = &one.next.threads[one.thread];
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (one.next.threads[t].phase == AT_BARRIER && one.next.threads[t].thing == one.i) {
            one.next.threads[t].phase = LEFT_BARRIER;
            one.next.threads[t].held = t == serial;
        }
    turn_ends_seeing(&one, serial == one.thread);
}

bool arrives(struct turn *turn)
{
    uint8_t *missing = &turn->next.missing[turn->i];

    if (*missing == 0)
        *missing = turn->i == 2 ? 3 : 2;
    turn->self->thing = (uint8_t)turn->i;
    if (--*missing > 0)
        return turn_goes_to(turn, AT_BARRIER);
    for (size_t t = 0; t < MODEL_THREADS; t++) {
        const struct thread_state *other = &turn->state->threads[t];

        if (t == turn->thread || (other->phase == AT_BARRIER && other->thing == turn->i))
            opens(turn, t);
    }
    return true;
}

bool leaves(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->self->held);
}

/* XSH pthread_once(): nobody returns before the routine has. C17, 7.26.2.1: nor
 * from call_once(). */
bool calls_once(struct turn *turn)
{
    if (turn->state->once[turn->i] == ONCE_OVER)
        return turn_ends(turn);
    if (turn->state->once[turn->i] != 0)
        return false;
    turn->next.once[turn->i] = turn_number(turn);
    return turn_goes_to(turn, ONCE_ADDS);
}

bool once_adds(struct turn *turn)
{
    turn->next.atomic[turn->i]++;
    return turn_goes_to(turn, ONCE_WRITES);
}

bool once_writes(struct turn *turn)
{
    turn->next.plain[turn->i] = 5;
    return turn_goes_to(turn, ONCE_ENDS);
}

bool once_ends(struct turn *turn)
{
    turn->next.once[turn->i] = ONCE_OVER;
    return turn_ends(turn);
}

/* The rest ------------------------------------------------------------------------- */

/* XSH write(), read(): bytes come out as they went in. */
bool sends(struct turn *turn)
{
    uint8_t *size = &turn->next.pipe_size[turn->i];

    if (*size == PIPE_BYTES)
        turn->model->outcomes->too_many = true;
    else
        turn->next.pipe[turn->i][(*size)++] = (uint8_t)turn_written(turn);
    return turn_ends(turn);
}

bool receives(struct turn *turn)
{
    uint8_t *bytes = turn->next.pipe[turn->i], *size = &turn->next.pipe_size[turn->i];

    if (*size == 0)
        return turn->state->closed[turn->i] && turn_ends_seeing(turn, 7);
    turn_sees(turn, bytes[0]);
    memmove(bytes, bytes + 1, PIPE_BYTES - 1);
    bytes[PIPE_BYTES - 1] = 0;
    --*size;
    return turn_ends(turn);
}

bool polls(struct turn *turn)
{
    return turn_ends_seeing(turn,
                            turn->state->pipe_size[turn->i] > 0 || turn->state->closed[turn->i]);
}

bool keeps(struct turn *turn)
{
    turn->self->keeps |= (uint8_t)(turn->i + 1);
    return turn_ends(turn);
}

/* futex(2): whoever finds another value does not wait. */
bool waits_at_futex(struct turn *turn)
{
    return turn->state->atomic[turn->i] != 0 ? turn_ends_seeing(turn, 1)
                                             : turn_goes_to(turn, AT_FUTEX);
}

/* ... any of those that do, and it goes on behind its word. */
bool wakes_at_futex(struct turn *turn)
{
    bool any = false;

    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (turn->state->threads[t].phase == AT_FUTEX &&
            turn_thing(model_word(turn->model, turn->state, t)) == turn->i) {
            struct turn one = *turn;

            any = true;
            turn_leave_futex(&one.next, t, turn->model);
            one.self = &one.next.threads[turn->thread];
            turn_ends_seeing(&one, 1);
        }
    return any || turn_ends_seeing(turn, 0);
}

bool cancels(struct turn *turn)
{
    turn->next.threads[turn->i - 1].cancelled = 1;
    return turn_ends(turn);
}

bool prints(struct turn *turn)
{
    struct state *next = &turn->next;
    size_t room = sizeof next->output - next->output_size;
    int size = snprintf(next->output + next->output_size, room, "%d:%x\n", turn_number(turn),
                        (unsigned)turn->self->seen);

    next->output_size = (uint8_t)(next->output_size + size);
    return turn_ends(turn);
}

bool exits(struct turn *turn)
{
    turn->next.ended = 1;
    turn->next.status = turn_number(turn);
    return turn_ends(turn);
}

bool sleeps(struct turn *turn)
{
    return model_is_cancelled(turn->self) ? turn_dies(turn) : turn_goes_to(turn, AT_WORD);
}
