/*
 * A state graph as a JSON object, in this order, without what means nothing:
 *
 *     "graph": 1                the format's number
 *     "program": "NAME"
 *     "orders": 251             ways from the first state to an end; null: a
 *                               thread may turn in a loop as often as it likes
 *     "spurious": 0             wake-ups without cause that a thread may see
 *     "files": ["FILE", ...]    the first is the program's own
 *     "threads": ["main", ...]  by number
 *     "objects": [["mutex", "q->lock"], ...]
 *     "vars": ["count", ...]    variables whose value changes
 *     "outcomes": [{"end": "deadlock", "text": "...", "waits": ["..."]}, ...]
 *     "ops": [OP, ...]          what steps do, each once
 *     "states": [[[OP, NEXT], ...], ...]
 *
 * The first state is the beginning, a step of it leads by its OP to the state
 * NEXT; NEXT -1 is a thread that cannot go on, and OP what it wants. A state
 * [N] is an end, with the N-th outcome from 0, or [N, [OP, -1], ...] where
 * threads wait for ever.
 *
 * An OP is an object:
 *
 *     "t": 1            the thread
 *     "k": "lock"       what it does, in the words of a trace; "signalled" is
 *                       what a thread in a condition wait waits for
 *     "l": 140          the line, in the first file; or [FILE, LINE]
 *     "c": ["queue_put", FILE, LINE]   "l" calls that, and there it is done
 *     "o": 0            what it is about; "m" the mutex of a condition wait
 *     "w": 1            whom it creates or joins
 *     "v": -1           the value read or written
 *     "x": "..."        what it prints; with "e": 1 to stderr
 *     "f": 1            a try found it taken, a limit passed
 *     "b": 1            under TSO: a store that waits in its thread's buffer now;
 *                       a "flush" is the oldest that comes out
 *     "u": 1            a wake-up without cause, a call made to fail
 *     "a": 2            one of several ways in which it can come out: whom a
 *                       signal wakes ...
 *     "wakes": [1, 2]   threads in a condition wait that it signals
 *     "s": [[VAR, VALUE], ...]   variables that have changed by then
 *
 * Where there is no graph, the object has "graph", "program" and
 *
 *     "none": "has more than 6000 states"   why, as said of the program
 */
#define _GNU_SOURCE
#include "explore/states/write.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explore/base/json.h"
#include "explore/names/names.h"
#include "explore/names/places.h"
#include "explore/names/spelled.h"
#include "explore/names/symbols.h"
#include "explore/names/words.h"
#include "explore/run/state.h"

/* A list of texts, each once. */
struct texts {
    char **list;
    size_t count, room;
};

static size_t text_number(struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->list[i], text) == 0)
            return i;
    if (texts->count == texts->room) {
        texts->room = 2 * texts->room + 64;
        texts->list = realloc(texts->list, texts->room * sizeof *texts->list);
    }
    if (texts->list == NULL || (texts->list[texts->count] = strdup(text)) == NULL)
        abort();
    return texts->count++;
}

static struct texts files, objects, variables, ops;

/* Values ------------------------------------------------------------------------- */

/* Larger ones are addresses, which tell nobody anything. */
static bool is_told(int64_t value)
{
    return value > -1000000000 && value < 1000000000;
}

static int64_t signed_value(uint64_t value, uint32_t size)
{
    switch (size) {
    case 1:
        return (int8_t)value;
    case 2:
        return (int16_t)value;
    case 4:
        return (int32_t)value;
    default:
        return (int64_t)value;
    }
}

static bool is_access(enum op_kind kind)
{
    return kind == OP_READ || kind == OP_WRITE || kind == OP_UPDATE || kind == OP_FLUSH;
}

static bool has_value(enum op_kind kind)
{
    return is_access(kind) || kind == OP_SEM_WAIT || kind == OP_SEM_TRYWAIT || kind == OP_SEM_POST;
}

static void write_value(FILE *out, const struct event *event)
{
    int64_t value =
        signed_value(event->value, is_access(event->op.kind) ? event->op.touches[0].size : 8);

    if (has_value(event->op.kind) && is_told(value))
        fprintf(out, ",\"v\":%" PRId64, value);
}

/* "count.0" is a static variable of a function. */
static size_t variable_number(unsigned n)
{
    char *name = strdup(state_watched(n)), *dot = strchr(name, '.');
    size_t number;

    if (dot != NULL)
        *dot = '\0';
    number = text_number(&variables, name);
    free(name);
    return number;
}

static uint16_t arrays; /* bit n: variable n is one */

