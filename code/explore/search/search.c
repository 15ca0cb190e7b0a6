#include "explore/search/search.h"

#include <stdlib.h>
#include <string.h>

#include "explore/search/analysis.h"
#include "explore/search/bounded.h"

static bool has(thread_set set, unsigned thread)
{
    return (set >> thread & 1) != 0;
}

/* Nodes ----------------------------------------------------------------------- */

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (memory == NULL)
        abort();
    return memory;
}

static struct node *node_new(struct node *parent, struct choice choice)
{
    struct node *node = allocate(1, sizeof *node);

    node->parent = parent;
    node->choice = choice;
    if (parent != NULL) {
        node->depth = parent->depth + 1;
        parent->uses++;
    }
    return node;
}

/* One use less; what nobody uses any more is done with. */
static void node_release(struct node *node)
{
    while (node != NULL && --node->uses == 0) {
        struct node *parent = node->parent;

        free(node);
        node = parent;
    }
}

/* Would this thread come in while the last one could go on? */
static bool is_preemption(const struct node *node, unsigned thread)
{
    unsigned last = node->choice.thread;

    return node->parent != NULL && thread != last && has(node->enabled & ~node->lazy, last);
}

/* Who is wanted, and within the bound. */
static thread_set fresh(struct search *search, const struct node *node)
{
    thread_set threads = node->wanted & ~node->begun & ~node->sleeping;

    for (unsigned i = 0; i < THREADS_MOST && search->bound >= 0; i++)
        if (has(threads, i) &&
            node->preemptions + is_preemption(node, i) > (unsigned)search->bound) {
            threads &= ~bit(i);
            search->bounded = true;
        }
    return threads;
}

static bool has_more(struct search *search, const struct node *node)
{
    if (fresh(search, node) != 0)
        return true;
    for (thread_set left = node->begun; left != 0; left &= left - 1) {
        const struct branch *branch = &node->branches[__builtin_ctz(left)];

        if (branch->begun < branch->alternatives)
            return true;
    }
    return false;
}

static void node_open(struct search *search, struct node *node)
{
    if (node->is_open || !has_more(search, node))
        return;
    node->is_open = true;
    node->uses++;
    node->next_open = search->open[node->depth];
    search->open[node->depth] = node;
    if (search->deepest < node->depth)
        search->deepest = node->depth;
}

static void open_pop(struct search *search, struct node *node)
{
    search->open[node->depth] = node->next_open;
    node->is_open = false;
    node_release(node);
}

/* What to run next ------------------------------------------------------------ */

static struct choice node_begin(struct search *search, struct node *node)
{
    thread_set threads = fresh(search, node);

    for (unsigned i = 0; i < THREADS_MOST; i++) {
        struct branch *branch = &node->branches[i];

        if (has(node->begun, i) && branch->begun < branch->alternatives)
            return (struct choice){(uint8_t)i, branch->begun++};
    }
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (has(threads, i)) {
            node->branches[i] = (struct branch){1, 1, node->begun};
            node->begun |= bit(i);
            return (struct choice){(uint8_t)i, 0};
        }
    abort();
}

static void begin_part(struct search *search, struct item *item)
{
    *item = *search->part;
    item->node->uses++;
    search->part = NULL;
}

bool search_next(struct search *search, struct item *item)
{
    if (search->part != NULL) {
        begin_part(search, item);
        return true;
    }
    for (;;) {
        struct node *node = search->open[search->deepest];

        if (node == NULL && search->deepest == 0)
            return false;
        if (node == NULL) {
            search->deepest--;
        } else if (!has_more(search, node)) {
            open_pop(search, node);
        } else {
            item->node = node;
            item->choice = node_begin(search, node);
            node->uses++;
            return true;
        }
    }
}

unsigned search_returns(struct search *search)
{
    for (unsigned depth = search->deepest; depth > 0; depth--)
        for (struct node *node = search->open[depth]; node != NULL; node = node->next_open)
            if (has_more(search, node))
                return depth;
    return 0;
}

void search_plan(const struct search *search, const struct item *item, struct plan *plan)
{
    const struct node *node = item->node;

    plan->choice_count = node->depth + 1;
    plan->choices[node->depth] = item->choice;
    plan->sleeping =
        (node->sleeping | node->branches[item->choice.thread].before) & ~bit(item->choice.thread);
    if (search->reduction == REDUCE_NOTHING || search->bound >= 0)
        plan->sleeping = 0;
    for (; node->parent != NULL; node = node->parent)
        plan->choices[node->depth - 1] = node->choice;
}

/* How much is done --------------------------------------------------------------- */

/* What a branch of the node is of it. */
static double share_of(const struct node *node)
{
    thread_set threads = (node->wanted & ~node->sleeping) | node->begun;
    unsigned count = 0;

    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (has(threads, i))
            count += has(node->begun, i) ? node->branches[i].alternatives : 1;
    return count > 0 ? 1.0 / count : 1;
}

static unsigned left_of(const struct node *node)
{
    unsigned count = (unsigned)__builtin_popcount(node->wanted & ~node->begun & ~node->sleeping);

    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (has(node->begun, i))
            count += node->branches[i].alternatives - node->branches[i].begun;
    return count;
}

double search_done(const struct search *search)
{
    double left = 0;

    for (unsigned depth = 0; depth <= search->deepest; depth++)
        for (const struct node *node = search->open[depth]; node != NULL; node = node->next_open) {
            double part = left_of(node) * share_of(node);

            for (const struct node *up = node->parent; up != NULL && part > 0; up = up->parent)
                part *= share_of(up);
            left += part;
        }
    return left < 1 ? 1 - left : 0;
}

