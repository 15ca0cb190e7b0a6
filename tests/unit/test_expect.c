/*
 * What a chapter promises against what a program prints.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/expect/diff.h"
#include "heddle/expect/expect.h"
#include "tests.h"

/* A promise made of a text's lines, as if the text were a chapter. */
struct promise {
    struct arena arena;
    struct diags diags;
    struct source source;
    struct expect expect;
    bool good;
};

static void promise_init(struct promise *promise, const char *text, enum expect_order order)
{
    struct expect_source *lines = mem_alloc((strlen(text) + 1) * sizeof *lines);
    struct span rest = span_of(text), line;
    size_t count = 0;

    *promise = (struct promise){0};
    source_init(&promise->source, &promise->arena, "chapter.md", span_of(text));
    while (span_line(&rest, &line))
        lines[count++] = (struct expect_source){line, 0};
    promise->good = expect_read(&promise->expect, &promise->arena, &promise->source, lines, count,
                                1, order, &promise->diags);
    free(lines);
}

static void promise_free(struct promise *promise)
{
    diag_free(&promise->diags);
    arena_free(&promise->arena);
}

/* The explanation must be empty exactly when the output is as promised. */
static bool keeps(const char *text, enum expect_order order, const char *output)
{
    struct buf message = {0};
    struct promise promise;
    bool kept;

    promise_init(&promise, text, order);
    assert_true(promise.good);
    kept = expect_matches(&promise.expect, span_of(output));
    expect_explain(&promise.expect, span_of(output), &message);
    assert_int_equal(kept, message.len == 0);
    buf_free(&message);
    promise_free(&promise);
    return kept;
}

static bool line_keeps(const char *text, const char *line)
{
    char promise[600], output[600];

    snprintf(promise, sizeof promise, "%s\n", text);
    snprintf(output, sizeof output, "%s\n", line);
    return keeps(promise, EXPECT_EXACT, output);
}

static void assert_explains(const char *text, enum expect_order order, struct span output,
                            const char *wanted)
{
    struct buf message = {0};
    struct promise promise;

    promise_init(&promise, text, order);
    assert_true(promise.good);
    expect_explain(&promise.expect, output, &message);
    assert_string_equal(buf_string(&message), wanted);
    buf_free(&message);
    promise_free(&promise);
}

static void assert_refused(const char *text, enum expect_order order, unsigned line,
                           unsigned column, const char *wanted)
{
    struct promise promise;

    promise_init(&promise, text, order);
    assert_false(promise.good);
    assert_int_equal(promise.diags.errors, 1);
    assert_string_equal(promise.diags.list[0].message, wanted);
    assert_int_equal(promise.diags.list[0].place.line, line);
    assert_int_equal(promise.diags.list[0].place.column, column);
    promise_free(&promise);
}

TEST(exact_means_to_the_byte)
{
    assert_true(keeps("a\nb\n", EXPECT_EXACT, "a\nb\n"));
    assert_true(keeps("", EXPECT_EXACT, ""));
    assert_true(keeps("\n", EXPECT_EXACT, "\n"));
    assert_false(keeps("a\nb\n", EXPECT_EXACT, "a\nb \n"));
    assert_false(keeps("a\nb\n", EXPECT_EXACT, "a\n"));
    assert_false(keeps("a\n", EXPECT_EXACT, "a\nb\n"));
    assert_false(keeps("", EXPECT_EXACT, "\n"));
    assert_false(keeps("a\n", EXPECT_EXACT, ""));
    assert_false(keeps("a\n", EXPECT_EXACT, "a\r\n"));
    assert_false(keeps("a\n", EXPECT_EXACT, "ab"));
}

TEST(missing_final_newline_is_a_difference)
{
    assert_false(keeps("a\n", EXPECT_EXACT, "a"));
    assert_false(keeps("a\n", EXPECT_ANY_ORDER, "a"));
    assert_false(keeps("a\n", EXPECT_THREADS, "a"));
    assert_false(keeps("[..]\n", EXPECT_EXACT, "a"));
    assert_false(keeps("[..]\n", EXPECT_ANY_ORDER, "a"));
}

