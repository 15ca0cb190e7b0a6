/*
 * Values of a chapter's front matter.
 */
#include "check.h"

#include "heddle/read/front_matter.h"

static void assert_value(const char *front_matter, const char *key, const char *value)
{
    assert_span(front_matter_value(span_of(front_matter), key), value);
}

TEST(the_first_line_with_a_value_is_taken)
{
    assert_value("lang: en\ntitle:\ntitle: A\ntitle: B\n", "title", "A");
    assert_value("lang: en\n", "title", "");
    assert_value("", "title", "");
}

TEST(a_key_is_whole_and_at_the_top)
{
    assert_value("subtitle: A\ntitles: B\n  title: C\ntitle : D\n", "title", "");
}

TEST(quotes_and_blanks_around_a_value_go)
{
    assert_value("title:  \t A b  \n", "title", "A b");
    assert_value("title: \"A: b\"\n", "title", "A: b");
    assert_value("title: 'A'\n", "title", "A");
    assert_value("title: 'A\"\n", "title", "'A\"");
    assert_value("title: \"\n", "title", "\"");
}

TEST(a_line_may_end_as_elsewhere)
{
    assert_value("title: 'A'\r\nlang: en\r\n", "title", "A");
    assert_value("title: A \r\n", "title", "A");
    assert_value("title: A", "title", "A");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
