#include "book.h"

#include "heddle/tangle/locate.h"

#define C(text) "```c {file=x.c}\n" text "```\n\n"

static void check_clean(const char *chapter, const char *wanted)
{
    struct book book;
    struct buf out = {0};

    book_make_one(&book, chapter);
    assert_true(book.good);
    tangle_clean(book_target(&book, "x.c"), &out);
    assert_span(buf_span(&out), wanted);
    buf_free(&out);
    book_free(&book);
}

static void check_annotated(const char *chapter, const char *wanted)
{
    struct book book;
    struct buf out = {0};

    book_make_one(&book, chapter);
    assert_true(book.good);
    tangle_annotated(book_target(&book, "x.c"), &out);
    assert_span(buf_span(&out), wanted);
    buf_free(&out);
    book_free(&book);
}

static void blocks_contribute_exactly_their_lines(void **state)
{
    (void)state;
    check_clean(C("one\n"), "one\n");
    check_clean(C("\none\n\n"), "\none\n\n");
    check_clean(C("one\n") C("two\n"), "one\ntwo\n");
    check_clean(C(""), "");
    check_clean(C("\n"), "\n");
}

static void references_indent_every_line_but_empty_ones(void **state)
{
    (void)state;
    check_clean(C("{\n  <<a>>\n}\n") "```c {#a}\nx\n\n  y\n```\n", "{\n  x\n\n    y\n}\n");
    check_clean(C("\t<<a>>\n") "```c {#a}\n  <<b>>\n```\n\n```c {#b}\nx\n\n```\n", "\t  x\n\n");
}

static void indentation_ends_with_its_reference(void **state)
{
    (void)state;
    check_clean(C("    <<a>>\n<<a>>\n  <<a>>\nx\n") "```c {#a}\na\n```\n", "    a\na\n  a\nx\n");
}

static void trailing_blanks_of_a_reference_are_dropped(void **state)
{
    (void)state;
    check_clean(C(" <<a>> \t\n") "```c {#a}\na \n```\n", " a \n");
}

static void escaped_reference_loses_one_backslash(void **state)
{
    (void)state;
    check_clean(C("  \\<<a>> \n\\\\<<a>>\nx \\<<a>>\n"), "  <<a>> \n\\\\<<a>>\nx \\<<a>>\n");
    check_clean(C("  <<b>>\n") "```c {#b}\n \\<<a>>\n```\n", "   <<a>>\n");
}

static void spaces_left_of_a_cut_tab_count_as_indentation(void **state)
{
    (void)state;
    check_clean("- ```c {file=x.c}\n\t<<a>>\n  ```\n\n```c {#a}\na\n\nb\n```\n", "  a\n\n  b\n");
}

static void annotated_lines_name_their_place(void **state)
{
    (void)state;
    check_annotated("# Title\n\n" C("one\n<<a>>\ntwo\n\nthree\n") "```c {#a}\na\n```\n",
                    "#line 4 \"chapters/0.md\"\none\n"
                    "#line 12 \"chapters/0.md\"\na\n"
                    "#line 6 \"chapters/0.md\"\ntwo\n\nthree\n");
}

static void annotated_lines_stand_at_their_column(void **state)
{
    (void)state;
    check_annotated(C("{\n        <<a>>\n") "> - ```c {#a}\n>   one\n>\n>     two\n>   ```\n",
                    "#line 2 \"chapters/0.md\"\n{\n"
                    "#line 7 \"chapters/0.md\"\n    one\n\n      two\n");
}

static void tabs_before_a_line_stay_tabs_in_the_twin(void **state)
{
    (void)state;
    check_annotated("-\ta\n\n\t```c {file=x.c}\n\tx\n\t```\n", "#line 4 \"chapters/0.md\"\n\tx\n");
}

static void following_parts_need_no_directive_only_when_they_follow(void **state)
{
    (void)state;
    check_annotated(C("one\n") C("two\n"), "#line 2 \"chapters/0.md\"\none\n"
                                           "#line 6 \"chapters/0.md\"\ntwo\n");
}

static void empty_chunks_leave_nothing_in_either_twin(void **state)
{
    (void)state;
    check_clean(C("a\n  <<e>>\nb\n") "```c {#e}\n```\n", "a\nb\n");
    check_annotated(C(""), "");
}

static void twins_of_other_languages_are_copies(void **state)
{
    struct book book;
    struct buf out = {0};

    (void)state;
    book_make_one(&book, "```py {file=x.py}\nif x:\n    <<a>>\n```\n\n```c {#a}\na\n```\n");
    tangle_annotated(book_target(&book, "x.py"), &out);
    assert_span(buf_span(&out), "if x:\n    a\n");
    buf_free(&out);
    book_free(&book);
}

static void quotes_in_a_chapters_path_are_escaped(void **state)
{
    struct web web = {0};
    struct diags diags = {0};
    struct chapter chapter;
    struct buf out = {0};

    (void)state;
    assert_true(markdown_read(&chapter, &web.arena, "a\"b\\c.md", span_of(C("x\n")), &diags));
    web.chapters = &chapter;
    web.chapter_count = 1;
    assert_true(web_build(&web, &diags));
    tangle_annotated(table_get(&web.paths, span_of("x.c")), &out);
    assert_span(buf_span(&out), "#line 2 \"a\\\"b\\\\c.md\"\nx\n");
    buf_free(&out);
    web_free(&web);
    diag_free(&diags);
}

