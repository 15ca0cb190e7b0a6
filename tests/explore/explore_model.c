#include "explore_model.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NOBODY = 0 }; /* threads count from 1 here */

/* Where in a word a thread is. */
enum phase {
    AT_WORD,
    HAS_READ,
    WAITS,
    WAITS_LIMITED,
    WOKEN,
    WOKEN_LATE,
    AT_BARRIER,
    LEFT_BARRIER,
    HAS_LOCKED,
    HAS_LOOKED
};

struct thread_state {
    uint16_t at; /* in its script */
    uint8_t words, phase, thing, held;
    uint16_t woken; /* so often without cause */
    uint32_t seen;
};

struct state {
    struct thread_state threads[MODEL_THREADS];
    int32_t plain[MODEL_THINGS], atomic[MODEL_THINGS];
    uint8_t owner[MODEL_THINGS], writer[MODEL_THINGS], count[MODEL_THINGS];
    uint8_t readers[MODEL_THINGS][MODEL_THREADS], missing[MODEL_THINGS];
    uint8_t output_size, ended, status;
    char output[MODEL_OUTPUT];
};

struct model {
    const char *const *scripts;
    size_t thread_count, most;
    struct model_outcomes *outcomes;
    struct state *seen; /* hashed, with open addressing */
    uint8_t *used;
    size_t slots;
};

/* States seen ----------------------------------------------------------------- */

static size_t hash(const struct state *state)
{
    const unsigned char *bytes = (const unsigned char *)state;
    uint64_t value = 14695981039346656037u;

    for (size_t i = 0; i < sizeof *state; i++)
        value = (value ^ bytes[i]) * 1099511628211u;
    return (size_t)(value ^ value >> 29);
}

/* False when it was there, or when there is no room. */
static bool remember(struct model *model, const struct state *state)
{
    size_t slot = hash(state) % model->slots;

    while (model->used[slot]) {
        if (memcmp(&model->seen[slot], state, sizeof *state) == 0)
            return false;
        slot = (slot + 1) % model->slots;
    }
    if (model->outcomes->states >= model->most) {
        model->outcomes->too_many = true;
        return false;
    }
    model->used[slot] = 1;
    model->seen[slot] = *state;
    model->outcomes->states++;
    return true;
}

/* Outcomes -------------------------------------------------------------------- */

void model_add(struct model_outcomes *outcomes, const char *text)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (strcmp(outcomes->list[i], text) == 0)
            return;
    if (outcomes->count == outcomes->room) {
        outcomes->room = outcomes->room > 0 ? 2 * outcomes->room : 64;
        outcomes->list = realloc(outcomes->list, outcomes->room * sizeof *outcomes->list);
        if (outcomes->list == NULL)
            abort();
    }
    outcomes->list[outcomes->count] = malloc(strlen(text) + 1);
    strcpy(outcomes->list[outcomes->count++], text);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void model_sort(struct model_outcomes *outcomes)
{
    if (outcomes->count > 0)
        qsort(outcomes->list, outcomes->count, sizeof *outcomes->list, compare);
}

void model_free(struct model_outcomes *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++)
        free(outcomes->list[i]);
    free(outcomes->list);
    *outcomes = (struct model_outcomes){0};
}

static void end_with(const struct model *model, const struct state *state, const char *ending)
{
    char text[MODEL_OUTPUT + 32];

    snprintf(text, sizeof text, "%s|%.*s", ending, state->output_size, state->output);
    model_add(model->outcomes, text);
}

/* Words ----------------------------------------------------------------------- */

static const char *word_of(const struct model *model, const struct state *state, size_t thread)
{
    return model->scripts[thread] + state->threads[thread].at;
}

static int thing_of(const char *word)
{
    return word[1] >= '0' && word[1] <= '9' ? word[1] - '0' : 0;
}

static void skip_word(const struct model *model, struct state *state, size_t thread)
{
    const char *word = word_of(model, state, thread);
    size_t length = strcspn(word, " ");

    state->threads[thread].at =
        (uint16_t)(state->threads[thread].at + length + (word[length] == ' '));
    state->threads[thread].words++;
    state->threads[thread].phase = AT_WORD;
    state->threads[thread].held = 0;
}

