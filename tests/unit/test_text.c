#include "check.h"

TEST(equal_spans_have_equal_bytes_not_equal_places)
{
    const char text[] = "abcabc";

    assert_true(span_equal((struct span){text, 3}, (struct span){text + 3, 3}));
    assert_false(span_equal((struct span){text, 3}, (struct span){text + 1, 3}));
    assert_false(span_equal((struct span){text, 3}, (struct span){text, 2}));
    assert_true(span_equal((struct span){0}, (struct span){text, 0}));
}

TEST(span_of_null_is_empty)
{
    assert_int_equal(span_of(NULL).len, 0);
    assert_true(span_is(span_of(NULL), ""));
}

TEST(starts_and_ends_look_at_whole_affixes)
{
    struct span text = span_of("x.c");

    assert_true(span_starts(text, "x."));
    assert_true(span_starts(text, ""));
    assert_true(span_starts(text, "x.c"));
    assert_false(span_starts(text, "x.cc"));
    assert_true(span_ends(text, ".c"));
    assert_true(span_ends(text, ""));
    assert_false(span_ends(text, "xx.c"));
    assert_false(span_ends(span_of(""), "c"));
}

TEST(skipping_stops_at_the_end)
{
    assert_span(span_skip(span_of("abc"), 2), "c");
    assert_span(span_skip(span_of("abc"), 3), "");
    assert_span(span_skip(span_of("abc"), 100), "");
    assert_span(span_skip((struct span){0}, 1), "");
}

TEST(trimming_takes_blanks_but_no_line_ends)
{
    assert_span(span_trim(span_of(" \t a b\t ")), "a b");
    assert_span(span_trim(span_of("\n a\r")), "\n a\r");
    assert_span(span_trim(span_of(" \t")), "");
    assert_span(span_trim(span_of("")), "");
}

TEST(lines_come_without_their_ends)
{
    struct span rest = span_of("one\n\nthree"), line;

    assert_true(span_line(&rest, &line));
    assert_span(line, "one");
    assert_true(span_line(&rest, &line));
    assert_span(line, "");
    assert_true(span_line(&rest, &line));
    assert_span(line, "three");
    assert_false(span_line(&rest, &line));
}

TEST(final_line_end_opens_no_new_line)
{
    struct span rest = span_of("one\n"), line;

    assert_true(span_line(&rest, &line));
    assert_false(span_line(&rest, &line));
}

TEST(numbers_fill_their_span)
{
    unsigned long number = 7;

    assert_true(span_number(span_of("0"), 10, &number));
    assert_int_equal(number, 0);
    assert_true(span_number(span_of("0042"), 100, &number));
    assert_int_equal(number, 42);
    assert_false(span_number(span_of(""), 10, &number));
    assert_false(span_number(span_of("4 "), 10, &number));
    assert_false(span_number(span_of("-1"), 10, &number));
    assert_false(span_number(span_of("+1"), 10, &number));
    assert_false(span_number(span_of("0x1"), 10, &number));
    assert_int_equal(number, 42);
}

TEST(numbers_above_most_are_none)
{
    unsigned long number;

    assert_true(span_number(span_of("255"), 255, &number));
    assert_false(span_number(span_of("256"), 255, &number));
    assert_false(span_number(span_of("1000"), 255, &number));
    assert_true(span_number(span_of("3"), 3, &number));
    assert_false(span_number(span_of("4"), 3, &number));
    assert_false(span_number(span_of("99999999999999999999999"), (unsigned long)-1, &number));
    assert_true(span_number(span_of("18446744073709551615"), UINT64_MAX, &number));
    assert_false(span_number(span_of("18446744073709551616"), UINT64_MAX, &number));
}

TEST(width_counts_columns_of_a_terminal)
{
    assert_int_equal(span_width(span_of("")), 0);
    assert_int_equal(span_width(span_of("abc")), 3);
    assert_int_equal(span_width(span_of("\t")), 8);
    assert_int_equal(span_width(span_of("ab\tc")), 9);
    assert_int_equal(span_width(span_of("1234567\t")), 8);
    assert_int_equal(span_width(span_of("12345678\t")), 16);
    assert_int_equal(span_width(span_of("\xe4\xbd\x87\xe5\x88\x97")), 4); /* two Han characters */
    assert_int_equal(span_width(span_of("\xc3\xa9")), 1);                 /* e with acute */
    assert_int_equal(span_width(span_of("\xef\xbc\xa1")), 2);             /* fullwidth A */
    assert_int_equal(span_width(span_of("\xe4\xbd")), 2);                 /* cut short */
    assert_int_equal(span_width(span_of("\xff\xfe")), 2);
}

