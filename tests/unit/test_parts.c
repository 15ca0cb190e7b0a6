/*
 * Whose the files are that `heddle explore --merge` is given.
 */
#include "check.h"
#include "folder.h"

#include "heddle/outcomes/parts.h"

FIXTURE(folder_enter, folder_leave);

#define FIRST "heddle explore, parts of a program, 1\n"
#define BUILD "build 0123456789abcdef at 555555554000\n"

static bool read_text(struct parts *parts, struct arena *arena, const char *text)
{
    struct diags diags = {0};
    bool good;

    put_file("part", text);
    good = parts_read(parts, arena, "part", &diags);
    diag_free(&diags);
    return good;
}

TEST(head_says_how_what_was_explored)
{
    struct arena arena = {0};
    struct parts parts;

    assert_true(read_text(&parts, &arena,
                          FIRST BUILD "words steps=5000 bound=1\narguments 3\n"
                                      "build/explore/item\n-x\n\ncrown 4 parts 9 sites 0\n\x01\n"));
    assert_string_equal(parts.words, "steps=5000 bound=1");
    assert_int_equal(parts.count, 3);
    assert_string_equal(parts.arguments[0], "item"); /* the book's */
    assert_string_equal(parts.arguments[1], "-x");
    assert_string_equal(parts.arguments[2], "");
    assert_null(parts.arguments[3]);
    assert_true(read_text(&parts, &arena, FIRST BUILD "words a=1\narguments 1\n./x/item\n"));
    assert_string_equal(parts.arguments[0], "./x/item");
    arena_free(&arena);
}

TEST(whatever_is_no_such_head_is_refused)
{
    static const char *const texts[] = {
        "",
        "{}\n",
        FIRST,
        FIRST BUILD,
        FIRST BUILD "words a=1\n",
        FIRST BUILD "words a=1\narguments 0\n",
        FIRST BUILD "words a=1\narguments many\nx\n",
        FIRST BUILD "words a=1\narguments 2\nx\n",
        FIRST BUILD "arguments 1\nx\n",
    };
    struct arena arena = {0};
    struct parts parts;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text(&parts, &arena, texts[i]))
            fail_msg("taken: %s", texts[i]);
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
