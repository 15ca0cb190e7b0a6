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

TEST(blocks_contribute_exactly_their_lines)
{
    check_clean(C("one\n"), "one\n");
    check_clean(C("\none\n\n"), "\none\n\n");
    check_clean(C("one\n") C("two\n"), "one\ntwo\n");
    check_clean(C(""), "");
    check_clean(C("\n"), "\n");
}

TEST(references_indent_every_line_but_empty_ones)
{
    check_clean(C("{\n  <<a>>\n}\n") "```c {#a}\nx\n\n  y\n```\n", "{\n  x\n\n    y\n}\n");
    check_clean(C("\t<<a>>\n") "```c {#a}\n  <<b>>\n```\n\n```c {#b}\nx\n\n```\n", "\t  x\n\n");
}

TEST(indentation_ends_with_its_reference)
{
    check_clean(C("    <<a>>\n<<a>>\n  <<a>>\nx\n") "```c {#a}\na\n```\n", "    a\na\n  a\nx\n");
}

TEST(trailing_blanks_of_a_reference_are_dropped)
{
    check_clean(C(" <<a>> \t\n") "```c {#a}\na \n```\n", " a \n");
}

TEST(escaped_reference_loses_one_backslash)
{
    check_clean(C("  \\<<a>> \n\\\\<<a>>\nx \\<<a>>\n"), "  <<a>> \n\\\\<<a>>\nx \\<<a>>\n");
    check_clean(C("  <<b>>\n") "```c {#b}\n \\<<a>>\n```\n", "   <<a>>\n");
}

TEST(spaces_left_of_a_cut_tab_count_as_indentation)
{
    check_clean("- ```c {file=x.c}\n\t<<a>>\n  ```\n\n```c {#a}\na\n\nb\n```\n", "  a\n\n  b\n");
}

TEST(annotated_lines_name_their_place)
{
    check_annotated("# Title\n\n" C("one\n<<a>>\ntwo\n\nthree\n") "```c {#a}\na\n```\n",
                    "#line 4 \"chapters/0.md\"\none\n"
                    "#line 12 \"chapters/0.md\"\na\n"
                    "#line 6 \"chapters/0.md\"\ntwo\n\nthree\n");
}

TEST(annotated_lines_stand_at_their_column)
{
    check_annotated(C("{\n        <<a>>\n") "> - ```c {#a}\n>   one\n>\n>     two\n>   ```\n",
                    "#line 2 \"chapters/0.md\"\n{\n"
                    "#line 7 \"chapters/0.md\"\n    one\n\n      two\n");
}

TEST(tabs_before_a_line_stay_tabs_in_the_twin)
{
    check_annotated("-\ta\n\n\t```c {file=x.c}\n\tx\n\t```\n", "#line 4 \"chapters/0.md\"\n\tx\n");
}

TEST(following_parts_need_no_directive_only_when_they_follow)
{
    check_annotated(C("one\n") C("two\n"), "#line 2 \"chapters/0.md\"\none\n"
                                           "#line 6 \"chapters/0.md\"\ntwo\n");
}

TEST(empty_chunks_leave_nothing_in_either_twin)
{
    check_clean(C("a\n  <<e>>\nb\n") "```c {#e}\n```\n", "a\nb\n");
    check_annotated(C(""), "");
}

TEST(twins_of_other_languages_are_copies)
{
    struct book book;
    struct buf out = {0};

    book_make_one(&book, "```py {file=x.py}\nif x:\n    <<a>>\n```\n\n```c {#a}\na\n```\n");
    tangle_annotated(book_target(&book, "x.py"), &out);
    assert_span(buf_span(&out), "if x:\n    a\n");
    buf_free(&out);
    book_free(&book);
}

TEST(quotes_in_a_chapters_path_are_escaped)
{
    struct web web = {0};
    struct diags diags = {0};
    struct chapter chapter;
    struct buf out = {0};

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

TEST(origins_say_where_each_clean_line_comes_from)
{
    static const unsigned lines[] = {2, 11, 12, 13, 4, 11, 12, 13};
    struct book book;
    struct origin *origins;
    size_t count;

    book_make_one(&book, C("one\n<<a>>\ntwo\n<<a>>\n") "\n\n```c {#a}\nx\n\ny\n```\n");
    origins = tangle_origins(book_target(&book, "x.c"), &count);
    assert_int_equal(count, sizeof lines / sizeof *lines);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(origins[i].line, lines[i]);
    assert_ptr_equal(origins[1].part, book_chunk(&book, "a")->first);
    free(origins);
    book_free(&book);
}

TEST(part_alone_leaves_its_continuation_out)
{
    struct book book;
    struct buf out = {0};

    book_make_one(&book, C("<<a>>\n") "```c {#a}\none\n<<b>>\n```\n\n```c {#a}\ntwo\n```\n\n"
                                      "```c {#b}\nthree\n```\n\n```c {#b}\nfour\n```\n");
    tangle_part(book_chunk(&book, "a")->first, &out);
    assert_span(buf_span(&out), "#line 6 \"chapters/0.md\"\none\n"
                                "#line 15 \"chapters/0.md\"\nthree\n"
                                "#line 19 \"chapters/0.md\"\nfour\n");
    buf_free(&out);
    book_free(&book);
}

TEST(output_is_appended)
{
    struct book book;
    struct buf out = {0};

    book_make_one(&book, C("x\n"));
    buf_adds(&out, "before ");
    tangle_clean(book_target(&book, "x.c"), &out);
    assert_span(buf_span(&out), "before x\n");
    buf_free(&out);
    book_free(&book);
}

/* 100,000 chunks, each in the one before: no stack may be this deep. */
TEST(depth_has_no_limit)
{
    enum { DEPTH = 100000 };
    struct buf text = {0}, out = {0};
    struct book book;

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
TEST(places_in_plain_twins_become_the_chapters)
{
    struct buf out = {0};
    struct book book;

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
    return tests_run(NULL, NULL);
}
