/*
 * Figures: data of runs, written by hand, and the pages that draw them.
 */
#include "weaving.h"

#define PROGRAM "# A\n\n```c {file=p.c .program}\nint x;\n```\n\n"
#define MARK "32bba88a" /* of the program's text */

static void assert_says(const char *chapter, const char *message)
{
    struct woven woven;

    weave(&woven, chapter);
    if (strstr(buf_string(&woven.messages), message) == NULL)
        fail_msg("\"%s\" is not in\n%s", message, woven.messages.ptr);
    forget(&woven);
}

static void assert_unwoven(const char *chapter, const char *text)
{
    struct woven woven;

    weave(&woven, chapter);
    assert_page_lacks(&woven, text);
    forget(&woven);
}

TEST(a_kind_that_is_none_is_an_error_at_its_place)
{
    assert_says(PROGRAM "```output {of=p}\n1\n```\n\n```figure {of=p kind=bar}\n```\n",
                "11:22: no figure is a \"bar\"; there is bars, grid, holds, lanes");
    assert_says(PROGRAM "```figure {of=p}\n```\n", "this figure is of no kind; say kind=");
}

TEST(a_figure_of_what_no_block_shows_is_an_error)
{
    assert_says(PROGRAM "```figure {of=p kind=bars}\n```\n",
                "this figure draws output lines, and no block shows those of \"p\"");
}

TEST(an_exact_output_is_drawn_without_another_run)
{
    assert_woven(PROGRAM "```output {of=p}\nfour: 4 apples\n```\n\n"
                         "```figure {of=p kind=bars}\n```\n",
                 "class=\"b\">4 apples</text>");
}

TEST(a_range_of_the_output_is_the_whisker_of_the_bar)
{
    static const char chapter[] = PROGRAM "```output {of=p}\nwait: {{1..3}} s\n```\n\n"
                                          "```figure {of=p kind=bars}\n"
                                          "# today, here, program 00000000\nwait: 2 s\n```\n";

    assert_woven(chapter, "class=\"b\">2 s</text><path class=\"l\" d=\"M");
    assert_woven(chapter, "today, here</figcaption>");
    assert_unwoven(chapter, "old: it");
}

TEST(a_range_without_an_end_is_an_arrow_to_the_right)
{
    assert_woven(PROGRAM "```output {of=p}\nwait: {{1..}} s\n```\n\n"
                         "```figure {of=p kind=bars}\n"
                         "# today, here, program 00000000\nwait: 2 s\n```\n",
                 "M523 56l7 5l-7 5\"/>");
}

/* "64 KiB deep" is a heading where the lines below leave something open. */
TEST(a_line_that_leaves_nothing_open_is_a_heading_among_others)
{
    assert_woven(PROGRAM "```output {of=p}\n64 deep\nroom: {{1..9}} KiB\nused: {{1..}} KiB\n```\n\n"
                         "```figure {of=p kind=memory}\n64 deep\nroom: 8 KiB\nused: 2 KiB\n```\n",
                 "class=\"b\">64 deep</text><path class=\"w0\"");
}

/* What is used is a ninth as wide as all of it, 32 units of 290; three such are below 122. */
TEST(what_is_used_of_memory_is_seen_larger_where_there_is_room)
{
    assert_woven(PROGRAM "```output {of=p}\ndeep\nroom: 81 KiB\nused: 1 KiB\nmore: 1 KiB\n```\n\n"
                         "```figure {of=p kind=memory}\n```\n",
                 "class=\"b\">used, 3 times as wide</text>");
    assert_unwoven(PROGRAM "```output {of=p}\ndeep\nroom: 81 KiB\nused: 40 KiB\n```\n\n"
                           "```figure {of=p kind=memory}\n```\n",
                   "times as wide");
}

TEST(data_that_the_output_does_not_allow_are_old)
{
    assert_woven(PROGRAM "```output {of=p}\nwait: {{1..3}} s\n```\n\n"
                         "```figure {of=p kind=bars}\nwait: 7 s\n```\n",
                 "old: it holds a run that its output block does not allow");
    assert_woven(PROGRAM "```output {of=p}\nwait: {{1..3}} s\n```\n\n"
                         "```figure {of=p kind=bars}\n```\n",
                 "old: it holds no run yet");
}

TEST(what_was_seen_of_another_program_text_is_old)
{
#define SEEN(mark) \
    PROGRAM "```figure {of=p kind=timeline}\n# today, here, program " mark \
            "\nmain 0 wait 90 run 10\nthread 1 \xe2\x80\xa6 10 run 20 none 5 wait 15\n```\n"

    assert_woven(SEEN("00000000"), "old: it holds a run of another text of its program");
    assert_unwoven(SEEN(MARK), "old: it");
    assert_woven(SEEN(MARK), ">thread 1 \xe2\x80\xa6</text>");
}

TEST(a_deadlock_is_a_circle_and_who_else_waits_stands_below)
{
    static const char chapter[] =
        PROGRAM "```outcomes {of=p}\ndone\n---\n--- deadlock\n    main waits for a to end\n"
                "    a waits for the mutex m, which b has\n"
                "    b waits for the mutex n, which a has\n```\n\n"
                "```figure {of=p kind=holds}\n```\n";

    assert_woven(chapter, ">lock m</text>");
    assert_woven(chapter, ">main waits for a to end</text>");
    assert_woven(PROGRAM "```outcomes {of=p}\ndone\n```\n\n```figure {of=p kind=holds}\n```\n",
                 "old: it finds no deadlock in its outcomes");
}

