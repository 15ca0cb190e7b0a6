#include "book.h"

#include "heddle/tangle/locate.h"
#include "heddle/web/banner.h"

static void check(const char *path, const char *language, const char *wanted)
{
    struct arena arena = {0};

    assert_span(banner_make(&arena, span_of("MIT"), span_of("a.md"), span_of(path),
                            span_of(language)),
                wanted);
    arena_free(&arena);
}

#define BLOCK "/* Written by heddle tangle from a.md: edit it there.\n * MIT */\n"
#define HASH "# Written by heddle tangle from a.md: edit it there.\n# MIT\n"

TEST(form_goes_by_extension_then_language_then_name)
{
    check("lib/x.c", "", BLOCK);
    check("x.h", "sh", BLOCK);
    check("a.b/x.css", "", BLOCK);
    check("x.sh", "c", HASH);
    check("x.py", "", HASH);
    check("a.c/x", "", "");
    check("bin/x", "python", HASH);
    check("bin/x", "cpp", BLOCK);
    check("Makefile", "", HASH);
    check("sub/Makefile", "make", HASH);
    check("rules.mk", "", HASH);
}

TEST(unknown_kinds_get_nothing)
{
    check("x.json", "", "");
    check("x.txt", "c", "");
    check("x", "", "");
    check(".c", "", "");
    check("x.", "", "");
    check("x. c ", "", "");
    check("x", "c h", "");
    check("x.an-extension-longer-than-any-that-is-known", "", "");
    check("", "", "");
}

static void check_text(const char *path, const char *chapter, const char *text, const char *wanted)
{
    struct arena arena = {0};

    assert_span(banner_make(&arena, span_of(text), span_of(chapter), span_of(path), span_of("")),
                wanted);
    arena_free(&arena);
}

TEST(nothing_ends_the_comment_or_the_line)
{
    check_text(
        "x.c", "a*/b/*.md", "*/ /* x \t\x7f",
        "/* Written by heddle tangle from a* /b/ *.md: edit it there.\n * * / / * x ?? */\n");
    check_text("x.c", "a.md", "*/*/",
               "/* Written by heddle tangle from a.md: edit it there.\n * * / * / */\n");
    check_text("x.sh", "a\n.md", "x\ny",
               "# Written by heddle tangle from a?.md: edit it there.\n# x?y\n");
    check_text("Makefile", "a.md", "x\\",
               "# Written by heddle tangle from a.md: edit it there.\n# x?\n");
    check_text("x.c", "a.md", "", "");
}

/* In a book ----------------------------------------------------------------- */

#define FRONT "---\ntitle: x\nbanner: \"MIT\"\n---\n\n"
#define FROM(chapter, open, next, close) \
    open "Written by heddle tangle from chapters/" chapter ".md: edit it there.\n" next \
         "MIT" close "\n"
#define IN_C(chapter) FROM(chapter, "/* ", " * ", " */")
#define IN_SH(chapter) FROM(chapter, "# ", "# ", "")

static void check_book(const char *const texts[], const char *path, const char *clean,
                       const char *twin)
{
    struct book book;
    struct buf out = {0};

    book_make(&book, texts);
    assert_true(book.good);
    tangle_clean(book_target(&book, path), &out);
    assert_span(buf_span(&out), clean);
    out.len = 0;
    tangle_annotated(book_target(&book, path), &out);
    assert_span(buf_span(&out), twin);
    assert_true(out.len <=
                book_target(&book, path)->chunk->cost + book_target(&book, path)->banner.len);
    buf_free(&out);
    book_free(&book);
}

static void check_one(const char *chapter, const char *path, const char *clean, const char *twin)
{
    const char *const texts[] = {chapter, NULL};

    check_book(texts, path, clean, twin);
}