static void find_arrays(const struct state_graph *graph)
{
    for (size_t i = 0; i < graph->count; i++)
        for (uint32_t j = 0; j < graph->states[i].edge_count; j++) {
            const struct op *op = &graph->states[i].edges[j].step.event.op;

            for (unsigned n = 0; n < WATCHED_MOST && is_access(op->kind); n++)
                if (state_watches_more(n, op->touches[0].at, op->touches[0].size))
                    arrays |= (uint16_t)(1u << n);
        }
}

static void write_set(FILE *out, const struct seen_step *step)
{
    const char *comma = ",\"s\":[";

    for (unsigned i = 0; i < WATCHED_MOST; i++)
        if (((step->set & ~arrays) >> i & 1) != 0 && is_told(step->values[i])) {
            fprintf(out, "%s[%zu,%" PRId64 "]", comma, variable_number(i), step->values[i]);
            comma = ",";
        }
    if (*comma == ',' && comma[1] == '\0')
        fputc(']', out);
}

/* Places -------------------------------------------------------------------------- */

static void write_line(FILE *out, uintptr_t place)
{
    const struct place_text *text = place_text(place);
    size_t file = *text->file != '\0' ? text_number(&files, text->file) : 0;

    if (*text->file == '\0')
        return;
    if (file == 0)
        fprintf(out, ",\"l\":%u", text->line);
    else
        fprintf(out, ",\"l\":[%zu,%u]", file, text->line);
}

static void write_place(FILE *out, const struct seen_step *step)
{
    uintptr_t place = step->event.op.place, inside;
    const struct call *call = place_call_out(&step->calls, place, &inside);
    const struct symbol *symbol = call != NULL ? symbol_at(inside) : NULL;

    write_line(out, symbol != NULL ? call->from : place);
    if (symbol != NULL) {
        fputs(",\"c\":[", out);
        json_string(out, name_spelled(symbol->name));
        fprintf(out, ",%zu,%u]", text_number(&files, place_text(place)->file),
                place_text(place)->line);
    }
}

/* Steps --------------------------------------------------------------------------- */

static void write_object(FILE *out, const char *key, const struct op *op, unsigned touch)
{
    const char *kind = object_kind(op, touch);
    char *text = NULL;
    size_t size;
    FILE *pair;

    if (op->touches[touch].at == 0 || *kind == '\0')
        return;
    pair = open_memstream(&text, &size);
    fprintf(pair, "[\"%s\",", kind);
    json_string(pair, object_name(op, touch));
    fputc(']', pair);
    fclose(pair);
    fprintf(out, ",\"%s\":%zu", key, text_number(&objects, text));
    free(text);
}

static void write_partner(FILE *out, const struct event *event)
{
    if (event->op.kind == OP_CREATE && event->wakes != 0)
        fprintf(out, ",\"w\":%d", __builtin_ctz(event->wakes));
    if (event->op.kind == OP_JOIN || event->op.kind == OP_TRYJOIN || event->op.kind == OP_TIMEDJOIN)
        fprintf(out, ",\"w\":%" PRIu64, event->value);
}

static void write_wakes(FILE *out, const struct event *event)
{
    const char *comma = ",\"wakes\":[";

    if (event->op.kind == OP_CREATE || event->wakes == 0)
        return;
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((event->wakes & bit(i)) != 0) {
            fprintf(out, "%s%u", comma, i);
            comma = ",";
        }
    fputc(']', out);
}

/* ... where the alternative is what a store does that waits in the thread's buffer. */
static bool may_come_out(enum op_kind kind)
{
    return kind == OP_READ || kind == OP_WRITE || kind == OP_FLUSH;
}

static void write_step(FILE *out, const struct seen_step *step)
{
    const struct event *event = &step->event;

    fprintf(out, "{\"t\":%u,\"k\":\"%s\"", event->thread, op_name(event->op.kind));
    write_place(out, step);
    write_object(out, "o", &event->op, 0);
    write_object(out, "m", &event->op, 1);
    write_partner(out, event);
    write_value(out, event);
    if (step->text != NULL) {
        fputs(",\"x\":", out);
        json_string(out, step->text);
        fputs(event->stream == 2 ? ",\"e\":1" : "", out);
    }
    fputs(event->buffered ? ",\"b\":1" : "", out);
    if (event->failed && event->op.kind != OP_YIELD && event->op.kind != OP_SLEEP)
        fputs(",\"f\":1", out);
    fputs(event->unlucky ? ",\"u\":1" : "", out);
    if (event->alternatives > 1 && !event->unlucky && event->op.kind != OP_WAIT &&
        !may_come_out(event->op.kind))
        fprintf(out, ",\"a\":%u", event->alternative + 1u);
    write_wakes(out, event);
    write_set(out, step);
    fputc('}', out);
}

