/*
 * What is kept between runs: found whole, or not at all.
 */
#include "check.h"
#include "folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "heddle/base/hash.h"
#include "heddle/disk/cache.h"
#include "heddle/disk/staged.h"

#define KEY_A "0123456789abcdef0123456789abcdef"
#define KEY_B "00000000000000000000000000000000"

FIXTURE(folder_enter, folder_leave);

/* Whether the key's text is there, and is `wanted`. */
static bool finds(const char *key, const char *wanted)
{
    struct arena arena = {0};
    struct span text;
    bool found = cache_find("kept", key, &arena, &text);

    if (found)
        assert_span(text, wanted);
    arena_free(&arena);
    return found;
}

static void put(const char *key, const char *text)
{
    cache_put("kept", key, span_of(text));
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    close(fd);
}

static size_t read_kept(const char *key, char *bytes, size_t size)
{
    char path[64];
    int fd;
    ssize_t got;

    snprintf(path, sizeof path, "kept/%s.kept", key);
    fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    got = read(fd, bytes, size);
    close(fd);
    assert_true(got > 0);
    return (size_t)got;
}

TEST(what_was_kept_is_found)
{
    assert_false(finds(KEY_A, ""));
    put(KEY_A, "one\ntwo");
    assert_true(finds(KEY_A, "one\ntwo"));
    put(KEY_A, "");
    assert_true(finds(KEY_A, ""));
    assert_false(finds(KEY_B, ""));
}

TEST(a_damaged_file_is_as_good_as_none)
{
    char bytes[128];
    size_t len;

    put(KEY_A, "text");
    len = read_kept(KEY_A, bytes, sizeof bytes);
    for (size_t i = 0; i < len; i++) {
        write_file("kept/" KEY_A ".kept", bytes, i); /* cut short */
        assert_false(finds(KEY_A, ""));
        bytes[i] ^= 1; /* one bit of it */
        write_file("kept/" KEY_A ".kept", bytes, len);
        assert_false(finds(KEY_A, ""));
        bytes[i] ^= 1;
    }
    put(KEY_A, "text");
    assert_true(finds(KEY_A, "text"));
}

TEST(a_file_under_anothers_name_is_none)
{
    put(KEY_A, "text");
    assert_int_equal(rename("kept/" KEY_A ".kept", "kept/" KEY_B ".kept"), 0);
    assert_false(finds(KEY_B, ""));
}

TEST(no_folder_and_a_file_in_its_place_are_no_error)
{
    struct arena arena = {0};
    struct span text;

    write_file("plain", "", 0);
    cache_put("plain", KEY_A, span_of("text"));
    assert_false(cache_find("plain", KEY_A, &arena, &text));
    cache_prune("plain", 1);
    cache_prune("nowhere", 1);
    arena_free(&arena);
}

/* Each sees one of the two texts, or none; never a mixture. */
static void keep_busy(const char *text)
{
    struct arena arena = {0};
    struct span found;

    for (int i = 0; i < 300; i++) {
        put(KEY_A, text);
        if (cache_find("kept", KEY_A, &arena, &found) &&
            (found.len != 5000 || (found.ptr[0] != 'a' && found.ptr[0] != 'b') ||
             memcmp(found.ptr, found.ptr + 1, found.len - 1) != 0))
            _exit(1);
        if (i % 50 == 0)
            cache_prune("kept", 1);
    }
    arena_free(&arena);
    _exit(0);
}

TEST(processes_that_share_a_folder_see_whole_texts)
{
    char texts[2][5001];
    pid_t children[4];

    for (int i = 0; i < 2; i++) {
        memset(texts[i], "ab"[i], 5000);
        texts[i][5000] = '\0';
    }
    for (int i = 0; i < 4; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            keep_busy(texts[i % 2]);
    }
    for (int i = 0; i < 4; i++) {
        int status;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
}

static void set_age(const char *path, long seconds)
{
    struct timespec times[2];

    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= seconds;
    times[1] = times[0];
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

TEST(pruning_leaves_what_was_used_last)
{
    char key[HASH_DIGITS + 1], path[64];

    for (int i = 0; i < 9; i++) {
        snprintf(key, sizeof key, "%032x", i + 1);
        put(key, "text");
        snprintf(path, sizeof path, "kept/%s.kept", key);
        set_age(path, 100 - i);
    }
    snprintf(key, sizeof key, "%032x", 1);
    assert_true(finds(key, "text")); /* the oldest, and used just now */
    cache_prune("kept", 3);
    for (int i = 0; i < 9; i++) {
        snprintf(key, sizeof key, "%032x", i + 1);
        assert_int_equal(finds(key, "text"), i == 0 || i >= 7);
    }
}

TEST(pruning_touches_no_other_files)
{
    put(KEY_A, "text");
    write_file("kept/README", "", 0);
    write_file("kept/" STAGED_PREFIX "1-0.tmp", "", 0);
    write_file("kept/" STAGED_PREFIX "2-0.tmp", "", 0);
    set_age("kept/" STAGED_PREFIX "1-0.tmp", 4000);
    set_age("kept/README", 4000);
    cache_prune("kept", 0);
    assert_false(finds(KEY_A, ""));
    assert_true(file_exists("kept/README"));
    assert_false(file_exists("kept/" STAGED_PREFIX "1-0.tmp")); /* left an hour ago */
    assert_true(file_exists("kept/" STAGED_PREFIX "2-0.tmp"));  /* being written, maybe */
}

int main(void)
{
    return tests_run(NULL, NULL);
}
