/*
 * Pieces through pandoc: those that have changed, together, and each as if it were
 * alone.
 */
#include "check.h"
#include "folder.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/disk/file.h"
#include "heddle/pages/pandoc.h"

/* A pandoc in PATH before the others: it writes down what it was given. */
static int enter_folder(void **state)
{
    struct diags diags = {0};
    struct buf path = {0};

    assert_int_equal(folder_enter(state), 0);
    assert_true(file_replace("bin/pandoc",
                             span_of("#!/bin/sh\nPATH=${PATH#*:}\ncat >given\ncat given >>all\n"
                                     "exec pandoc \"$@\" <given\n"),
                             &diags));
    assert_int_equal(chmod("bin/pandoc", 0755), 0);
    buf_addf(&path, "%s/bin:%s", folder_path, getenv("PATH"));
    setenv("PATH", buf_string(&path), 1);
    buf_free(&path);
    diag_free(&diags);
    return 0;
}

enum { MOST = 4 };

/* What becomes of pieces, with a line between two. */
static void assert_made(const char *const pieces[MOST], const char *wanted)
{
    struct source source = {.path = "chapters/a.md"};
    struct arena arena = {0};
    struct diags diags = {0};
    struct html_node *trees[MOST] = {0};
    struct span texts[MOST];
    struct buf html = {0};
    size_t count = 0;

    for (; count < MOST && pieces[count] != NULL; count++)
        texts[count] = span_of(pieces[count]);
    remove("given");
    assert_true(pandoc_read(&(struct pandoc){"commonmark_x", "kept", &source}, texts, count, trees,
                            &arena, &diags));
    assert_int_equal(diags.count, 0);
    for (size_t i = 0; i < count; i++) {
        html_add(&html, trees[i]);
        buf_adds(&html, "|");
    }
    for (size_t i = 0; i < html.len; i++)
        if (html.ptr[i] == '\n')
            html.ptr[i] = ' ';
    assert_string_equal(buf_string(&html), wanted);
    buf_free(&html);
    arena_free(&arena);
    diag_free(&diags);
}

#define MADE(wanted, ...) assert_made((const char *const[MOST]){__VA_ARGS__}, wanted)

static void assert_given(const char *text)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span given = span_of("");

    assert_int_equal(file_exists("given"), text != NULL);
    if (text != NULL && file_read(&arena, "given", &given, &diags))
        assert_span(given, text);
    arena_free(&arena);
    diag_free(&diags);
}

TEST(only_what_has_changed_is_given_to_pandoc)
{
    MADE("<p>one</p>|<p>two</p>|<p>three</p>|", "one\n", "two\n", "three\n");
    MADE("<p>one</p>|<p>new</p>|<p>three</p>|", "one\n", "new\n", "three\n");
    assert_given("new\n");
}

TEST(a_change_that_is_taken_back_costs_nothing)
{
    MADE("<p>back</p>|<p>b</p>|", "back\n", "b\n");
    MADE("<p>forth</p>|<p>b</p>|", "forth\n", "b\n");
    MADE("<p>back</p>|<p>b</p>|", "back\n", "b\n");
    assert_given(NULL);
}

TEST(pieces_that_have_moved_are_still_known)
{
    MADE("<p>x</p>|<p>y</p>|", "x\n", "y\n");
    MADE("<p>y</p>|<p>y</p>|<p>x</p>|", "y\n", "y\n", "x\n");
    assert_given(NULL);
}

TEST(an_empty_piece_is_kept_as_well)
{
    MADE("|<p>e</p>|", "", "e\n");
    MADE("|<p>e</p>|", "", "e\n");
    assert_given(NULL);
}

/* Together with others a piece is what it is alone, whatever it leaves open. */
TEST(no_piece_takes_the_next_one_in)
{
    static const char *const open[] = {"<!-- open\n", "~~~\ncode\n", "::: a\ntext\n", "- item\n",
                                       "<div>\n",     "<b>bold\n",   "> quote\n"};

    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        struct buf html = {0};
        struct arena arena = {0};
        struct diags diags = {0};
        struct source source = {.path = "alone.md"};
        struct span text = span_of(open[i]);
        struct html_node *alone = NULL;

        assert_true(pandoc_read(&(struct pandoc){"commonmark_x", "kept", &source}, &text, 1, &alone,
                                &arena, &diags));
        html_add(&html, alone);
        buf_adds(&html, "|<p>behind [it]</p>|");
        for (size_t at = 0; at < html.len; at++)
            if (html.ptr[at] == '\n')
                html.ptr[at] = ' ';
        MADE(buf_string(&html), open[i], "behind [it]\n");
        buf_free(&html);
        arena_free(&arena);
        diag_free(&diags);
    }
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