TEST(both_twins_begin_with_it)
{
    check_one(FRONT "```c {file=x.c}\none\ntwo\n```\n", "x.c", IN_C("0") "one\ntwo\n",
              IN_C("0") "#line 7 \"chapters/0.md\"\none\ntwo\n");
    check_one(FRONT "```c {file=x.c}\n```\n", "x.c", IN_C("0"), IN_C("0"));
    check_one(FRONT "```c {file=x.c}\n\\<<a>>\n```\n", "x.c", IN_C("0") "<<a>>\n",
              IN_C("0") "#line 7 \"chapters/0.md\"\n <<a>>\n");
    check_one(FRONT "```json {file=x.json}\n{}\n```\n", "x.json", "{}\n", "{}\n");
}

TEST(first_line_of_a_script_stays_the_first)
{
    check_one(FRONT "```sh {file=x.sh}\n#!/bin/sh\nls\n```\n", "x.sh",
              "#!/bin/sh\n" IN_SH("0") "ls\n", "#!/bin/sh\n" IN_SH("0") "ls\n");
    check_one(FRONT "```sh {file=x.sh}\n<<a>>\nls\n```\n\n```sh {#a}\n#!/bin/sh\n```\n", "x.sh",
              "#!/bin/sh\n" IN_SH("0") "ls\n", "#!/bin/sh\n" IN_SH("0") "ls\n");
    check_one(FRONT "```c {file=x.c}\n#!/bin/tcc -run\nx\n```\n", "x.c",
              "#!/bin/tcc -run\n" IN_C("0") "x\n",
              "#line 7 \"chapters/0.md\"\n#!/bin/tcc -run\n" IN_C(
                  "0") "#line 8 \"chapters/0.md\"\nx\n");
    check_one(FRONT "```sh {file=x.sh}\nls\n#!no\n```\n", "x.sh", IN_SH("0") "ls\n#!no\n",
              IN_SH("0") "ls\n#!no\n");
}

TEST(any_chapter_may_say_it_and_each_file_names_its_own)
{
    const char *const texts[] = {"```c {file=x.c}\n<<a>>\n```\n",
                                 "---\nbanner: MIT\n---\n\n```c {#a}\na\n```\n", NULL};

    check_book(texts, "x.c", IN_C("0") "a\n", IN_C("0") "#line 6 \"chapters/1.md\"\na\n");
}

TEST(without_the_key_nothing_is_added)
{
    check_one("---\nbanner:\nx: banner: y\n---\n\n```c {file=x.c}\none\n```\n", "x.c", "one\n",
              "#line 7 \"chapters/0.md\"\none\n");
}

/* Code line `line` of x.c, and the chapter line it is from. */
static void check_origin(const struct web *web, unsigned line, unsigned wanted)
{
    struct location found;

    assert_int_equal(locate_in_chapter(web, span_of("x.c"), line, &found), LOCATE_FOUND);
    assert_int_equal(found.line, wanted);
}

TEST(its_lines_come_from_where_the_file_begins)
{
    struct book book;
    struct location found, *all;
    size_t count;

    book_make_one(&book, FRONT "```c {file=x.c}\none\ntwo\n```\n");
    check_origin(&book.web, 1, 6);
    check_origin(&book.web, 2, 6);
    check_origin(&book.web, 3, 7);
    check_origin(&book.web, 4, 8);
    assert_int_equal(locate_in_chapter(&book.web, span_of("x.c"), 5, &found), LOCATE_NO_LINE);
    assert_int_equal(found.line, 4);
    assert_int_equal(locate_in_code(&book.web, span_of("chapters/0.md"), 8, &all, &count),
                     LOCATE_FOUND);
    assert_int_equal(count, 1);
    assert_int_equal(all[0].line, 4);
    free(all);
    book_free(&book);
}

TEST(behind_a_first_line_of_a_script_lines_are_counted_too)
{
    struct book book;

    book_make_one(&book, FRONT "```c {file=x.c}\n#!/bin/tcc -run\ntwo\n```\n");
    check_origin(&book.web, 1, 7);
    check_origin(&book.web, 2, 6);
    check_origin(&book.web, 3, 6);
    check_origin(&book.web, 4, 8);
    book_free(&book);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
