/*
 * Figures that prose quotes from outputs and code.
 */
#include "book.h"

#define PROGRAM \
    "```c {file=a.c .program}\nenum { SENT = 1000, WAIT_MS = 2 };\n" \
    "```\n\n```output {of=a}\n" \
    "sent 180 of 369600\nat least {{0.36..}} s\n```\n\n" \
    "```outcomes {of=a}\none\n---\ntwo\n--- deadlock\n    main waits\nthree\n```\n\n"

/* The first message about "PROGRAM prose", or NULL; on the prose's line. */
static const char *message(struct book *book, const char *prose)
{
    char text[2000];
    const struct diag *error;

    snprintf(text, sizeof text, "%s%s\n", PROGRAM, prose);
    book_make_one(book, text);
    error = book_error(book, 0);
    if (error != NULL)
        assert_int_equal(error->place.line, 19);
    return error != NULL ? error->message : NULL;
}

static void assert_true_of(const char *prose)
{
    struct book book;
    const char *said = message(&book, prose);

    if (said != NULL)
        fail_msg("%s: %s", prose, said);
    book_free(&book);
}

static void assert_refused(const char *prose, const char *expected)
{
    struct book book;
    const char *said = message(&book, prose);

    if (said == NULL)
        fail_msg("not refused: %s", prose);
    assert_string_equal(said, expected);
    book_free(&book);
}

TEST(a_number_of_the_output_may_be_quoted)
{
    assert_true_of("We sent 180<!--{of=a}--> times.");
    assert_true_of("We sent 180<!--{of=a line=1 field=2}--> times.");
    assert_true_of("Of **369,600**<!--{of=a line=1 field=4}-->, all.");
    assert_true_of("It takes `0.36`<!--{of=a line=2}--> seconds.");
    assert_true_of("180<!--{of=a}--> and 180<!--{of=a field=2}-->.");
}

TEST(a_number_of_the_code_may_be_quoted)
{
    assert_true_of("We send 1,000<!--{in=a.c}--> and wait two<!--{in=a.c line=1}--> ms.");
    assert_refused("We send 100<!--{in=a.c}-->.", "no number of \"a.c\" is 100");
    assert_refused("We send 100<!--{in=b.c}-->.",
                   "no chunk is named \"b.c\"; did you mean \"a.c\"?");
}

TEST(outcomes_may_be_counted)
{
    assert_true_of("Three<!--{of=a .outcomes}--> ways.");
    assert_refused("Two<!--{of=a .outcomes}--> ways.", "\"Two\" is not what \"a\" has there: 3");
}

TEST(a_stale_number_is_refused)
{
    assert_refused("We sent 181<!--{of=a}--> times.", "no number of \"a\" is 181");
    assert_refused("We sent 369600<!--{of=a line=1 field=2}-->.",
                   "\"369600\" is not what \"a\" has there: 180");
    assert_refused("It takes 180<!--{of=a line=2}-->.", "no number of \"a\" is 180 in that line");
    assert_refused("We sent 180<!--{of=a line=9}-->.", "no block of \"a\" has such a place");
    assert_refused("We sent 180<!--{of=b}-->.", "no program is named \"b\"; did you mean \"a\"?");
    assert_refused("We sent it<!--{of=a}-->.", "no number stands before this source");
    assert_refused("We sent 180<!--{of=a line=0}-->.", "line counts from 1");
}

TEST(comments_of_others_are_left_alone)
{
    assert_true_of("We sent it<!-- of course -->, <!--{x}--> and <!-- {of=b} -->.");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