static void origins_say_where_each_clean_line_comes_from(void **state)
{
    static const unsigned lines[] = {2, 11, 12, 13, 4, 11, 12, 13};
    struct book book;
    struct origin *origins;
    size_t count;

    (void)state;
    book_make_one(&book, C("one\n<<a>>\ntwo\n<<a>>\n") "\n\n```c {#a}\nx\n\ny\n```\n");
    origins = tangle_origins(book_target(&book, "x.c"), &count);
    assert_int_equal(count, sizeof lines / sizeof *lines);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(origins[i].line, lines[i]);
    assert_ptr_equal(origins[1].part, book_chunk(&book, "a")->first);
    free(origins);
    book_free(&book);
}

static void part_alone_leaves_its_continuation_out(void **state)
{
    struct book book;
    struct buf out = {0};

    (void)state;
    book_make_one(&book, C("<<a>>\n") "```c {#a}\none\n<<b>>\n```\n\n```c {#a}\ntwo\n```\n\n"
                                      "```c {#b}\nthree\n```\n\n```c {#b}\nfour\n```\n");
    tangle_part(book_chunk(&book, "a")->first, &out);
    assert_span(buf_span(&out), "#line 6 \"chapters/0.md\"\none\n"
                                "#line 15 \"chapters/0.md\"\nthree\n"
                                "#line 19 \"chapters/0.md\"\nfour\n");
    buf_free(&out);
    book_free(&book);
}

static void output_is_appended(void **state)
{
    struct book book;
    struct buf out = {0};

    (void)state;
    book_make_one(&book, C("x\n"));
    buf_adds(&out, "before ");
    tangle_clean(book_target(&book, "x.c"), &out);
    assert_span(buf_span(&out), "before x\n");
    buf_free(&out);
    book_free(&book);
}

/* 100,000 chunks, each in the one before: no stack may be this deep. */
static void depth_has_no_limit(void **state)
{
    enum { DEPTH = 100000 };
    struct buf text = {0}, out = {0};
    struct book book;

    (void)state;
    buf_adds(&text, C("<<c0>>\n"));
    for (int i = 0; i < DEPTH; i++)
        buf_addf(&text, "```c {#c%d}\n<<c%d>>\n```\n\n", i, i + 1);
    buf_addf(&text, "```c {#c%d}\nbottom\n```\n", DEPTH);
    book_make_one(&book, buf_string(&text));
    assert_true(book.good);
    tangle_clean(book_target(&book, "x.c"), &out);
    assert_span(buf_span(&out), "bottom\n");
    buf_free(&out);
    book_free(&book);
    buf_free(&text);
}

/* What exploring found speaks of plain twins; a reader is told the chapter's line. */
static void places_in_plain_twins_become_the_chapters(void **state)
{
    struct buf out = {0};
    struct book book;

    (void)state;
    book_make_one(&book, "Words.\n\n```c {file=lib/x.c}\none\n  <<two>>\nthree\n```\n\n"
                         "```c {#two}\n2\n```\n");
    locate_rewrite(&book.web, "build/plain",
                   span_of("\"build/plain/lib/x.c:2\", at build/plain/lib/x.c:3: and "
                           "build/plain/lib/x.c:99 build/plain/other.c:1 build/plain/"),
                   &out);
    assert_string_equal(buf_string(&out),
                        "\"chapters/0.md:10\", at chapters/0.md:6: and "
                        "build/plain/lib/x.c:99 build/plain/other.c:1 build/plain/");
    out.len = 0;
    locate_table(&book.web, "build/plain", &out);
    assert_string_equal(buf_string(&out), "build/plain/lib/x.c 1 chapters/0.md 4\n"
                                          "build/plain/lib/x.c 2 chapters/0.md 10\n"
                                          "build/plain/lib/x.c 3 chapters/0.md 6\n");
    buf_free(&out);
    book_free(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_in_plain_twins_become_the_chapters),
        cmocka_unit_test(blocks_contribute_exactly_their_lines),
        cmocka_unit_test(references_indent_every_line_but_empty_ones),
        cmocka_unit_test(indentation_ends_with_its_reference),
        cmocka_unit_test(trailing_blanks_of_a_reference_are_dropped),
        cmocka_unit_test(escaped_reference_loses_one_backslash),
        cmocka_unit_test(spaces_left_of_a_cut_tab_count_as_indentation),
        cmocka_unit_test(annotated_lines_name_their_place),
        cmocka_unit_test(annotated_lines_stand_at_their_column),
        cmocka_unit_test(tabs_before_a_line_stay_tabs_in_the_twin),
        cmocka_unit_test(following_parts_need_no_directive_only_when_they_follow),
        cmocka_unit_test(empty_chunks_leave_nothing_in_either_twin),
        cmocka_unit_test(twins_of_other_languages_are_copies),
        cmocka_unit_test(quotes_in_a_chapters_path_are_escaped),
        cmocka_unit_test(origins_say_where_each_clean_line_comes_from),
        cmocka_unit_test(part_alone_leaves_its_continuation_out),
        cmocka_unit_test(output_is_appended),
        cmocka_unit_test(depth_has_no_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