TEST(three_dots_take_an_unfinished_line)
{
    assert_true(keeps("a\n...\n", EXPECT_EXACT, "a\nb"));
    assert_true(keeps("a\n...\n", EXPECT_ANY_ORDER, "a\nb"));
    assert_true(keeps("a 1\n...\n", EXPECT_THREADS, "a 1\na 2"));
}

TEST(three_dots_are_any_lines_or_none)
{
    assert_true(keeps("...\n", EXPECT_EXACT, ""));
    assert_true(keeps("a\n...\nb\n", EXPECT_EXACT, "a\nb\n"));
    assert_true(keeps("a\n...\nb\n", EXPECT_EXACT, "a\nb\nx\nb\n"));
    assert_true(keeps("...\na\nb\n...\nc\n", EXPECT_EXACT, "a\nx\na\nb\na\nb\nc\n"));
    assert_false(keeps("a\n...\na\n", EXPECT_EXACT, "a\n"));
    assert_false(keeps("a\n...\nb\n", EXPECT_EXACT, "a\nb\nx\n"));
    assert_false(keeps("...\na\n...\nb\n...\n", EXPECT_EXACT, "b\na\n"));
}

TEST(three_dots_with_more_on_their_line_are_text)
{
    assert_true(line_keeps("....", "...."));
    assert_true(line_keeps("a ...", "a ..."));
    assert_false(line_keeps(" ...", "x"));
}

TEST(brackets_are_any_text_or_none)
{
    assert_true(line_keeps("pid [..]", "pid 4711"));
    assert_true(line_keeps("pid [..]", "pid "));
    assert_true(line_keeps("[..]", ""));
    assert_true(line_keeps("[..]a[..]b[..]", "xxaxxbxx"));
    assert_true(line_keeps("a[..]a", "aa"));
    assert_true(line_keeps("[..][..]", "x"));
    assert_false(line_keeps("a[..]a", "a"));
    assert_false(line_keeps("pid [..]", "PID 1"));
    assert_false(line_keeps("[..]b[..]a[..]", "ab"));
    assert_true(line_keeps("x[..]ab", "xaab"));
}

TEST(brackets_stay_in_their_line)
{
    assert_false(keeps("a[..]b\n", EXPECT_EXACT, "a\nb\n"));
}

TEST(range_includes_its_bounds)
{
    assert_true(line_keeps("{{0.1..0.4}} s", "0.1 s"));
    assert_true(line_keeps("{{0.1..0.4}} s", "0.4 s"));
    assert_true(line_keeps("{{0.1..0.4}} s", "0.40 s"));
    assert_true(line_keeps("{{0.1..0.4}} s", "2e-1 s"));
    assert_true(line_keeps("{{0.1..0.4}} s", ".25 s"));
    assert_false(line_keeps("{{0.1..0.4}} s", "0.0999 s"));
    assert_false(line_keeps("{{0.1..0.4}} s", "0.41 s"));
    assert_false(line_keeps("{{0.1..0.4}} s", "s"));
    assert_false(line_keeps("{{0.1..0.4}} s", "0.2 sec"));
    assert_true(line_keeps("{{ -5 .. -1 }}", "-3"));
    assert_false(line_keeps("{{-5..-1}}", "3"));
    assert_true(line_keeps("{{1e3..1E4}}", "5000"));
    assert_true(line_keeps("{{3..3}}", "3.0"));
    assert_true(line_keeps("{{0..10}}", "+7"));
}

TEST(range_may_be_open_at_one_end)
{
    assert_true(line_keeps("{{0.5..}} s", "0.5 s"));
    assert_true(line_keeps("{{0.5.. }} s", "1e300 s"));
    assert_false(line_keeps("{{0.5..}} s", "0.49 s"));
    assert_false(line_keeps("{{0.5..}} s", "s"));
    assert_true(line_keeps("{{..1}} cores", "1.0 cores"));
    assert_true(line_keeps("{{ ..1}} cores", "-3 cores"));
    assert_false(line_keeps("{{..1}} cores", "1.1 cores"));
    assert_true(line_keeps("{{0.5..}}{{..1}}", "2-3"));
}

