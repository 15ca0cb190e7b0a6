#define _GNU_SOURCE
#include "explore/intercept/front.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <wchar.h>

#include "explore/base/real.h"
#include "explore/intercept/reaches.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/intercept/visit.h"
#include "explore/run/races.h"
#include "explore/run/scheduler.h"
#include "explore/world/worlds.h"

typedef long library_function(long, long, long, long, long, long);

/* Only their addresses matter. A race on one is named after it. */
static char states[STATES] __asm__("library.state");

struct entry { /* a call of a front */
    struct visit visit;
    const long *arguments;
    unsigned pieces[REACHES_MOST]; /* what it writes */
};

/* How far ---------------------------------------------------------------------------- */

static size_t argument(const struct entry *entry, unsigned number)
{
    return (size_t)entry->arguments[number];
}

static const void *pointer(const struct entry *entry, unsigned number)
{
    return (const void *)entry->arguments[number];
}

/* Of the text that is copied, with its zero. */
static size_t copied(const struct entry *entry, const struct reach *reach)
{
    const void *from = pointer(entry, reach->x);

    switch ((enum extent)reach->extent) {
    case LIKE:
    case BEHIND:
        return strlen(from) + 1;
    case LIKE_MOST:
    case BEHIND_MOST:
        return strnlen(from, argument(entry, reach->y)) + 1;
    case WLIKE:
    case WBEHIND:
        return (wcslen(from) + 1) * sizeof(wchar_t);
    default:
        return (wcsnlen(from, argument(entry, reach->y)) + 1) * sizeof(wchar_t);
    }
}

static size_t written(const struct entry *entry, const struct reach *reach)
{
    switch ((enum extent)reach->extent) {
    case BYTES:
        return reach->x;
    case COUNT:
    case FILLED:
    case GIVEN:
    case SPELLED:
        return argument(entry, reach->x);
    case PAIRS:
        return (ssize_t)argument(entry, reach->x) > 0 ? argument(entry, reach->x) & ~(size_t)1 : 0;
    case FAMILY:
        return (int)entry->arguments[reach->x] == AF_INET6 ? 16 : 4;
    case SHIFT:
        return sizeof(mbstate_t);
    case WCOUNT:
        return argument(entry, reach->x) * sizeof(wchar_t);
    case PRODUCT:
        return argument(entry, reach->x) * argument(entry, reach->y);
    default:
        return copied(entry, reach);
    }
}

static size_t already_there(const struct entry *entry, const struct reach *reach)
{
    const void *text = pointer(entry, reach->argument);

    switch ((enum extent)reach->extent) {
    case BEHIND:
    case BEHIND_MOST:
        return strlen(text);
    case WBEHIND:
    case WBEHIND_MOST:
        return wcslen(text) * sizeof(wchar_t);
    default:
        return 0;
    }
}

/* Before --------------------------------------------------------------------------------- */

static void read_reach(struct entry *entry, const struct reach *reach)
{
    const void *at = pointer(entry, reach->argument);

    if (at == NULL)
        return;
    switch ((enum extent)reach->extent) {
    case TEXT:
        visit_reads_text(&entry->visit, at, SIZE_MAX, 1);
        break;
    case TEXT_MOST:
        visit_reads_text(&entry->visit, at, argument(entry, reach->x), 1);
        break;
    case WIDE:
        visit_reads_text(&entry->visit, at, SIZE_MAX, sizeof(wchar_t));
        break;
    case WIDE_MOST:
        visit_reads_text(&entry->visit, at, argument(entry, reach->x), sizeof(wchar_t));
        break;
    case UNTIL:
        visit_reads_until(&entry->visit, at,
                          reach->x == NO_LIMIT ? SIZE_MAX : argument(entry, reach->x),
                          (int)entry->arguments[reach->y]);
        break;
    case BYTES:
        visit_reads_one(&entry->visit, at, reach->x);
        break;
    case SHIFT:
        visit_reads_one(&entry->visit, at, sizeof(mbstate_t));
        break;
    default:
        visit_reads(&entry->visit, at, written(entry, reach));
        break;
    }
}

/* How the library goes about it in small steps, nobody sees. */
static void touch_state(unsigned state, bool changes, uintptr_t place)
{
    unsigned long sightings = race_sightings;

    plain_access(&states[state], 1, changes, place);
    if (race_sightings > sightings)
        run_doubt(place, "races for what the C library keeps for itself");
}

/* What it does to these it does at once, behind its last step: so they come last, and
 * changes as well. */
static void touch_states(const struct entry *entry, const struct front *front)
{
    for (unsigned i = 0; i < REACHES_MOST; i++) {
        const struct reach *reach = &front->reaches[i];
        bool shift = (reach->mode == 'r' || reach->mode == 'w') && reach->extent == SHIFT &&
                     pointer(entry, reach->argument) == NULL;

        if (shift)
            touch_state(reach->x, reach->mode == 'w', entry->visit.place);
        else if (reach->mode == 's')
            touch_state(reach->argument, reach->extent != NOTHING, entry->visit.place);
    }
}

static void look_ahead(struct entry *entry, const struct front *front)
{
    for (unsigned i = 0; i < REACHES_MOST; i++) {
        entry->pieces[i] = PIECES_MOST;
        if (front->reaches[i].mode == 'r')
            read_reach(entry, &front->reaches[i]);
    }
    touch_states(entry, front);
}

