/*
 * System calls that fail while files are written. The linker puts the wrappers
 * below between heddle and the C library (ld's --wrap, see the Makefile).
 */
#include "folder.h"

#include <sys/wait.h>

#include "heddle/disk/cache.h"
#include "heddle/disk/fileset.h"
#include "heddle/disk/staged.h"

int __real_fsync(int fd);
int __real_renameat(int old_folder, const char *old, int folder, const char *target);
ssize_t __real_write(int fd, const void *bytes, size_t count);
int __wrap_fsync(int fd);
int __wrap_renameat(int old_folder, const char *old, int folder, const char *target);
ssize_t __wrap_write(int fd, const void *bytes, size_t count);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

/* How many calls go well before one fails; negative: all. */
static int good_syncs = -1, good_renames = -1, good_writes = -1, good_allocations = -1;
static bool disk_is_full;
static int syncs, renames, syncs_before_a_rename;

static bool fails(int *good)
{
    return *good >= 0 && (*good)-- == 0;
}

int __wrap_fsync(int fd)
{
    syncs++;
    if (!fails(&good_syncs))
        return __real_fsync(fd);
    errno = EIO;
    return -1;
}

int __wrap_renameat(int old_folder, const char *old, int folder, const char *target)
{
    renames++;
    syncs_before_a_rename = syncs;
    if (!fails(&good_renames))
        return __real_renameat(old_folder, old, folder, target);
    errno = ENOSPC;
    return -1;
}

/* Half of it goes well: a disk that is nearly full. */
ssize_t __wrap_write(int fd, const void *bytes, size_t count)
{
    if (disk_is_full) {
        errno = ENOSPC;
        return -1;
    }
    if (count > 1)
        return __real_write(fd, bytes, count / 2);
    if (!fails(&good_writes))
        return __real_write(fd, bytes, count);
    errno = ENOSPC;
    return -1;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails(&good_allocations) ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails(&good_allocations) ? NULL : __real_realloc(old, size);
}

static int enter(void **state)
{
    good_syncs = good_renames = good_writes = -1;
    syncs = renames = syncs_before_a_rename = 0;
    disk_is_full = false;
    return folder_enter(state);
}

FIXTURE(enter, folder_leave);