TEST(range_takes_the_longest_number)
{
    assert_false(line_keeps("{{1..5}}2", "12"));
    assert_false(line_keeps("{{1..5}}[..]", "12"));
    assert_true(line_keeps("{{1..12}}[..]", "12"));
    assert_true(line_keeps("took {{1..2}}.", "took 1.5."));
    assert_true(line_keeps("{{1..2}}e", "1e"));
    assert_true(line_keeps("{{1..2}}x{{3..4}}", "2x4"));
}

TEST(range_beside_any_text_sees_whole_numbers)
{
    assert_false(line_keeps("[..]{{1..5}} ms", "12 ms"));
    assert_true(line_keeps("[..]{{1..5}} ms", "took 3 ms"));
    assert_true(line_keeps("[..]{{1..5}}[..]", "12 and 3"));
    assert_false(line_keeps("[..]{{1..5}}[..]", "-3"));
    assert_false(line_keeps("[..]{{1..5}}[..]", "1.2e1"));
    assert_false(line_keeps("[..]{{1..5}}[..]", "0.4 and 1e-3"));
    assert_false(line_keeps("[..]{{3..3}}", "2e-3"));
    assert_true(line_keeps("[..]{{3..3}}", "e-3"));
    assert_true(line_keeps("[..]{{3..3}}", "see-3"));
    assert_true(line_keeps("[..]{{-5..-1}}[..]", "at -3"));
    assert_true(line_keeps("[..]{{52..52}}[..]", "item-52"));
    assert_true(line_keeps("[..]{{5..5}}[..]", "3-5"));
    assert_false(line_keeps("[..]{{-60..-50}}[..]", "item-52"));
    assert_false(line_keeps("[..]{{1..9}}", ""));
}

TEST(what_is_no_pattern_is_text)
{
    assert_true(line_keeps("{{1, 2}, {3, 4}}", "{{1, 2}, {3, 4}}"));
    assert_true(line_keeps("{{ name }}", "{{ name }}"));
    assert_true(line_keeps("{{1..2", "{{1..2"));
    assert_true(line_keeps("{{{1..2}}}", "{2}"));
    assert_true(line_keeps("{{ x }} {{1..2}}", "{{ x }} 2"));
    assert_true(line_keeps("{{ x {{1..2}}", "{{ x 2"));
    assert_true(line_keeps("{{[..]}}", "{{any}}"));
    assert_true(line_keeps("[...] [.] []", "[...] [.] []"));
    assert_false(line_keeps("a.b", "axb"));
    assert_true(line_keeps("[..]", "[..]"));
}

TEST(malformed_range_is_an_error_at_its_place)
{
    assert_refused("a\nb {{0.4..0.1}} s\n", EXPECT_EXACT, 2, 3,
                   "\"{{0.4..0.1}}\" is an empty range");
    assert_refused("{{a..b}}\n", EXPECT_EXACT, 1, 1, "\"{{a..b}}\" is no range of numbers");
    assert_refused("x{{1..a}}\n", EXPECT_EXACT, 1, 2, "\"{{1..a}}\" is no range of numbers");
    assert_refused("{{..}}\n", EXPECT_EXACT, 1, 1, "\"{{..}}\" is no range of numbers");
    assert_refused("{{ .. }}\n", EXPECT_EXACT, 1, 1, "\"{{ .. }}\" is no range of numbers");
    assert_refused("{{1..2..3}}\n", EXPECT_EXACT, 1, 1, "\"{{1..2..3}}\" is no range of numbers");
}

TEST(all_faults_of_a_promise_are_reported)
{
    struct promise promise;

    promise_init(&promise, "{{2..1}} {{a..b}}\n{{1..a}}\n", EXPECT_EXACT);
    assert_false(promise.good);
    assert_int_equal(promise.diags.errors, 3);
    promise_free(&promise);
}

TEST(any_order_counts_every_line)
{
    assert_true(keeps("a\nb\na\n", EXPECT_ANY_ORDER, "a\na\nb\n"));
    assert_false(keeps("a\nb\na\n", EXPECT_ANY_ORDER, "a\nb\nb\n"));
    assert_false(keeps("a\nb\n", EXPECT_ANY_ORDER, "a\nb\na\n"));
    assert_false(keeps("a\nb\na\n", EXPECT_ANY_ORDER, "a\nb\n"));
    assert_true(keeps("", EXPECT_ANY_ORDER, ""));
    assert_true(keeps("b\n...\n", EXPECT_ANY_ORDER, "a\nb\nc\n"));
    assert_false(keeps("d\n...\n", EXPECT_ANY_ORDER, "a\nb\nc\n"));
}