static unsigned thread_at(const struct state_graph *graph, uintptr_t object)
{
    for (unsigned i = 0; i < graph->thread_count; i++)
        if (graph->all->outcomes.count > 0 &&
            graph->all->outcomes.list[0].leftovers[i].object == object)
            return i;
    return 0;
}

static void write_blocked(FILE *out, const struct state_graph *graph, const struct blocked *blocked)
{
    fprintf(out, "{\"t\":%u,\"k\":\"%s\"", blocked->thread,
            blocked->unsignalled ? "signalled" : op_name(blocked->op.kind));
    write_line(out, blocked->op.place);
    write_object(out, "o", &blocked->op, 0);
    if (blocked->op.kind == OP_JOIN)
        fprintf(out, ",\"w\":%u", thread_at(graph, blocked->op.touches[0].at));
    fputc('}', out);
}

/* States, from the first, in the order in which a reader comes to them -------------- */

static uint32_t *number, *order; /* of a state, from 0; which state has a number */

static int compare_edges(const void *first, const void *second)
{
    const struct choice *a = &((const struct edge *)first)->choice,
                        *b = &((const struct edge *)second)->choice;

    return a->thread != b->thread ? a->thread - b->thread : a->alternative - b->alternative;
}

static void number_states(struct state_graph *graph)
{
    uint32_t count = 1;

    number = calloc(graph->count, sizeof *number);
    order = calloc(graph->count, sizeof *order);
    if (number == NULL || order == NULL)
        abort();
    for (uint32_t i = 0; i < count; i++) {
        struct state_node *state = &graph->states[order[i]];

        if (state->edge_count > 0)
            qsort(state->edges, state->edge_count, sizeof *state->edges, compare_edges);
        for (uint32_t j = 0; j < state->edge_count; j++) {
            uint32_t to = (uint32_t)state->edges[j].to;

            if (to != 0 && number[to] == 0) {
                number[to] = count;
                order[count++] = to;
            }
        }
    }
}

/* Ways to an end from each state, and whether some way comes back. */
static double *ways;
static uint8_t *seen; /* 1: on the way to here, 2: counted */

static bool count_ways(const struct state_graph *graph, uint32_t at)
{
    const struct state_node *state = &graph->states[at];

    if (seen[at] != 0)
        return seen[at] == 2;
    seen[at] = 1;
    ways[at] = state->outcome != NO_STATE;
    for (uint32_t i = 0; i < state->edge_count; i++) {
        if (!count_ways(graph, (uint32_t)state->edges[i].to))
            return false;
        ways[at] += ways[state->edges[i].to];
    }
    seen[at] = 2;
    return true;
}

static void write_orders(FILE *out, const struct state_graph *graph)
{
    ways = calloc(graph->count, sizeof *ways);
    seen = calloc(graph->count, 1);
    if (ways == NULL || seen == NULL)
        abort();
    if (count_ways(graph, 0) && ways[0] < 9e15)
        fprintf(out, ",\"orders\":%.0f", ways[0]);
    else
        fputs(",\"orders\":null", out);
}

static size_t step_number(const struct seen_step *step)
{
    char *text = NULL;
    size_t size, op;
    FILE *out = open_memstream(&text, &size);

    write_step(out, step);
    fclose(out);
    op = text_number(&ops, text);
    free(text);
    return op;
}

static size_t blocked_number(const struct state_graph *graph, const struct blocked *blocked)
{
    char *text = NULL;
    size_t size, op;
    FILE *out = open_memstream(&text, &size);

    write_blocked(out, graph, blocked);
    fclose(out);
    op = text_number(&ops, text);
    free(text);
    return op;
}

static void write_state(FILE *out, const struct state_graph *graph, const struct state_node *state)
{
    const char *comma = "";

    fputc('[', out);
    if (state->outcome != NO_STATE) {
        fprintf(out, "%" PRId32, state->outcome);
        comma = ",";
    }
    for (uint32_t i = 0; i < state->edge_count; i++) {
        fprintf(out, "%s[%zu,%" PRIu32 "]", comma, step_number(&state->edges[i].step),
                number[state->edges[i].to]);
        comma = ",";
    }
    for (uint32_t i = 0; i < state->blocked_count; i++) {
        fprintf(out, "%s[%zu,-1]", comma, blocked_number(graph, &state->blocked[i]));
        comma = ",";
    }
    fputc(']', out);
}

static char *states_text(const struct state_graph *graph)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    for (uint32_t i = 0; i < graph->count; i++) {
        fputs(i > 0 ? "," : "", out);
        write_state(out, graph, &graph->states[order[i]]);
    }
    fclose(out);
    return text;
}

