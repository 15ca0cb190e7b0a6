/*
 * Reading JSON.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "heddle/base/json.h"

static void values_of_each_kind_are_read(void **state)
{
    struct span text = span_of(" {\"a\": [1, -2.5e1, true, false, null, \"x\"], \"b\": {}} behind");
    struct arena arena = {0};
    const struct json *all = json_read(&arena, &text), *item;

    (void)state;
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

static void what_is_not_there_is_null(void **state)
{
    struct span text = span_of("{\"a\": 1}");
    struct arena arena = {0};
    const struct json *all = json_read(&arena, &text);

    (void)state;
    assert_int_equal(json_get(json_get(json_get(all, "b"), "c"), "d")->kind, JSON_NULL);
    assert_int_equal(json_get(json_get(all, "a"), "c")->kind, JSON_NULL);
    assert_true(span_is(json_text(json_get(all, "a")), ""));
    assert_int_equal(json_integer(json_get(all, "b")), 0);
    arena_free(&arena);
}

static void escapes_are_decoded(void **state)
{
    struct span text =
        span_of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20ac\\ud83d\\ude00\\ud83dx\"");
    struct arena arena = {0};
    const struct json *value = json_read(&arena, &text);

    (void)state;
    assert_non_null(value);
    assert_string_equal(value->text.ptr,
                        "\"\\/\b\f\n\r\tA\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\xbf\xbdx");
    arena_free(&arena);
}

static void malformed_text_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",      " ",      "{",       "[",         "[1",          "[1,",         "[1,]",
        "[1 2]", "{\"a\"", "{\"a\":", "{\"a\": 1", "{a: 1}",      "{\"a\": 1,}", "\"",
        "\"a",   "\"\\",   "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\nb\"",    "tru",
        "1..2",  "-",      "]",       "+",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct span text = span_of(wrong[i]);
        struct arena arena = {0};

        if (json_read(&arena, &text) != NULL)
            fail_msg("%s is read", wrong[i]);
        arena_free(&arena);
    }
}

static void depth_is_limited(void **state)
{
    struct arena arena = {0};
    char deep[2 * (JSON_DEEPEST + 1)];
    struct span text = {deep, 2 * JSON_DEEPEST};

    (void)state;
    memset(deep, '[', JSON_DEEPEST);
    memset(deep + JSON_DEEPEST, ']', JSON_DEEPEST);
    assert_non_null(json_read(&arena, &text));
    memset(deep, '[', JSON_DEEPEST + 1);
    memset(deep + JSON_DEEPEST + 1, ']', JSON_DEEPEST + 1);
    text = (struct span){deep, sizeof deep};
    assert_null(json_read(&arena, &text));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_of_each_kind_are_read),
        cmocka_unit_test(what_is_not_there_is_null),
        cmocka_unit_test(escapes_are_decoded),
        cmocka_unit_test(malformed_text_is_refused),
        cmocka_unit_test(depth_is_limited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
