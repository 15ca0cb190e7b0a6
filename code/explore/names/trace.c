/*
 * The trace of a run: lines of words with one blank between them. Text is a
 * JSON string, so a blank inside of it is no end of a word.
 *
 *     trace 1                          the format's number
 *     program "NAME"
 *     thread NUMBER "NAME"             each thread, 0 is the main thread
 *     step TIME THREAD VERB ...        each step; TIME counts from 1
 *     wait THREAD FROM TO WAKER KIND "NAME"
 *     end ENDING STATUS "TEXT"
 *
 * A step has, where they mean something, in this order:
 *
 *     mutex="q->lock"   what it is about: mutex, condition, rwlock, semaphore,
 *                       barrier, once, memory, futex or descriptor; a wait has two
 *     thread=2          whom it creates or joins
 *     value=7 size=4    what was read or written, without sign
 *     stream=stdout text="..."
 *     failed            a try found it taken, a limit passed before a signal
 *     unlucky           a wait that ends without cause, a call made to fail
 *     wakes=1,2         threads that could not go on and now can
 *     call="queue_put" entry=7     the step is inside of this call, by which
 *                       the thread left the file that it began in (as a rule
 *                       for the library); calls with other numbers are others
 *     at="FILE:LINE" source="..."      where the program asked for it
 *
 * A `wait` says that a thread could take no step after step FROM, until step
 * TO by WAKER changed that; "-" for both: it waits for ever. It says for what.
 */
#define _GNU_SOURCE
#include "explore/names/trace.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explore/base/json.h"
#include "explore/names/names.h"
#include "explore/names/places.h"
#include "explore/names/spelled.h"
#include "explore/names/symbols.h"
#include "explore/names/words.h"

static bool has(thread_set set, unsigned thread)
{
    return (set >> thread & 1) != 0;
}

static void write_word(FILE *out, const char *key, const char *text)
{
    fprintf(out, " %s=", key);
    json_string(out, text);
}

/* Steps ----------------------------------------------------------------------- */

static void write_objects(FILE *out, const struct event *event)
{
    for (unsigned i = 0; i < OP_TOUCHES; i++)
        if (event->op.touches[i].at != 0 && *object_kind(&event->op, i) != '\0')
            write_word(out, object_kind(&event->op, i), object_name(&event->op, i));
    if (event->op.kind == OP_CREATE && event->wakes != 0)
        fprintf(out, " thread=%d", __builtin_ctz(event->wakes));
    if (event->op.kind == OP_JOIN || event->op.kind == OP_TRYJOIN || event->op.kind == OP_TIMEDJOIN)
        fprintf(out, " thread=%" PRIu64, event->value);
}

static void write_value(FILE *out, const struct event *event)
{
    switch (event->op.kind) {
    case OP_READ:
    case OP_WRITE:
    case OP_UPDATE:
    case OP_FLUSH:
    case OP_FUTEX_WAIT:
        fprintf(out, " value=%" PRIu64 " size=%" PRIu32, event->value, event->op.touches[0].size);
        break;
    case OP_SEM_WAIT:
    case OP_SEM_TRYWAIT:
    case OP_SEM_TIMEDWAIT:
    case OP_SEM_POST:
    case OP_RECEIVE:
    case OP_TRYRECEIVE:
    case OP_SEND:
    case OP_TRYSEND:
    case OP_POLL:
        fprintf(out, " value=%" PRIu64, event->value);
        break;
    default:
        break;
    }
}

static void write_text(FILE *out, const struct event *event, const struct printed *printed)
{
    bool err = event->stream == 2;
    const char *text = err ? printed->err : printed->out;
    size_t size = err ? printed->err_size : printed->out_size;

    if (event->op.kind != OP_PRINT || event->text + event->text_size > size)
        return;
    fprintf(out, " stream=%s text=", err ? "stderr" : "stdout");
    json_text(out, text + event->text, event->text_size);
}

/* Who can take a step after the first `steps`? */
static thread_set able_after(const struct record *run, uint32_t steps)
{
    thread_set able = 0;

    if (steps < run->event_count)
        return run->events[steps].enabled;
    for (unsigned i = 0; i < run->thread_count; i++)
        if (run->leftovers[i].alive && run->leftovers[i].ready)
            able |= (thread_set)1 << i;
    return able;
}

static void write_wakes(FILE *out, const struct record *run, uint32_t step)
{
    const struct event *event = &run->events[step];
    thread_set fresh = able_after(run, step + 1) & ~event->enabled;
    const char *comma = " wakes=";

    for (unsigned i = 0; i < run->thread_count; i++)
        if (has(fresh, i) && i != event->thread && event->op.kind != OP_CREATE) {
            fprintf(out, "%s%u", comma, i);
            comma = ",";
        }
}

static void write_call(FILE *out, const struct record *run, uint32_t step)
{
    uintptr_t inside;
    const struct call *call =
        place_call_out(&run->calls[step], run->events[step].op.place, &inside);
    const struct symbol *symbol = call != NULL ? symbol_at(inside) : NULL;

    if (symbol != NULL) {
        write_word(out, "call", name_spelled(symbol->name));
        fprintf(out, " entry=%" PRIu32, call->entry);
    }
}

static void write_step(FILE *out, const struct record *run, uint32_t step,
                       const struct printed *printed)
{
    const struct event *event = &run->events[step];
    const struct place_text *place = place_text(event->op.place);

    fprintf(out, "step %" PRIu32 " %u %s", step + 1, event->thread, op_name(event->op.kind));
    write_objects(out, event);
    write_value(out, event);
    write_text(out, event, printed);
    if (event->failed && event->op.kind != OP_YIELD && event->op.kind != OP_SLEEP)
        fputs(" failed", out);
    if (event->unlucky)
        fputs(" unlucky", out);
    if (event->old)
        fprintf(out, " old from=%" PRIu32, event->from);
    write_wakes(out, run, step);
    write_call(out, run, step);
    if (event->op.place != 0) {
        write_word(out, "at", place_name(event->op.place));
        write_word(out, "source", place->source);
    }
    fputc('\n', out);
}

