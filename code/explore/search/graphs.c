#define _GNU_SOURCE
#include "explore/search/graphs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct sprout {
    struct sprout *below;
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
    sprout->below = graphs->top;
    graphs->top = sprout;
}

/* The first plan has no steps: whatever comes. */
void graphs_begin(struct graphs *graphs, struct slot *slots, unsigned long jobs)
{
    graphs->slots = slots;
    graphs->jobs = jobs;
    graphs->top = NULL;
    graphs->done = 0;
    push(graphs, sprout_new(NULL, 0), 1);
    for (unsigned long i = 0; i < jobs; i++)
        if (slots[i].record->sprouts == NULL) {
            slots[i].record->sprouts = mmap(NULL, sizeof(struct sprouts), PROT_READ | PROT_WRITE,
                                            MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (slots[i].record->sprouts == MAP_FAILED)
                abort();
        }
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
    struct sprout *sprout = graphs->top;

    if (sprout == NULL)
        return false;
    fill(plan, sprout);
    plan->tries = graphs->tries;
    graphs->top = sprout->below;
    free(sprout);
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

void graphs_end(struct graphs *graphs)
{
    while (graphs->top != NULL) {
        struct sprout *below = graphs->top->below;

        free(graphs->top);
        graphs->top = below;
    }
}
