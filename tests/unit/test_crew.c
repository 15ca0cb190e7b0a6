/* crew.c through its header. Each test's name is the claim. */
#include "check.h"

#include <stdatomic.h>
#include <unistd.h>

#include "heddle/system/crew.h"
#include "progress.h"

enum { THINGS = 200 };

struct thing {
    int worked, taken;
};

static struct thing things[THINGS];
static struct crew crew;

static int setup(void **state)
{
    (void)state;
    memset(things, 0, sizeof things);
    crew_open(&crew, things, THINGS, sizeof *things);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    crew_close(&crew);
    return 0;
}

FIXTURE(setup, teardown);

static void *work(void *item, void *context, struct thread_error *error)
{
    struct thing *thing = item;

    (void)context, (void)error;
    thing->worked++;
    return thing;
}

/* Each thread counts in a context of its own, without a lock. */
static void *count_here(void *item, void *context, struct thread_error *error)
{
    ++*(size_t *)context;
    return work(item, context, error);
}

static atomic_bool stopped;
static atomic_int late; /* begun after that */

static void *stop_at_the_tenth(void *item, void *context, struct thread_error *error)
{
    if (atomic_load(&stopped))
        atomic_fetch_add(&late, 1);
    if (item == &things[9]) {
        crew_stop(&crew);
        atomic_store(&stopped, true);
    }
    return work(item, context, error);
}

static size_t take_all(void)
{
    struct thing *thing;
    size_t count = 0;

    for (; (thing = crew_next(&crew)) != NULL; count++) {
        assert_int_equal(thing->worked, 1);
        assert_int_equal(thing->taken++, 0);
    }
    return count;
}

TEST(each_thing_is_worked_on_and_handed_out_once)
{
    assert_int_equal(crew_start(&crew, 4, work, NULL, 0), 4);
    assert_int_equal(take_all(), THINGS);
    assert_null(crew_next(&crew));
}

TEST(a_crew_of_one_needs_no_thread_and_keeps_the_order)
{
    assert_int_equal(crew_start(&crew, 1, work, NULL, 0), 1);
    for (int i = 0; i < THINGS; i++)
        assert_ptr_equal(crew_next(&crew), &things[i]);
    assert_null(crew_next(&crew));
}

TEST(each_thread_may_have_a_context_of_its_own)
{
    size_t counts[8] = {0}, used, sum = 0;

    used = crew_start(&crew, 8, count_here, counts, sizeof *counts);
    assert_int_equal(take_all(), THINGS);
    crew_wait(&crew);
    for (size_t i = 0; i < used; i++)
        sum += counts[i];
    assert_int_equal(sum, THINGS);
}

TEST(no_more_threads_than_things)
{
    crew_close(&crew);
    crew_open(&crew, things, 3, sizeof *things);
    assert_int_equal(crew_start(&crew, 8, work, NULL, 0), 3);
    assert_int_equal(take_all(), 3);
}

TEST(for_no_things_there_is_nothing_to_do)
{
    crew_close(&crew);
    crew_open(&crew, things, 0, sizeof *things);
    crew_start(&crew, 0, work, NULL, 0);
    assert_int_equal(take_all(), 0);
}

TEST(after_a_stop_nothing_is_begun)
{
    crew_start(&crew, 2, stop_at_the_tenth, NULL, 0);
    take_all();
    crew_wait(&crew);
    assert_in_range(atomic_load(&late), 0, 1); /* the other thread may have had one in hand */
    crew_stop(&crew);
    assert_null(crew_next(&crew));
}

TEST(a_crew_of_one_stops_too)
{
    crew_start(&crew, 1, work, NULL, 0);
    assert_non_null(crew_next(&crew));
    crew_stop(&crew);
    assert_null(crew_next(&crew));
    assert_int_equal(things[1].worked, 0);
}

int main(void)
{
    progress_begin(900);
    return tests_run(NULL, NULL);
}