/* The old file is whole, nothing lies beside it, and the error is told. */
static void check_failure(void)
{
    struct diags diags = {0};

    put_file("a", "old");
    assert_false(file_replace("a", span_of("new"), &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    assert_int_equal(diags.errors, 1);
    check_file("a", "old");
    assert_int_equal(count_below("."), 1);
    diag_free(&diags);
}

TEST(a_full_disk_leaves_the_old_file)
{
    good_writes = 0;
    check_failure();
}

TEST(a_failed_sync_leaves_the_old_file)
{
    good_syncs = 0;
    check_failure();
    assert_int_equal(renames, 0);
}

TEST(a_failed_rename_leaves_the_old_file)
{
    good_renames = 0;
    check_failure();
}

/* Else a crash could leave an empty file under the old name. */
TEST(a_replaced_file_is_on_the_disk_before_it_has_its_name)
{
    struct diags diags = {0};

    assert_true(file_replace("a", span_of("new"), &diags));
    assert_int_equal(renames, 1);
    assert_int_equal(syncs_before_a_rename, 1);
    check_file("a", "new");
    diag_free(&diags);
}

/* Files a, b and c of one text; how many were written, or -1. */
static int write_three(const char *text, struct diags *diags)
{
    struct fileset *set = fileset_open("out", (struct fileset_options){0}, diags);
    struct fileset_counts counts;
    bool fine;

    for (const char *path = "abc"; *path != '\0'; path++)
        fileset_add(set, (struct span){path, 1}, span_of(text), 0644, (struct place){0});
    fine = fileset_commit(set, &counts);
    return fine ? (int)counts.written : -1;
}

TEST(a_failed_rename_is_told_and_the_next_run_carries_on)
{
    struct diags diags = {0};

    good_renames = 1;
    assert_int_equal(write_three("old", &diags), -1);
    assert_int_equal(diag_exit_status(&diags), 2);
    check_file("out/a", "old");
    check_file("out/b", NULL);
    check_file("out/c", "old");
    assert_int_equal(count_below("out"), 3); /* a, c, the list; none that waits */
    assert_int_equal(write_three("old", &diags), 1);
    diag_free(&diags);
}

/* Else its list would have the new text's hash, and the old text in its place
 * would be taken for an edit by hand. */
TEST(a_file_that_was_not_replaced_is_still_known)
{
    struct diags diags = {0};

    assert_int_equal(write_three("old", &diags), 3);
    good_renames = 1;
    assert_int_equal(write_three("new", &diags), -1);
    check_file("out/b", "old");
    assert_int_equal(write_three("newer", &diags), 3);
    check_file("out/b", "newer");
    diag_free(&diags);
}

/* In a child, with memory for so many allocations; its exit status. */
static int write_new_with(int allocations)
{
    int status;
    pid_t child;

    fflush(NULL);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct diags diags = {0};

        if (freopen("messages", "w", stderr) == NULL)
            _exit(77);
        good_allocations = allocations;
        _exit(write_three("new", &diags) >= 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static bool holds(const char *path, const char *text)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span got = {0};
    bool same = file_read(&arena, path, &got, &diags) && span_is(got, text);

    arena_free(&arena);
    diag_free(&diags);
    return same;
}

TEST(without_memory_it_ends_and_the_next_run_carries_on)
{
    struct diags diags = {0};
    int allocations = 0;

    assert_int_equal(write_three("old", &diags), 3);
    for (int status; (status = write_new_with(allocations)) != 0; allocations++) {
        assert_int_equal(status, 2);
        check_file("messages", "heddle: out of memory\n");
        for (const char *path = "out/a\0out/b\0out/c\0"; *path != '\0'; path += 6)
            assert_true(holds(path, "old") || holds(path, "new"));
        assert_true(write_three("new", &diags) >= 0);
        assert_int_equal(write_three("old", &diags), 3);
    }
    assert_true(allocations > 5);
    assert_true(holds("out/a", "new") && holds("out/b", "new") && holds("out/c", "new"));
    diag_free(&diags);
}

TEST(a_file_that_cannot_be_staged_leaves_the_folder_as_it_was)
{
    struct fileset_counts counts;
    struct diags diags = {0};
    struct fileset *set = fileset_open("out", (struct fileset_options){0}, &diags);

    fileset_add(set, span_of("a"), span_of("text"), 0644, (struct place){0});
    good_writes = 0;
    fileset_add(set, span_of("b/c"), span_of("text"), 0644, (struct place){0});
    good_writes = -1;
    assert_false(fileset_commit(set, &counts));
    assert_int_equal(diag_exit_status(&diags), 2);
    assert_int_equal(count_below("out"), 0);
    diag_free(&diags);
}

TEST(a_cache_that_cannot_write_is_no_error)
{
    static const char key[] = "0123456789abcdef0123456789abcdef";
    struct arena arena = {0};
    struct span text;

    good_renames = 0;
    cache_put("kept", key, span_of("text"));
    assert_false(cache_find("kept", key, &arena, &text));
    assert_int_equal(count_below("kept"), 0);
    arena_free(&arena);
}

/* A killed run's files; its process number is ours now, as in containers,
 * where numbers are few. */
TEST(a_killed_runs_leftovers_are_in_nobodys_way)
{
    char name[STAGED_NAME], leftover[STAGED_NAME];
    unsigned number = 0;

    assert_int_equal(staged_write(AT_FDCWD, span_of("x"), 0644, STAGED_QUICK, name), 0);
    assert_int_equal(sscanf(strrchr(name, '-'), "-%u", &number), 1);
    for (unsigned i = 1; i <= 3; i++) {
        snprintf(leftover, sizeof leftover, STAGED_PREFIX "%ld-%u.tmp", (long)getpid(), number + i);
        if (i == 2)
            assert_int_equal(symlink("elsewhere", leftover), 0);
        else
            put_file(leftover, "left");
    }
    assert_int_equal(staged_write(AT_FDCWD, span_of("y"), 0644, STAGED_QUICK, name), 0);
    assert_int_equal(staged_place(AT_FDCWD, name, "y"), 0);
    check_file("y", "y");
    check_file(leftover, "left");
    check_file("elsewhere", NULL);
}

TEST(a_full_disk_is_named_once)
{
    struct diags diags = {0};

    disk_is_full = true;
    write_three("x", &diags);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(diags.count, 2);
    assert_non_null(strstr(diags.list[1].message, "2 more files"));
    diag_free(&diags);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
