#define _GNU_SOURCE
#include "explore/search/graphs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct sprout {
    struct sprout *below, *above;
    double part; /* of the whole search: its share, were all that branch off alike */
    uint32_t count;
    struct sprout_step steps[];
};

static struct sprout *sprout_new(const struct sprout_step *steps, uint32_t count)
{
    struct sprout *sprout = malloc(sizeof *sprout + count * sizeof *steps);

    if (sprout == NULL)
        abort();
    sprout->count = count;
    memcpy(sprout->steps, steps, count * sizeof *steps);
    return sprout;
}

static void push(struct graphs *graphs, struct sprout *sprout, double part)
{
    sprout->part = part;
    sprout->above = NULL;
    sprout->below = graphs->top;
    if (graphs->top != NULL)
        graphs->top->above = sprout;
    else
        graphs->bottom = sprout;
    graphs->top = sprout;
    graphs->count++;
}

static struct sprout *take_bottom(struct graphs *graphs)
{
    struct sprout *sprout = graphs->bottom;

    graphs->bottom = sprout->above;
    if (graphs->bottom != NULL)
        graphs->bottom->below = NULL;
    else
        graphs->top = NULL;
    graphs->count--;
    return sprout;
}

static struct sprout *take_top(struct graphs *graphs)
{
    struct sprout *sprout = graphs->top;

    graphs->top = sprout->below;
    if (graphs->top != NULL)
        graphs->top->above = NULL;
    else
        graphs->bottom = NULL;
    graphs->count--;
    return sprout;
}

/* Where runs leave their plans. */
static void make_room(const struct graphs *graphs)
{
    for (unsigned long i = 0; i < graphs->jobs; i++) {
        struct record *record = graphs->slots[i].record;

        if (record->sprouts == NULL)
            record->sprouts = mmap(NULL, sizeof(struct sprouts), PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (record->sprouts == MAP_FAILED)
            abort();
    }
}

/* The first plan has no steps: whatever comes. */
void graphs_begin(struct graphs *graphs, struct slot *slots, unsigned long jobs)
{
    *graphs = (struct graphs){.slots = slots, .jobs = jobs, .tries = graphs->tries};
    push(graphs, sprout_new(NULL, 0), 1);
    make_room(graphs);
}

/* So many steps at the beginning of both are the same. */
static uint32_t common(const struct sprout *a, const struct sprout *b)
{
    uint32_t i = 0;

    while (a != NULL && b != NULL && i < a->count && i < b->count &&
           a->steps[i].thread == b->steps[i].thread &&
           a->steps[i].alternative == b->steps[i].alternative &&
           a->steps[i].kind == b->steps[i].kind)
        i++;
    return i;
}

static void fill(struct plan *plan, const struct sprout *sprout)
{
    plan->choice_count = sprout->count;
    plan->sprouted = true;
    plan->part = sprout->part;
    for (uint32_t i = 0; i < sprout->count; i++) {
        const struct sprout_step *step = &sprout->steps[i];

        plan->choices[i] = (struct choice){step->thread, step->alternative};
        plan->kinds[i] = step->kind;
        memcpy(plan->stamps[i], step->stamps, sizeof step->stamps);
    }
}

bool graphs_next(struct graphs *graphs, struct plan *plan)
{
    struct sprout *sprout;

    if (graphs->count == 0 || (graphs->enough > 0 && graphs->count >= graphs->enough))
        return false;
    sprout = graphs->enough > 0 ? take_bottom(graphs) : take_top(graphs);
    fill(plan, sprout);
    plan->tries = graphs->tries;
    plan->follows = common(sprout, graphs->last);
    plan->mark_at = graphs->enough > 0 ? 0 : common(sprout, graphs->top);
    free(graphs->last);
    graphs->last = sprout;
    return true;
}

/* How many plans from this one on branched off where it did. */
static unsigned count_siblings(const struct sprouts *sprouts, uint32_t i)
{
    uint16_t length = sprouts->steps[i].stamps[1];
    unsigned count = 0;

    for (; i < sprouts->used && sprouts->steps[i].stamps[1] == length;
         i += sprouts->steps[i].stamps[0] + 1u)
        count++;
    return count;
}

/* Where it branched, the run's part was divided alike among it and what it left there. */
bool graphs_take(struct graphs *graphs, const struct record *run)
{
    const struct sprouts *sprouts = run->sprouts;
    double part = run->plan.part;
    unsigned siblings = 0;

    if (run->uses_trylock && !graphs->tries) {
        graphs->tries = true;
        return false;
    }
    for (uint32_t i = 0; i < sprouts->used;) {
        uint32_t count = sprouts->steps[i].stamps[0];

        if (siblings == 0) {
            siblings = count_siblings(sprouts, i);
            part /= siblings + 1;
        }
        push(graphs, sprout_new(&sprouts->steps[i + 1], count), part);
        siblings--;
        i += count + 1;
    }
    graphs->done += part;
    return true;
}

static void drop_all(struct graphs *graphs)
{
    while (graphs->count > 0)
        free(take_top(graphs));
}

void graphs_split(struct graphs *graphs)
{
    graphs->parts = calloc(graphs->count + 1, sizeof(struct sprout *));
    if (graphs->parts == NULL)
        abort();
    while (graphs->count > 0)
        graphs->parts[graphs->part_count++] = take_bottom(graphs);
    graphs->enough = 0;
}

void graphs_part(struct graphs *graphs, unsigned number)
{
    const struct sprout *part = graphs->parts[number];

    drop_all(graphs);
    make_room(graphs);
    push(graphs, sprout_new(part->steps, part->count), 1);
}

void graphs_end(struct graphs *graphs)
{
    drop_all(graphs);
    for (unsigned i = 0; i < graphs->part_count; i++)
        free(graphs->parts[i]);
    free(graphs->parts);
    free(graphs->last);
}
