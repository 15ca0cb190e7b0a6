/*
 * Where each listing stands: nothing is true that was not told of this very text.
 */
#include "check.h"
#include "folder.h"

#include <unistd.h>

#include "heddle/disk/file.h"
#include "heddle/serve/truth.h"

static const char chapter[] = "# A\n\n"
                              "```c {#greet}\n"    /* line 3 */
                              "puts(\"hello\");\n" /* 4 */
                              "```\n\n"
                              "```c {file=a.c .program}\n" /* line 7 */
                              "#include <stdio.h>\n"
                              "int main(void)\n{\n"
                              "    <<greet>>\n"
                              "}\n"
                              "```\n\n"
                              "```output {of=a}\n" /* line 15 */
                              "hello\n"
                              "```\n\n"
                              "```outcomes {of=a}\n" /* line 19 */
                              "hello\n"
                              "```\n\n"
                              "```c {file=b.c .program}\n" /* line 23 */
                              "int main(void) { return 0; }\n"
                              "```\n";

static void open_truth(struct truth *truth, const char *below)
{
    static const char *const paths[] = {"chapters"};

    *truth = (struct truth){0};
    truth_read(truth, paths, 1, below);
}

/* In the chapter's order: "3 stale; 7 stale; ..." and the messages, if wanted. */
static void assert_states(const struct truth *truth, enum truth_known known, const char *wanted)
{
    struct buf json = {0}, states = {0};
    struct span rest, before, value;

    truth_print(truth, known, &json);
    rest = buf_span(&json);
    while (span_find(&rest, "\"at\": \"chapters/a.md:", &before)) {
        rest = span_skip(rest, strlen("\"at\": \"chapters/a.md:"));
        span_find(&rest, "\"", &value);
        buf_addf(&states, "%s%.*s ", states.len > 0 ? "; " : "", SPAN_ARG(value));
        span_find(&rest, "\"state\": \"", &before);
        rest = span_skip(rest, strlen("\"state\": \""));
        span_find(&rest, "\"", &value);
        buf_add(&states, value);
    }
    assert_string_equal(buf_string(&states), wanted);
    buf_free(&json);
    buf_free(&states);
}

static void assert_says(const struct truth *truth, enum truth_known known, const char *text)
{
    struct buf json = {0};

    truth_print(truth, known, &json);
    if (strstr(buf_string(&json), text) == NULL)
        fail_msg("no \"%s\" in %s", text, json.ptr);
    buf_free(&json);
}

#define RESULT(line, kind, rest) \
    "{\"name\": \"chapters/a.md:" #line " a\", \"chapter\": \"chapters/a.md\", \"line\": " #line \
    ", \"kind\": \"" kind "\", \"program\": \"a\", " rest "}"
#define PASSED "\"passed\": true, \"differs\": false, \"message\": \"\""
#define DIFFERS "\"passed\": false, \"differs\": true, \"message\": \"-hello\""
#define NOT_BUILT "\"passed\": false, \"differs\": false, \"message\": \"build/bin/a is not built\""
#define ALL(first, second) "{\"tests\": [" first ", " second "]}"

TEST(what_was_not_told_is_stale)
{
    struct truth truth;

    open_truth(&truth, "");
    assert_states(&truth, TRUTH_NOTHING, "3 stale; 7 stale; 15 stale; 19 stale; 23 stale");
    truth_free(&truth);
}

TEST(what_compiles_is_not_yet_what_ran)
{
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of(""));
    assert_states(&truth, TRUTH_COMPILED,
                  "3 compiled; 7 compiled; 15 stale; 19 stale; 23 compiled");
    truth_free(&truth);
}

TEST(a_fault_is_of_the_listing_that_it_stands_in)
{
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of("chapters/a.md:4:5: error: 'x' undeclared\n"
                                   "chapters/a.md:4: note: each once\n"
                                   "make: *** [a] Error 1\n"));
    assert_states(&truth, TRUTH_COMPILED, "3 broken; 7 unbuilt; 15 stale; 19 stale; 23 compiled");
    assert_says(&truth, TRUTH_COMPILED, "chapters/a.md:4:5: error: 'x' undeclared");
    truth_tested(&truth,
                 span_of(ALL(RESULT(15, "output", NOT_BUILT), RESULT(19, "outcomes", NOT_BUILT))));
    assert_states(&truth, TRUTH_EXPLORED,
                  "3 broken; 7 unbuilt; 15 unbuilt; 19 unbuilt; 23 compiled");
    truth_free(&truth);
}

