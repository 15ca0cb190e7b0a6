#include "book.h"

static bool is_use(const char *line, const char *want_name, const char *want_indent)
{
    struct use use;

    if (!use_read(span_of(line), &use) || use.escaped)
        return false;
    assert_span(use.name, want_name);
    assert_span(use.indent, want_indent);
    return true;
}

static bool is_escaped_use(const char *line)
{
    struct use use;

    return use_read(span_of(line), &use) && use.escaped;
}

TEST(use_is_alone_on_its_line)
{
    assert_true(is_use("<<a>>", "a", ""));
    assert_true(is_use("  \t<<a-b_c.d/e:f9>> \t", "a-b_c.d/e:f9", "  \t"));
    assert_true(is_use("<<\xe4\xbd\x87>>", "\xe4\xbd\x87", ""));
    assert_false(is_use("x <<a>>", NULL, NULL));
    assert_false(is_use("<<a>>;", NULL, NULL));
    assert_false(is_use("<<a>> <<b>>", NULL, NULL));
    assert_false(is_use("<<>>", NULL, NULL));
    assert_false(is_use("<<a", NULL, NULL));
    assert_false(is_use("<<a>", NULL, NULL));
    assert_false(is_use("<a>>", NULL, NULL));
    assert_false(is_use("<<a b>>", NULL, NULL));
    assert_false(is_use("<< a >>", NULL, NULL));
    assert_false(is_use("<<a >>", NULL, NULL));
    assert_false(is_use("<< a>>", NULL, NULL));
    assert_false(is_use("<<<a>>>", NULL, NULL));
    assert_false(is_use("\\<<a>>", NULL, NULL));
    assert_false(is_use("", NULL, NULL));
}

TEST(escaped_use_is_no_use)
{
    assert_true(is_escaped_use("\\<<a>>"));
    assert_true(is_escaped_use("  \\<<a>>\t"));
    assert_false(is_escaped_use("<<a>>"));
    assert_false(is_escaped_use("\\\\<<a>>"));
    assert_false(is_escaped_use("\\<<a>> x"));
    assert_false(is_escaped_use("\\ <<a>>"));
}

TEST(parts_of_one_name_follow_each_other)
{
    const char *const texts[] = {
        "```c {#a}\none\n```\n\n```c {file=x.c}\n<<a>>\n```\n\n```c {#a}\ntwo\n```\n",
        "```c {#a}\nthree\n```\n",
        NULL,
    };
    struct book book;
    struct chunk *a;

    book_make(&book, texts);
    assert_true(book.good);
    a = book_chunk(&book, "a");
    assert_int_equal(a->first->block->line, 1);
    assert_int_equal(a->first->next->block->line, 9);
    assert_ptr_equal(a->first->next->next, a->last);
    assert_ptr_equal(a->last->chapter, &book.chapters[1]);
    assert_null(a->last->next);
    book_free(&book);
}

TEST(chunk_continued_in_another_chapter_is_a_warning)
{
    const char *const texts[] = {
        "```c {#a}\none\n```\n\n```c {file=x.c}\n<<a>>\n```\n",
        "```c {#a}\ntwo\n```\n",
        NULL,
    };
    struct book book;

    book_make(&book, texts);
    assert_int_equal(book.diags.errors, 0);
    assert_int_equal(book.diags.warnings, 1);
    assert_ptr_equal(book.diags.list[0].place.source, &book.chapters[1].source);
    book_free(&book);
}

TEST(unused_chunk_is_a_warning)
{
    struct book book;

    book_make_one(&book, "```c {#a}\n<<b>>\n```\n\n```c {#b}\n```\n");
    assert_true(book.good);
    assert_int_equal(book.diags.warnings, 1);
    assert_int_equal(book.diags.list[0].place.line, 1);
    book_free(&book);
}

TEST(uses_know_chunk_line_and_indent)
{
    struct book book;
    struct part *part;

    book_make_one(&book, "```c {file=x.c}\n<<a>>\ntext\n\t <<b>>\n```\n\n```c {#a}\n```\n\n"
                         "```c {#b}\n<<a>>\n<<a>>\n```\n");
    part = book_chunk(&book, "x.c")->first;
    assert_int_equal(part->use_count, 2);
    assert_ptr_equal(part->uses[0].chunk, book_chunk(&book, "a"));
    assert_int_equal(part->uses[0].index, 0);
    assert_ptr_equal(part->uses[1].chunk, book_chunk(&book, "b"));
    assert_int_equal(part->uses[1].index, 2);
    assert_span(part->uses[1].indent, "\t ");
    book_free(&book);
}

TEST(users_are_listed_once_each)
{
    struct book book;
    struct chunk *a;

    book_make_one(&book, "```c {file=x.c}\n<<a>>\n<<b>>\n<<a>>\n```\n\n```c {#a}\n```\n\n"
                         "```c {#b}\n<<a>>\n```\n");
    a = book_chunk(&book, "a");
    assert_int_equal(a->user_count, 2);
    assert_ptr_equal(a->users[0], book_chunk(&book, "x.c")->first);
    assert_ptr_equal(a->users[1], book_chunk(&book, "b")->first);
    book_free(&book);
}