static void see(struct state *state, size_t thread, int value)
{
    struct thread_state *self = &state->threads[thread];

    self->seen = (8 * self->seen + (uint32_t)value + 1) & 0xffffff;
}

static bool has_readers(const struct state *state, int thing)
{
    for (size_t i = 0; i < MODEL_THREADS; i++)
        if (state->readers[thing][i] > 0)
            return true;
    return false;
}

static int written(const struct state *state, size_t thread)
{
    return ((int)thread + 1 + 2 * (state->threads[thread].words + 1)) % 7;
}

static void print(struct state *state, size_t thread)
{
    int size =
        snprintf(state->output + state->output_size, sizeof state->output - state->output_size,
                 "%d:%x\n", (int)thread + 1, (unsigned)state->threads[thread].seen);

    state->output_size = (uint8_t)(state->output_size + size);
}

/* Steps: each makes `next` of a copy of the state, or says that there is none. */

static bool can_take(const struct state *state, char verb, int i)
{
    switch (verb) {
    case 'l':
    case 'k':
        return state->owner[i] == NOBODY;
    case 'a':
    case 'A':
        return state->atomic[i] != 0;
    case 'P':
        return state->count[i] > 0;
    case 'e':
        return state->writer[i] == NOBODY;
    case 'f':
        return state->writer[i] == NOBODY && !has_readers(state, i);
    default:
        return true;
    }
}

static void leave_barrier(struct state *state, int i)
{
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (state->threads[t].phase == AT_BARRIER && state->threads[t].thing == i)
            state->threads[t].phase = LEFT_BARRIER;
}

static void arrive(const struct model *model, struct state *state, size_t thread, int i)
{
    if (state->missing[i] == 0)
        state->missing[i] = 2;
    if (--state->missing[i] > 0) {
        state->threads[thread].phase = AT_BARRIER;
        state->threads[thread].thing = (uint8_t)i;
        return;
    }
    leave_barrier(state, i);
    see(state, thread, 1);
    skip_word(model, state, thread);
}

static void unlock(struct state *state, size_t thread, int i)
{
    if (state->owner[i] != thread + 1)
        state->ended = 2;
    state->owner[i] = NOBODY;
}

static void unlock_rw(struct state *state, size_t thread, int i)
{
    if (state->writer[i] == thread + 1)
        state->writer[i] = NOBODY;
    else if (state->readers[i][thread] > 0)
        state->readers[i][thread]--;
    else
        state->ended = 2;
}

static void begin_wait(struct state *state, size_t thread, int i, bool limited)
{
    unlock(state, thread, i);
    state->threads[thread].phase = limited ? WAITS_LIMITED : WAITS;
    state->threads[thread].thing = (uint8_t)i;
}

static bool waits_on(const struct state *state, size_t thread, int i)
{
    const struct thread_state *other = &state->threads[thread];

    return (other->phase == WAITS || other->phase == WAITS_LIMITED) && other->thing == i;
}

static void wake_all(struct state *state, int i)
{
    for (size_t t = 0; t < MODEL_THREADS; t++)
        if (waits_on(state, t, i))
            state->threads[t].phase = WOKEN;
}

/* What takes one step and ends the word. */
static void do_word(struct state *state, size_t thread, char verb, int i)
{
    switch (verb) {
    case 'r':
        see(state, thread, state->plain[i]);
        break;
    case 'a':
    case 'A':
    case 'R':
        see(state, thread, state->atomic[i]);
        break;
    case 'w':
        state->plain[i] = written(state, thread);
        break;
    case 'W':
        state->atomic[i] = written(state, thread);
        break;
    case 'I':
        state->atomic[i]++;
        break;
    case 'l':
        state->owner[i] = (uint8_t)(thread + 1);
        break;
    case 'u':
        unlock(state, thread, i);
        break;
    case 'P':
        state->count[i]--;
        break;
    case 'V':
        state->count[i]++;
        break;
    case 'Q':
        see(state, thread, state->count[i] == 0);
        if (state->count[i] > 0)
            state->count[i]--;
        break;
    case 'e':
        state->readers[i][thread]++;
        break;
    case 'f':
        state->writer[i] = (uint8_t)(thread + 1);
        break;
    case 'g':
        unlock_rw(state, thread, i);
        break;
    case 'b':
        wake_all(state, i);
        break;
    case 'p':
        print(state, thread);
        break;
    case 'x':
        state->ended = 1;
        state->status = (uint8_t)(thread + 1);
        break;
    }
}

