#include "explore/run/sprout.h"

#include "explore/graph/sequence.h"
#include "explore/run/scheduler.h"

/* How many writes of those laid already stand behind `write` in co. */
static uint8_t places_behind(const struct graph *graph, int write, const struct set *laid)
{
    unsigned places = 0;

    while ((write = graph->events[write].next) != NO_EVENT)
        places += set_has(laid, write);
    if (places > UINT8_MAX)
        run_refuse(0, "writes one atomic more than %d times", UINT8_MAX);
    return (uint8_t)places;
}

uint8_t sprout_alternative(const struct graph *graph, int event, const struct set *laid)
{
    const struct event_node *node = &graph->events[event];

    if (node->kind == EVENT_READ)
        return places_behind(graph, node->rf, laid);
    if (node->kind == EVENT_WRITE && node->label.kind != LABEL_UPDATE)
        return places_behind(graph, event, laid);
    return node->label.kind == LABEL_CHOICE ? (uint8_t)node->value : 0;
}

/* Threads get their numbers in the order in which they are made. */
static void number_threads(const struct graph *graph, const int16_t order[],
                           uint8_t numbers[THREADS_MOST])
{
    uint8_t count = 1;

    numbers[0] = 0;
    for (int i = 0; i < graph->count; i++)
        for (unsigned thread = 1; thread < threads_used(); thread++)
            if (graph->created[thread] == order[i])
                numbers[thread] = count++;
}

static void append(const struct sprout_step *step)
{
    struct sprouts *sprouts = record->sprouts;

    if (sprouts->used == SPROUT_STEPS)
        run_refuse(0, "has too many ways to go on in one run");
    sprouts->steps[sprouts->used++] = *step;
}

void sprout_leave(const struct graph *graph, int length)
{
    SCRATCH static int16_t order[EVENTS_MOST];
    uint8_t numbers[THREADS_MOST];
    struct set laid = {0};
    uint32_t begin = record->sprouts->used;

    graph_schedule(graph, order);
    number_threads(graph, order, numbers);
    append(&(const struct sprout_step){0});
    for (int i = 0; i < graph->count; i++) {
        const struct event_node *node = &graph->events[order[i]];
        struct sprout_step step = {.stamps = {(uint16_t)order[i], 0}};

        if (node->thread != NO_THREAD) {
            step.thread = numbers[node->thread];
            step.alternative = sprout_alternative(graph, order[i], &laid);
            step.kind = (uint8_t)node->label.kind;
        }
        set_add(&laid, order[i]);
        if (node->kind == EVENT_READ && graph_writes(graph, order[i])) {
            step.stamps[1] = (uint16_t)order[++i];
            set_add(&laid, order[i]);
        }
        if (node->thread != NO_THREAD && graph->events[order[i]].kind == EVENT_WRITE)
            step.kind |= (uint8_t)(graph_sequence(graph, order[i]) << KIND_BITS);
        if (node->thread != NO_THREAD)
            append(&step);
    }
    record->sprouts->steps[begin].stamps[0] = (uint16_t)(record->sprouts->used - begin - 1);
    record->sprouts->steps[begin].stamps[1] = (uint16_t)length;
}
