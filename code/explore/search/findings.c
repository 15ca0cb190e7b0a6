#define _GNU_SOURCE
#include "explore/search/findings.h"

#include <stdlib.h>
#include <string.h>

#include "explore/names/names.h"
#include "explore/names/schedule.h"

struct choice *findings_choices(const struct record *run)
{
    struct choice *choices = malloc((run->event_count + 1) * sizeof *choices);

    if (choices == NULL)
        abort();
    for (uint32_t i = 0; i < run->event_count; i++)
        choices[i] = (struct choice){run->events[i].thread, run->events[i].alternative};
    return choices;
}

/* Places that are steps ------------------------------------------------------- */

static bool is_site(const struct plan *plan, uintptr_t place)
{
    for (uint32_t i = 0; i < plan->site_count; i++)
        if (plan->sites[i] == place)
            return true;
    return false;
}

static void refuse_too_many(struct exploration *all)
{
    all->stop = STOP_REFUSED;
    all->fault = strdup("has data races in too many places");
}

/* False when there are too many. */
static bool add_site(struct exploration *all, uintptr_t place, bool *fresh)
{
    if (is_site(all->plan, place))
        return true;
    if (all->plan->site_count == SITES_MOST)
        return false;
    all->plan->sites[all->plan->site_count++] = place;
    *fresh = true;
    return true;
}

bool findings_add_site(struct exploration *all, uintptr_t place)
{
    bool fresh = false;

    if (add_site(all, place, &fresh))
        return true;
    refuse_too_many(all);
    return false;
}

bool findings_take_steps(struct exploration *all, const struct record *run)
{
    bool fresh = false, room = true;

    findings_take_races(all, run);
    for (uint32_t i = 0; i < run->race_count; i++)
        room = room && add_site(all, run->races[i].first, &fresh) &&
               add_site(all, run->races[i].second, &fresh);
    for (uint32_t i = 0; i < run->site_count; i++)
        room = room && add_site(all, run->sites[i], &fresh);
    if (!room)
        refuse_too_many(all);
    return fresh && !all->options->every_access;
}

/* Data races ------------------------------------------------------------------ */

static bool same_race(const struct race *a, const struct race *b)
{
    return (a->first == b->first && a->second == b->second) ||
           (a->first == b->second && a->second == b->first);
}

static bool is_found(const struct exploration *all, const struct race *race)
{
    for (size_t i = 0; i < all->finding_count; i++)
        if (same_race(&all->findings[i].race, race))
            return true;
    return false;
}

static void append(struct exploration *all, const struct finding *finding)
{
    all->findings = realloc(all->findings, (all->finding_count + 1) * sizeof *all->findings);
    if (all->findings == NULL)
        abort();
    all->findings[all->finding_count++] = *finding;
}

void findings_add(struct exploration *all, struct finding *finding)
{
    if (!is_found(all, &finding->race)) {
        append(all, finding);
        return;
    }
    free(finding->schedule);
    free(finding->first);
    free(finding->second);
}

static void take_race(struct exploration *all, const struct record *run, const struct race *race)
{
    struct choice *choices = findings_choices(run);

    names_begin(run->thread_count, run->names, run->routines);
    append(all, &(struct finding){
                    .race = *race,
                    .schedule = schedule_text(choices, run->event_count, &run->plan),
                    .first = strdup(thread_name(race->first_thread)),
                    .second = strdup(thread_name(race->second_thread)),
                });
    free(choices);
}

void findings_take_races(struct exploration *all, const struct record *run)
{
    for (uint32_t i = 0; i < run->race_count; i++)
        if (!is_found(all, &run->races[i]))
            take_race(all, run, &run->races[i]);
}

/* What a list is worth -------------------------------------------------------- */

void exploration_doubt(struct exploration *all, uintptr_t place, const char *text)
{
    struct doubt *doubt = &all->doubts[all->doubt_count];

    for (uint32_t i = 0; i < all->doubt_count; i++)
        if (strcmp(all->doubts[i].text, text) == 0)
            return;
    if (all->doubt_count == DOUBTS_MOST)
        return;
    doubt->place = place;
    snprintf(doubt->text, sizeof doubt->text, "%s", text);
    all->doubt_count++;
}

void findings_take_worth(struct exploration *all, const struct record *run)
{
    for (uint32_t i = 0; i < run->doubt_count; i++)
        exploration_doubt(all, run->doubts[i].place, run->doubts[i].text);
    if (run->is_weak && !all->is_weak) {
        all->is_weak = true;
        all->weak = run->weak;
    }
    all->waits = all->waits || run->waits;
    all->fills = all->fills || run->fills;
}