TEST(undefined_use_is_an_error_where_it_stands)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\nx\n  <<fech>>\n```\n\n```c {#fetch}\n```\n");
    assert_false(book.good);
    assert_int_equal(book.diags.errors, 1);
    assert_error_at(&book, 0, 3, 3);
    assert_non_null(strstr(book_error(&book, 0)->message, "\"fech\""));
    assert_int_equal(book.diags.list[1].level, DIAG_NOTE);
    assert_int_equal(book.diags.list[1].place.line, 6);
    assert_non_null(strstr(book.diags.list[1].message, "\"fetch\""));
    book_free(&book);
}

TEST(every_undefined_use_is_reported)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\n<<one>>\n<<two>>\n<<one>>\n```\n");
    assert_int_equal(book.diags.errors, 3);
    book_free(&book);
}

TEST(cycles_are_errors)
{
    static const char *const texts[] = {
        "```c {#a file=x.c}\n<<a>>\n```\n",
        "```c {#a}\n<<b>>\n```\n\n```c {#b}\n<<a>>\n```\n\n```c {file=x.c}\n<<a>>\n```\n",
        ("```c {#a}\n<<b>>\n```\n\n```c {#b}\n```\n\n"
         "```c {#c}\n<<a>>\n```\n\n```c {#b}\n<<c>>\n```\n\n```c {file=x.c}\n<<c>>\n```\n"),
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct book book;

        book_make_one(&book, texts[i]);
        assert_false(book.good);
        assert_int_equal(book.diags.errors, 1);
        book_free(&book);
    }
}

TEST(what_reaches_no_output_is_a_warning)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\nx\n```\n\n```c {#a}\n<<a>>\n<<gone>>\n```\n");
    assert_true(book.good);
    assert_int_equal(book.diags.warnings, 2);
    book_free(&book);
    book_make_one(&book, "```c {.fragment}\n<<a>>\n```\n\n```c {#a}\n<<gone>>\n```\n");
    assert_int_equal(book.diags.errors, 1);
    book_free(&book);
}

TEST(diamonds_are_no_cycles)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\n<<b>>\n<<c>>\n```\n\n```c {#b}\n<<d>>\n```\n\n"
                         "```c {#c}\n<<d>>\n<<d>>\n```\n\n```c {#d}\n```\n");
    assert_true(book.good);
    book_free(&book);
}

TEST(targets_have_mode_name_and_language)
{
    struct book book;
    struct target *target;

    book_make_one(&book, "```c {file=items/one.two.c .program link=\"m crypto\" cflags=-O2}\n"
                         "int main(void) { return 0; }\n```\n\n```sh {file=run mode=0755}\n```\n");
    target = book_target(&book, "items/one.two.c");
    assert_int_equal(target->mode, 0644);
    assert_true(target->program);
    assert_true(target->c);
    assert_span(target->name, "one.two");
    assert_span(target->link, "m crypto");
    assert_span(target->cflags, "-O2");
    assert_ptr_equal(table_get(&book.web.programs, span_of("one.two")), target);
    target = book_target(&book, "run");
    assert_int_equal(target->mode, 0755);
    assert_false(target->program);
    assert_false(target->c);
    assert_int_equal(book.web.target_count, 2);
    book_free(&book);
}

TEST(one_id_may_have_two_files_but_no_file_two_ids)
{
    struct book book;

    book_make_one(&book, "```c {#a file=x.c}\none\n```\n\n```c {#a file=y.c}\ntwo\n```\n");
    assert_true(book.good);
    assert_ptr_equal(book_target(&book, "x.c")->chunk, book_target(&book, "y.c")->chunk);
    book_free(&book);
    book_make_one(&book, "```c {#a file=x.c}\none\n```\n\n```c {#b file=x.c}\ntwo\n```\n");
    assert_false(book.good);
    assert_error_at(&book, 0, 5, 10);
    book_free(&book);
}

TEST(file_without_id_goes_on_where_it_began)
{
    struct book book;

    book_make_one(&book, "```c {#a file=x.c}\none\n```\n\n```c {file=x.c}\ntwo\n```\n\n"
                         "```c {file=./x.c}\nthree\n```\n");
    assert_true(book.good);
    assert_int_equal(book.web.target_count, 1);
    assert_int_equal(book_chunk(&book, "a")->last->block->line, 9);
    book_free(&book);
}

TEST(what_is_said_of_a_file_later_is_not_lost)
{
    struct book book;

    book_make_one(&book,
                  "```c {file=x.c}\none\n```\n\n```c {file=x.c .program mode=0755}\ntwo\n```\n");
    assert_true(!book.good ||
                (book_target(&book, "x.c")->mode == 0755 && book_target(&book, "x.c")->program));
    book_free(&book);
}

TEST(paths_stay_below_the_folder)
{
    static const char *const paths[] = {"/x", "..", "../x", "a/../x", "a/..", "", "a/", "."};

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char text[64];
        struct book book;

        snprintf(text, sizeof text, "```c {file=\"%s\"}\nx\n```\n", paths[i]);
        book_make_one(&book, text);
        if (book.good)
            fail_msg("the path \"%s\" was taken", paths[i]);
        assert_error_at(&book, 0, 1, 7);
        book_free(&book);
    }
}