/* What is copied stands there as it was read. */
static void make_room(struct entry *entry, const struct front *front)
{
    for (unsigned i = 0; i < REACHES_MOST; i++) {
        const struct reach *reach = &front->reaches[i];
        char *at = (char *)entry->arguments[reach->argument];

        if (reach->mode == 'w' && at != NULL)
            entry->pieces[i] = visit_writes(&entry->visit, at + already_there(entry, reach),
                                            written(entry, reach));
    }
}

/* After ------------------------------------------------------------------------------------ */

static size_t filled(const struct entry *entry, const struct reach *reach, long result)
{
    switch ((enum extent)reach->extent) {
    case FILLED:
        return result != 0 ? strlen(pointer(entry, reach->argument)) + 1 : 0;
    case GIVEN:
        return result == entry->arguments[reach->argument] && result != 0
                   ? strlen(pointer(entry, reach->argument)) + 1
                   : 0;
    case SPELLED:
        return strnlen(pointer(entry, reach->argument), argument(entry, reach->x)) + 1;
    case FAMILY:
        return (int)result == 1 ? SIZE_MAX : 0;
    default:
        return SIZE_MAX;
    }
}

static void look_back(struct entry *entry, const struct front *front, long result)
{
    for (unsigned i = 0; i < REACHES_MOST; i++)
        if (entry->pieces[i] < PIECES_MOST)
            visit_wrote(&entry->visit, entry->pieces[i], filled(entry, &front->reaches[i], result));
}

/* Nearly all of the library reads the locale, and only some of that is told: so
 * it may change before there is another thread. A question changes nothing. */
static void doubt_locale(const struct entry *entry, const struct front *front)
{
    if (strcmp(front->name, "setlocale") == 0 && pointer(entry, 1) != NULL &&
        threads[1].routine != NULL)
        run_doubt(entry->visit.place, "changes the locale after it has started a thread");
}

/* getenv(3) reads it there, and nobody sees that. */
static void doubt_environment(const struct entry *entry, const struct front *front)
{
    if (strcmp(front->name, "putenv") == 0)
        run_doubt(entry->visit.place, "has a text of its own in the environment (putenv)");
}

/* Of what is hidden in the library, the locale and the time zone are files. */
static void leave_files(const struct front *front)
{
    if (!worlds_is_run())
        return;
    for (unsigned i = 0; i < REACHES_MOST; i++)
        if (front->reaches[i].mode == 's' &&
            (front->reaches[i].argument == STATE_LOCALE
                 ? front->reaches[i].extent != NOTHING
                 : front->reaches[i].argument == STATE_ENVIRONMENT))
            worlds_leave(WORLDS_UNFIT);
}

void front_time_zone_step(uintptr_t place)
{
    if (me != NULL && me->inside == 0)
        step_simple(OP_FILE, &states[STATE_TIME_ZONE], 1, TOUCH_CHANGE, place);
}

void front_time_zone_reads(struct visit *visit)
{
    visit_reads(visit, &states[STATE_ENVIRONMENT], 1);
}

/* What the library does under its own lock, its blocks of memory too, is nobody's
 * business. */
static bool lock_states(const struct front *front, uintptr_t place)
{
    bool locked = false;

    for (unsigned i = 0; i < REACHES_MOST; i++) {
        if (front->reaches[i].mode != 'l')
            continue;
        step_simple(OP_FILE, &states[front->reaches[i].argument], 1, TOUCH_CHANGE, place);
        locked = true;
    }
    return locked;
}

long front_call(struct front *front, const long *a, uintptr_t place)
{
    struct entry entry = {.arguments = a};
    library_function *function;
    bool locked;
    long result;

    if (front->function == NULL)
        front->function = real_function(front->name);
    memcpy(&function, &front->function, sizeof function);
    visit_begin(&entry.visit, place);
    if (!entry.visit.seen)
        return function(a[0], a[1], a[2], a[3], a[4], a[5]);
    leave_files(front);
    doubt_locale(&entry, front);
    doubt_environment(&entry, front);
    locked = lock_states(front, place);
    look_ahead(&entry, front);
    visit_enter(&entry.visit);
    make_room(&entry, front);
    me->inside += locked;
    result = function(a[0], a[1], a[2], a[3], a[4], a[5]);
    me->inside -= locked;
    look_back(&entry, front, result);
    visit_leave(&entry.visit);
    visit_end(&entry.visit);
    return result;
}

/* All of them ------------------------------------------------------------------------------- */

#define HARMLESS(name)
#define REFUSED(name)

#define ACCESSES(name, ...) static struct front name##_front = {#name, NULL, {__VA_ARGS__}};
#include "explore/intercept/library.h"
#undef ACCESSES

#define ACCESSES(name, ...) \
    long front_##name(long a, long b, long c, long d, long e, long f) __asm__("front." #name); \
    long front_##name(long a, long b, long c, long d, long e, long f) \
    { \
        return front_call(&name##_front, (const long[ARGUMENTS]){a, b, c, d, e, f}, HERE); \
    }
#include "explore/intercept/library.h"
#undef ACCESSES

#define ACCESSES(name, ...) &name##_front,
static struct front *const fronts[] = {
#include "explore/intercept/library.h"
};

void fronts_begin(void)
{
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        if (fronts[i]->function == NULL)
            fronts[i]->function = real_function(fronts[i]->name);
}
