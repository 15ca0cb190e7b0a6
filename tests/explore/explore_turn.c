/*
 * A thread's next step: which word it is, and what follows from having done it. What
 * each does is in explore_words.c, explore_locks.c, explore_calls.c and explore_compound.c.
 */
#include "explore_turn.h"

#include <string.h>

uint8_t turn_number(const struct turn *turn)
{
    return (uint8_t)(turn->thread + 1);
}

int turn_thing(const char *word)
{
    return *word != '\0' && word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0;
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

void turn_sees(struct turn *turn, int value)
{
    turn->self->seen = (8 * turn->self->seen + (uint32_t)value + 1) & 0xffffff;
}

bool turn_goes_on(struct turn *turn)
{
    model_visit(turn->model, &turn->next);
    return true;
}

bool turn_ends(struct turn *turn)
{
    skip_word(turn);
    return turn_goes_on(turn);
}

bool turn_ends_seeing(struct turn *turn, int value)
{
    turn_sees(turn, value);
    return turn_ends(turn);
}

bool turn_ends_trying(struct turn *turn, int result)
{
    bool leaves_out = result != DONE && result != OWNER_DEAD;

    turn_sees(turn, result);
    skip_word(turn);
    while (leaves_out && *model_word(turn->model, &turn->next, turn->thread) != '\0') {
        leaves_out = strchr("ug", *model_word(turn->model, &turn->next, turn->thread)) == NULL;
        skip_word(turn);
    }
    return turn_goes_on(turn);
}

bool turn_goes_to(struct turn *turn, enum phase phase)
{
    turn->self->phase = (uint8_t)phase;
    return turn_goes_on(turn);
}

bool turn_dies(struct turn *turn)
{
    turn->self->at = (uint16_t)strlen(turn->model->scripts[turn->thread]);
    turn->self->thing = 0;
    turn->self->held = 0;
    return turn_goes_to(turn, AT_WORD);
}

void turn_leave_futex(struct state *next, size_t thread, struct model *model)
{
    struct turn turn = {.model = model, .next = *next, .thread = thread};

    turn.self = &turn.next.threads[thread];
    turn_sees(&turn, 0);
    skip_word(&turn);
    *next = turn.next;
}

/* XSH pthread_key_create(): at the thread's end, before its robust mutexes are given up;
 * "the order of destructor calls is unspecified". */
static bool comes_to_its_end(struct turn *turn)
{
    if (turn->self->keeps == 0)
        return abandons(turn);
    for (uint8_t key = 1; key <= 2; key++)
        if ((turn->self->keeps & key) != 0) {
            struct turn one = *turn;
            int old = one.state->atomic[0];

            one.self = &one.next.threads[one.thread];
            one.self->keeps &= (uint8_t)~key;
            one.next.atomic[0] = (int8_t)(key == 1 ? old + 1 : old ^ 3);
            turn_goes_on(&one);
        }
    return true;
}

static bool does_nothing(struct turn *turn)
{
    return turn_ends(turn);
}

static step_function *const steps_of_words[128] = {
    ['r'] = reads,
    ['w'] = writes,
    ['i'] = increments,
    ['R'] = loads,
    ['W'] = stores,
    ['H'] = stores,
    ['I'] = updates,
    ['X'] = updates,
    ['F'] = updates,
    ['O'] = updates,
    ['C'] = compares,
    ['D'] = compares,
    ['a'] = looks_at_atomic,
    ['A'] = looks_at_atomic,
    ['h'] = spins,
    ['j'] = spins,
    ['k'] = looks_with_lock,
    ['l'] = locks,
    ['u'] = unlocks,
    ['t'] = tries,
    ['n'] = locks_in_time,
    ['K'] = mends,
    ['c'] = waits,
    ['d'] = waits,
    ['s'] = signals,
    ['b'] = broadcasts,
    ['e'] = locks_read,
    ['f'] = locks_write,
    ['g'] = unlocks_rw,
    ['q'] = tries_read,
    ['v'] = tries_write,
    ['T'] = tries_read,
    ['U'] = writes_in_time,
    ['P'] = waits_for_semaphore,
    ['V'] = posts,
    ['Q'] = tries_semaphore,
    ['M'] = tries_semaphore,
    ['G'] = counts,
    ['B'] = arrives,
    ['o'] = calls_once,
    ['>'] = sends,
    ['<'] = receives,
    ['?'] = polls,
    ['S'] = cancels,
    ['p'] = prints,
    ['x'] = exits,
    ['E'] = keeps,
    ['Z'] = waits_at_futex,
    ['Y'] = wakes_at_futex,
    ['+'] = counts_event,
    ['-'] = takes_events,
    [':'] = looks_at_event,
    ['%'] = signals_thread,
    ['$'] = signals_process,
    ['^'] = waits_for_signal,
    ['!'] = waits_for_signal_in_time,
    [';'] = tells_pending,
    ['J'] = joins,
    ['m'] = ends_thread,
    ['('] = shields,
    [')'] = shields,
    ['['] = closes,
    [','] = reads_bits,
    ['='] = begins_bits,
    ['.'] = updates_width,
    ['~'] = clears_flag,
    ['@'] = swaps_box,
    ['#'] = looks_into_box,
    ['L'] = looks_with_lock,
    ['}'] = waits_for_bytes,
    ['{'] = uses_pair,
    ['/'] = raises,
    ['|'] = makes_thread,
};

static step_function *const steps_inside[] = {
    [HAS_READ] = has_read,
    [WAITS] = waits_on,
    [WAITS_LIMITED] = waits_on,
    [WOKEN] = relocks,
    [WOKEN_LATE] = relocks,
    [LEFT_BARRIER] = leaves,
    [HAS_LOCKED] = has_locked,
    [HAS_LOOKED] = has_looked,
    [SLEEPS] = sleeps,
    [HAS_ASKED] = has_asked,
    [ONCE_ADDS] = once_adds,
    [ONCE_WRITES] = once_writes,
    [ONCE_ENDS] = once_ends,
    [DYING] = is_dying,
    [DYING_LOCKED] = unlocks_dying,
    [HAS_READ_BITS] = writes_bits,
    [HAS_SWAPPED] = frees_block,
    [HAS_BOX] = reads_block,
    [HAS_COPIED] = has_copied,
    [IN_HANDLER] = in_handler,
    [HAS_ADDED] = has_added,
};

/* XSH 2.9.5.2, of those that "shall" be: sem_wait(), sem_timedwait(), nanosleep(),
 * read(), write(), poll() and its like, sigwait(), sigtimedwait(), pthread_join(), close(),
 * pthread_testcancel(). Of a condition's wait see waits_on(). */
static bool is_cancellation_point(char verb)
{
    return strchr("PMz<>?}+-:^!J[*", verb) != NULL;
}

bool model_step(struct model *model, const struct state *state, size_t thread)
{
    const char *word = model_word(model, state, thread);
    struct turn turn = {.model = model,
                        .state = state,
                        .next = *state,
                        .thread = thread,
                        .i = *word == 'L' ? 0 : turn_thing(word), /* mutex 0, for whatever */
                        .verb = *word};
    step_function *step;

    turn.self = &turn.next.threads[thread];
    if (turn.self->unborn || turn.self->phase == AT_BARRIER || turn.self->phase == AT_FUTEX)
        return false;
    if (turn.self->phase != AT_WORD)
        return steps_inside[turn.self->phase](&turn);
    if (*word == '\0')
        return comes_to_its_end(&turn);
    if (model_is_cancelled(turn.self) && is_cancellation_point(*word))
        return turn_dies(&turn);
    step = steps_of_words[(unsigned char)*word];
    return step != NULL ? step(&turn) : does_nothing(&turn);
}

/* XSH pthread_cond_wait(): "Spurious wakeups ... may occur." But a cancelled thread
 * does not return from it (2.9.5.2). */
void model_wake_causeless(struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    struct state next = *state;

    if (self->woken == MODEL_SPURIOUS)
        return;
    if (self->phase == AT_FUTEX) { /* futex(2): "a return value of 0 can mean a spurious wake-up" */
        next.threads[thread].woken++;
        turn_leave_futex(&next, thread, model);
        model_visit(model, &next);
        return;
    }
    if ((self->phase != WAITS && self->phase != WAITS_LIMITED) || model_is_cancelled(self))
        return;
    next.threads[thread].phase = WOKEN;
    next.threads[thread].woken++;
    model_visit(model, &next);
}

bool model_looks_in_vain(const struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    const char *word = model_word(model, state, thread);
    int i = turn_thing(word);

    if (self->unborn || self->phase != AT_WORD)
        return false;
    switch (*word) {
    case 'k':
        return state->owner[i] == NOBODY && state->plain[i] == 0 && !model_is_cancelled(self);
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
           state->owner[ROBUST] != thread + 1 && !state->threads[thread].keeps;
}