/* What a run has shown -------------------------------------------------------- */

/* Only who waits in a loop can be wanted and not be able to go on there: some
 * step that comes later in this run may let it, so everybody is tried. */
void search_want(struct search *search, unsigned step, thread_set threads, unsigned best)
{
    struct node *node = search->path[step];
    thread_set possible = threads & node->enabled;

    if ((threads & (node->wanted | node->sleeping)) != 0)
        return;
    if (possible == 0)
        node->wanted |= node->enabled;
    else
        node->wanted |= has(possible, best) ? bit(best) : possible & -possible;
    node_open(search, node);
}

/* The node before step `i`, when this run is the first to come there. */
static struct node *node_of_event(struct node *parent, const struct record *run, unsigned i)
{
    const struct event *last = &run->events[i - 1], *event = &run->events[i];
    struct node *node = node_new(parent, (struct choice){last->thread, last->alternative});

    node->preemptions = parent->preemptions + is_preemption(parent, last->thread);
    node->enabled = event->enabled;
    node->lazy = event->lazy;
    node->kind = last->op.kind;
    node->place = last->op.place;
    node->sleeping = event->sleeping;
    node->wanted = node->begun = bit(event->thread);
    node->branches[event->thread] = (struct branch){event->alternatives, 1, 0};
    return node;
}

/* Did the last run pass that node? Then it passed those above it as well. */
static bool is_on_path(const struct search *search, const struct node *node)
{
    return node->depth < search->path_length && search->path[node->depth] == node;
}

static void lay_path(struct search *search, const struct item *item, const struct record *run,
                     unsigned to)
{
    struct node *node = item->node, *up = node;

    for (; up != NULL && !is_on_path(search, up); up = up->parent)
        search->path[up->depth] = up;
    if (search->analysed > (up != NULL ? up->depth : 0))
        search->analysed = up != NULL ? up->depth : 0;
    node->branches[item->choice.thread].alternatives = run->events[node->depth].alternatives;
    for (unsigned i = node->depth + 1; i < to; i++)
        search->path[i] = node = node_of_event(node, run, i);
    search->path_length = to;
}

static void want_everything(struct search *search, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++)
        search->path[i]->wanted = search->path[i]->enabled;
}

/* The same program under the same schedule does the same. */
static bool is_same_way(const struct item *item, const struct record *run)
{
    for (const struct node *node = item->node; node->depth > run->begun_at; node = node->parent) {
        const struct event *event = &run->events[node->depth - 1];

        if (event->op.kind != node->kind || event->op.place != node->place)
            return false;
    }
    return item->node->depth == 0 || run->events[item->node->depth].enabled == item->node->enabled;
}

/* The run's way through the crown leads to one that was not known. */
static void add_part(struct search *search, const struct event *last, struct node *node)
{
    if (search->part_count == search->part_room) {
        search->part_room = 2 * search->part_room + 64;
        search->parts = realloc(search->parts, search->part_room * sizeof *search->parts);
        if (search->parts == NULL)
            abort();
    }
    node->uses++;
    search->parts[search->part_count++] = (struct item){node, {last->thread, last->alternative}};
}

static void learn(struct search *search, const struct record *run, unsigned from, unsigned to)
{
    if (search->is_crown || search->reduction != REDUCE_ALL)
        want_everything(search, from, to);
    else if (search->bound >= 0)
        analyse_bounded(search, run, from);
    else
        analyse(search, run, from);
    search->analysed =
        search->is_crown || search->reduction != REDUCE_ALL || search->bound >= 0 ? 0 : to;
}

static void take_path(struct search *search, const struct item *item, const struct record *run)
{
    unsigned from = item->node->depth, to = run->event_count;

    if (to > search->longest)
        search->longest = to;
    if (search->is_crown && to > search->crown)
        to = search->crown;
    lay_path(search, item, run, to);
    if (from == 0)
        search->path[0]->enabled = run->events[0].enabled;
    if (search->is_crown)
        add_part(search, &run->events[to - 1], search->path[to - 1]);
    learn(search, run, from, to);
    for (unsigned i = search->bound >= 0 ? 0 : from; i < to; i++)
        node_open(search, search->path[i]);
    if (to > from + 1) { /* should nobody use the last one, it goes */
        search->path[to - 1]->uses++;
        node_release(search->path[to - 1]);
    }
}

bool search_take(struct search *search, const struct item *item, const struct record *run)
{
    bool same = run->event_count > item->node->depth && is_same_way(item, run);

    search->run = run;
    if (same)
        take_path(search, item, run);
    node_release(item->node);
    return same;
}

void search_begin(struct search *search, enum reduction reduction, int bound)
{
    struct node *root = node_new(NULL, (struct choice){0, 0});

    *search = (struct search){.reduction = reduction, .bound = bound, .open_depths = STEPS_MOST};
    search->open = allocate(STEPS_MOST, sizeof(struct node *));
    search->path = allocate(STEPS_MOST, sizeof(struct node *));
    root->wanted = root->enabled = 1;
    node_open(search, root);
}

void search_begin_crown(struct search *search, enum reduction reduction, int bound, unsigned depth)
{
    search_begin(search, reduction, bound);
    search->crown = depth;
    search->is_crown = true;
}

void search_part(struct search *search, unsigned number)
{
    search->is_crown = false;
    search->part = &search->parts[number];
}

void search_end(struct search *search)
{
    struct item item;

    search->part = NULL;
    for (unsigned i = 0; i < search->part_count; i++)
        node_release(search->parts[i].node);
    free(search->parts);

    while (search_next(search, &item))
        node_release(item.node);
    free(search->open);
    free(search->path);
}
