/*
 * Quote marks, list marks and blanks before a block's text.
 */
#include "check.h"

#include "heddle/read/container.h"

static unsigned text_column(const char *line)
{
    return container_text_column(span_of(line));
}

static bool same(const char *opening, const char *closing)
{
    return container_same(span_of(opening), span_of(closing));
}

TEST(tabs_reach_to_the_next_fourth_column)
{
    assert_int_equal(text_column("\ta"), 4);
    assert_int_equal(text_column("   \ta"), 4);
    assert_int_equal(text_column("    \ta"), 8);
    assert_int_equal(text_column("> \ta"), 4);
    assert_int_equal(text_column("-\ta"), 4);
}

TEST(text_begins_behind_all_marks)
{
    assert_int_equal(text_column("a"), 0);
    assert_int_equal(text_column("> > - 1. a"), 9);
    assert_int_equal(text_column("-a"), 0);
    assert_int_equal(text_column("12) a"), 4);
    assert_int_equal(text_column("12 a"), 0);
    assert_int_equal(text_column(""), 0);
}

TEST(a_list_mark_is_followed_by_a_blank_or_nothing)
{
    assert_int_equal(container_list_mark(span_of("- a")), 1);
    assert_int_equal(container_list_mark(span_of("*\ta")), 1);
    assert_int_equal(container_list_mark(span_of("+")), 1);
    assert_int_equal(container_list_mark(span_of("10. a")), 3);
    assert_int_equal(container_list_mark(span_of("--- a")), 0);
    assert_int_equal(container_list_mark(span_of(". a")), 0);
    assert_int_equal(container_list_mark(span_of("1- a")), 0);
    assert_int_equal(container_list_mark(span_of("10")), 0);
    assert_int_equal(container_list_mark(span_of("")), 0);
}

TEST(backticks_open_a_fence_unless_one_follows)
{
    assert_true(container_opens_fence(span_of("> 1. ```` c"), '`'));
    assert_true(container_opens_fence(span_of("```"), '`'));
    assert_false(container_opens_fence(span_of("``"), '`'));
    assert_false(container_opens_fence(span_of("``` `"), '`'));
    assert_true(container_opens_fence(span_of("~~~ `~"), '~'));
    assert_false(container_opens_fence(span_of("a ```"), '`'));
}

TEST(a_fence_closes_in_the_quotes_where_it_opened)
{
    assert_true(same("> ```", "> ```"));
    assert_true(same("> ```", ">```"));
    assert_false(same("> ```", "```"));
    assert_false(same("```", "> ```"));
    assert_false(same("> > ```", "> ```"));
}

TEST(a_fence_closes_where_its_list_item_goes_on)
{
    assert_true(same("- ```", "  ```"));
    assert_true(same("- ```", "   ```"));
    assert_false(same("- ```", " ```"));
    assert_false(same("- ```", "- ```"));
    assert_true(same("     ```", "  ```")); /* up to three before it */
    assert_false(same("     ```", " ```"));
}

TEST(the_innermost_item_up_to_a_column_is_meant)
{
    struct span line = span_of("> - 1. a");

    assert_int_equal(container_item_edge(line, 9), 7);
    assert_int_equal(container_item_edge(line, 7), 7);
    assert_int_equal(container_item_edge(line, 6), 4);
    assert_int_equal(container_item_edge(line, 4), 4);
    assert_int_equal(container_item_edge(line, 3), 0);
    assert_int_equal(container_item_edge(span_of("> a"), 9), 0);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
