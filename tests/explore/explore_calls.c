/*
 * What each word of interpret_system.h may do, as POSIX.1-2017, C17 and eventfd(2)
 * have it.
 */
#include "explore_turn.h"

enum { COUNTED_MOST = 200, NOTHING = 7 };

/* Counters, as eventfd(2) has them ---------------------------------------------------- */

bool counts_event(struct turn *turn)
{
    if (turn->next.event[turn->i] == COUNTED_MOST)
        turn->model->outcomes->too_many = true;
    else
        turn->next.event[turn->i]++;
    return turn_ends(turn);
}

/* "The value 1 ... the counter's value is decremented by 1"; "otherwise the counter's
 * value, and it is reset to zero". */
bool takes_events(struct turn *turn)
{
    uint8_t *event = &turn->next.event[turn->i];
    uint8_t taken = turn->i == 1 ? 1 : *event;

    if (*event == 0)
        return false;
    *event = (uint8_t)(*event - taken);
    return turn_ends_seeing(turn, taken);
}

bool looks_at_event(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->event[turn->i] > 0);
}

/* Signals: bits 1 and 2 of what is pending -------------------------------------------- */

static uint8_t asked_signals(const struct turn *turn)
{
    return (uint8_t)(turn->i == 2 ? 3 : turn->i + 1);
}

/* XSH pthread_kill(): to that thread, blocked there; nothing to one that has ended. */
bool signals_thread(struct turn *turn)
{
    size_t other = (size_t)turn->i - 1;

    if (!model_is_done(turn->model, turn->state, other))
        turn->next.threads[other].pending |= 1;
    return turn_ends(turn);
}

bool signals_process(struct turn *turn)
{
    turn->next.pending |= asked_signals(turn);
    return turn_ends(turn);
}

/* XSH 2.4.1: "If a subsequent occurrence of a pending signal is generated, it is
 * implementation-defined": once, on Linux. Of several it is not said which is selected;
 * one that pends twice is the thread's own first. */
static bool selects(struct turn *turn)
{
    uint8_t own = turn->state->threads[turn->thread].pending;
    uint8_t come = (own | turn->state->pending) & asked_signals(turn);

    for (uint8_t signal = 1; signal <= 2; signal++)
        if ((come & signal) != 0) {
            struct turn one = *turn;

            one.self = &one.next.threads[one.thread];
            if ((own & signal) != 0)
                one.self->pending &= (uint8_t)~signal;
            else
                one.next.pending &= (uint8_t)~signal;
            turn_ends_seeing(&one, signal);
        }
    return come != 0;
}

bool waits_for_signal(struct turn *turn)
{
    return selects(turn);
}

/* XSH sigtimedwait(): never late when it need not wait. */
bool waits_for_signal_in_time(struct turn *turn)
{
    return selects(turn) || turn_ends_seeing(turn, 0);
}

bool tells_pending(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->self->pending | turn->state->pending);
}

/* Threads --------------------------------------------------------------------------- */

bool joins(struct turn *turn)
{
    return model_is_done(turn->model, turn->state, (size_t)turn->i - 1) && turn_ends(turn);
}

bool ends_thread(struct turn *turn)
{
    return turn_dies(turn);
}

/* XSH pthread_setcancelstate(); a cancellation that has come waits. */
bool shields(struct turn *turn)
{
    turn->self->shielded = turn->verb == '(';
    return turn_ends(turn);
}

/* XSH close(): whoever waits for a byte learns that none comes. */
bool closes(struct turn *turn)
{
    turn->next.closed[turn->i] = 1;
    return turn_ends(turn);
}

/* Memory ---------------------------------------------------------------------------- */

/* C17, 3.14: two bit-fields beside each other are one location, here one byte: to
 * write one is to read both and to write both. */
bool reads_bits(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->bits[turn->i]);
}

bool begins_bits(struct turn *turn)
{
    turn->self->held = turn->state->bits[1 - turn->i];
    return turn_goes_to(turn, HAS_READ_BITS);
}

bool writes_bits(struct turn *turn)
{
    turn->next.bits[1 - turn->i] = turn->self->held;
    turn->next.bits[turn->i] = (uint8_t)turn_written(turn);
    return turn_ends(turn);
}

/* C17, 7.17.8.1, 7.17.7.5; of eight bytes the lowest three bits are seen. What has
 * sixteen is exchanged (3), or looked at (4). */
bool updates_width(struct turn *turn)
{
    uint8_t *at = &turn->next.width[turn->i == 4 ? 3 : turn->i], old = *at;

    switch (turn->i) {
    case 0:
        *at = 1;
        break;
    case 1:
        *at = old ^ 5;
        break;
    case 2:
        *at = (uint8_t)((old + 7) % 8);
        break;
    case 3:
        *at = (uint8_t)turn_written(turn);
        break;
    }
    return turn_ends_seeing(turn, old);
}

bool clears_flag(struct turn *turn)
{
    turn->next.width[0] = 0;
    return turn_ends(turn);
}

/* A block has a number, from 1 on, and none is given twice. */
bool swaps_box(struct turn *turn)
{
    struct state *next = &turn->next;
    uint8_t old = next->box[turn->i];

    if (next->block_count == BLOCKS) {
        turn->model->outcomes->too_many = true;
        return turn_ends(turn);
    }
    next->block[next->block_count++] = turn_written(turn);
    next->box[turn->i] = next->block_count;
    turn->self->held = old;
    return old == 0 ? turn_ends(turn) : turn_goes_to(turn, HAS_SWAPPED);
}

bool frees_block(struct turn *turn)
{
    turn->next.freed |= (uint16_t)(1u << turn->self->held);
    return turn_ends(turn);
}

bool looks_into_box(struct turn *turn)
{
    turn->self->held = turn->state->box[turn->i];
    return turn->self->held == 0 ? turn_ends_seeing(turn, NOTHING) : turn_goes_to(turn, HAS_BOX);
}

/* C17, 6.2.4: what was freed may not be read. */
bool reads_block(struct turn *turn)
{
    if ((turn->state->freed >> turn->self->held & 1) != 0)
        turn->next.ended = 2;
    return turn_ends_seeing(turn, turn->state->block[turn->self->held - 1]);
}
