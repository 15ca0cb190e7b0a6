/*
 * Weaving: where slides begin, what listings say, what is kept and reported.
 * The page as a browser shows it is tested by deck.test.mjs.
 */
#include "weaving.h"

#include <sys/stat.h>

/* Slides -------------------------------------------------------------------- */

TEST(headings_begin_columns_and_slides)
{
    assert_woven("# A {#a}\n\n## B {#b}\n\ntext\n\n# C {#c}\n",
                 "<ol>\n<li><a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol></li>\n"
                 "<li><a href=\"#c\">C</a></li>\n</ol>");
}

TEST(a_rule_with_a_heading_behind_it_is_one_beginning)
{
    assert_woven("---\nslides: yes\n---\n# A {#a}\n\n---\n\n## B {#b}\n\n----\n\n### C {#c}\n\nx\n",
                 "<li><a href=\"#a\">A</a></li>\n<li><a href=\"#b\">B</a><ol><li>");
}

TEST(a_heading_in_a_div_or_a_quote_begins_no_slide)
{
    assert_woven("# A {#a}\n\n::: book\n## B\n:::\n\n> ## C\n",
                 "<ol>\n<li><a href=\"#a\">A</a></li>\n</ol>");
}

TEST(a_comment_before_the_first_heading_is_no_slide)
{
    assert_not_woven("<!-- licence\n\nand more -->\n\n# A {#a}\n", "licence");
    assert_woven("<!-- licence -->\n\nText.\n\n# A {#a}\n", "<section id=\"a-2\" class=\"slide\"");
}

TEST(an_id_comes_from_the_title_and_never_twice)
{
    assert_woven("# Run & wait\n\n# Run, wait\n", "<section id=\"run-wait-2\" class=\"slide\"");
    assert_woven("# 2024\n", "<section id=\"slide\" class=\"slide\"");
}

/* A chapter of one slide with `lines` lines of `columns` columns on it. */
static const char *slide_of(unsigned lines, unsigned columns, const char *head)
{
    static struct buf chapter;

    chapter.len = 0;
    buf_adds(&chapter, head);
    buf_adds(&chapter, "```c {.no-tangle}\n");
    for (unsigned i = 0; i < lines; i++) {
        buf_fill(&chapter, 'x', columns);
        buf_addc(&chapter, '\n');
    }
    buf_adds(&chapter, "```\n");
    return buf_string(&chapter);
}

TEST(little_code_is_set_in_the_largest_type)
{
    assert_woven(slide_of(3, 20, "# A {#a}\n\ntext\n\n"),
                 "<section id=\"a\" class=\"slide\" style=\"--code:42.0px\">");
}

TEST(long_and_wide_code_is_set_smaller)
{
    assert_woven(slide_of(20, 20, "# A\n\n"), "style=\"--code:24.8px\"");
    assert_woven(slide_of(3, 90, "# A\n\n"), "style=\"--code:23.1px\"");
    assert_woven(slide_of(3, 90, "# A\n\n"), "style=\"--cols:90\"");
}

TEST(what_a_slide_does_not_show_takes_no_room)
{
    struct buf head = {0};

    buf_adds(&head, "# A\n\n::: book\n");
    buf_adds(&head, slide_of(60, 130, ""));
    buf_adds(&head, ":::\n\n## B {.book}\n\n");
    assert_woven(slide_of(60, 130, buf_string(&head)), "<section id=\"a\" class=\"slide\">");
    buf_free(&head);
}

TEST(a_slide_of_too_many_lines_is_refused_at_its_heading)
{
    assert_refused(
        slide_of(31, 20, "text\n\n# A\n\n"),
        "3:1: this slide's code would be set in 16.3 px, and 18 is the least that a room "
        "can read\n3:1: it shows 31 lines of code: make two slides of it, or put a part "
        "into ::: book\n");
}

TEST(a_listing_that_is_too_wide_is_refused_where_it_stands)
{
    assert_refused(slide_of(3, 120, "# A\n\n"),
                   "3:1: on a slide this would be set in 17.8 px, and 18 is the least that a room "
                   "can read\n3:1: its widest line has 120 columns: break it\n");
}

TEST(steps_travel_with_their_listing)
{
    assert_woven("# A\n\n```c {.no-tangle steps=\"1|2-3,1\"}\na\nb\nc\n```\n",
                 "<figure class=\"listing\" data-steps=\"1|2-3,1\"");
}