static void visit(struct model *model, const struct state *state);

/* A signal wakes any one of those who wait. */
static void visit_signals(struct model *model, const struct state *state, size_t thread, int i)
{
    bool any = false;

    for (size_t t = 0; t < model->thread_count; t++)
        if (waits_on(state, t, i)) {
            struct state next = *state;

            any = true;
            next.threads[t].phase = WOKEN;
            skip_word(model, &next, thread);
            visit(model, &next);
        }
    if (!any) {
        struct state next = *state;

        skip_word(model, &next, thread);
        visit(model, &next);
    }
}

static void visit_try(struct model *model, const struct state *state, size_t thread, int i)
{
    struct state next = *state;
    bool taken = state->owner[i] != NOBODY;

    see(&next, thread, taken);
    skip_word(model, &next, thread);
    if (taken && *word_of(model, &next, thread) != '\0')
        skip_word(model, &next, thread);
    if (!taken)
        next.owner[i] = (uint8_t)(thread + 1);
    visit(model, &next);
}

static void visit_word(struct model *model, const struct state *state, size_t thread)
{
    const char *word = word_of(model, state, thread);
    int i = thing_of(word);
    struct state next = *state;

    if (!can_take(state, *word, i))
        return;
    if (*word == 's') {
        visit_signals(model, state, thread, i);
        return;
    }
    if (*word == 't') {
        visit_try(model, state, thread, i);
        return;
    }
    if (*word == 'i') {
        next.threads[thread].phase = HAS_READ;
        next.threads[thread].held = (uint8_t)state->plain[i];
    } else if (*word == 'c' || *word == 'd') {
        begin_wait(&next, thread, i, *word == 'd');
    } else if (*word == 'k') {
        next.owner[i] = (uint8_t)(thread + 1);
        next.threads[thread].phase = HAS_LOCKED;
    } else if (*word == 'B') {
        arrive(model, &next, thread, i);
    } else {
        do_word(&next, thread, *word, i);
        skip_word(model, &next, thread);
    }
    visit(model, &next);
}

/* The mutex comes back, and with it the word is done. */
static void visit_relock(struct model *model, const struct state *state, size_t thread)
{
    struct state next = *state;
    const char *word = word_of(model, state, thread);
    int i = thing_of(word);

    if (state->owner[i] != NOBODY)
        return;
    next.owner[i] = (uint8_t)(thread + 1);
    if (*word == 'd')
        see(&next, thread, state->threads[thread].phase == WOKEN_LATE);
    skip_word(model, &next, thread);
    visit(model, &next);
}

/* One look with the lock: until it finds something. */
static void visit_look(struct model *model, const struct state *state, size_t thread)
{
    struct state next = *state;
    struct thread_state *self = &next.threads[thread];
    int i = thing_of(word_of(model, state, thread));

    if (self->phase == HAS_LOCKED) {
        self->phase = HAS_LOOKED;
        self->held = (uint8_t)state->plain[i];
    } else {
        next.owner[i] = NOBODY;
        self->phase = AT_WORD;
        if (self->held != 0) {
            see(&next, thread, self->held);
            skip_word(model, &next, thread);
        }
    }
    visit(model, &next);
}

