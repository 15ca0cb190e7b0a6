/*
 * What each word of interpret.c may do, as POSIX.1-2017 and C17 have it; those
 * about locks are in explore_locks.c, those of interpret_system.h in explore_calls.c. The clauses stand beside the steps.
 */
#include "explore_turn.h"

#include <stdio.h>
#include <string.h>

enum { ONCE_OVER = 255 };

uint8_t turn_number(const struct turn *turn)
{
    return (uint8_t)(turn->thread + 1);
}

static int thing_of(const char *word)
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

/* Memory: under sequential consistency an atomic access is one step (C17, 5.1.2.4),
 * the increment of what is not atomic two. ------------------------------------------- */

int8_t turn_written(const struct turn *turn)
{
    return (int8_t)(((int)turn->thread + 1 + 2 * (turn->self->words + 1)) % 7);
}

static bool reads(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->plain[turn->i]);
}

static bool writes(struct turn *turn)
{
    turn->next.plain[turn->i] = turn_written(turn);
    return turn_ends(turn);
}

static bool increments(struct turn *turn)
{
    turn->self->held = (uint8_t)turn->state->plain[turn->i];
    return turn_goes_to(turn, HAS_READ);
}

static bool has_read(struct turn *turn)
{
    turn->next.plain[turn->i] = (int8_t)(turn->self->held + 1);
    return turn_ends(turn);
}

static bool loads(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->atomic[turn->i]);
}

static bool stores(struct turn *turn)
{
    turn->next.atomic[turn->i] = turn->verb == 'H' ? 0 : turn_written(turn);
    return turn_ends(turn);
}

/* C17, 7.17.7.3 and 7.17.7.5: what was there before is the result. */
static bool updates(struct turn *turn)
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
static bool compares(struct turn *turn)
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
static bool looks_at_atomic(struct turn *turn)
{
    return turn->state->atomic[turn->i] == 0 ||
           turn_ends_seeing(turn, turn->state->atomic[turn->i]);
}

static bool spins(struct turn *turn)
{
    int old = turn->state->atomic[turn->i];

    if (old == 0 || turn->verb == 'h')
        turn->next.atomic[turn->i] = 1;
    return old == 0 ? turn_ends(turn) : turn_goes_on(turn);
}

/* Semaphores, barriers, once ------------------------------------------------------- */

static bool posts(struct turn *turn)
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

static bool waits_for_semaphore(struct turn *turn)
{
    return counts_down(turn) && turn_ends(turn);
}

/* sem_trywait(); and sem_timedwait(), which is never late when it need not wait. */
static bool tries_semaphore(struct turn *turn)
{
    return turn_ends_seeing(turn, !counts_down(turn));
}

static bool counts(struct turn *turn)
{
    return turn_ends_seeing(turn, turn->state->count[turn->i]);
}

/* XSH pthread_barrier_wait(): one of them, here the last, is told so. */
static bool arrives(struct turn *turn)
{
    uint8_t *missing = &turn->next.missing[turn->i];

    if (*missing == 0)
        *missing = turn->i == 2 ? 3 : 2;
    turn->self->thing = (uint8_t)turn->i;
    if (--*missing > 0)
        return turn_goes_to(turn, AT_BARRIER);
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (turn->next.threads[t].phase == AT_BARRIER && turn->next.threads[t].thing == turn->i)
            turn->next.threads[t].phase = LEFT_BARRIER;
    return turn_ends_seeing(turn, 1);
}

static bool leaves(struct turn *turn)
{
    return turn_ends_seeing(turn, 0);
}

/* XSH pthread_once(): nobody returns before the routine has. C17, 7.26.2.1: nor
 * from call_once(). */
static bool calls_once(struct turn *turn)
{
    if (turn->state->once[turn->i] == ONCE_OVER)
        return turn_ends(turn);
    if (turn->state->once[turn->i] != 0)
        return false;
    turn->next.once[turn->i] = turn_number(turn);
    return turn_goes_to(turn, ONCE_ADDS);
}

