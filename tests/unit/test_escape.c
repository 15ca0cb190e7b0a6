/*
 * Text inside of other notations.
 */
#include "check.h"

#include "heddle/base/escape.h"

static void assert_html(struct span text, const char *html)
{
    struct buf out = {0};

    escape_html(&out, text);
    assert_span(buf_span(&out), html);
    buf_free(&out);
}

static void assert_undone(const char *address, const char *bytes)
{
    struct buf out = {0};

    escape_undo_percent(&out, span_of(address));
    assert_span(buf_span(&out), bytes);
    buf_free(&out);
}

static void assert_base64(const char *bytes, const char *text)
{
    struct buf out = {0};

    escape_base64(&out, span_of(bytes));
    assert_span(buf_span(&out), text);
    buf_free(&out);
}

TEST(four_characters_mean_something_in_html)
{
    assert_html(span_of("a & b < c > \"d\" 'e'"), "a &amp; b &lt; c &gt; &quot;d&quot; 'e'");
    assert_html((struct span){0}, "");
}

TEST(what_xml_may_not_hold_is_replaced)
{
    assert_html(span_of("\x1b[1mhi\x7f"), "\xef\xbf\xbd[1mhi\x7f");
    assert_html((struct span){"a\0b", 3}, "a\xef\xbf\xbd"
                                          "b");
    assert_html(span_of("\x01\x08\x0b\x0c\x0e\x1f"),
                "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_html(span_of("\xef\xbf\xbe \xef\xbf\xbf"), "\xef\xbf\xbd \xef\xbf\xbd");
    assert_html(span_of("\xff<\xe4\xbd"), "\xef\xbf\xbd&lt;\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(blanks_and_other_scripts_stay)
{
    assert_html(span_of("a\tb\r\nc \xe5\xad\x97 \xf0\x9f\x98\x80 \xef\xbf\xbd"),
                "a\tb\r\nc \xe5\xad\x97 \xf0\x9f\x98\x80 \xef\xbf\xbd");
}

TEST(percents_are_undone_in_either_case)
{
    assert_undone("b%C3%A4.png", "b\xc3\xa4.png");
    assert_undone("b%c3%a4.png", "b\xc3\xa4.png");
    assert_undone("%41%4a%4F", "AJO");
}

TEST(a_percent_without_two_digits_stays)
{
    assert_undone("100%", "100%");
    assert_undone("%4", "%4");
    assert_undone("%4g%g4%%41", "%4g%g4%A");
    assert_undone("", "");
}

TEST(base64_fills_up_its_last_group)
{
    assert_base64("", "");
    assert_base64("f", "Zg==");
    assert_base64("fo", "Zm8=");
    assert_base64("foo", "Zm9v");
    assert_base64("\xff\xfe\xfd\xfc", "//79/A==");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