static void visit_thread(struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    struct state next = *state;

    switch ((enum phase)self->phase) {
    case AT_WORD:
        if (*word_of(model, state, thread) != '\0')
            visit_word(model, state, thread);
        break;
    case HAS_READ:
        next.plain[thing_of(word_of(model, state, thread))] = self->held + 1;
        skip_word(model, &next, thread);
        visit(model, &next);
        break;
    case WAITS_LIMITED:
        next.threads[thread].phase = WOKEN_LATE;
        visit(model, &next);
        break;
    case WOKEN:
    case WOKEN_LATE:
        visit_relock(model, state, thread);
        break;
    case LEFT_BARRIER:
        see(&next, thread, 0);
        skip_word(model, &next, thread);
        visit(model, &next);
        break;
    case HAS_LOCKED:
    case HAS_LOOKED:
        visit_look(model, state, thread);
        break;
    case WAITS:
    case AT_BARRIER:
        break;
    }
}

/* Would it look, find nothing, and be where it was? */
static bool looks_in_vain(const struct model *model, const struct state *state, size_t thread)
{
    const char *word = word_of(model, state, thread);
    int i = thing_of(word);

    return state->threads[thread].phase == AT_WORD &&
           ((*word == 'k' && state->owner[i] == NOBODY && state->plain[i] == 0) ||
            ((*word == 'a' || *word == 'A') && state->atomic[i] == 0));
}

/* Nobody went on: all are done, or stuck. */
static void end_here(const struct model *model, const struct state *state)
{
    bool done = true, waits = false, looks = false;

    for (size_t t = 0; t < model->thread_count; t++) {
        done = done && *word_of(model, state, t) == '\0';
        waits = waits || state->threads[t].phase == WAITS;
        looks = looks || looks_in_vain(model, state, t);
    }
    end_with(model, state,
             done    ? "exit 0"
             : looks ? "livelock"
             : waits ? "lost wake-up"
                     : "deadlock");
}

static bool can_go_on(const struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    const char *word = word_of(model, state, thread);

    switch ((enum phase)self->phase) {
    case AT_WORD:
        return *word != '\0' && can_take(state, *word, thing_of(word));
    case WOKEN:
    case WOKEN_LATE:
        return state->owner[thing_of(word)] == NOBODY;
    case WAITS:
    case AT_BARRIER:
        return false;
    default:
        return true;
    }
}

/* It wakes up though nobody has woken it: at any time, but nobody relies on it. */
static void visit_causeless(struct model *model, const struct state *state, size_t thread)
{
    const struct thread_state *self = &state->threads[thread];
    struct state next = *state;

    if ((self->phase != WAITS && self->phase != WAITS_LIMITED) || self->woken == MODEL_SPURIOUS)
        return;
    next.threads[thread].phase = WOKEN;
    next.threads[thread].woken++;
    visit(model, &next);
}

static void visit(struct model *model, const struct state *state)
{
    char ending[32];
    bool any = false;

    if (!remember(model, state))
        return;
    if (state->ended) {
        snprintf(ending, sizeof ending, state->ended == 1 ? "exit %d" : "misuse", state->status);
        end_with(model, state, ending);
        return;
    }
    for (size_t t = 0; t < model->thread_count; t++)
        if (can_go_on(model, state, t)) {
            any = any || !looks_in_vain(model, state, t);
            visit_thread(model, state, t);
        }
    for (size_t t = 0; t < model->thread_count; t++)
        visit_causeless(model, state, t);
    if (!any)
        end_here(model, state);
}

void model_run(const char *const scripts[], size_t thread_count, size_t most,
               struct model_outcomes *outcomes)
{
    struct model model = {
        .scripts = scripts,
        .thread_count = thread_count,
        .most = most,
        .outcomes = outcomes,
        .slots = 2 * most + 1,
    };
    struct state state;

    *outcomes = (struct model_outcomes){0};
    memset(&state, 0, sizeof state); /* states are compared bytewise */
    model.seen = malloc(model.slots * sizeof *model.seen);
    model.used = calloc(model.slots, 1);
    if (model.seen == NULL || model.used == NULL)
        abort();
    visit(&model, &state);
    free(model.seen);
    free(model.used);
    model_sort(outcomes);
}
