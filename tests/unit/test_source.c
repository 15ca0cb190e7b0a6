#include "check.h"

#include "heddle/report/source.h"

static void init(struct source *source, struct arena *arena, const char *text)
{
    source_init(source, arena, "a.md", span_of(text));
}

TEST(lines_end_with_lf_crlf_or_cr)
{
    struct arena arena = {0};
    struct source source;

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

TEST(empty_text_has_no_lines)
{
    struct arena arena = {0};
    struct source source;

    init(&source, &arena, "");
    assert_int_equal(source.line_count, 0);
    assert_int_equal(source_line(&source, 1).len, 0);
    arena_free(&arena);
}

TEST(line_end_at_the_end_opens_no_line)
{
    static const char *const texts[] = {"a\n", "a\r", "a\r\n", "a"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = {0};
        struct source source;

        init(&source, &arena, texts[i]);
        assert_int_equal(source.line_count, 1);
        assert_span(source_line(&source, 1), "a");
        arena_free(&arena);
    }
}

TEST(lines_outside_are_empty)
{
    struct arena arena = {0};
    struct source source;

    init(&source, &arena, "a\nb\n");
    assert_int_equal(source_line(&source, 0).len, 0);
    assert_int_equal(source_line(&source, 3).len, 0);
    assert_int_equal(source_line(&source, (unsigned)-1).len, 0);
    arena_free(&arena);
}

TEST(last_start_is_the_end_of_the_text)
{
    struct arena arena = {0};
    struct source source;
    const char *text = "a\nbc\nd";

    init(&source, &arena, text);
    assert_ptr_equal(source.line_starts[0], text);
    assert_ptr_equal(source.line_starts[1], text + 2);
    assert_ptr_equal(source.line_starts[2], text + 5);
    assert_ptr_equal(source.line_starts[3], text + 6);
    arena_free(&arena);
}

/* Counted byte by byte, as a person would with a finger on the screen. */
TEST(places_agree_with_counting)
{
    const char *text = "one\r\n\ntwo \xe4\xbd\x87\rthree\n\n\nend";
    struct arena arena = {0};
    struct source source;
    unsigned line = 1, column = 1;

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

TEST(place_of_the_end_is_behind_the_last_line)
{
    const char *text = "a\nbc";
    struct arena arena = {0};
    struct source source;
    struct place place;

    init(&source, &arena, text);
    place = source_place(&source, text + 4);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 3);
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