TEST(columns_cut_no_character)
{
    assert_span(span_columns(span_of("abc"), 2), "ab");
    assert_span(span_columns(span_of("abc"), 3), "abc");
    assert_span(span_columns(span_of("abc"), 0), "");
    assert_span(span_columns(span_of(""), 5), "");
    assert_span(span_columns(span_of("\xe4\xbd\x87\xe5\x88\x97"), 3), "\xe4\xbd\x87");
    assert_span(span_columns(span_of("\xe4\xbd\x87\xe5\x88\x97"), 4), "\xe4\xbd\x87\xe5\x88\x97");
    assert_span(span_columns(span_of("a\tb\tc"), 9), "a\tb");
    assert_span(span_columns(span_of("a\tb"), 7), "a");
    assert_span(span_columns(span_of("\xff\xc3"), 1), "\xff");
}

TEST(distance_counts_four_kinds_of_edits)
{
    assert_int_equal(span_distance(span_of("fetch"), span_of("fetch"), 2), 0);
    assert_int_equal(span_distance(span_of("fech"), span_of("fetch"), 2), 1);
    assert_int_equal(span_distance(span_of("fettch"), span_of("fetch"), 2), 1);
    assert_int_equal(span_distance(span_of("fatch"), span_of("fetch"), 2), 1);
    assert_int_equal(span_distance(span_of("fecth"), span_of("fetch"), 2), 1);
    assert_int_equal(span_distance(span_of("compile-fial"), span_of("compile-fail"), 2), 1);
    assert_int_equal(span_distance(span_of("efthc"), span_of("fetch"), 2), 2);
    assert_int_equal(span_distance(span_of("ab"), span_of(""), 2), 2);
    assert_int_equal(span_distance(span_of(""), span_of(""), 0), 0);
}

TEST(distance_above_its_limit_is_limit_plus_one)
{
    assert_int_equal(span_distance(span_of("abc"), span_of("xyz"), 2), 3);
    assert_int_equal(span_distance(span_of("abc"), span_of("abcdefgh"), 2), 3);
    assert_int_equal(span_distance(span_of("a"), span_of("b"), 0), 1);
}

