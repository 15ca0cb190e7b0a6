#include "explore/search/bounded.h"

/* Nobody begins for another: where the thread cannot go on, all are tried. */
static void want(struct node *node, unsigned thread)
{
    node->wanted |= (node->enabled & bit(thread)) != 0 ? bit(thread) : node->enabled;
}

/* Before that step, and where its thread came in. */
static void want_before(struct search *search, unsigned step, unsigned thread)
{
    const struct event *events = search->run->events;

    want(search->path[step], thread);
    while (step > 0 && events[step - 1].thread == events[step].thread)
        step--;
    want(search->path[step], thread);
}

/* The thread asks for `op` after so many steps, and has asked since its own
 * last: in each state since then it could have come before the step that was
 * taken there. Of what was done earlier, the latest of each thread is enough. */
static void ask(struct search *search, const struct op *op, unsigned thread, unsigned end)
{
    const struct event *events = search->run->events;
    bool has_asked = true;
    thread_set met = bit(thread);

    for (unsigned i = end; i-- > 0;) {
        if (events[i].thread == thread)
            has_asked = false;
        if ((met & bit(events[i].thread)) != 0 || !op_dependent(&events[i].op, op))
            continue;
        want_before(search, i, thread);
        if (!has_asked)
            met |= bit(events[i].thread);
    }
}

void analyse_bounded(struct search *search, const struct record *run, unsigned from)
{
    for (unsigned i = from; i < run->event_count; i++)
        ask(search, &run->events[i].op, run->events[i].thread, i);
    for (unsigned i = 0; i < run->thread_count && run->event_count > 0; i++)
        if (run->leftovers[i].alive)
            ask(search, &run->leftovers[i].pending, i, run->event_count);
}
