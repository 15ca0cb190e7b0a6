/*
 * Values of a chapter's front matter.
 */
#include "check.h"

#include "heddle/read/front_matter.h"

static void assert_value(const char *front_matter, const char *key, const char *value)
{
    assert_span(front_matter_value(span_of(front_matter), key), value);
}

static void the_first_line_with_a_value_is_taken(void **state)
{
    (void)state;
    assert_value("lang: en\ntitle:\ntitle: A\ntitle: B\n", "title", "A");
    assert_value("lang: en\n", "title", "");
    assert_value("", "title", "");
}

static void a_key_is_whole_and_at_the_top(void **state)
{
    (void)state;
    assert_value("subtitle: A\ntitles: B\n  title: C\ntitle : D\n", "title", "");
}

static void quotes_and_blanks_around_a_value_go(void **state)
{
    (void)state;
    assert_value("title:  \t A b  \n", "title", "A b");
    assert_value("title: \"A: b\"\n", "title", "A: b");
    assert_value("title: 'A'\n", "title", "A");
    assert_value("title: 'A\"\n", "title", "'A\"");
    assert_value("title: \"\n", "title", "\"");
}

static void a_line_may_end_as_elsewhere(void **state)
{
    (void)state;
    assert_value("title: 'A'\r\nlang: en\r\n", "title", "A");
    assert_value("title: A \r\n", "title", "A");
    assert_value("title: A", "title", "A");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_line_with_a_value_is_taken),
        cmocka_unit_test(a_key_is_whole_and_at_the_top),
        cmocka_unit_test(quotes_and_blanks_around_a_value_go),
        cmocka_unit_test(a_line_may_end_as_elsewhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