TEST(lanes_are_of_those_who_speak_more_than_once)
{
    static const char chapter[] =
        PROGRAM "```output {of=p}\na: x\nb y\na: z\nb z\nall done\n```\n\n"
                "```figure {of=p kind=lanes}\n```\n";

    assert_woven(chapter, "class=\"b\">a</text>");
    assert_woven(chapter, "class=\"b\">b</text>");
    assert_woven(chapter, "class=\"b\">all done</text>");
}

TEST(what_a_queue_refuses_leaves_it_as_it_was)
{
    assert_woven(PROGRAM "```output {of=p}\nput 7: done\nput 8: full\nget: done\n```\n\n"
                         "```figure {of=p kind=slots room=1}\n```\n",
                 "class=\"i\">7</text><text x=\"0\" y=\"72\" class=\"x\">put 8: full</text>");
}

/* Our copy of the end between two children is the one that is red. */
TEST(an_end_that_we_forgot_is_red)
{
#define PIPES(ours) \
    PROGRAM "```figure {of=p kind=pipes}\n# today, here, program " MARK "\np reads " ours "\n" \
            "yes writes 1\nhead reads 1 writes 2\n```\n"

    assert_woven(PIPES("1 2"), ">ours, too</text>");
    assert_unwoven(PIPES("2"), "ours, too");
}

TEST(names_are_whole_where_pipes_can_be_shorter)
{
    static const char chapter[] =
        PROGRAM "```figure {of=p kind=pipes}\n# today, here, program " MARK "\np reads 3\n"
                "yes writes 1\nhead reads 1 writes 2\nwc reads 2 writes 3\n```\n";

    assert_woven(chapter, ">yes</text>");
    assert_woven(chapter, ">head</text>");
    assert_woven(chapter, ">wc</text>");
}

/* On the left who writes, on the right who reads; neither where children talk among themselves. */
TEST(our_process_stands_where_it_has_to_do_with_a_pipe)
{
#define ENDS(ours, children) \
    PROGRAM "```figure {of=p kind=pipes}\n# today, here, program " MARK "\np " ours "\n" children \
            "\n```\n"
#define LEFT "<path class=\"w0\" d=\"M2"
    assert_woven(ENDS("reads 2 writes 1", "cat reads 1 writes 2"), LEFT);
    assert_unwoven(ENDS("reads 2", "yes writes 1\nhead reads 1 writes 2"), LEFT);
    assert_woven(ENDS("reads 2", "yes writes 1\nhead reads 1 writes 2"), ">process</text>");
    assert_unwoven(ENDS("reads 1", "yes writes 1\nhead reads 1"), ">process</text>");
    assert_woven(ENDS("reads 1", "cat reads 2 writes 1"), LEFT);
    assert_woven(ENDS("reads 1", "cat reads 2 writes 1"), ">closed</text>");
    assert_unwoven(ENDS("reads 1 writes 2", "cat reads 2 writes 1"), ">closed</text>");
    assert_woven(ENDS("writes 2", "cat reads 2 writes 1"), ">closed</text>");
}

TEST(a_word_may_run_over_lanes_that_are_empty_there)
{
    assert_woven(PROGRAM "```output {of=p}\na: what needs more room than its lane\nb y\na: z\n"
                         "b z\n```\n\n```figure {of=p kind=lanes}\n```\n",
                 ">what needs more room than its lane</text>");
}

/* The least type there is 18 px, of words that are 20 units high. */
TEST(a_slide_has_a_drawing_as_wide_as_it_is_and_the_book_one_for_a_phone)
{
#define NOTED(figure) figure "\n::: notes\nsaid\n:::\n"
    assert_woven(NOTED(SEEN(MARK)), "<svg class=\"fig narrow\" role=\"img\" viewBox=\"0 0 640 ");
    assert_woven(NOTED(SEEN(MARK)),
                 "<svg class=\"fig wide\" role=\"img\" viewBox=\"0 0 912 132\">");
    assert_woven(NOTED(SEEN(MARK)), "--figure:198px");
}

TEST(a_figure_stands_beside_code_that_is_larger_for_it)
{
    struct buf chapter = {0};

    buf_adds(&chapter, PROGRAM "```output {of=p}\n");
    for (int i = 0; i < 12; i++)
        buf_addf(&chapter, "%c: %d\n", "ab"[i % 2], i);
    buf_adds(&chapter, "```\n\n## B\n\n::: notes\nsaid\n:::\n\n```c {.no-tangle}\n");
    for (int i = 0; i < 12; i++)
        buf_adds(&chapter, "a line of code;\n");
    buf_adds(&chapter, "```\n\n```figure {of=p kind=lanes}\n```\n");
    assert_woven(buf_string(&chapter), "class=\"slide split\" style=\"--code:");
    buf_free(&chapter);
}

TEST(the_same_data_make_the_same_bytes)
{
    struct woven one, two;

    weave(&one, SEEN(MARK));
    weave(&two, SEEN(MARK));
    assert_string_equal(buf_string(&one.page), buf_string(&two.page));
    forget(&one);
    forget(&two);
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