/* Greedy choices fail here: the wide pattern must leave 1 to the narrow one,
 * and no pattern may take the line that plain text needs. */
TEST(any_order_finds_a_pairing_when_there_is_one)
{
    assert_true(keeps("{{1..9}}\n{{1..1}}\n", EXPECT_ANY_ORDER, "1\n5\n"));
    assert_true(keeps("{{1..1}}\n{{1..9}}\n", EXPECT_ANY_ORDER, "5\n1\n"));
    assert_true(keeps("[..]\na\n", EXPECT_ANY_ORDER, "a\nb\n"));
    assert_true(keeps("{{1..3}}\n{{2..4}}\n{{1..2}}\n", EXPECT_ANY_ORDER, "2\n1\n3\n"));
    assert_true(keeps("{{1..2}}\n{{1..3}}\n{{2..4}}\n", EXPECT_ANY_ORDER, "2\n1\n4\n"));
    assert_false(keeps("{{1..2}}\n{{1..2}}\n{{1..9}}\n", EXPECT_ANY_ORDER, "2\n3\n4\n"));
}

static const char two_threads[] = "p 1\np 2\nc 1\nc 2\n";

TEST(threads_interleave_but_keep_their_own_order)
{
    assert_true(keeps(two_threads, EXPECT_THREADS, "c 1\np 1\nc 2\np 2\n"));
    assert_false(keeps(two_threads, EXPECT_THREADS, "c 2\np 1\nc 1\np 2\n"));
    assert_false(keeps(two_threads, EXPECT_THREADS, "c 1\np 1\nc 2\n"));
    assert_false(keeps(two_threads, EXPECT_THREADS, "c 1\np 1\nc 2\np 2\nq 1\n"));
    assert_false(keeps(two_threads, EXPECT_THREADS, "c 1\np 1\nc 2\np 2\np 3\n"));
    assert_true(keeps("\na\n", EXPECT_THREADS, "a\n\n"));
}

TEST(threads_take_patterns_and_three_dots)
{
    assert_true(keeps("p {{1..3}} s\nc [..]\n", EXPECT_THREADS, "c x\np 2 s\n"));
    assert_false(keeps("p {{1..3}} s\nc [..]\n", EXPECT_THREADS, "c x\np 4 s\n"));
    assert_true(keeps("p 1\n...\np 3\nc 1\n", EXPECT_THREADS, "p 1\nq 9\np 2\nc 0\nc 1\np 3\n"));
    assert_false(keeps("p 1\n...\np 3\nc 1\n", EXPECT_THREADS, "p 1\nc 1\np 3\nc 2\n"));
}

TEST(first_word_must_say_which_thread)
{
    assert_refused("p 1\n  [..] 2\n", EXPECT_THREADS, 2, 3,
                   "\"[..]\" stands in a line's first word, which names the thread of "
                   "order=threads");
    assert_refused("p-{{1..4}} x\n", EXPECT_THREADS, 1, 3,
                   "\"{{1..4}}\" stands in a line's first word, which names the thread of "
                   "order=threads");
}