TEST(steps_that_mark_nothing_are_refused)
{
    static const struct {
        const char *steps, *message;
    } cases[] = {
        {"1|3-2", "3:27: \"3-2\" names no lines; steps are written as steps=\"1-2|4,6\"\n"},
        {"0", "3:25: \"0\" names no lines; steps are written as steps=\"1-2|4,6\"\n"},
        {"1,,2", "3:27: \"\" names no lines; steps are written as steps=\"1-2|4,6\"\n"},
        {"a", "3:25: \"a\" names no lines; steps are written as steps=\"1-2|4,6\"\n"},
        {"1|2-4", "3:27: this listing has 3 lines, no line 4\n"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf chapter = {0};

        buf_addf(&chapter, "# A\n\n```c {.no-tangle steps=\"%s\"}\na\nb\nc\n```\n", cases[i].steps);
        assert_refused(buf_string(&chapter), cases[i].message);
        buf_free(&chapter);
    }
}

TEST(notes_keep_their_language_inside_the_aside)
{
    assert_woven(
        "# A\n\n::: {.notes lang=zh-Hant-TW}\n中文\n:::\n",
        "<aside class=\"notes\">\n\n<div class=\"notes\" lang=\"zh-Hant-TW\">\n<p>中文</p>\n"
        "</div>\n</aside>");
}

TEST(containers_stay_in_their_list)
{
    assert_woven(
        "# A\n\n1. one\n\n   ::: notes\n   two\n   :::\n\n   ```c {.no-tangle}\n   x\n"
        "   ```\n2. - ::: notes :::\n     three\n     :::\n",
        "<ol type=\"1\">\n<li><p>one</p>\n<aside class=\"notes\">\n\n<div class=\"notes\">\n"
        "<p>two</p>\n</div>\n</aside>\n<figure");
    assert_woven(
        "# A\n\n1. a\n2. - ::: notes :::\n     three\n     :::\n3. b\n",
        "<li><ul>\n<li><aside class=\"notes\">\n\n<div class=\"notes\">\n<p>three</p>\n</div>\n"
        "</aside></li>\n</ul></li>\n<li>b</li>");
}

TEST(a_link_may_say_a_chunks_name)
{
    assert_woven(
        "# A\n\n[x](#chunk-q::p)\n\n```c {#q::p}\nx\n```\n\n```c {file=x.c}\n<<q::p>>\n```\n",
        "<a href=\"#chunk-q~3a~3ap\">x</a>");
}

/* As VuePress and Docusaurus have them; to pandoc alone they were text. */
TEST(a_container_may_have_a_title)
{
    assert_woven(
        "# A\n\n> :::tip Mind *this*\n> x\n> :::\n",
        "<div class=\"tip\">\n<p><strong>Mind <em>this</em></strong></p>\n<p>x</p>\n</div>");
    assert_woven("# A\n\n:::note[Mind this]\nx\n:::\n",
                 "<div class=\"note\">\n<p><strong>Mind this</strong></p>\n<p>x</p>\n</div>");
    assert_woven("# A\n\n::: details Mind \"this\"\nx\n:::\n",
                 "<details class=\"spoiler\"><summary>Mind &quot;this&quot;</summary>\n<p>x</p>");
    assert_woven("# A\n\n::: {.tip #z title=\"a } b\"}\nx\n:::\n",
                 "<div id=\"z\" class=\"tip\" title=\"a } b\">\n<p>x</p>");
}

TEST(a_title_with_code_and_a_link_is_text_in_the_contents)
{
    assert_woven("# `a<b` and [c](#a) {#a}\n", "<li><a href=\"#a\">a&lt;b and c</a></li>");
}

/* Listings ------------------------------------------------------------------ */

#define FILE_WITH_USE "# A\n\n```c {file=lib/x.c}\nint a;\n<<b>>\nint d;\n```\n\n"

TEST(a_part_used_once_has_its_numbers_in_code)
{
    assert_woven(
        FILE_WITH_USE "```c {#b}\nint b;\nint c;\n```\n",
        "<b>b</b> <a href=\"code/lib/x.c.html#L2\">lib/x.c:2</a> <small>used in "
        "<a href=\"#chunk-lib/x.c\">its file</a></small></figcaption><div class=\"scroll\">"
        "<pre class=\"numbers\" aria-hidden=\"true\">2\n3</pre>");
}

TEST(a_banner_has_no_listing_but_its_lines_are_counted)
{
    static const char chapter[] = "---\nbanner: MIT\n---\n\n# A {#a}\n\n"
                                  "```c {file=x.c}\n<<one>>\nint b;\n```\n\n"
                                  "```c {#one}\nint a;\n```\n";

    assert_woven(chapter, "<pre class=\"numbers\" aria-hidden=\"true\"> \n4</pre>");
    assert_woven(chapter, "<pre class=\"numbers\" aria-hidden=\"true\">3</pre>");
    assert_woven(chapter, "<a href=\"code/x.c.html#L1\">x.c</a>");
    assert_woven(chapter, "<a href=\"code/x.c.html#L3\">x.c:3</a>");
}

TEST(a_use_has_no_number_and_leads_to_its_chunk)
{
    assert_woven(FILE_WITH_USE "```c {#b}\nint b;\nint c;\n```\n",
                 ">1\n \n4</pre><pre><code><c-t>int</c-t> a;\n"
                 "<a href=\"#chunk-b\">&lt;&lt;b&gt;&gt;</a>\n<c-t>int</c-t> d;</code>");
}

TEST(a_part_used_twice_counts_from_one)
{
    assert_woven(
        "# A\n\n```c {file=x.c}\nint a;\n<<b>>\n<<b>>\n```\n\n```c {#b}\nb();\nc();\n```\n",
        "x.c:2</a> <small>used in <a href=\"#chunk-x.c\">its file</a></small></figcaption>"
        "<div class=\"scroll\"><pre class=\"numbers\" aria-hidden=\"true\">1\n2</pre>");
}

/* As one that must not compile may use what others use, and is in no file. */
TEST(a_block_without_a_name_that_uses_a_chunk_is_said)
{
    assert_woven(
        "# A\n\n```c {#b}\nint b;\n```\n\n```c {.compile-fail}\n<<b>>\nx\n```\n\n"
        "```c {file=x.c}\n<<b>>\n```\n",
        "<small>used in a block without a name, <a href=\"#chunk-x.c\">its file</a></small>");
}

TEST(the_parts_of_a_chunk_lead_to_each_other)
{
    struct woven woven;

    weave(&woven, "# A\n\n```c {file=x.c}\na\n```\n\n```c {file=x.c}\nb\n```\n");
    assert_page_has(&woven, "continued in <a href=\"#chunk-x.c:2\">part 2</a>");
    assert_page_has(&woven, "continued from <a href=\"#chunk-x.c\">part 1</a>");
    assert_page_has(&woven, "<figure class=\"listing\" id=\"chunk-x.c:2\"");
    forget(&woven);
}

TEST(code_is_text_and_an_escaped_use_is_what_it_says)
{
    assert_woven("# A\n\n```text {file=x}\n<a> & \"b\"\n\\<<c>>\n```\n",
                 "<code>&lt;a&gt; &amp; \"b\"\n&lt;&lt;c&gt;&gt;</code>");
}

TEST(code_in_a_list_and_in_a_quote_becomes_a_listing)
{
    struct woven woven;

    weave(&woven,
          "# A\n\n- one\n\n  ```c {file=x.c}\n  a\n  ```\n\n> ~~~ {.c file=y.c}\n> b\n> ~~~\n");
    assert_page_has(&woven, "<p>one</p>\n<figure class=\"listing\" id=\"chunk-x.c\"");
    assert_page_has(&woven, "<blockquote>\n<figure class=\"listing\" id=\"chunk-y.c\"");
    forget(&woven);
}

TEST(an_output_stands_beside_short_code_that_it_follows)
{
    static const char program[] = "# A\n\n```c {file=p.c .program}\nint main(void) {}\n```\n\n";
    struct buf chapter = {0};

    buf_adds(&chapter, program);
    buf_adds(&chapter, "```output {of=p status=1 order=any}\nx\n```\n");
    assert_woven(buf_string(&chapter), "<div class=\"beside\">\n<figure");
    assert_woven(buf_string(&chapter), "<small>exit status 1 · lines in any order</small>");
    chapter.len = strlen(program);
    buf_adds(&chapter, "Text.\n\n```output {of=p}\nx\n```\n");
    assert_not_woven(buf_string(&chapter), "beside");
    buf_free(&chapter);
}

TEST(patterns_of_an_output_are_words_to_a_reader)
{
    static const char program[] = "# A\n\n```c {file=p.c .program}\nint main(void) {}\n```\n\n";
    struct buf chapter = {0};

    buf_adds(&chapter, program);
    buf_adds(&chapter, "```output {of=p}\n...\ntook {{0.5..4.5}} s [..] {{x}} {{ "
                       "{{-2..9}}\n{{1..}} {{..2}} {{..}}\n```\n");
    assert_woven(buf_string(&chapter),
                 "<code><var>\xe2\x80\xa6</var>\ntook <var>0.5 to 4.5</var> s "
                 "<var>\xe2\x80\xa6</var> {{x}} {{ <var>-2 to 9</var>\n"
                 "<var>at least 1</var> <var>at most 2</var> {{..}}</code>");
    buf_free(&chapter);
}

TEST(the_width_of_an_output_is_that_of_its_words)
{
    static const char program[] = "# A\n\n```c {file=p.c .program}\nint main(void) {}\n```\n\n";
    struct buf chapter = {0};

    buf_adds(&chapter, program);
    buf_adds(&chapter, "```output {of=p}\n{{0.5..}} s\n{{..1}}\n```\n");
    assert_woven(buf_string(&chapter), "<figure class=\"listing out\" style=\"--cols:14");
    chapter.len = strlen(program);
    buf_adds(&chapter, "```output {of=p}\n{{..0.5}} s\n```\n");
    assert_woven(buf_string(&chapter), "<figure class=\"listing out\" style=\"--cols:13");
    buf_free(&chapter);
}

TEST(a_name_with_strange_bytes_has_an_id_of_its_own)
{
    struct woven woven;

    weave(&woven, "# A\n\n```text {file=\"a b\"}\nx\n```\n\n```text {file=\"a~b\"}\ny\n```\n");
    assert_page_has(&woven, "id=\"chunk-a~20b\"");
    assert_page_has(&woven, "id=\"chunk-a~7eb\"");
    forget(&woven);
}

TEST(the_index_names_what_c_defines)
{
    struct woven woven;

    weave(&woven, "# A\n\n```c {file=x.c}\nstruct q {\n    int n;\n};\n\nint declared(void);\n\n"
                  "static int\nnot_found(void);\n\nint defined(struct q *q,\n            int n)\n"
                  "{\n    return call(n);\n}\n```\n");
    assert_page_has(&woven, "<h2>Functions</h2>\n<ul>\n<li><a href=\"#chunk-x.c\"><code>defined"
                            "</code></a></li>\n</ul>");
    assert_page_has(&woven, "<h2>Types</h2>\n<ul>\n<li><a href=\"#chunk-x.c\"><code>q</code>");
    forget(&woven);
}

TEST(footnotes_of_two_chapters_do_not_meet)
{
    struct woven woven;

    put_file("chapters/20-b.md", "# B\n\nx[^1]\n\n[^1]: two\n");
    weave(&woven, "# A\n\nx[^1]\n\n[^1]: one\n");
    assert_page_has(&woven, "href=\"#fn-1-1\"");
    assert_page_has(&woven, "<li id=\"fn-2-1\">");
    forget(&woven);
    assert_int_equal(remove("chapters/20-b.md"), 0);
}

/* Volumes ------------------------------------------------------------------- */

#define APART \
    "# A {#a}\n\nSee [b](#b2).\n\n# B {#b .apart}\n\nSee [a](#a).\n\n## B2 {#b2}\n\nx\n\n" \
    "```c {file=x.c}\nint f(void)\n{\n}\n```\n\n# C {#c}\n\ny\n"

TEST(a_column_that_stands_apart_is_a_page_of_its_own)
{
    struct woven woven;
    struct buf page = {0};

    weave(&woven, APART);
    read_page(&page, "out/b.html");
    assert_non_null(strstr(page.ptr, "B · T\n"));
    assert_non_null(strstr(page.ptr, "<section id=\"b\" class=\"slide apart\""));
    assert_non_null(strstr(page.ptr, "<section id=\"b2\" class=\"slide\""));
    assert_null(strstr(page.ptr, "<section id=\"c\""));
    assert_page_lacks(&woven, "<section id=\"b\"");
    assert_page_has(&woven, "<section id=\"c\" class=\"slide\"");
    assert_page_has(&woven, "<div class=\"elsewhere\"><h1><a href=\"b.html#b\">B</a></h1>");
    buf_free(&page);
    forget(&woven);
}

TEST(links_lead_from_page_to_page)
{
    struct woven woven;
    struct buf page = {0}, code = {0};

    weave(&woven, APART);
    read_page(&page, "out/b.html");
    read_page(&code, "out/code/x.c.html");
    assert_page_has(&woven, "See <a href=\"b.html#b2\">b</a>");
    assert_page_has(&woven, "<li><a href=\"b.html#b\">B</a><ol><li><a href=\"b.html#b2\">");
    assert_non_null(strstr(page.ptr, "See <a href=\"index.html#a\">a</a>"));
    assert_non_null(
        strstr(page.ptr, "<li><a href=\"index.html#a\">A</a></li>\n<li><a href=\"#b\">"));
    assert_non_null(strstr(code.ptr, "href=\"../b.html?view=book#chunk-x.c\""));
    buf_free(&page);
    buf_free(&code);
    forget(&woven);
}

TEST(what_stands_apart_is_a_note_in_the_outline)
{
    assert_woven(APART,
                 "<ol>\n<li><a href=\"#a\">A</a> <small><a href=\"b.html#b\">B</a></small></li>\n"
                 "<li><a href=\"#c\">C</a></li>\n</ol>");
}

TEST(a_part_has_a_line_of_its_own_in_the_contents)
{
    assert_woven(
        "# A {#a}\n\nx\n\n# B {#b .apart part=\"Part < two\"}\n\ny\n\n# C {#c .apart}\n\nz\n",
        "<ol>\n<li><a href=\"#a\">A</a></li>\n"
        "<li class=\"part\">Part &lt; two <small><a href=\"b.html#b\">B</a></small> "
        "<small><a href=\"c.html#c\">C</a></small></li>\n</ol>");
    assert_woven("# A {#a}\n\nx\n\n# B {#b part=\"Part two\"}\n\ny\n",
                 "<li><a href=\"#a\">A</a></li>\n<li class=\"part\">Part two</li>\n"
                 "<li><a href=\"#b\">B</a></li>\n</ol>");
}

TEST(each_page_has_the_index_of_what_it_holds)
{
    struct woven woven;
    struct buf page = {0};

    weave(&woven, APART);
    read_page(&page, "out/b.html");
    assert_non_null(strstr(page.ptr, "<li><a href=\"#chunk-x.c\"><code>f</code>"));
    assert_page_lacks(&woven, "<code>f</code>");
    assert_page_has(&woven, "More in the index of <a href=\"b.html#index\">B</a>.");
    buf_free(&page);
    forget(&woven);
}

TEST(a_single_slide_can_stand_apart)
{
    struct woven woven;
    struct buf page = {0};

    weave(
        &woven,
        "# A {#a}\n\n## B {#b .apart}\n\nin b\n\n## C {#c}\n\nin c\n\n## D {#d .apart}\n\nin d\n");
    assert_page_has(&woven, "<h2><a href=\"b.html#b\">B</a></h2>");
    assert_page_has(&woven, "in c");
    assert_page_lacks(&woven, "in b");
    assert_page_lacks(&woven, "in d");
    read_page(&page, "out/d.html");
    assert_non_null(strstr(page.ptr,
                           "<section class=\"topic\">\n<section id=\"d\" class=\"slide apart\">\n"
                           "<h2>D</h2>"));
    assert_non_null(strstr(page.ptr, "<p>in d</p>\n</section>\n</section>\n\n"));
    buf_free(&page);
    forget(&woven);
}

/* A program of its own makes some ids listings in the book alone. */
#define LARGE \
    "---\napart: book\n---\n# A {#a}\n\non the slide\n\n```c {#b}\nputs(\"\");\n```\n\n" \
    "::: notes\nsaid\n:::\n\n::: book\n```c {file=x.c}\nint f(void)\n{\n    <<b>>\n}\n```\n\n" \
    "::: {lang=de}\nin the book\n:::\n:::\n\n## C {#c .book}\n\nmore\n\n## D {#d}\n\nend\n"

TEST(the_slides_of_a_large_book_are_a_file_and_all_of_it_another)
{
    struct woven woven;
    struct buf book = {0};

    put_file("deck/template.html",
             "{{views}}{{home}}\n{{contents}}\n{{slides}}\n{{index}}\n{{reveal}}");
    weave(&woven, LARGE);
    read_page(&book, "out/book.html");
    assert_page_has(&woven, " data-book=\"book.html\"");
    assert_page_has(&woven, "on the slide");
    assert_page_has(&woven, "<aside class=\"notes\" data-packed></aside>");
    assert_page_has(&woven, "<script type=\"application/gzip\" id=\"packed\">");
    assert_non_null(strstr(book.ptr, "<p>said</p>"));
    assert_page_has(&woven, "<p>end</p>");
    assert_page_has(&woven, "[reveal]");
    assert_page_lacks(&woven, "in the book");
    assert_page_lacks(&woven, "<section id=\"c\"");
    assert_page_lacks(&woven, "id=\"index\"");
    assert_non_null(strstr(book.ptr, " data-deck=\"index.html\""));
    assert_non_null(strstr(book.ptr, "in the book"));
    assert_non_null(strstr(book.ptr, "<section id=\"c\""));
    assert_non_null(strstr(book.ptr, "<code>f</code>"));
    assert_null(strstr(book.ptr, "[reveal]"));
    buf_free(&book);
    forget(&woven);
    put_file("deck/template.html",
             "{{title}}\n{{contents}}\n{{slides}}\n{{index}}\n{{gzip small}}\n");
}

TEST(slides_link_to_what_only_the_book_has)
{
    struct woven woven;
    struct buf book = {0}, code = {0};

    weave(&woven, LARGE);
    read_page(&book, "out/book.html");
    read_page(&code, "out/code/x.c.html");
    assert_page_has(&woven, "used in <a href=\"book.html#chunk-x.c\">");
    assert_page_has(&woven, "<li><a href=\"#a\">A</a>"); /* its contents are the columns */
    assert_page_lacks(&woven, "<a href=\"#d\">D</a>");
    assert_non_null(strstr(book.ptr, "<a href=\"#c\">C</a>"));
    assert_non_null(strstr(book.ptr, "used in <a href=\"#chunk-x.c\">"));
    assert_non_null(strstr(code.ptr, "../book.html?view=book#chunk-b"));
    buf_free(&book);
    buf_free(&code);
    forget(&woven);
}

/* Source pages -------------------------------------------------------------- */

TEST(a_source_line_leads_back_to_its_chunk)
{
    struct woven woven;
    struct buf source = {0};

    weave(&woven, FILE_WITH_USE "```c {#b}\nint b;\n\nint c;\n```\n");
    read_page(&source, "out/code/lib/x.c.html");
    assert_string_equal(
        source.ptr,
        "lib/x.c ../../index.html\n"
        "<p id=\"L1\" class=\"from\"><a href=\"../../index.html?view=book#chunk-lib/x.c\">x.c</a>"
        "<code>int a;</code></p>\n"
        "<p id=\"L2\" class=\"from\"><a href=\"../../index.html?view=book#chunk-b\">b</a>"
        "<code>int b;</code></p>\n"
        "<p id=\"L3\"><code></code></p>\n<p id=\"L4\"><code>int c;</code></p>\n"
        "<p id=\"L5\" class=\"from\"><a href=\"../../index.html?view=book#chunk-lib/x.c\">x.c</a>"
        "<code>int d;</code></p>\n");
    buf_free(&source);
    forget(&woven);
}

TEST(an_answers_page_leads_to_the_exercise_and_the_answer)
{
    struct woven woven;
    struct buf source = {0};

    weave(&woven, "# A\n\n```{.c .program file=x/ex.c}\nint a;\n<<hole>>\n```\n\n"
                  "```{.c #hole .hole}\nint b;\n```\n\n"
                  "```{.c #wrong .answer of=ex}\nint c;\n```\n");
    read_page(&source, "out/code/x/wrong.c.html");
    assert_string_equal(
        source.ptr,
        "x/wrong.c ../../index.html\n"
        "<p id=\"L1\" class=\"from\"><a href=\"../../index.html?view=book#chunk-x/ex.c\">ex.c</a>"
        "<code>int a;</code></p>\n"
        "<p id=\"L2\" class=\"from\"><a href=\"../../index.html?view=book#chunk-wrong\">wrong</a>"
        "<code>int c;</code></p>\n");
    assert_page_has(&woven, "id=\"chunk-x/ex.c\"");
    assert_page_has(&woven, "id=\"chunk-wrong\"");
    buf_free(&source);
    forget(&woven);
}

TEST(a_slide_leads_to_its_line_and_the_line_to_the_slide)
{
    struct woven woven;
    struct buf source = {0};

    weave(&woven, "# A {#a}\n\n## B {#b}\n\n<x>\n");
    assert_page_has(&woven,
                    "<h2>B</h2>\n<a class=\"source\" href=\"chapters/10-a.md.html#L3\">source</a>");
    read_page(&source, "out/chapters/10-a.md.html");
    assert_string_equal(source.ptr,
                        "chapters/10-a.md ../index.html\n"
                        "<p id=\"L1\" class=\"from\"><a href=\"../index.html?view=book#a\">a</a>"
                        "<code># A {#a}</code></p>\n<p id=\"L2\"><code></code></p>\n"
                        "<p id=\"L3\" class=\"from\"><a href=\"../index.html?view=book#b\">b</a>"
                        "<code>## B {#b}</code></p>\n<p id=\"L4\"><code></code></p>\n"
                        "<p id=\"L5\"><code>&lt;x&gt;</code></p>\n");
    buf_free(&source);
    forget(&woven);
}

/* Template ------------------------------------------------------------------ */

/* Text that would end or hide a script stands in its strings, if anywhere. */
TEST(a_script_travels_without_comments_and_what_would_end_it)
{
    struct woven woven;

    put_file("deck/a.js", "/* Why. */\nlet a; /* this stays */\n\n"
                          "  /* One\n   * and two. */\n  /* and */ g();\n"
                          "  f('</script>', '<script', '<!--', '<b>');\n");
    put_file("deck/template.html", "[{{script a.js}}]");
    weave(&woven, "# A\n");
    assert_string_equal(
        woven.page.ptr,
        "[let a; /* this stays */\n/* and */ g();\nf('\\x3C/script>', '\\x3Cscript', "
        "'\\x3C!--', '<b>');\n]");
    forget(&woven);
    put_file("deck/template.html",
             "{{title}}\n{{contents}}\n{{slides}}\n{{index}}\n{{gzip small}}\n");
}

/* Faults -------------------------------------------------------------------- */

TEST(an_id_that_is_taken_is_reported_with_both_places)
{
    assert_refused("# A {#a}\n\n## B {#a}\n", "3:8: the id \"a\" is taken\n1:1: it is used here\n");
    assert_refused(
        "# A {#index}\n",
        "1:7: the id \"index\" is taken\n0:0: the page itself uses it; choose another\n");
}

TEST(a_link_to_nothing_is_reported_with_its_place)
{
    assert_refused("# A {#both-sides}\n\nSee [b](#both-side).\n",
                   "3:9: nothing has the id \"both-side\"\n"
                   "0:0: did you mean \"#both-sides\"?\n");
}

/* Each where it is written, and not where the same letters stand in code. */
TEST(equal_links_to_nothing_are_told_apart)
{
    assert_refused("# A {#a}\n\n`(#zzzz)`\n\n- x\n- see [b](#zzzz)\n\n> and *[c](#zzzz)*.\n",
                   "6:11: nothing has the id \"zzzz\"\n"
                   "8:12: nothing has the id \"zzzz\"\n");
}

TEST(links_to_one_definition_are_wrong_once)
{
    assert_refused("# A {#a}\n\n[b][d] and [c][d]\n\n[d]: #zzzz\n",
                   "5:6: nothing has the id \"zzzz\"\n");
}

/* The target is not in the chapter as it is; the link's text is. */
TEST(a_link_with_escapes_is_reported_at_its_text)
{
    assert_refused("# A {#a}\n\nx [b](#zz\\_zz) y\n", "3:4: nothing has the id \"zz_zz\"\n");
}

TEST(links_in_raw_html_have_their_places)
{
    assert_refused("# A {#a}\n\n[b](#zzzz) <a href=\"#zzzz\">c</a>\n\n"
                   "<div><a href='#zzzz'>d</a></div>\n\n[e](#zzzz)\n",
                   "3:5: nothing has the id \"zzzz\"\n3:21: nothing has the id \"zzzz\"\n"
                   "5:15: nothing has the id \"zzzz\"\n7:5: nothing has the id \"zzzz\"\n");
}

TEST(an_id_in_any_script_is_found_and_missed)
{
    assert_woven("# A {#\xe5\xad\x97}\n\n[b](#\xe5\xad\x97)\n", "<h1>A</h1>");
    assert_refused("# A {#a}\n\n[b](#\xe5\xad\x97)\n",
                   "3:5: nothing has the id \"\xe5\xad\x97\"\n");
}

/* reveal.js would take a section of footnotes for a slide below. */
TEST(footnotes_stand_on_their_slide)
{
    struct woven woven;

    weave(&woven, "# A\n\nx[^1]\n\n[^1]: one\n");
    assert_page_has(&woven, " class=\"footnotes");
    assert_page_lacks(&woven, "<section class=\"footnotes"); /* an aside in pandoc 3 */
    forget(&woven);
}

/* Notes are read from a copy of the text; a footnote is a paragraph to md4c. */
TEST(links_in_notes_and_footnotes_have_their_places)
{
    assert_refused("# A {#a}\n\nx[^1]\n\n<aside class=\"notes\">\n\n[b](#zzzz)\n\n</aside>\n\n"
                   "[^1]: see [c](#zzzz)\n",
                   "7:5: nothing has the id \"zzzz\"\n11:15: nothing has the id \"zzzz\"\n");
}

TEST(a_part_that_is_not_there_is_named)
{
    struct woven woven;

    put_file("deck/template.html", "{{style gone.css}}{{slides}}{{worng}}");
    weave(&woven, "# A\n");
    assert_false(woven.good);
    assert_true(woven.system_failed);
    assert_non_null(strstr(woven.messages.ptr, "cannot find gone.css in deck or modules"));
    assert_non_null(strstr(woven.messages.ptr, "{{worng}}"));
    forget(&woven);
    put_file("deck/template.html",
             "{{title}}\n{{contents}}\n{{slides}}\n{{index}}\n{{gzip small}}\n");
}

/* Without PATH no command can be run: what is woven then was kept. */
TEST(an_unchanged_chapter_needs_no_pandoc_and_a_changed_one_does)
{
    char *path = strdup(getenv("PATH"));
    struct woven first, again, changed;

    weave_into(&first, "one", "# A\n\ntext\n");
    setenv("PATH", "/nowhere", 1);
    weave_into(&again, "two", "# A\n\ntext\n");
    weave_into(&changed, "three", "# A\n\nother text\n");
    setenv("PATH", path, 1);
    assert_true(again.good);
    assert_string_equal(first.page.ptr, again.page.ptr);
    assert_false(changed.good);
    assert_true(changed.system_failed);
    assert_non_null(strstr(changed.messages.ptr, "pandoc"));
    forget(&first);
    forget(&again);
    forget(&changed);
    free(path);
}

/* What a slide says about another one needs both. */
TEST(what_one_slide_defines_is_known_on_the_others)
{
    assert_woven("# A\n\nsee [x] there\n\n# B\n\n[x]: http://e.x/y\n",
                 "<p>see <a href=\"http://e.x/y\">x</a> there</p>");
    assert_woven("# A\n\nx[^n]\n\n# B\n\ny[^n]\n\n[^n]: noted\n", "noted");
}

/* Whichever slide it stands on, for slides are read one by one. */
TEST(a_title_in_brackets_is_no_link)
{
    assert_woven("# Some title\n\nit is [Some title] here\n", "<p>it is [Some title] here</p>");
    assert_woven("# Some title\n\n# B\n\nand [Some title] there\n",
                 "<p>and [Some title] there</p>");
}

TEST(code_has_its_colours_on_each_slide)
{
    struct woven woven;

    weave(&woven,
          "# A\n\n```c {.no-tangle}\nint a;\n```\n\n> ```c {.no-tangle}\n> char *b = \"```\";\n"
          "> ```\n\n# B\n\n1. x\n\n   ```c {.no-tangle}\n   long c;\n   ```\n");
    assert_page_has(&woven, "<code><c-t>int</c-t> a");
    assert_page_has(&woven, "<code><c-t>char</c-t> *b");
    assert_page_has(&woven, "<code><c-t>long</c-t> c");
    forget(&woven);
}

/* In PATH before the others: a pandoc that says `says` before what pandoc says. */
static void install_pandoc(const char *says, const char *warns)
{
    struct buf script = {0};

    buf_addf(&script, "#!/bin/sh\n%s\necho '<p>%s</p>'\nPATH=${PATH#*:} exec pandoc \"$@\"\n",
             warns, says);
    put_file("bin/pandoc.new", buf_string(&script));
    buf_free(&script);
    assert_int_equal(chmod("bin/pandoc.new", 0755), 0);
    assert_int_equal(rename("bin/pandoc.new", "bin/pandoc"), 0);
}

/* PATH with bin/ in front; the caller puts back what is returned, and frees it. */
static char *enter_path(void)
{
    char *path = strdup(getenv("PATH"));
    struct buf with_bin = {0};

    buf_addf(&with_bin, "%s/bin:%s", folder_path, path);
    setenv("PATH", buf_string(&with_bin), 1);
    buf_free(&with_bin);
    return path;
}

static void leave_path(char *path)
{
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(remove("bin/pandoc"), 0);
}

TEST(another_pandoc_makes_the_page_anew)
{
    char *path = enter_path();

    install_pandoc("one", "");
    assert_woven("# A\n\ntold by\n", "<p>one</p>");
    install_pandoc("two", "");
    assert_woven("# A\n\ntold by\n", "<p>two</p>");
    leave_path(path);
}

TEST(what_pandoc_warns_of_is_said_each_time)
{
    char *path = enter_path();

    install_pandoc("x", "echo beware >&2");
    assert_warned("# A\n\nwarned\n", "0:0: pandoc: beware\n");
    assert_warned("# A\n\nwarned\n", "0:0: pandoc: beware\n");
    leave_path(path);
}

/* Every file of the memory, turned to rubbish in its middle. */
static void damage_kept(void)
{
    assert_int_equal(system("for f in kept/*; do printf '<script>' | "
                            "dd of=\"$f\" bs=1 seek=60 conv=notrunc 2>/dev/null; done"),
                     0);
}

TEST(a_damaged_memory_does_not_reach_the_page)
{
    struct woven first, again;

    weave(&first, "# A\n\nsome text for the memory to hold\n");
    damage_kept();
    weave(&again, "# A\n\nsome text for the memory to hold\n");
    assert_true(again.good);
    assert_string_equal(first.page.ptr, again.page.ptr);
    forget(&first);
    forget(&again);
}

/* More versions than are kept. */
TEST(the_memory_does_not_grow_for_ever)
{
    struct woven woven;
    struct buf chapter = {0};

    for (int i = 0; i < 50; i++) {
        chapter.len = 0;
        buf_addf(&chapter, "version %d\n", i);
        weave(&woven, buf_string(&chapter));
        forget(&woven);
    }
    buf_free(&chapter);
    assert_int_equal(system("test $(ls kept | wc -l) -le 36"), 0);
}

TEST(the_same_chapter_leaves_the_page_untouched)
{
    struct stat before, after;

    assert_woven("# A\n\nunchanged\n", "unchanged");
    assert_int_equal(stat("out/index.html", &before), 0);
    assert_woven("# A\n\nunchanged\n", "unchanged");
    assert_int_equal(stat("out/index.html", &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
}

/* Outcomes ------------------------------------------------------------------ */

#define TWO_OUTCOMES \
    "# A\n\n```c {file=p.c .program}\nint x;\n```\n\n" \
    "```outcomes {of=p}\n<2>\n---\n--- deadlock\n    a waits for b\n```\n"

TEST(outcomes_stand_one_below_the_other_and_one_is_open)
{
    unlink("explored/p.outcomes");
    assert_woven(
        TWO_OUTCOMES,
        "<b>Every outcome<span> of <a href=\"#chunk-p.c\">p</a></span></b> "
        "<small>2</small></figcaption>"
        "<details style=\"--lines:1\" open><summary>1 of 2</summary><div class=\"run\">"
        "<div class=\"scroll\"><pre><code>&lt;2&gt;</code></pre></div></div></details>"
        "<details style=\"--lines:1\"><summary>2 of 2: deadlock</summary><div class=\"run closed\">"
        "<div class=\"scroll\"><pre><code>a waits for b</code></pre></div></div></details>"
        "</figure>");
}

/* Beside its picture, for there is no room above; and only one is seen, so only
 * one has to fit. */
TEST(long_outcomes_stand_beside_their_pictures)
{
    struct buf chapter = {0};

    buf_adds(&chapter, "# A\n\n```c {file=p.c .program}\nint x;\n```\n\n```outcomes {of=p}\n");
    for (int i = 0; i < 20; i++)
        buf_addf(&chapter, "%sa\nb\nc\nd\n%d\n", i > 0 ? "---\n" : "", i);
    buf_adds(&chapter, "```\n");
    assert_woven(buf_string(&chapter), "<details class=\"tall\" style=\"--lines:0\" open>");
    buf_free(&chapter);
}

TEST(an_outcome_with_a_trace_has_a_picture)
{
    put_file("explored/p.outcomes",
             "heddle outcomes 1\n{\"complete\": true, \"runs\": 3, \"outcomes\": [{\"ending\": "
             "\"exit\", \"status\": 0, \"stdout\": \"<2>\\n\"}]}\ntrace 1\nprogram \"p\"\n"
             "thread 0 \"main\"\nend exit 0 \"ends\"\n");
    assert_woven(TWO_OUTCOMES, "<small>2, in 3 runs</small>");
    assert_woven(TWO_OUTCOMES, "</pre></div><div class=\"scroll\"><svg class=\"threads\"");
    unlink("explored/p.outcomes");
}

/* A book may have the slide that explains it, and then it is linked. */
TEST(caption_says_what_was_assumed)
{
    put_file("explored/p.outcomes", "heddle outcomes 1\n{\"complete\": true, \"runs\": 1, "
                                    "\"assumed\": \"little & less\", \"outcomes\": []}\n");
    assert_woven(TWO_OUTCOMES, "<small>2, in 1 run · assumed: little &amp; less</small>");
    assert_woven(TWO_OUTCOMES "\n## Why {#what-is-assumed}\n",
                 "1 run · <a href=\"#what-is-assumed\">assumed</a>: little &amp; less</small>");
    put_file("explored/p.outcomes", "heddle outcomes 1\n{\"complete\": true, \"runs\": 1, "
                                    "\"assumed\": \"little; less\", \"outcomes\": []}\n");
    assert_woven(TWO_OUTCOMES, "assumed: little<span>; less</span></small>");
    unlink("explored/p.outcomes");
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