/* The table by hand: every edit of a short word, against the plain recursion. */
static unsigned slow_distance(const char *a, size_t m, const char *b, size_t n)
{
    unsigned best, other;

    if (m == 0 || n == 0)
        return (unsigned)(m + n);
    best = slow_distance(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
    other = slow_distance(a, m - 1, b, n) + 1;
    best = other < best ? other : best;
    other = slow_distance(a, m, b, n - 1) + 1;
    best = other < best ? other : best;
    if (m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1]) {
        other = slow_distance(a, m - 2, b, n - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

TEST(distance_is_optimal_string_alignment)
{
    uint32_t seed = 1;

    for (int round = 0; round < 20000; round++) {
        char a[6], b[6];
        size_t m, n;
        unsigned limit, want, got;

        seed = seed * 1664525u + 1013904223u;
        m = (seed >> 28) % 6;
        n = (seed >> 24) % 6;
        limit = (seed >> 20) % 5;
        for (size_t i = 0; i < 6; i++) {
            a[i] = (char)('a' + (seed >> (2 * i)) % 3);
            b[i] = (char)('a' + (seed >> (2 * i + 7)) % 3);
        }
        want = slow_distance(a, m, b, n);
        got = span_distance((struct span){a, m}, (struct span){b, n}, limit);
        if (got != (want <= limit ? want : limit + 1))
            fail_msg("%.*s to %.*s within %u: %u, not %u", (int)m, a, (int)n, b, limit, got, want);
    }
}

TEST(long_words_are_equal_or_far)
{
    char a[66], b[66];

    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[65] = 'y';
    assert_int_equal(span_distance((struct span){a, 65}, (struct span){b, 65}, 2), 0);
    assert_int_equal(span_distance((struct span){a, 66}, (struct span){b, 66}, 2), 3);
    a[63] = 'z';
    assert_int_equal(span_distance((struct span){a, 64}, (struct span){b, 64}, 2), 1);
}

TEST(bad_utf8_is_found_at_its_first_byte)
{
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"plain", 5},
        {"\xc2\x80\xdf\xbf", 4},
        {"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", 12},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8},
        {"a\x80", 1},     /* a trail without a lead */
        {"a\xc0\xaf", 1}, /* overlong forms */
        {"a\xc1\xbf", 1},
        {"a\xe0\x9f\xbf", 1},
        {"a\xf0\x8f\xbf\xbf", 1},
        {"a\xed\xa0\x80", 1}, /* surrogates */
        {"a\xed\xbf\xbf", 1},
        {"a\xf4\x90\x80\x80", 1}, /* beyond U+10FFFF */
        {"a\xf5\x80\x80\x80", 1},
        {"a\xff", 1},
        {"ab\xe4\xbd", 2}, /* cut short */
        {"ab\xe4\xbdz", 2},
        {"ab\xc3", 2},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(span_bad_utf8(span_of(cases[i].text)), cases[i].bad);
}

/* The fast way takes eight bytes at once: put the fault at each of its places. */
TEST(bad_bytes_are_found_at_every_offset)
{
    static const char faults[] = {'\0', '\x80', '\xff', '\xc3'};

    for (size_t at = 0; at < 40; at++) {
        for (size_t i = 0; i < sizeof faults; i++) {
            char text[40];

            memset(text, '\x7f', sizeof text);
            text[at] = faults[i];
            assert_int_equal(span_bad_utf8((struct span){text, sizeof text}), at);
        }
    }
}

TEST(buffers_grow_and_keep_what_they_hold)
{
    struct buf buf = {0};

    for (int i = 0; i < 1000; i++)
        buf_addf(&buf, "%d,", i % 10);
    assert_int_equal(buf.len, 2000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(buf.ptr[2 * i], '0' + (int)(i % 10));
        assert_int_equal(buf.ptr[2 * i + 1], ',');
    }
    buf_free(&buf);
    assert_null(buf.ptr);
    assert_int_equal(buf.len, 0);
}

TEST(string_of_a_buffer_adds_no_length)
{
    struct buf buf = {0};

    assert_string_equal(buf_string(&buf), "");
    buf_adds(&buf, "ab");
    buf_addc(&buf, 'c');
    buf_fill(&buf, '-', 3);
    buf_add(&buf, (struct span){0});
    assert_string_equal(buf_string(&buf), "abc---");
    assert_int_equal(buf.len, 6);
    assert_span(buf_span(&buf), "abc---");
    buf_free(&buf);
}

TEST(reserve_makes_room_once)
{
    struct buf buf = {0};
    char *before;

    buf_reserve(&buf, 100000);
    before = buf.ptr;
    assert_true(buf.cap >= 100000);
    buf_fill(&buf, 'x', 100000);
    assert_ptr_equal(buf.ptr, before);
    buf_free(&buf);
}

static void check_json(struct span text, const char *wanted)
{
    struct buf buf = {0};

    buf_add_json(&buf, text);
    assert_span(buf_span(&buf), wanted);
    buf_free(&buf);
}

TEST(json_strings_follow_rfc_8259)
{
    check_json(span_of(""), "\"\"");
    check_json(span_of("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    check_json(span_of("\n\t\r\x01\x1f"), "\"\\n\\t\\u000d\\u0001\\u001f\"");
    check_json((struct span){"\0", 1}, "\"\\u0000\"");
    check_json(span_of("\xe4\xbd\x87 \xf0\x9f\x98\x80"), "\"\xe4\xbd\x87 \xf0\x9f\x98\x80\"");
    check_json(span_of("a\xff"
                       "b\xe4\xbd"),
               "\"a\xef\xbf\xbd"
               "b\xef\xbf\xbd\xef\xbf\xbd\"");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
