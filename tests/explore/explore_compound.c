/*
 * What each word of interpret_compound.h may do, as POSIX.1-2017 and C17 have it. That
 * of a thread which waits for a predicate (L) is in explore_locks.c.
 */
#include "explore_turn.h"

/* XSH poll(): it waits "until one of the events has occurred"; POLLHUP is one. */
bool waits_for_bytes(struct turn *turn)
{
    bool any = turn->state->pipe_size[turn->i] > 0 || turn->state->closed[turn->i];

    return any && turn_ends_seeing(turn, 1);
}

/* C17, 6.5.16.1: a struct's value is assigned. One of eight bytes is read in one step
 * here, and written in one; who holds the mutex shows nobody how many it takes. */
bool uses_pair(struct turn *turn)
{
    struct state *next = &turn->next;

    switch (turn->i) {
    case 0:
        next->pair[0] = (uint8_t)turn_written(turn);
        return turn_ends(turn);
    case 1:
        turn->self->held = next->pair[0];
        return turn_goes_to(turn, HAS_COPIED);
    case 4:
        next->large = (uint8_t)turn_written(turn);
        return turn_ends(turn);
    case 5:
        return turn_ends_seeing(turn, next->large);
    default:
        return turn_ends_seeing(turn, next->pair[turn->i - 2]);
    }
}

bool has_copied(struct turn *turn)
{
    turn->next.pair[1] = turn->self->held;
    return turn_ends(turn);
}

/* XSH raise(): it does not return before the handler has; what is blocked comes when it
 * is unblocked, and once (pthread_sigmask()). */
bool raises(struct turn *turn)
{
    if (turn->i == 2)
        turn_sees(turn, turn->state->atomic[1]);
    if (turn->i == 1)
        turn->self->held = (uint8_t)turn->state->plain[1];
    if (turn->i == 0) {
        turn->next.atomic[0]++;
        return turn_goes_to(turn, HAS_ADDED);
    }
    return turn_goes_to(turn, IN_HANDLER);
}

bool in_handler(struct turn *turn)
{
    if (turn->i == 1) {
        turn->next.plain[1] = (int8_t)(turn->self->held + 1);
        return turn_ends(turn);
    }
    turn->next.atomic[0]++;
    return turn_goes_to(turn, HAS_ADDED);
}

bool has_added(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->atomic[1]);
}

/* XSH pthread_create() */
bool makes_thread(struct turn *turn)
{
    turn->next.threads[turn->i - 1].unborn = 0;
    return turn_ends(turn);
}
