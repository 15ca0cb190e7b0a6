#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore_state.h"

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

/* Every state ------------------------------------------------------------------- */

const char *model_word(const struct model *model, const struct state *state, size_t thread)
{
    return model->scripts[thread] + state->threads[thread].at;
}

static bool is_detached(const struct model *model, size_t thread)
{
    return model->scripts[thread][0] == '&';
}

/* Made by another thread, not by main(). */
static bool is_made_later(const struct model *model, size_t thread)
{
    const char make[] = {'|', (char)('1' + thread), '\0'};

    for (size_t t = 0; t < model->thread_count; t++)
        if (strstr(model->scripts[t], make) != NULL)
            return true;
    return false;
}

/* main() waits neither for such a one nor for whom another thread is to join. */
static bool is_left(const struct model *model, size_t thread)
{
    const char join[] = {'J', (char)('1' + thread), '\0'};

    for (size_t t = 0; t < model->thread_count; t++)
        if (strstr(model->scripts[t], join) != NULL)
            return true;
    return is_detached(model, thread);
}

/* main() may return, which ends the others; whoever is to be made has not been, when
 * who was to make it is done (XSH exit(), C17 5.1.2.2.3). */
static bool has_joined(const struct model *model, const struct state *state)
{
    for (size_t t = 0; t < model->thread_count; t++)
        if (!is_left(model, t) && !state->threads[t].unborn && !model_is_done(model, state, t))
            return false;
    return true;
}

/* Nobody went on, and somebody should have. */
static const char *way_of_being_stuck(const struct model *model, const struct state *state)
{
    bool waits = false;

    for (size_t t = 0; t < model->thread_count; t++) {
        if (model_looks_in_vain(model, state, t))
            return "livelock";
        waits = waits || state->threads[t].phase == WAITS || state->threads[t].phase == AT_FUTEX;
    }
    return waits ? "lost wake-up" : "deadlock";
}

/* Whether anybody did, but for looking at what has not changed. */
static bool visit_all(struct model *model, const struct state *state)
{
    bool any = false;

    for (size_t t = 0; t < model->thread_count; t++)
        if (model_step(model, state, t))
            any = any || !model_looks_in_vain(model, state, t);
    for (size_t t = 0; t < model->thread_count; t++)
        model_wake_causeless(model, state, t);
    return any;
}

void model_visit(struct model *model, const struct state *state)
{
    char ending[32];
    bool joined = has_joined(model, state);

    if (!remember(model, state))
        return;
    if (state->ended) {
        snprintf(ending, sizeof ending, state->ended == 1 ? "exit %d" : "misuse", state->status);
        end_with(model, state, ending);
        return;
    }
    if (joined)
        end_with(model, state, "exit 0");
    if (!visit_all(model, state) && !joined)
        end_with(model, state, way_of_being_stuck(model, state));
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
    for (size_t t = 0; t < thread_count; t++) {
        state.threads[t].at = scripts[t][0] == '&' || scripts[t][0] == '_';
        state.threads[t].unborn = is_made_later(&model, t);
    }
    state.count[1] = 1;
    state.count[2] = 2;
    model.seen = malloc(model.slots * sizeof *model.seen);
    model.used = calloc(model.slots, 1);
    if (model.seen == NULL || model.used == NULL)
        abort();
    model_visit(&model, &state);
    free(model.seen);
    free(model.used);
    model_sort(outcomes);
}
