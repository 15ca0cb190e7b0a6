/*
 * Who may ask a server of ours: by address, host, origin and key.
 */
#include "check.h"
#include "folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include "heddle/serve/guard.h"

static const struct guard guard = {.key = "0123456789abcdef0123456789abcdef", .port = 8000};

#define KEY "/0123456789abcdef0123456789abcdef"

TEST(only_this_machine_by_its_own_names_is_a_host)
{
    assert_true(guard_is_host(&guard, "127.0.0.1:8000"));
    assert_true(guard_is_host(&guard, "localhost:8000"));
    assert_false(guard_is_host(&guard, NULL));
    assert_false(guard_is_host(&guard, ""));
    assert_false(guard_is_host(&guard, "127.0.0.1"));
    assert_false(guard_is_host(&guard, "127.0.0.1:80001"));
    assert_false(guard_is_host(&guard, "localhost:8001"));
    assert_false(guard_is_host(&guard, "localhost.evil.example:8000"));
    assert_false(guard_is_host(&guard, "127.0.0.1:8000.evil.example"));
    assert_false(guard_is_host(&guard, "http://localhost:8000"));
}

TEST(only_a_page_of_ours_is_an_origin)
{
    assert_true(guard_is_origin(&guard, "http://127.0.0.1:8000"));
    assert_true(guard_is_origin(&guard, "http://localhost:8000"));
    assert_false(guard_is_origin(&guard, NULL));
    assert_false(guard_is_origin(&guard, "null"));
    assert_false(guard_is_origin(&guard, "https://localhost:8000"));
    assert_false(guard_is_origin(&guard, "http://localhost:8000/"));
    assert_false(guard_is_origin(&guard, "http://localhost:9000"));
    assert_false(guard_is_origin(&guard, "http://evil.example"));
}

static void assert_path(const char *url, const char *wanted)
{
    struct arena arena = {0};
    struct span path = {0};
    bool good = guard_path(&guard, url, &arena, &path);

    assert_int_equal(good, wanted != NULL);
    if (good)
        assert_span(path, wanted);
    arena_free(&arena);
}

TEST(a_path_stands_behind_the_key)
{
    assert_path(KEY "/code/a.html", "code/a.html");
    assert_path(KEY "/code/a%20b.html", "code/a b.html");
    assert_path(KEY "/", "index.html");
    assert_path(KEY "/sub/", "sub/index.html");
    assert_path(KEY "/%C3%A4.html", "\xc3\xa4.html");
}

TEST(without_the_whole_key_there_is_nothing)
{
    assert_path("", NULL);
    assert_path("/", NULL);
    assert_path("/index.html", NULL);
    assert_path(KEY, NULL);
    assert_path(KEY "x/", NULL);
    assert_path("/0123456789abcdef0123456789abcdee/", NULL);
    assert_path("/0123456789ABCDEF0123456789ABCDEF/", NULL);
    assert_path("x0123456789abcdef0123456789abcdef/", NULL);
    assert_path("/%30123456789abcdef0123456789abcdef/", NULL);
}

TEST(no_path_leads_out_of_its_folder)
{
    static const char *const paths[] = {
        "../x",        "a/../../x",
        "%2e%2e/x",    "a/%2e%2e/%2e%2e/x",
        "/etc/passwd", "%2fetc/passwd",
        "a//b",        "a%00.html",
        "%",           "%4",
        "%zz",         "%ff.html",
        "a/./b",       "..%2fx",
    };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct buf url = {0};

        buf_addf(&url, KEY "/%s", paths[i]);
        assert_path(buf_string(&url), NULL);
        buf_free(&url);
    }
}

/* Keys ------------------------------------------------------------------------ */

static void open_key(struct guard *opened)
{
    struct diags diags = {0};

    assert_true(guard_open(opened, "key", &diags));
    assert_int_equal(strlen(opened->key), GUARD_KEY);
    diag_free(&diags);
}

static void assert_key_is_new(const char *text, mode_t mode)
{
    struct guard opened = {0};
    FILE *file = fopen("key", "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod("key", mode), 0);
    open_key(&opened);
    assert_string_not_equal(opened.key, text);
}

TEST(a_key_is_kept_for_the_next_time_and_for_us_alone)
{
    struct guard first = {0}, again = {0};
    struct stat status;

    unlink("key");
    open_key(&first);
    open_key(&again);
    assert_string_equal(first.key, again.key);
    assert_int_equal(stat("key", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

TEST(a_key_that_others_could_know_is_none)
{
    assert_key_is_new(guard.key, 0644);
    assert_key_is_new(guard.key, 0620);
    assert_key_is_new("0123", 0600);
    assert_key_is_new("0123456789abcdef0123456789abcdeg", 0600);
}

TEST(a_link_is_no_key_and_is_not_followed)
{
    struct guard opened = {0};
    struct stat status;

    unlink("key");
    assert_int_equal(symlink("elsewhere", "key"), 0);
    open_key(&opened);
    assert_int_equal(lstat("key", &status), 0);
    assert_true(S_ISREG(status.st_mode));
    assert_int_not_equal(access("elsewhere", F_OK), 0);
}

TEST(where_no_key_can_be_kept_it_is_said)
{
    struct guard opened = {0};
    struct diags diags = {0};

    assert_false(guard_open(&opened, "no/such/folder/key", &diags));
    assert_true(diags.system_failed);
    diag_free(&diags);
}

int main(void)
{
    return tests_run(folder_enter, folder_leave);
}