TEST(patterns_are_told)
{
    static const struct {
        const char *text;
        bool has;
    } cases[] = {
        {"a\n", false},   {"", false},          {"...\n", true},
        {"[..]\n", true}, {"{{1..2}}\n", true}, {"{{1}}\n", false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct promise promise;

        promise_init(&promise, cases[i].text, EXPECT_EXACT);
        assert_int_equal(expect_has_patterns(&promise.expect), cases[i].has);
        promise_free(&promise);
    }
}

TEST(pad_is_part_of_the_line)
{
    const char *text = "x {{1..2}}";
    struct arena arena = {0};
    struct diags diags = {0};
    struct pattern pattern;
    struct source source;

    source_init(&source, &arena, "chapter.md", span_of(text));
    assert_true(pattern_read(&pattern, &arena, &source, span_of(text), 2, &diags));
    assert_true(pattern_matches(&pattern, span_of("  x 1")));
    assert_false(pattern_matches(&pattern, span_of("x 1")));
    assert_true(pattern_read(&pattern, &arena, &source, span_of("plain"), 1, &diags));
    assert_true(pattern_matches(&pattern, span_of(" plain")));
    arena_free(&arena);
}

TEST(diff_shows_three_lines_around_a_change)
{
    assert_explains("1\n2\n3\n4\n5\n6\n7\n8\n9\n", EXPECT_EXACT,
                    span_of("1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
                    "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(distant_changes_are_hunks_of_their_own)
{
    assert_explains("1\n2\n3\n4\n5\n6\n7\n8\n9\n", EXPECT_EXACT, span_of("2\n3\n4\n5\n6\n7\n8\n"),
                    "@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,3 @@\n 6\n 7\n 8\n-9\n");
}

TEST(near_changes_share_a_hunk)
{
    assert_explains("a\n1\n2\n3\n4\n5\n6\nb\n", EXPECT_EXACT, span_of("x\n1\n2\n3\n4\n5\n6\ny\n"),
                    "@@ -1,8 +1,8 @@\n-a\n+x\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+y\n");
}

TEST(diff_shows_a_missing_newline)
{
    assert_explains("a\nb\n", EXPECT_EXACT, span_of("a\nb"),
                    "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ no newline at the end (newline=no says so)\n");
}

TEST(diff_escapes_what_a_terminal_would_obey)
{
    static const char output[] = "\x1b[2J\ta\0b\r\n\xff\xc3\xa9\xc2\x9b\n\\t \\n \\q\nend \n";

    assert_explains("x\n", EXPECT_EXACT, (struct span){output, sizeof output - 1},
                    "@@ -1,1 +1,4 @@\n-x\n+\\x1b[2J\\ta\\x00b\\r\n+\\xff\xc3\xa9\\xc2\\x9b\n"
                    "+\\\\t \\n \\q\n+end\\x20\n");
}

TEST(three_dots_hide_what_they_take)
{
    assert_explains("a\n...\nz\n", EXPECT_EXACT, span_of("a\n1\n2\n3\ny\n"),
                    "@@ -1,3 +1,5 @@\n a\n ...\n-z\n+y\n");
    assert_explains("a\n...\n", EXPECT_EXACT, span_of("b\n1\n2\n"),
                    "@@ -1,2 +1,3 @@\n-a\n+b\n ...\n");
    assert_explains("a\n...\nm\n...\nz\n", EXPECT_EXACT, span_of("a\n1\nm\n2\n3\n"),
                    "@@ -2,4 +2,4 @@\n ...\n m\n ...\n-z\n+3\n");
}

TEST(matching_patterns_are_no_difference)
{
    assert_explains("pid [..]\nb\n", EXPECT_EXACT, span_of("pid 7\nc\n"),
                    "@@ -1,2 +1,2 @@\n pid [..]\n-b\n+c\n");
}

TEST(any_order_names_missing_and_unexpected_lines)
{
    assert_explains("a\nb\nc\n", EXPECT_ANY_ORDER, span_of("c\na\nd\n"),
                    "not printed, in whatever order:\n-b\nprinted, but not promised:\n+d\n");
}

TEST(threads_differ_one_by_one)
{
    assert_explains(two_threads, EXPECT_THREADS, span_of("c 2\np 1\nc 1\np 2\n"),
                    "the lines of \"c\":\n@@ -3,2 +1,2 @@\n-c 1\n c 2\n+c 1\n");
}

TEST(long_output_is_cut_with_a_word)
{
    struct buf output = {0}, message = {0};
    struct promise promise;

    for (int i = 0; i < 300000; i++)
        buf_addf(&output, "line %d\n", i);
    promise_init(&promise, "line 0\nline 2\n", EXPECT_EXACT);
    expect_explain(&promise.expect, buf_span(&output), &message);
    assert_true(message.len < 3000);
    assert_non_null(strstr(buf_string(&message), "+line 1\n line 2\n+line 3\n"));
    assert_non_null(strstr(message.ptr, "\\ and 199957 more lines\n"));
    assert_non_null(strstr(message.ptr, "\\ only the first 200000 lines"));
    buf_free(&message);
    buf_free(&output);
    promise_free(&promise);
}

TEST(long_line_is_cut_between_characters)
{
    struct buf line = {0}, shown = {0};

    for (int i = 0; i < 500; i++)
        buf_adds(&line, "\xe4\xbd\x87");
    buf_addc(&line, 'x');
    expect_show_line(span_skip(buf_span(&line), 3), &shown);
    assert_true(span_ends(buf_span(&shown), "\xe4\xbd\x87 (and 898 more bytes)"));
    buf_free(&line);
    buf_free(&shown);
}

/* Exponential matching would not come back from these. */
TEST(nothing_explodes)
{
    struct buf text = {0}, output = {0};
    struct promise promise;

    for (int i = 0; i < 200; i++)
        buf_adds(&text, "a[..]");
    buf_adds(&text, "b\n");
    for (int i = 0; i < 200; i++)
        buf_adds(&text, "...\na\n");
    buf_adds(&text, "b\n");
    buf_fill(&output, 'a', 20000);
    buf_adds(&output, "b\n");
    for (int i = 0; i < 20000; i++)
        buf_adds(&output, "a\n");
    promise_init(&promise, buf_string(&text), EXPECT_EXACT);
    assert_false(expect_matches(&promise.expect, buf_span(&output)));
    buf_adds(&output, "b\n");
    assert_true(expect_matches(&promise.expect, buf_span(&output)));
    buf_free(&text);
    buf_free(&output);
    promise_free(&promise);
}

/* What [..] means, at exponential cost. */
static bool matches_slowly(const char *pattern, const char *text)
{
    if (strncmp(pattern, "[..]", 4) == 0)
        return matches_slowly(pattern + 4, text) ||
               (*text != '\0' && matches_slowly(pattern, text + 1));
    if (*pattern == '\0' || *text == '\0')
        return *pattern == *text;
    return *pattern == *text && matches_slowly(pattern + 1, text + 1);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void random_string(char *string, const char *const pieces[], unsigned count, unsigned length,
                          unsigned *seed)
{
    *string = '\0';
    for (unsigned i = next_random(seed) % length; i > 0; i--)
        strcat(string, pieces[next_random(seed) % count]);
}

TEST(any_text_agrees_with_its_definition)
{
    static const char *const pieces[] = {"a", "b", "[..]"};
    char pattern[64], text[64];
    unsigned seed = 1, kept = 0;

    for (int i = 0; i < 20000; i++) {
        random_string(pattern, pieces, 3, 8, &seed);
        random_string(text, pieces, 2, 8, &seed);
        assert_int_equal(line_keeps(pattern, text), matches_slowly(pattern, text));
        kept += line_keeps(pattern, text);
    }
    assert_in_range(kept, 1000, 19000);
}

/* `...` among lines is [..] among letters. */
TEST(any_lines_agree_with_their_definition)
{
    static const char *const pieces[] = {"a", "b", "[..]"};
    char pattern[64], text[64];
    unsigned seed = 2;

    for (int i = 0; i < 5000; i++) {
        struct buf promise = {0}, output = {0};

        random_string(pattern, pieces, 3, 8, &seed);
        random_string(text, pieces, 2, 8, &seed);
        for (const char *p = pattern; *p != '\0'; p++) {
            bool any = *p == '[';

            buf_adds(&promise, any ? "...\n" : (char[]){*p, '\n', '\0'});
            p += any ? 3 : 0;
        }
        for (const char *p = text; *p != '\0'; p++)
            buf_addf(&output, "%c\n", *p);
        assert_int_equal(keeps(buf_string(&promise), EXPECT_EXACT, buf_string(&output)),
                         matches_slowly(pattern, text));
        buf_free(&promise);
        buf_free(&output);
    }
}

struct strings {
    const char *a, *b;
};

static bool same_letter(const void *context, size_t a, size_t b)
{
    const struct strings *strings = context;

    return strings->a[a] == strings->b[b];
}

/* Length of the longest common subsequence, from its definition. */
static size_t longest_common(const char *a, const char *b)
{
    size_t table[32][32] = {{0}}, n = strlen(a), m = strlen(b);

    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            size_t skip = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];

            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : skip;
        }
    return table[n][m];
}

TEST(diff_is_minimal)
{
    static const char *const pieces[] = {"a", "b", "c"};
    char a[32], b[32], kept_a[32], kept_b[32];
    unsigned seed = 3;

    for (int i = 0; i < 20000; i++) {
        struct strings strings = {a, b};
        size_t n = 0, m = 0;
        struct diff diff;

        random_string(a, pieces, 3, 14, &seed);
        random_string(b, pieces, 3, 14, &seed);
        diff_compute(&diff, strlen(a), strlen(b), same_letter, &strings);
        for (size_t k = 0; k < strlen(a); k++)
            if (diff.old_kept[k])
                kept_a[n++] = a[k];
        for (size_t k = 0; k < strlen(b); k++)
            if (diff.new_kept[k])
                kept_b[m++] = b[k];
        kept_a[n] = kept_b[m] = '\0';
        assert_string_equal(kept_a, kept_b);
        assert_int_equal(n, longest_common(a, b));
        diff_free(&diff);
    }
}

/* 40000 edits: far beyond what one search is allowed, and every kept element
 * must still have its partner. */
TEST(diff_of_strangers_stays_in_step)
{
    enum { COUNT = 20000 };
    char *a = mem_alloc(COUNT + 1), *b = mem_alloc(COUNT + 1);
    struct strings strings = {a, b};
    unsigned seed = 4;
    struct diff diff;
    size_t j = 0;

    for (size_t i = 0; i < COUNT; i++) {
        a[i] = (char)('a' + next_random(&seed) % 20);
        b[i] = (char)('p' + next_random(&seed) % 10);
    }
    diff_compute(&diff, COUNT, COUNT, same_letter, &strings);
    for (size_t i = 0; i < COUNT; i++) {
        if (!diff.old_kept[i])
            continue;
        while (!diff.new_kept[j])
            j++;
        assert_int_equal(a[i], b[j++]);
    }
    assert_true(j > COUNT / 10);
    diff_free(&diff);
    free(a);
    free(b);
}

/* Beyond what one search is allowed, it goes along the longer side: what is
 * common stands behind all that must be skipped there. */
TEST(a_long_stretch_on_one_side_is_skipped)
{
    enum { STRETCH = DIFF_MOST_EDITS + 100, COMMON = 300 };
    char longer[STRETCH + COMMON + 1], shorter[COMMON + 1];

    memset(longer, 'x', STRETCH);
    memset(longer + STRETCH, '=', COMMON);
    memset(shorter, '=', COMMON);
    longer[STRETCH + COMMON] = shorter[COMMON] = '\0';
    for (int turn = 0; turn < 2; turn++) {
        struct strings strings =
            turn == 0 ? (struct strings){longer, shorter} : (struct strings){shorter, longer};
        struct diff diff;
        size_t kept = 0;

        diff_compute(&diff, strlen(strings.a), strlen(strings.b), same_letter, &strings);
        for (size_t i = 0; i < diff.old_count; i++)
            kept += diff.old_kept[i];
        assert_int_equal(kept, COMMON);
        diff_free(&diff);
    }
}

/* No path may leave the sequences: beyond the end of the shorter side nothing
 * is looked at. */
static bool both_are_inside(const void *context, size_t a, size_t b)
{
    const struct diff *diff = context;

    assert_true(a < diff->old_count && b < diff->new_count);
    return false;
}

TEST(strangers_of_different_length_have_nothing_in_common)
{
    static const size_t lengths[] = {0, 1, 2, 300, 400, DIFF_MOST_EDITS, 3 * DIFF_MOST_EDITS};
    enum { COUNT = sizeof lengths / sizeof *lengths };

    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            struct diff diff;

            diff_compute(&diff, lengths[i], lengths[j], both_are_inside, &diff);
            for (size_t k = 0; k < lengths[i]; k++)
                assert_false(diff.old_kept[k]);
            for (size_t k = 0; k < lengths[j]; k++)
                assert_false(diff.new_kept[k]);
            diff_free(&diff);
        }
}

int main(void)
{
    return tests_run(NULL, NULL);
}