/* Waits ----------------------------------------------------------------------- */

/* Does the thread exist after so many steps? */
static bool is_alive(const struct record *run, unsigned thread, uint32_t steps)
{
    bool alive = thread == 0;

    for (uint32_t i = 0; i < steps; i++) {
        const struct event *event = &run->events[i];

        if (event->op.kind == OP_CREATE && has(event->wakes, thread))
            alive = true;
        if (event->op.kind == OP_EXIT && event->thread == thread)
            alive = false;
    }
    return alive;
}

static bool is_waiting(const struct record *run, unsigned thread, uint32_t steps)
{
    return !has(able_after(run, steps), thread) && is_alive(run, thread, steps);
}

/* What it would do next, after so many steps. */
static const struct op *next_op(const struct record *run, unsigned thread, uint32_t steps)
{
    for (uint32_t i = steps; i < run->event_count; i++)
        if (run->events[i].thread == thread)
            return &run->events[i].op;
    return &run->leftovers[thread].pending;
}

/* Its last OP_WAIT, while nobody has signalled that yet; else NULL. */
static const struct op *condition_wait(const struct record *run, unsigned thread, uint32_t steps)
{
    for (uint32_t i = steps; i-- > 0;) {
        if (has(run->events[i].wakes, thread))
            return NULL;
        if (run->events[i].thread == thread)
            return run->events[i].op.kind == OP_WAIT && !run->events[i].unlucky ? &run->events[i].op
                                                                                : NULL;
    }
    return NULL;
}

static void write_wait_for(FILE *out, const struct record *run, unsigned thread, uint32_t from)
{
    const struct op *op = condition_wait(run, thread, from);

    if (op == NULL)
        op = next_op(run, thread, from);
    if (op->kind == OP_JOIN) {
        fputs(" thread ", out);
        for (unsigned i = 0; i < run->thread_count; i++)
            if (op->touches[0].at == run->leftovers[i].object)
                json_string(out, thread_name(i));
    } else {
        fprintf(out, " %s ", *object_kind(op, 0) != '\0' ? object_kind(op, 0) : op_name(op->kind));
        json_string(out, object_name(op, 0));
    }
    fputc('\n', out);
}

/* One wait ends where the thread can go on, or where it begins to wait for
 * something else: signalled, it still has to get the mutex. */
static uint32_t end_of_wait(const struct record *run, unsigned thread, uint32_t from)
{
    bool condition = condition_wait(run, thread, from) != NULL;
    uint32_t to = from + 1;

    while (to <= run->event_count && is_waiting(run, thread, to) &&
           (condition_wait(run, thread, to) != NULL) == condition)
        to++;
    return to;
}

static void write_waits(FILE *out, const struct record *run, unsigned thread)
{
    for (uint32_t from = 0; from <= run->event_count; from++) {
        uint32_t to;

        if (!is_waiting(run, thread, from))
            continue;
        to = end_of_wait(run, thread, from);
        fprintf(out, "wait %u %" PRIu32, thread, from);
        if (to <= run->event_count)
            fprintf(out, " %" PRIu32 " %u", to, run->events[to - 1].thread);
        else
            fputs(" - -", out);
        write_wait_for(out, run, thread, from);
        from = to - 1;
    }
}

/* The whole --------------------------------------------------------------------- */

static void find_places(const struct record *run)
{
    size_t most = (CALLS_KNOWN + 1) * (size_t)run->event_count + run->thread_count;
    uintptr_t *places = calloc(most + 1, sizeof *places);
    size_t count = 0;

    if (places == NULL)
        abort();
    for (uint32_t i = 0; i < run->event_count; i++)
        places[count++] = run->events[i].op.place;
    for (uint32_t i = 0; i < run->event_count; i++)
        for (uint32_t k = 0; k < CALLS_KNOWN && k < run->calls[i].depth; k++)
            places[count++] = run->calls[i].list[k].from;
    for (uint32_t i = 0; i < run->thread_count; i++)
        places[count++] = run->leftovers[i].pending.place;
    places_find(places, count);
    free(places);
}

static void write_end(FILE *out, const struct record *run, const struct printed *printed)
{
    struct outcomes one = {0};
    char *text = NULL;
    size_t size;
    FILE *words = open_memstream(&text, &size);

    outcomes_add(&one, run, printed);
    write_ending(words, &one.list[0]);
    fclose(words);
    fprintf(out, "end %s %d ", ending_word(run->ending), run->status);
    json_text(out, text, size);
    fputc('\n', out);
    free(text);
    outcomes_free(&one);
}

void trace_write(FILE *out, const char *program, const struct record *run,
                 const struct printed *printed)
{
    find_places(run);
    names_begin(run->thread_count, run->names, run->routines);
    fputs("trace 1\nprogram ", out);
    json_string(out, program);
    fputc('\n', out);
    for (unsigned i = 0; i < run->thread_count; i++) {
        fprintf(out, "thread %u ", i);
        json_string(out, thread_name(i));
        fputc('\n', out);
    }
    for (uint32_t i = 0; i < run->event_count; i++)
        write_step(out, run, i, printed);
    for (unsigned i = 0; i < run->thread_count; i++)
        write_waits(out, run, i);
    write_end(out, run, printed);
}