/* A record of outcomes may be of the text before, until they are explored. */
TEST(outcomes_are_known_when_they_were_explored)
{
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of(""));
    truth_tested(&truth,
                 span_of(ALL(RESULT(15, "output", PASSED), RESULT(19, "outcomes", DIFFERS))));
    assert_states(&truth, TRUTH_TESTED, "3 stale; 7 stale; 15 same; 19 stale; 23 compiled");
    assert_states(&truth, TRUTH_EXPLORED, "3 differs; 7 differs; 15 same; 19 differs; 23 compiled");
    truth_free(&truth);
}

TEST(what_passed_is_the_same_with_all_its_code)
{
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of(""));
    truth_tested(&truth,
                 span_of(ALL(RESULT(15, "output", PASSED), RESULT(19, "outcomes", PASSED))));
    assert_states(&truth, TRUTH_EXPLORED, "3 same; 7 same; 15 same; 19 same; 23 compiled");
    truth_free(&truth);
}

TEST(what_differs_says_so_and_can_be_blessed)
{
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of(""));
    truth_tested(&truth,
                 span_of(ALL(RESULT(15, "output", DIFFERS), RESULT(19, "outcomes", PASSED))));
    assert_states(&truth, TRUTH_EXPLORED, "3 differs; 7 differs; 15 differs; 19 same; 23 compiled");
    assert_says(&truth, TRUTH_EXPLORED, "\"message\": \"-hello\", \"bless\": true");
    truth_free(&truth);
}

/* Before it was run again nothing that was told of the old text is shown. */
TEST(reading_again_forgets)
{
    static const char *const paths[] = {"chapters"};
    struct truth truth;

    open_truth(&truth, "");
    truth_compiled(&truth, span_of("chapters/a.md:4:5: error: x\n"));
    truth_tested(&truth,
                 span_of(ALL(RESULT(15, "output", PASSED), RESULT(19, "outcomes", PASSED))));
    truth_read(&truth, paths, 1, "");
    assert_states(&truth, TRUTH_EXPLORED,
                  "3 compiled; 7 compiled; 15 stale; 19 stale; 23 compiled");
    truth_free(&truth);
}

TEST(words_that_are_no_json_tell_nothing)
{
    static const char *const texts[] = {
        "", "{", "[]", "{\"tests\": 3}", "{}", "\xff", "{\"tests\": [1]}"};
    struct truth truth;

    open_truth(&truth, "");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        truth_tested(&truth, span_of(texts[i]));
        assert_states(&truth, TRUTH_TESTED,
                      "3 compiled; 7 compiled; 15 stale; 19 stale; 23 compiled");
    }
    truth_free(&truth);
}

/* A draft's copy stands below another folder; its paths are those of the book. */
TEST(of_a_copy_the_paths_are_the_books)
{
    struct truth truth;
    struct buf names = {0};

    open_truth(&truth, "copy");
    assert_states(&truth, TRUTH_NOTHING, "3 stale; 7 stale; 15 stale; 19 stale; 23 stale");
    truth_print_names(&truth, &names);
    assert_non_null(
        strstr(buf_string(&names), "{\"name\": \"greet\", \"at\": \"chapters/a.md:3\"}"));
    assert_non_null(strstr(names.ptr, "\"programs\": [\"a\", \"b\"]"));
    buf_free(&names);
    truth_free(&truth);
}

static int enter_folder(void **state)
{
    struct diags diags = {0};

    assert_int_equal(folder_enter(state), 0);
    assert_true(file_replace("chapters/a.md", span_of(chapter), &diags));
    assert_true(file_replace("copy/chapters/a.md", span_of(chapter), &diags));
    diag_free(&diags);
    return 0;
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