static bool once_adds(struct turn *turn)
{
    turn->next.atomic[turn->i]++;
    return turn_goes_to(turn, ONCE_WRITES);
}

static bool once_writes(struct turn *turn)
{
    turn->next.plain[turn->i] = 5;
    return turn_goes_to(turn, ONCE_ENDS);
}

static bool once_ends(struct turn *turn)
{
    turn->next.once[turn->i] = ONCE_OVER;
    return turn_ends(turn);
}

/* The rest ------------------------------------------------------------------------- */

/* XSH write(), read(): bytes come out as they went in. */
static bool sends(struct turn *turn)
{
    uint8_t *size = &turn->next.pipe_size[turn->i];

    if (*size == PIPE_BYTES)
        turn->model->outcomes->too_many = true;
    else
        turn->next.pipe[turn->i][(*size)++] = (uint8_t)turn_written(turn);
    return turn_ends(turn);
}

static bool receives(struct turn *turn)
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

static bool polls(struct turn *turn)
{
    return turn_ends_seeing(turn,
                            turn->state->pipe_size[turn->i] > 0 || turn->state->closed[turn->i]);
}

static bool keeps(struct turn *turn)
{
    turn->self->keeps |= (uint8_t)(turn->i + 1);
    return turn_ends(turn);
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

/* futex(2): whoever finds another value does not wait. */
static bool waits_at_futex(struct turn *turn)
{
    return turn->state->atomic[turn->i] != 0 ? turn_ends_seeing(turn, 1)
                                             : turn_goes_to(turn, AT_FUTEX);
}

static void leave_futex(struct state *next, size_t thread, struct model *model)
{
    struct turn turn = {.model = model, .next = *next, .thread = thread};

    turn.self = &turn.next.threads[thread];
    turn_sees(&turn, 0);
    skip_word(&turn);
    *next = turn.next;
}

/* ... any of those that do, and it goes on behind its word. */
static bool wakes_at_futex(struct turn *turn)
{
    bool any = false;

    for (size_t t = 0; t < turn->model->thread_count; t++)
        if (turn->state->threads[t].phase == AT_FUTEX &&
            thing_of(model_word(turn->model, turn->state, t)) == turn->i) {
            struct turn one = *turn;

            any = true;
            leave_futex(&one.next, t, turn->model);
            one.self = &one.next.threads[turn->thread];
            turn_ends_seeing(&one, 1);
        }
    return any || turn_ends_seeing(turn, 0);
}

static bool cancels(struct turn *turn)
{
    turn->next.threads[turn->i - 1].cancelled = 1;
    return turn_ends(turn);
}

static bool prints(struct turn *turn)
{
    struct state *next = &turn->next;
    size_t room = sizeof next->output - next->output_size;
    int size = snprintf(next->output + next->output_size, room, "%d:%x\n", turn_number(turn),
                        (unsigned)turn->self->seen);

    next->output_size = (uint8_t)(next->output_size + size);
    return turn_ends(turn);
}

static bool exits(struct turn *turn)
{
    turn->next.ended = 1;
    turn->next.status = turn_number(turn);
    return turn_ends(turn);
}

static bool sleeps(struct turn *turn)
{
    return model_is_cancelled(turn->self) ? turn_dies(turn) : turn_goes_to(turn, AT_WORD);
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
};

/* XSH 2.9.5.2, of those that "shall" be: sem_wait(), sem_timedwait(), nanosleep(),
 * read(), write(), poll(), sigwait(), sigtimedwait(), pthread_join(), close(),
 * pthread_testcancel(). Of a condition's wait see waits_on(). */
static bool is_cancellation_point(char verb)
{
    return strchr("PMz<>?+-:^!J[*", verb) != NULL;
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
    if (turn.self->phase == AT_BARRIER || turn.self->phase == AT_FUTEX)
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
        leave_futex(&next, thread, model);
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
    int i = thing_of(word);

    if (self->phase != AT_WORD)
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
