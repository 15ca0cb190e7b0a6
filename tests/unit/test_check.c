/*
 * What a careful book does not have, and what it says about itself.
 */
#include "book.h"

#include "heddle/web/check.h"
#include "heddle/web/title.h"

/* The message of the only error of a chapter, or NULL; on its `line`. */
static const char *only_error(struct book *book, const char *text, unsigned line)
{
    const struct diag *error;
    struct buf now = {0};

    book_make_one(book, text);
    if (!book->good)
        fail_msg("%s", book_error(book, 0)->message);
    web_check(&book->web, span_of(""), &now, &book->diags);
    buf_free(&now);
    error = book_error(book, 0);
    if (error == NULL)
        return NULL;
    assert_null(book_error(book, 1));
    assert_int_equal(error->place.line, line);
    return error->message;
}

static void assert_careful(const char *text)
{
    struct book book;
    const char *message = only_error(&book, text, 0);

    if (message != NULL)
        fail_msg("%s", message);
    book_free(&book);
}

static void assert_careless(const char *text, unsigned line, const char *message)
{
    struct book book;
    const char *said = only_error(&book, text, line);

    assert_non_null(said);
    assert_string_equal(said, message);
    book_free(&book);
}

TEST(c_that_nothing_compiles_is_told)
{
    static const char message[] = "nothing compiles this block; give it a #name or a file=, or "
                                  "mark it .fragment, .compile-fail or .no-tangle";

    assert_careless("a\n\n```c\nint x;\n```\n", 3, message);
    assert_careful("```c {file=a.c}\nint x;\n```\n");
    assert_careful("```c {.fragment}\nint x;\n```\n");
    assert_careful("```c {.compile-fail}\nint x\n```\n\n```output\nexpected\n```\n");
    assert_careful("```c {.no-tangle}\nint x;\n```\n");
    assert_careful("    int x;\n");
    assert_careful("```sh\nls\n```\n");
}

TEST(output_that_nothing_prints_is_told)
{
    assert_careless("```output\n1\n```\n", 1, "nothing prints this output; say {of=NAME}");
    assert_careful("```c {.program file=a.c}\nint main;\n```\n\n```output {of=a}\n1\n```\n");
}

TEST(outcomes_of_nothing_are_told)
{
    assert_careless("```outcomes\nexit 0\n```\n", 1,
                    "these are the outcomes of nothing; say {of=NAME}");
}

TEST(a_program_that_no_block_shows_is_told)
{
    assert_careless("```c {.program file=lib/a.c}\nint main;\n```\n", 1,
                    "no block shows what this program prints; add one: ```output {of=a}");
}

TEST(the_title_is_the_first_that_a_front_matter_says)
{
    static const char *const texts[] = {"---\nlang: de\n---\n# A\n", "---\ntitle: 'B'\n---\n# C\n",
                                        "---\ntitle: D\n---\n", NULL};
    struct book book;

    book_make(&book, texts);
    assert_span(web_title(&book.web), "B");
    assert_span(web_front_value(&book.web, "lang"), "de");
    assert_span(web_front_value(&book.web, "author"), "");
    book_free(&book);
}

TEST(without_one_the_title_is_the_first_heading)
{
    static const char *const texts[] = {"text\n\n## A b {.c #d}\n\n# E\n", "# F\n", NULL};
    struct book book;

    book_make(&book, texts);
    assert_span(web_title(&book.web), "A b");
    book_free(&book);
    book_make_one(&book, "no heading\n");
    assert_span(web_title(&book.web), "");
    book_free(&book);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
