#include "graph_search.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sets of texts --------------------------------------------------------------- */

static size_t slot_of(const struct texts *texts, const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (const char *c = text; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
    for (size_t slot = hash % texts->room;; slot = (slot + 1) % texts->room)
        if (texts->list[slot] == NULL || strcmp(texts->list[slot], text) == 0)
            return slot;
}

static void texts_grow(struct texts *texts)
{
    struct texts more = {.room = 2 * texts->room + 64, .count = texts->count};

    more.list = calloc(more.room, sizeof *more.list);
    for (size_t i = 0; i < texts->room; i++)
        if (texts->list[i] != NULL)
            more.list[slot_of(&more, texts->list[i])] = texts->list[i];
    free(texts->list);
    *texts = more;
}

/* True when it was not there. */
bool texts_add(struct texts *texts, const char *text)
{
    size_t slot;

    if (2 * texts->count >= texts->room)
        texts_grow(texts);
    slot = slot_of(texts, text);
    if (texts->list[slot] != NULL)
        return false;
    texts->list[slot] = strdup(text);
    texts->count++;
    return true;
}

bool texts_have(const struct texts *texts, const char *text)
{
    return texts->room > 0 && texts->list[slot_of(texts, text)] != NULL;
}

void texts_free(struct texts *texts)
{
    for (size_t i = 0; i < texts->room; i++)
        free(texts->list[i]);
    free(texts->list);
    *texts = (struct texts){0};
}

/* What is found --------------------------------------------------------------- */

void found_free(struct found *found)
{
    texts_free(&found->states);
    texts_free(&found->whole);
    texts_free(&found->stuck);
    texts_free(&found->seen);
}

/* An event's place in its thread, without what is no behaviour. */
static int lasting_index(const struct graph *graph, int event)
{
    int index = 0;

    for (int i = graph->events[event].before; i != NO_EVENT; i = graph->events[i].before)
        index += !graph_waits(graph, i);
    return index;
}

static size_t write_name(const struct graph *graph, int event, char *text)
{
    const struct event_node *node = &graph->events[event];

    if (node->thread == NO_THREAD)
        return (size_t)sprintf(text, "i");
    return (size_t)sprintf(text, "%c%d", 'a' + node->thread, lasting_index(graph, event));
}

/* rf and co, by the lasting names of events. */
void graph_key(const struct graph *graph, char key[KEY])
{
    char *end = key;

    for (unsigned thread = 0; thread < LITMUS_THREADS; thread++, *end++ = '|')
        for (int i = 0; i < graph->count; i++) {
            if (graph->events[i].thread != thread || graph_waits(graph, i))
                continue;
            *end++ = '.';
            if (graph->events[i].kind == EVENT_READ)
                end += write_name(graph, graph->events[i].rf, end);
        }
    for (int i = 0; i < graph->locations; i++, *end++ = '/')
        for (int write = graph->initial[i]; write != NO_EVENT; write = graph->events[write].next)
            end += write_name(graph, write, end);
    *end = '\0';
    assert(end - key < KEY);
}

void litmus_ask(const struct litmus *program, const struct graph *graph, struct asked *asked)
{
    memset(asked, 0, sizeof *asked);
    for (int i = 0; i < program->threads; i++)
        asked->states[i] =
            litmus_next(program, graph, (unsigned)i, asked->registers, &asked->labels[i]);
}

bool litmus_have_ended(const struct litmus *program, const struct asked *asked)
{
    for (int i = 0; i < program->threads; i++)
        if (asked->states[i] != LITMUS_ENDED)
            return false;
    return true;
}

void found_take_state(struct found *found, const struct graph *graph, const struct asked *asked)
{
    char text[KEY];

    litmus_state_text(found->program, graph, asked->registers, text, sizeof text);
    texts_add(&found->states, text);
}

/* The search ------------------------------------------------------------------ */

/* Children to be visited, the last one first. */
struct pending {
    struct pending *below;
    struct graph graph;
};

static void keep_child(void *context, const struct graph *graph, bool forward)
{
    struct pending **top = context, *fresh = malloc(sizeof *fresh);

    (void)forward;
    if (fresh == NULL)
        abort();
    graph_copy(&fresh->graph, graph);
    fresh->below = *top;
    *top = fresh;
}

static bool is_deadlock(const struct graph *graph)
{
    for (unsigned i = 0; i < LITMUS_THREADS; i++)
        if (graph->last[i] != NO_EVENT && graph_waits(graph, graph->last[i]) &&
            !trust_is_stuck(graph, graph->last[i]))
            return false;
    return true;
}

static void report(struct found *found, const struct graph *graph, const struct asked *asked)
{
    bool ended = litmus_have_ended(found->program, asked);
    char key[KEY];

    graph_key(graph, key);
    if (!ended && !is_deadlock(graph)) {
        found->blocked++;
        return;
    }
    found->duplicates += !texts_add(ended ? &found->whole : &found->stuck, key);
    *(ended ? &found->executions : &found->deadlocks) += 1;
    if (ended)
        found_take_state(found, graph, asked);
}

static void visit(struct found *found, const struct graph *graph, struct pending **top)
{
    const struct trust trust = {found->memory, keep_child, top};
    struct asked asked;
    int best = -1;

    litmus_ask(found->program, graph, &asked);
    for (int i = 0; i < found->program->threads; i++)
        if (asked.states[i] == LITMUS_ASKS &&
            (best < 0 || trust_before(graph, (unsigned)i, &asked.labels[i], (unsigned)best,
                                      &asked.labels[best])))
            best = i;
    if (best < 0)
        report(found, graph, &asked);
    else
        trust_extend(&trust, graph, (unsigned)best, &asked.labels[best]);
}

void found_search(struct found *found, const struct litmus *program, enum memory memory)
{
    struct pending *top = calloc(1, sizeof *top), *next;

    if (top == NULL)
        abort();
    *found = (struct found){.program = program, .memory = memory};
    litmus_begin(program, &top->graph);
    while ((next = top) != NULL) {
        top = next->below;
        visit(found, &next->graph, &top);
        free(next);
    }
}
