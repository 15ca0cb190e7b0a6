#define _GNU_SOURCE
#include "litmus_language.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reading --------------------------------------------------------------------- */

static int number_of(char names[][8], int *count, const char *name)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    assert(*count < LITMUS_NAMES);
    snprintf(names[*count], 8, "%s", name);
    return (*count)++;
}

static memory_order order_of(const char *word)
{
    return strcmp(word, "rlx") == 0   ? memory_order_relaxed
           : strcmp(word, "acq") == 0 ? memory_order_acquire
           : strcmp(word, "rel") == 0 ? memory_order_release
           : strcmp(word, "ar") == 0  ? memory_order_acq_rel
                                      : memory_order_seq_cst;
}

static struct litmus_operation parse_operation(struct litmus *program, const char *text)
{
    struct litmus_operation op = {.reg = -1, .location = -1};
    char words[6][8] = {{0}};
    int count = sscanf(text, "%7s %7s %7s %7s %7s %7s", words[0], words[1], words[2], words[3],
                       words[4], words[5]);
    int at = 1;

    assert(count > 1);
    op.kind = words[0][0];
    if (strchr("RXACB", op.kind) != NULL)
        op.reg = number_of(program->register_names, &program->registers, words[at++]);
    if (strchr("WRXACLUPS", op.kind) != NULL)
        op.location = number_of(program->location_names, &program->locations, words[at++]);
    if (op.kind == 'C')
        op.expected = atoi(words[at++]);
    if (strchr("WXACB", op.kind) != NULL)
        op.value = atoi(words[at++]);
    op.order = order_of(words[count - 1]);
    return op;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void parse_threads(struct litmus *program, const char *source)
{
    char *text = strdup(source), *threads = text, *thread;

    assert(text != NULL);
    for (program->threads = 0; threads != NULL; program->threads++) {
        int *length = &program->lengths[program->threads];
        char *end = strstr(threads, "||"), *save;

        assert(program->threads < LITMUS_THREADS);
        thread = threads;
        threads = end != NULL ? end + 2 : NULL;
        if (end != NULL)
            *end = '\0';
        *length = 0;
        for (char *op = strtok_r(thread, ";", &save); op != NULL; op = strtok_r(NULL, ";", &save))
            program->operations[program->threads][(*length)++] = parse_operation(program, op);
    }
    free(text);
}

void litmus_parse(struct litmus *program, const char *text)
{
    memset(program, 0, sizeof *program);
    parse_threads(program, text); /* finds the names */
    qsort(program->location_names, (size_t)program->locations, 8, by_name);
    parse_threads(program, text);
}

/* Threads --------------------------------------------------------------------- */

/* The thread's n-th event; failed attempts at a mutex are none. */
static int event_of(const struct graph *graph, unsigned thread, int n)
{
    for (int i = 0; i < graph->count; i++)
        if (graph->events[i].thread == thread && !graph_is_failed_attempt(graph, i) && n-- == 0)
            return i;
    return NO_EVENT;
}

static bool is_next_wait(const struct litmus_operation *op, int left)
{
    return left > 1 && op[1].kind == 'B' && op[1].reg == op->reg;
}

static struct label label_of(const struct litmus_operation *op, int left)
{
    struct label label = {
        .kind = LABEL_UPDATE,
        .order = op->order,
        .failure = op->order,
        .size = 4,
        .location = (uint16_t)op->location,
        .cause = NO_EVENT,
        .operand = (uint64_t)op->value,
    };

    if (op->kind == 'W' || op->kind == 'U')
        label.kind = LABEL_WRITE;
    if (op->kind == 'R')
        label.kind = LABEL_READ;
    if (op->kind == 'F')
        label.kind = LABEL_FENCE;
    if (op->kind == 'A')
        label.result = RESULT_ADD;
    if (op->kind == 'C')
        label.condition = CONDITION_EQUAL, label.expected = (uint64_t)op->expected;
    if (op->kind == 'L')
        label.condition = CONDITION_EQUAL, label.operand = 1, label.awaits = label.lock = true;
    if (op->kind == 'L' || op->kind == 'U')
        label.order = op->kind == 'L' ? memory_order_acquire : memory_order_release;
    if (op->kind == 'P' || op->kind == 'S')
        label.operand = 1, label.result = op->kind == 'P' ? RESULT_ADD : RESULT_SUB,
        label.order = op->kind == 'P' ? memory_order_release : memory_order_acquire;
    if (op->kind == 'S')
        label.condition = CONDITION_POSITIVE, label.awaits = true;
    if (op->kind == 'R' && is_next_wait(op, left))
        label.condition = CONDITION_EQUAL, label.awaits = true,
        label.expected = (uint64_t)op[1].value;
    if (op->kind == 'C' && is_next_wait(op, left) && op[1].value == op->expected)
        label.awaits = true;
    return label;
}

/* The last event says that it wants a mutex which is taken: it asks again when that is free. */
static enum litmus_state ask(const struct graph *graph, unsigned thread, const struct label *label)
{
    int last = graph->last[thread];

    if (!label->lock || last == NO_EVENT || !graph_is_failed_attempt(graph, last))
        return LITMUS_ASKS;
    return graph->events[graph_last_write(graph, label->location)].value == 0 ? LITMUS_ASKS
                                                                              : LITMUS_WAITS;
}

enum litmus_state litmus_next(const struct litmus *program, const struct graph *graph,
                              unsigned thread, int registers[LITMUS_NAMES], struct label *label)
{
    int length = program->lengths[thread], done = 0;

    for (int i = 0; i < length; i++) {
        const struct litmus_operation *op = &program->operations[thread][i];
        int event;

        if (op->kind == 'B' && registers[op->reg] != op->value)
            return LITMUS_WAITS;
        if (op->kind == 'B')
            continue;
        *label = label_of(op, length - i);
        event = event_of(graph, thread, done++);
        if (event == NO_EVENT)
            return ask(graph, thread, label);
        if (graph_waits(graph, event))
            return LITMUS_WAITS;
        if (op->reg >= 0)
            registers[op->reg] = (int)graph_read_value(graph, event);
        if (graph->events[event].kind == EVENT_READ && graph_writes(graph, event))
            done++;
    }
    return LITMUS_ENDED;
}

void litmus_begin(const struct litmus *program, struct graph *graph)
{
    graph_begin(graph);
    for (int i = 0; i < program->locations; i++)
        graph_add_location(graph, 0);
}

void litmus_state_text(const struct litmus *program, const struct graph *graph,
                       const int registers[LITMUS_NAMES], char *text, size_t size)
{
    size_t length = 0;

    *text = '\0';
    for (int i = 0; i < program->registers; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s=%d", length > 0 ? " " : "",
                                   program->register_names[i], registers[i]);
    for (int i = 0; i < program->locations; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s=%d", length > 0 ? " " : "",
                                   program->location_names[i],
                                   (int)graph->events[graph_last_write(graph, i)].value);
}