/* The head ------------------------------------------------------------------------- */

static void write_list(FILE *out, const char *key, const struct texts *texts, bool are_strings)
{
    fprintf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < texts->count; i++) {
        fputs(i > 0 ? "," : "", out);
        if (are_strings)
            json_string(out, texts->list[i]);
        else
            fputs(texts->list[i], out);
    }
    fputc(']', out);
}

static void write_waits(FILE *out, const struct outcome *outcome)
{
    const char *comma = ",\"waits\":[";

    for (unsigned i = 0; ending_is_stuck(outcome->ending) && i < outcome->thread_count; i++) {
        char *text = NULL;
        size_t size;
        FILE *words = open_memstream(&text, &size);
        bool waits = write_wait(words, &outcome->leftovers[i]);

        fclose(words);
        if (waits) {
            fprintf(out, "%s[%u,", comma, i);
            json_string(out, text);
            fputc(']', out);
            comma = ",";
        }
        free(text);
    }
    fputs(*comma == ',' && comma[1] == '\0' ? "]" : "", out);
}

static void write_outcomes(FILE *out, const struct outcomes *outcomes)
{
    fputs(",\"outcomes\":[", out);
    for (size_t i = 0; i < outcomes->count; i++) {
        const struct outcome *outcome = &outcomes->list[i];

        fprintf(out, "%s{\"end\":\"%s\"", i > 0 ? "," : "", ending_word(outcome->ending));
        if (outcome->status != 0)
            fprintf(out, ",\"status\":%d", outcome->status);
        fputs(",\"text\":", out);
        json_text(out, outcome->out, outcome->out_size);
        if (outcome->err_size > 0) {
            fputs(",\"err\":", out);
            json_text(out, outcome->err, outcome->err_size);
        }
        write_waits(out, outcome);
        fputc('}', out);
    }
    fputc(']', out);
}

static void find_places(const struct state_graph *graph)
{
    uintptr_t *places = NULL;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < graph->count; i++) {
        const struct state_node *state = &graph->states[i];
        size_t more = (CALLS_KNOWN + 1) * state->edge_count + state->blocked_count;

        if (count + more > room && (room = 2 * (count + more)) > 0)
            places = realloc(places, room * sizeof *places);
        if (room > 0 && places == NULL)
            abort();
        for (uint32_t j = 0; j < state->edge_count; j++) {
            const struct calls *calls = &state->edges[j].step.calls;

            places[count++] = state->edges[j].step.event.op.place;
            for (uint32_t k = 0; k < CALLS_KNOWN && k < calls->depth; k++)
                places[count++] = calls->list[k].from;
        }
        for (uint32_t j = 0; j < state->blocked_count; j++)
            places[count++] = state->blocked[j].op.place;
    }
    places_find(places, count);
    free(places);
}

/* The file that main() is in is the program's own. */
static void take_own_file(const struct state_graph *graph)
{
    const struct edge *first = &graph->states[0].edges[0];
    const struct calls *calls = &first->step.calls;
    const char *file = place_text(first->step.event.op.place)->file;

    if (calls->depth > 1)
        file = place_text(calls->list[1].from)->file;
    if (*file != '\0')
        text_number(&files, file);
}

void state_graph_write(const struct state_graph *graph, FILE *out)
{
    struct state_graph sorted = *graph;
    char *states;

    find_places(graph);
    names_begin(graph->thread_count, graph->names, graph->routines);
    take_own_file(graph);
    find_arrays(graph);
    number_states(&sorted);
    states = states_text(graph);
    fputs("{\"graph\":1,\"program\":", out);
    json_string(out, graph->all->options->program);
    write_orders(out, graph);
    fprintf(out, ",\"spurious\":%lu", graph->spurious);
    write_list(out, "files", &files, true);
    fputs(",\"threads\":[", out);
    for (uint32_t i = 0; i < graph->thread_count; i++) {
        fputs(i > 0 ? "," : "", out);
        json_string(out, thread_name(i));
    }
    fputc(']', out);
    write_list(out, "objects", &objects, false);
    write_list(out, "vars", &variables, true);
    write_outcomes(out, &graph->all->outcomes);
    write_list(out, "ops", &ops, false);
    fprintf(out, ",\"states\":[%s]}\n", states);
    free(states);
}

void state_graph_write_none(const struct state_graph *graph, FILE *out)
{
    fputs("{\"graph\":1,\"program\":", out);
    json_string(out, graph->all->options->program);
    fputs(",\"none\":", out);
    json_string(out, graph->fault);
    fputs("}\n", out);
}
