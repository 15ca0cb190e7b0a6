/*
 * Blocks that are compiled and not run: those that must compile alone, and
 * those that must not, for the reason shown.
 */
#include <stdlib.h>

#include "heddle/doctest/compile.h"
#include "heddle/doctest/doctest_case.h"

/* The compiler's own words, which name the chapter's lines. */
static void add_messages(struct buf *message, struct span messages)
{
    struct span line;

    for (int i = 0; i < DOCTEST_CASE_MOST_SHOWN && span_line(&messages, &line); i++) {
        expect_show_line(line, message);
        buf_addc(message, '\n');
    }
    if (messages.len > 0)
        buf_adds(message, "\\ and more\n");
}

static struct compile_options compile_options(const struct doctest_case *test_case)
{
    return (struct compile_options){
        .cc = test_case->options->cc,
        .cflags = &test_case->test->cflags,
        .code = doctest_case_or(test_case->options->code, "code"),
        .annotated = doctest_case_or(test_case->options->annotated, "build/annotated"),
    };
}

static void run_fragment(const struct doctest_case *test_case)
{
    struct compile_options options = compile_options(test_case);
    struct buf messages = {0};

    if (compile_fragment(test_case->test->snippet->part, &options, &messages) != COMPILE_ACCEPTED) {
        struct buf *message = doctest_case_begin_finding(test_case);

        buf_adds(message, "does not compile, as it is or inside of a function\n");
        add_messages(message, buf_span(&messages));
    }
    buf_free(&messages);
}

/* "chapters/x.md:12:5: error: ..." without its place. */
static struct span without_place(struct span line)
{
    struct span rest = line, number;
    unsigned long value;
    size_t colon;

    while (rest.len > 0) {
        for (colon = 0; colon < rest.len && rest.ptr[colon] != ':'; colon++)
            ;
        number = (struct span){rest.ptr, colon};
        rest = span_skip(rest, colon + 1);
        if (rest.ptr > line.ptr && span_starts(rest, " ") && span_number(number, 1ul << 31, &value))
            return span_skip(rest, 1);
    }
    return line;
}

/* An author need not say all of a message: any part of it will do. */
static bool says(struct span line, const struct pattern *wanted)
{
    struct span message = without_place(line);

    return pattern_matches(wanted, line) || pattern_matches(wanted, message) ||
           (message.ptr != line.ptr && pattern_is_within(wanted, message));
}

/* The first promised line that no message is, in order; NULL when all are. */
static const struct expect_line *missing_message(const struct expect *expect, struct span messages)
{
    struct span line;

    for (size_t i = 0; i < expect->count; i++) {
        const struct expect_line *wanted = &expect->lines[i];
        bool found = wanted->any_lines;

        while (!found && span_line(&messages, &line))
            found = says(line, &wanted->pattern);
        if (!found)
            return wanted;
    }
    return NULL;
}

/* The errors without their places: what a block could show. */
static void add_reasons(struct span messages, struct buf *to)
{
    struct span line;

    while (span_line(&messages, &line))
        if (span_starts(without_place(line), "error: "))
            buf_addf(to, "%.*s\n", SPAN_ARG(without_place(line)));
}

/* A block that says nothing would be right whatever is wrong. */
static void ask_for_reason(const struct doctest_case *test_case, struct span reasons)
{
    struct buf *message = doctest_case_begin_finding(test_case);

    buf_adds(message, "does not compile, and no output block behind it says why; add one, "
                      "with all of a message or a part of it:\n```output\n");
    buf_add(message, reasons);
    buf_adds(message, "```\n");
}

static void judge_refusal(const struct doctest_case *test_case, struct span messages)
{
    const struct expect *expect = &test_case->test->expect;
    const struct expect_line *missing = missing_message(expect, messages);
    struct buf reasons = {0}, *message;

    add_reasons(messages, &reasons);
    if (test_case->test->snippet->expected == NULL) {
        ask_for_reason(test_case, buf_span(&reasons));
    } else if (missing != NULL || expect->count == 0) {
        message = doctest_case_begin_finding(test_case);
        buf_adds(message, "does not compile, but for another reason than the one shown\n-");
        expect_show_line(missing != NULL ? missing->pattern.text : span_of(""), message);
        buf_addc(message, '\n');
        add_messages(message, messages);
        test_case->result->outcome = DOCTEST_DIFFERS;
        buf_add(&test_case->result->printed, buf_span(&reasons));
    }
    buf_free(&reasons);
}

static void run_compile_fail(const struct doctest_case *test_case)
{
    struct compile_options options = compile_options(test_case);
    struct buf messages = {0};

    switch (compile_part(test_case->test->snippet->part, &options, &messages)) {
    case COMPILE_ACCEPTED:
        buf_adds(doctest_case_begin_finding(test_case), "compiles, but is marked .compile-fail\n");
        break;
    case COMPILE_REFUSED:
        judge_refusal(test_case, buf_span(&messages));
        break;
    case COMPILE_NOT_RUN:
        buf_adds(doctest_case_begin_finding(test_case), "cannot be compiled\n");
        add_messages(&test_case->result->message, buf_span(&messages));
        break;
    }
    buf_free(&messages);
}

void doctest_case_compile(const struct doctest_case *test_case)
{
    if (test_case->test->snippet->kind == SNIPPET_FRAGMENT)
        run_fragment(test_case);
    else
        run_compile_fail(test_case);
}