TEST(bad_modes_are_errors)
{
    static const char *const modes[] = {"8",
                                        "0888",
                                        "x",
                                        "\"\"",
                                        "1777",
                                        "4755",
                                        "-1",
                                        "0x1ff",
                                        "99999999999999999999777",
                                        "07550000000000"};

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        char text[64];
        struct book book;

        snprintf(text, sizeof text, "```c {file=x mode=%s}\nx\n```\n", modes[i]);
        book_make_one(&book, text);
        if (book.good)
            fail_msg("the mode %s was taken", modes[i]);
        assert_error_at(&book, 0, 1, 14);
        book_free(&book);
    }
}

TEST(uses_inside_macros_are_errors_in_c_only)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\n#define X \\\n    <<a>>\n```\n\n```c {#a}\n```\n");
    assert_false(book.good);
    assert_int_equal(book_error(&book, 0)->place.line, 3);
    book_free(&book);
    book_make_one(&book, "```sh {file=x.sh}\necho \\\n    <<a>>\n```\n\n```sh {#a}\n```\n");
    assert_true(book.good);
    book_free(&book);
}

/* gcc and clang splice a line that ends in a backslash and blanks, too. */
TEST(blanks_behind_the_backslash_still_continue)
{
    struct book book;

    book_make_one(&book, "```c {file=x.c}\n#define X \\ \n    <<a>>\n```\n\n```c {#a}\n```\n");
    assert_false(book.good);
    book_free(&book);
}

/* What decides is the file that gets #line, not what its pieces call themselves. */
TEST(pieces_without_language_are_looked_at_too)
{
    struct book book;

    book_make_one(&book, "``` {#m}\n#define X \\\n    <<a>>\n```\n\n``` {#a}\n```\n\n"
                         "```c {file=x.c}\n<<m>>\n```\n");
    assert_false(book.good);
    book_free(&book);
}

TEST(outputs_name_their_program_in_any_order)
{
    struct book book;

    book_make_one(&book, "```output {of=p}\nhello\n```\n\n```c {file=d/p.c .program}\n"
                         "int main(void) { return 0; }\n```\n");
    assert_true(book.good);
    assert_int_equal(book.web.snippet_count, 1);
    assert_int_equal(book.web.snippets[0].kind, SNIPPET_OUTPUT);
    assert_ptr_equal(book.web.snippets[0].program, book_target(&book, "d/p.c"));
    book_free(&book);
}

TEST(output_of_nobody_is_an_error_with_the_nearest)
{
    struct book book;

    book_make_one(&book, "```c {file=hello.c .program}\nint main(void) { return 0; }\n```\n\n"
                         "```output {of=helo}\n```\n");
    assert_false(book.good);
    assert_error_at(&book, 0, 5, 15);
    assert_non_null(strstr(book.diags.list[1].message, "\"hello\""));
    book_free(&book);
}

TEST(uses_in_outputs_are_text)
{
    struct book book;

    book_make_one(&book, "```c {file=p.c .program}\nint main(void) { return 0; }\n```\n\n"
                         "```output {of=p}\n<<nobody>>\n```\n");
    assert_true(book.good);
    book_free(&book);
}

TEST(fragments_and_failures_are_snippets_not_chunks)
{
    struct book book;

    book_make_one(&book,
                  "```c {.fragment}\nint a;\n```\n\n```c {.compile-fail}\nint a = \"\";\n```\n\n"
                  "```output\nerror: [..]\n```\n\n```c {.no-tangle #n}\nint n;\n```\n");
    assert_true(book.good);
    assert_int_equal(book.web.chunk_count, 0);
    assert_int_equal(book.web.snippet_count, 2);
    assert_int_equal(book.web.snippets[0].kind, SNIPPET_FRAGMENT);
    assert_int_equal(book.web.snippets[1].kind, SNIPPET_COMPILE_FAIL);
    assert_int_equal(book.web.snippets[1].expected->line, 9);
    book_free(&book);
}

TEST(plain_blocks_are_no_parts)
{
    struct book book;

    book_make_one(&book, "```c\nx\n```\n\n```c {file=x.c}\nx\n```\n");
    assert_null(web_part(&book.web, &book.chapters[0], &book.chapters[0].blocks[0]));
    assert_ptr_equal(web_part(&book.web, &book.chapters[0], &book.chapters[0].blocks[1]),
                     book_chunk(&book, "x.c")->first);
    book_free(&book);
}

TEST(one_block_has_one_id_and_one_file)
{
    struct book book;

    book_make_one(&book, "```c {#a #b file=x.c}\nx\n```\n");
    assert_false(book.good);
    assert_error_at(&book, 0, 1, 10);
    book_free(&book);
    book_make_one(&book, "```c {file=x.c file=y.c}\nx\n```\n");
    assert_false(book.good);
    assert_error_at(&book, 0, 1, 16);
    book_free(&book);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
