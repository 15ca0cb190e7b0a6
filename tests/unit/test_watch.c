/*
 * What is told of changes below folders: waited for, never slept for. That nothing is
 * told is seen by what is told next.
 */
#include "check.h"
#include "folder.h"

#include <semaphore.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "heddle/serve/watch.h"

enum { LIMIT_S = 60 };

struct watching {
    struct watch watch;
    sem_t told;
};

static void tell(void *context)
{
    struct watching *watching = context;

    sem_post(&watching->told);
}

static void begin(struct watching *watching, const char *const *roots, size_t count)
{
    struct diags diags = {0};

    *watching = (struct watching){
        .watch = {.roots = roots, .root_count = count, .changed = tell, .context = watching}};
    sem_init(&watching->told, 0, 0);
    assert_true(watch_start(&watching->watch, &diags));
    diag_free(&diags);
}

static void end(struct watching *watching)
{
    watch_stop(&watching->watch);
    sem_destroy(&watching->told);
}

static void assert_told(struct watching *watching)
{
    struct timespec limit;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += LIMIT_S;
    assert_int_equal(sem_timedwait(&watching->told, &limit), 0);
}

static const char *const chapters[] = {"chapters"};

TEST(a_written_file_is_told_of)
{
    struct watching watching;

    begin(&watching, chapters, 1);
    put_file("chapters/a.md", "x");
    assert_told(&watching);
    end(&watching);
}

TEST(so_is_one_that_is_renamed_or_goes)
{
    struct watching watching;

    put_file("chapters/a.md", "x");
    begin(&watching, chapters, 1);
    assert_int_equal(rename("chapters/a.md", "chapters/b.md"), 0);
    assert_told(&watching);
    assert_int_equal(unlink("chapters/b.md"), 0);
    assert_told(&watching);
    end(&watching);
}

TEST(a_folder_that_comes_is_watched_as_well)
{
    struct watching watching;

    begin(&watching, chapters, 1);
    assert_int_equal(mkdir("chapters/sub", 0700), 0);
    assert_told(&watching);
    put_file("chapters/sub/x.md", "x");
    assert_told(&watching);
    end(&watching);
}

/* git checkout may take a folder away for a moment. */
TEST(a_folder_that_goes_and_comes_again_is_watched)
{
    struct watching watching;

    begin(&watching, chapters, 1);
    assert_int_equal(rename("chapters/sub", "elsewhere"), 0);
    assert_told(&watching);
    assert_int_equal(rename("elsewhere", "chapters/sub"), 0);
    assert_told(&watching);
    put_file("chapters/sub/y.md", "x");
    assert_told(&watching);
    end(&watching);
}

/* Of a file alone its neighbours are nobody's business: what is told is the file. */
TEST(of_a_file_only_that_file_is_told)
{
    static const char *const one[] = {"one.md"};
    struct watching watching;
    int told;

    put_file("one.md", "x");
    begin(&watching, one, 1);
    put_file("two.md", "x");
    put_file("one.md", "x");
    assert_told(&watching);
    end(&watching);
    assert_int_equal(sem_getvalue(&watching.told, &told), 0);
    assert_int_equal(told, 0);
}

TEST(editors_own_files_are_not_told)
{
    struct watching watching;
    int told;

    begin(&watching, chapters, 1);
    put_file("chapters/.a.md.swp", "x");
    put_file("chapters/a.md~", "x");
    put_file("chapters/last.md", "x");
    assert_told(&watching);
    watch_stop(&watching.watch);
    assert_int_equal(sem_getvalue(&watching.told, &told), 0);
    assert_int_equal(told, 0);
    sem_destroy(&watching.told);
}

TEST(it_ends_though_nothing_has_happened)
{
    struct watching watching;

    begin(&watching, chapters, 1);
    end(&watching);
}

static int enter_folder(void **state)
{
    assert_int_equal(folder_enter(state), 0);
    return mkdir("chapters", 0700);
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
