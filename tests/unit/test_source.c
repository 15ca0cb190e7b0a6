#include "check.h"

#include "heddle/report/source.h"

static void init(struct source *source, struct arena *arena, const char *text)
{
    source_init(source, arena, "a.md", span_of(text));
}

static void lines_end_with_lf_crlf_or_cr(void **state)
{
    struct arena arena = {0};
    struct source source;

    (void)state;
    init(&source, &arena, "one\ntwo\r\nthree\rfour\n\r\n\r\rend");
    assert_int_equal(source.line_count, 8);
    assert_span(source_line(&source, 1), "one");
    assert_span(source_line(&source, 2), "two");
    assert_span(source_line(&source, 3), "three");
    assert_span(source_line(&source, 4), "four");
    assert_span(source_line(&source, 5), "");
    assert_span(source_line(&source, 6), "");
    assert_span(source_line(&source, 7), "");
    assert_span(source_line(&source, 8), "end");
    arena_free(&arena);
}

static void empty_text_has_no_lines(void **state)
{
    struct arena arena = {0};
    struct source source;

    (void)state;
    init(&source, &arena, "");
    assert_int_equal(source.line_count, 0);
    assert_int_equal(source_line(&source, 1).len, 0);
    arena_free(&arena);
}

static void line_end_at_the_end_opens_no_line(void **state)
{
    static const char *const texts[] = {"a\n", "a\r", "a\r\n", "a"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        struct source source;

        init(&source, &arena, texts[i]);
        assert_int_equal(source.line_count, 1);
        assert_span(source_line(&source, 1), "a");
        arena_free(&arena);
    }
}

static void lines_outside_are_empty(void **state)
{
    struct arena arena = {0};
    struct source source;

    (void)state;
    init(&source, &arena, "a\nb\n");
    assert_int_equal(source_line(&source, 0).len, 0);
    assert_int_equal(source_line(&source, 3).len, 0);
    assert_int_equal(source_line(&source, (unsigned)-1).len, 0);
    arena_free(&arena);
}

static void last_start_is_the_end_of_the_text(void **state)
{
    struct arena arena = {0};
    struct source source;
    const char *text = "a\nbc\nd";

    (void)state;
    init(&source, &arena, text);
    assert_ptr_equal(source.line_starts[0], text);
    assert_ptr_equal(source.line_starts[1], text + 2);
    assert_ptr_equal(source.line_starts[2], text + 5);
    assert_ptr_equal(source.line_starts[3], text + 6);
    arena_free(&arena);
}

/* Counted byte by byte, as a person would with a finger on the screen. */
static void places_agree_with_counting(void **state)
{
    const char *text = "one\r\n\ntwo \xe4\xbd\x87\rthree\n\n\nend";
    struct arena arena = {0};
    struct source source;
    unsigned line = 1, column = 1;

    (void)state;
    init(&source, &arena, text);
    for (const char *p = text; *p != '\0'; p++) {
        struct place place = source_place(&source, p);

        assert_ptr_equal(place.source, &source);
        assert_int_equal(place.line, line);
        assert_int_equal(place.column, column);
        column++;
        if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
            line++;
            column = 1;
        }
    }
    arena_free(&arena);
}

static void place_of_the_end_is_behind_the_last_line(void **state)
{
    const char *text = "a\nbc";
    struct arena arena = {0};
    struct source source;
    struct place place;

    (void)state;
    init(&source, &arena, text);
    place = source_place(&source, text + 4);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 3);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_with_lf_crlf_or_cr),
        cmocka_unit_test(empty_text_has_no_lines),
        cmocka_unit_test(line_end_at_the_end_opens_no_line),
        cmocka_unit_test(lines_outside_are_empty),
        cmocka_unit_test(last_start_is_the_end_of_the_text),
        cmocka_unit_test(places_agree_with_counting),
        cmocka_unit_test(place_of_the_end_is_behind_the_last_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
