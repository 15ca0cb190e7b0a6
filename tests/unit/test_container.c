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

static void tabs_reach_to_the_next_fourth_column(void **state)
{
    (void)state;
    assert_int_equal(text_column("\ta"), 4);
    assert_int_equal(text_column("   \ta"), 4);
    assert_int_equal(text_column("    \ta"), 8);
    assert_int_equal(text_column("> \ta"), 4);
    assert_int_equal(text_column("-\ta"), 4);
}

static void text_begins_behind_all_marks(void **state)
{
    (void)state;
    assert_int_equal(text_column("a"), 0);
    assert_int_equal(text_column("> > - 1. a"), 9);
    assert_int_equal(text_column("-a"), 0);
    assert_int_equal(text_column("12) a"), 4);
    assert_int_equal(text_column("12 a"), 0);
    assert_int_equal(text_column(""), 0);
}

static void a_list_mark_is_followed_by_a_blank_or_nothing(void **state)
{
    (void)state;
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

static void backticks_open_a_fence_unless_one_follows(void **state)
{
    (void)state;
    assert_true(container_opens_fence(span_of("> 1. ```` c"), '`'));
    assert_true(container_opens_fence(span_of("```"), '`'));
    assert_false(container_opens_fence(span_of("``"), '`'));
    assert_false(container_opens_fence(span_of("``` `"), '`'));
    assert_true(container_opens_fence(span_of("~~~ `~"), '~'));
    assert_false(container_opens_fence(span_of("a ```"), '`'));
}

static void a_fence_closes_in_the_quotes_where_it_opened(void **state)
{
    (void)state;
    assert_true(same("> ```", "> ```"));
    assert_true(same("> ```", ">```"));
    assert_false(same("> ```", "```"));
    assert_false(same("```", "> ```"));
    assert_false(same("> > ```", "> ```"));
}

static void a_fence_closes_where_its_list_item_goes_on(void **state)
{
    (void)state;
    assert_true(same("- ```", "  ```"));
    assert_true(same("- ```", "   ```"));
    assert_false(same("- ```", " ```"));
    assert_false(same("- ```", "- ```"));
    assert_true(same("     ```", "  ```")); /* up to three before it */
    assert_false(same("     ```", " ```"));
}

static void the_innermost_item_up_to_a_column_is_meant(void **state)
{
    struct span line = span_of("> - 1. a");

    (void)state;
    assert_int_equal(container_item_edge(line, 9), 7);
    assert_int_equal(container_item_edge(line, 7), 7);
    assert_int_equal(container_item_edge(line, 6), 4);
    assert_int_equal(container_item_edge(line, 4), 4);
    assert_int_equal(container_item_edge(line, 3), 0);
    assert_int_equal(container_item_edge(span_of("> a"), 9), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tabs_reach_to_the_next_fourth_column),
        cmocka_unit_test(text_begins_behind_all_marks),
        cmocka_unit_test(a_list_mark_is_followed_by_a_blank_or_nothing),
        cmocka_unit_test(backticks_open_a_fence_unless_one_follows),
        cmocka_unit_test(a_fence_closes_in_the_quotes_where_it_opened),
        cmocka_unit_test(a_fence_closes_where_its_list_item_goes_on),
        cmocka_unit_test(the_innermost_item_up_to_a_column_is_meant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
