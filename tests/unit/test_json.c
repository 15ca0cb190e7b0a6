/*
 * Reading JSON.
 */
#include <string.h>

#include "heddle/base/json.h"
#include "tests.h"

TEST(values_of_each_kind_are_read)
{
    struct span text = span_of(" {\"a\": [1, -2.5e1, true, false, null, \"x\"], \"b\": {}} behind");
    struct arena arena = {0};
    const struct json *all = json_read(&arena, &text), *item;

    assert_non_null(all);
    assert_true(span_is(text, " behind"));
    assert_int_equal(json_get(all, "a")->count, 6);
    item = json_get(all, "a")->first;
    assert_int_equal(json_integer(item), 1);
    assert_true((item = item->next)->number == -25);
    assert_true(json_is_true(item = item->next));
    assert_false(json_is_true(item = item->next));
    assert_int_equal((item = item->next)->kind, JSON_NULL);
    assert_true(span_is(json_text(item = item->next), "x"));
    assert_null(item->next);
    assert_int_equal(json_get(all, "b")->kind, JSON_OBJECT);
    arena_free(&arena);
}

TEST(what_is_not_there_is_null)
{
    struct span text = span_of("{\"a\": 1}");
    struct arena arena = {0};
    const struct json *all = json_read(&arena, &text);

    assert_int_equal(json_get(json_get(json_get(all, "b"), "c"), "d")->kind, JSON_NULL);
    assert_int_equal(json_get(json_get(all, "a"), "c")->kind, JSON_NULL);
    assert_true(span_is(json_text(json_get(all, "a")), ""));
    assert_int_equal(json_integer(json_get(all, "b")), 0);
    arena_free(&arena);
}

TEST(escapes_are_decoded)
{
    struct span text =
        span_of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\ud83dx\"");
    struct arena arena = {0};
    const struct json *value = json_read(&arena, &text);

    assert_non_null(value);
    assert_string_equal(value->text.ptr,
                        "\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbdx");
    arena_free(&arena);
}

TEST(malformed_text_is_refused)
{
    static const char *const wrong[] = {
        "",         " ",      "{",       "[",         "[1",        "[1,",         "[1,]",
        "[1 2]",    "{\"a\"", "{\"a\":", "{\"a\": 1", "{a: 1}",    "{\"a\": 1,}", "\"",
        "\"\x1f\"", "\"a",    "\"\\",    "\"\\x\"",   "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"",
        "tru",      "1..2",   "-",       "]",         "+",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct span text = span_of(wrong[i]);
        struct arena arena = {0};

        if (json_read(&arena, &text) != NULL)
            fail_msg("%s is read", wrong[i]);
        arena_free(&arena);
    }
}

TEST(depth_is_limited)
{
    struct arena arena = {0};
    char deep[2 * (JSON_DEEPEST + 1)];
    struct span text = {deep, 2 * JSON_DEEPEST};

    memset(deep, '[', JSON_DEEPEST);
    memset(deep + JSON_DEEPEST, ']', JSON_DEEPEST);
    assert_non_null(json_read(&arena, &text));
    memset(deep, '[', JSON_DEEPEST + 1);
    memset(deep + JSON_DEEPEST + 1, ']', JSON_DEEPEST + 1);
    text = (struct span){deep, sizeof deep};
    assert_null(json_read(&arena, &text));
    arena_free(&arena);
}

/* Beside each other, not inside. */
TEST(depth_is_no_number_of_values)
{
    struct arena arena = {0};
    struct buf text = {0};
    struct span rest;

    buf_addc(&text, '[');
    for (int i = 0; i < 3 * JSON_DEEPEST; i++)
        buf_adds(&text, i % 2 == 0 ? "[], " : "{\"a\": []}, ");
    buf_adds(&text, "0]");
    rest = buf_span(&text);
    assert_non_null(json_read(&arena, &rest));
    buf_free(&text);
    arena_free(&arena);
}

TEST(halves_of_surrogates_are_replaced)
{
    static const struct {
        const char *text, *decoded;
    } pairs[] = {
        {"\"\\ud800\\udc00\"", "\xf0\x90\x80\x80"},
        {"\"\\udbff\\udfff\"", "\xf4\x8f\xbf\xbf"},
        {"\"\\ud83d\\ue000\"", "\xef\xbf\xbd"},
        {"\"\\ud83d\\udbff\"", "\xef\xbf\xbd"},
        {"\"\\udc00\"", "\xef\xbf\xbd"},
        {"\"\\ue000\"", "\xee\x80\x80"},
        {"\"\\ud7ff\"", "\xed\x9f\xbf"},
        {"\" \"", " "},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct span text = span_of(pairs[i].text);
        struct arena arena = {0};
        const struct json *value = json_read(&arena, &text);

        assert_non_null(value);
        assert_string_equal(value->text.ptr, pairs[i].decoded);
        arena_free(&arena);
    }
}

int main(void)
{
    return tests_run(NULL, NULL);
}
