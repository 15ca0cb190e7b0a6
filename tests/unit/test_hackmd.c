/*
 * HackMD's notation: talks, their slides, notes, numbers, links and marks.
 */
#include "weaving.h"

#include <sys/stat.h>

#include "heddle/read/markdown.h"

#define NOTES "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>"
#define TALK "---\nslideOptions:\n  theme: white\n---\n\n"

static void assert_talk(const char *body, const char *text)
{
    struct buf chapter = {0};

    buf_adds(&chapter, TALK);
    buf_adds(&chapter, body);
    assert_woven(buf_string(&chapter), text);
    buf_free(&chapter);
}

static void assert_talk_lacks(const char *body, const char *text)
{
    struct buf chapter = {0};

    buf_adds(&chapter, TALK);
    buf_adds(&chapter, body);
    assert_not_woven(buf_string(&chapter), text);
    buf_free(&chapter);
}

static void assert_talk_warned(const char *body, const char *warnings)
{
    struct buf chapter = {0};

    buf_adds(&chapter, TALK);
    buf_adds(&chapter, body);
    assert_warned(buf_string(&chapter), warnings);
    buf_free(&chapter);
}

/* Slides -------------------------------------------------------------------- */

TEST(only_rules_separate_the_slides_of_a_talk)
{
    assert_talk("# A\n\n## B\n\n----\n\n# C\n\n---\n\n### D\n",
                "<ol>\n<li><a href=\"#a\">A</a><ol><li><a href=\"#c\">C</a></li></ol></li>\n"
                "<li><a href=\"#d\">D</a></li>\n</ol>");
}

TEST(type_slide_makes_a_talk_too)
{
    assert_woven("---\ntype: slide\n---\n\n# A\n\n## B\n", "<li><a href=\"#a\">A</a></li>\n</ol>");
    assert_woven("---\ntype: book\n---\n\n# A\n\n## B\n",
                 "<li><a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol></li>");
}

TEST(a_rule_without_empty_lines_around_it_separates_nothing)
{
    assert_talk("# A\n\n---\ntext\n", "<hr />\n<p>text</p>");
    assert_talk("# A\n\n-----\n\ntext\n", "<hr />\n<p>text</p>");
}

TEST(a_rule_in_code_separates_nothing)
{
    assert_talk_lacks("# A\n\n```text\n\n---\n\n```\n", "class=\"topic\">\n<section id=\"a-2\"");
    assert_talk("# A\n\n```text\n\n---\n\n```\n", "<code>\n---\n</code>");
}

TEST(a_talk_begins_with_a_slide_of_its_own)
{
    assert_talk_lacks("# A\n", "id=\"title\"");
    assert_talk("# A\n\n---\n\n## Outline\n", "<section id=\"outline\"");
}

TEST(ids_and_classes_may_hold_any_sign)
{
    assert_talk("# Play \xf0\x9f\x8e\xae time\n", "<section id=\"play-\xf0\x9f\x8e\xae-time\"");
    assert_talk("# \xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7\xe0\xa4\xbf\n",
                "<section id=\"\xe0\xa4\x95\xe0\xa5\x8d\xe0\xa4\xb7\xe0\xa4\xbf\"");
    assert_talk("<!-- .slide: class=\"w-1/2 md:flex\" -->\n# A\n",
                "class=\"slide front w-1/2 md:flex\"");
    assert_talk("<!-- .slide: id=\"a/b.c(d)\" -->\n# A\n", "<section id=\"a/b.c(d)\"");
    assert_woven("# \xf0\x9f\x8e\xae\n\ntext\n",
                 "<section id=\"\xf0\x9f\x8e\xae\" class=\"slide\"");
}

TEST(a_comment_gives_its_slide_attributes)
{
    assert_talk("<!-- .slide: data-background=\"#1A237E\" class=\"x y\" -->\n\n# A\n",
                "class=\"slide front x y\" data-background=\"#1A237E\"");
    assert_talk("# A <!-- .slide: data-transition=\"zoom\" -->\n",
                "<section id=\"a\" class=\"slide front\" data-transition=\"zoom\"");
    assert_talk_lacks(
        "# A\n\n`<!-- .slide: data-x=\"1\" -->`\n\n```\n<!-- .slide: data-x=\"1\" -->\n```\n",
        "data-x=\"1\" style");
    assert_talk("# A\n\n<!-- .slide: id=\"q\" -->\n\n[x](#q)\n",
                "<section id=\"q\" class=\"slide front\"");
    assert_talk("# A\n\n<!-- .slide: data-auto-animate style=\"text-align:left\" -->\n",
                "class=\"slide front\" data-auto-animate=\"\" style=\"text-align:left;\"");
    assert_talk_warned(
        "# A\n\n<!-- .slide: hidden=\"q\" -->\n",
        "8:14: a slide's \"hidden\" is left out; only class, id, style and data- are read\n");
}

TEST(a_comment_of_several_lines_gives_attributes)
{
    assert_talk("<!-- .slide:\ndata-background-color=\"#123\"\n-->\n\n# A\n",
                "class=\"slide front\" data-background-color=\"#123\"");
    assert_talk("# A\n\n<!--\r\n.slide:\r\n  class=\"x\r\n  y\"\r\n-->\n",
                "class=\"slide front x    y\"");
    assert_talk("# A\n\n---\n\n<!-- .element:\ndata-x=\"1\" -->\n\ntext\n",
                "class=\"slide\" data-x=\"1\"");
    assert_talk("# A\n\n<!-- .slide:\nid=\"q\" -->\n\n[x](#q)\n",
                "<section id=\"q\" class=\"slide front\"");
    assert_talk("text <!-- .element:\nclass=\"fragment\" -->\n", "<p class=\"fragment\">text");
    put_file("chapters/a.svg", "<svg/>");
    assert_talk("<!-- .slide:\ndata-background=\"a.svg\"\n-->\n",
                "data-background-image=\"data:image/svg+xml;base64,PHN2Zy8+\"");
}

TEST(before_any_element_a_comment_speaks_of_the_slide)
{
    assert_talk("# A\n\n---\n\n<!-- .element: data-background-color=\"#123\" -->\n\ntext\n",
                "class=\"slide\" data-background-color=\"#123\"");
    assert_woven("---\nseparator: <!--s-->\n---\n# A\n\n<!--s--><!-- .element: data-x=\"1\" -->\n\n"
                 "text\n",
                 "class=\"slide\" data-x=\"1\"");
}

TEST(two_slides_may_be_called_the_same)
{
    assert_talk("# A\n\n<!-- .slide: id=\"q\" -->\n\n---\n\n# B\n\n<!-- .slide: id=\"q\" -->\n",
                "<section id=\"b\" class=\"slide\"");
    assert_talk_warned(
        "# A\n\n<!-- .slide: id=\"q\" -->\n\n---\n\n# B\n\n<!-- .slide: id=\"q\" -->\n",
        "14:18: the id \"q\" is taken; this gets another\n");
}

/* Separators of the author's own ---------------------------------------------- */

static void assert_slides(const char *front_matter, const char *body, const char *contents)
{
    struct buf chapter = {0};

    buf_addf(&chapter, "---\n%s\n---\n%s", front_matter, body);
    assert_woven(buf_string(&chapter), contents);
    buf_free(&chapter);
}

#define A_B_C \
    "<ol>\n<li><a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol></li>\n" \
    "<li><a href=\"#c\">C</a></li>\n</ol>"

#define A_B_C_D_E \
    "<ol>\n<li><a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol></li>\n" \
    "<li><a href=\"#c\">C</a></li>\n<li><a href=\"#d\">D</a></li>\n" \
    "<li><a href=\"#e\">E</a></li>\n</ol>"

TEST(a_separator_is_a_pattern_that_says_one_text)
{
    assert_slides("separator: ^---$\nverticalSeparator: ^--$", "# A\n\n--\n\n# B\n\n---\n\n# C\n",
                  A_B_C);
    assert_slides("separator: '\\r?\\n\\+\\r?\\n'", "# A\n\n---\n\n# B\n", "#b");
    assert_slides("separator: \"^\\n---\\n$\"\nverticalSeparator: \"^\\nvvv\\n\"",
                  "# A\nvvv\n# B\n---\n# C\n", A_B_C);
    assert_slides("separator: ^\\n\\n\\n\nverticalSeparator: ^\\n\\n",
                  "# A\n\n\n# B\n\n\n\n# C\n\ntext\n", A_B_C);
    assert_slides("separator: <!--s-->\nverticalSeparator: <!--v-->",
                  "# A\n\n<!--v--> <!-- .slide: data-x=\"1\" -->\n\n# B\n<!--s-->\n# C\n", A_B_C);
}

TEST(a_pattern_that_says_more_is_named)
{
    assert_warned(
        "---\nseparator: (---|===)\ntype: slide\n---\n# A\n",
        "2:12: this pattern is not understood, and the usual rules separate; say one text, "
        "as <!--s-->, or so many empty lines, as ^\\n\\n\\n\n");
}

/* As where reveal.js is told by a page beside it. */
/* Files beside the chapter, gone when the text is woven. */
static void assert_woven_beside(const char *file, const char *says, const char *chapter,
                                const char *text)
{
    put_file(file, says);
    assert_woven(chapter, text);
    assert_int_equal(unlink(file), 0);
}

TEST(a_file_beside_it_says_what_separates_a_talk)
{
    static const char page[] = "<section data-markdown=\"10-a.md\" data-separator=\"^\\n\\n\\n\" "
                               "data-separator-notes=\"^Say:\"></section>";
    static const char json[] = "{\"separator\": \"<!--s-->\", \"verticalSeparator\": \"<!--v-->\"}";

    assert_woven_beside("chapters/index.html", page, "# A\n\n\n\n# B\n\nSay: x\n",
                        "<section id=\"b\" class=\"slide\">");
    assert_woven_beside("chapters/index.html", page, "# A\n\n\n\n# B\n\nSay: x\n",
                        "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>x</p>");
    assert_woven_beside("chapters/reveal-md.json", json, "# A\n<!--v-->\n# B\n<!--s-->\n# C\n",
                        "<section id=\"c\" class=\"slide\">");
    assert_woven_beside("reveal-md.json", json, "# A\n<!--v-->\n# B\n<!--s-->\n# C\n",
                        "<section id=\"b\" class=\"slide\">");
    assert_woven_beside("reveal-md.json", json, "# A\n\ntext\n\n## B\n", "<h2>B</h2>");
    assert_woven_beside("reveal-md.json", json,
                        "---\nslides: no\n---\n# A\n<!--v-->\n# B\n<!--s-->\n# C\n", "<h1>C</h1>");
}

TEST(beside_a_file_of_reveal_md_rules_need_no_empty_lines)
{
    static const char talk[] = "---\ntype: slide\n---\n# A\n\n<div>x</div>\n---\n# B\n";

    assert_woven_beside("reveal-md.json", "{}", talk, "<section id=\"b\" class=\"slide\">");
    assert_not_woven(talk, "<section id=\"b\" class=\"slide\">");
}

/* Few of its slides have headings. */
TEST(beside_a_file_of_reveal_md_rules_alone_make_a_talk)
{
    static const char text[] = "# A\n\n----\n\nb\n\n----\n\nc\n\n----\n\nd\n\n----\n\ne\n\n"
                               "----\n\nf\n";

    assert_woven_beside("reveal-md.json", "{}", text, "<section id=\"a\" class=\"slide front\">");
    assert_not_woven(text, "<section id=\"a\" class=\"slide front\">");
}

/* To reveal.js a section in a slide is a slide. */
TEST(a_div_or_a_note_that_begins_with_a_heading_is_no_slide)
{
    static const char talk[] = "---\ntype: slide\n---\n# A\n\n:::info\n### B\nc\n:::\n\n"
                               "Note:\n\n# D\n\ne\n";

    assert_woven(talk, "<div class=\"info\">\n<h3>B</h3>\n<p>c</p>\n</div>\n");
    assert_woven(talk, "<div class=\"notes\">\n<h1>D</h1>\n<p>e</p>\n</div>\n</aside>");
    assert_not_woven(talk, "<section class=\"info\"");
}

TEST(a_file_beside_it_says_the_theme_of_a_talk)
{
    static const char talk[] = "---\ntype: slide\n---\n# A\n";

    put_file("reveal-md.json", "{\"theme\": \"own.css\"}");
    assert_warned(talk, "0:0: the theme \"own.css\" of reveal-md.json is not known here, and is "
                        "left out; a <style> in the talk is kept\n");
    assert_warned("# A\n", "");
    assert_warned("---\ntype: slide\ntheme: moon\n---\n# A\n", "");
    put_file("reveal-md.json", "{\"theme\": \"sky\"}");
    assert_warned(talk, "");
    assert_int_equal(unlink("reveal-md.json"), 0);
}

TEST(a_front_matter_says_more_than_a_file_beside_it)
{
    assert_woven_beside("reveal-md.json", "{\"separator\": \"%%\"}",
                        "---\nseparator: \"@@\"\n---\n# A\n@@\n# B\n\n%%\n",
                        "<h1>B</h1>\n<p>%%</p>");
    assert_woven("---\nseparator: \"@@\"\nnotesSeparator: \"^Say:\"\n---\n# A\n@@\n# B\n\nSay: x\n",
                 "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>x</p>");
}

TEST(a_pattern_beside_a_talk_that_is_not_understood_is_named)
{
    put_file("chapters/reveal-md.json",
             "{\"separator\": \"^(a|b)$\", \"notesSeparator\": \"^(x|y)\"}");
    assert_warned("---\ntype: slide\n---\n# A\n",
                  "0:0: the pattern \"^(a|b)$\" in chapters/reveal-md.json is not understood; say "
                  "separator: in the front matter, with one text, as <!--s-->, or so many empty "
                  "lines, as ^\\n\\n\\n\n"
                  "0:0: the pattern \"^(x|y)\" of notes is not understood; begin them with a line "
                  "Note:\n");
    assert_int_equal(unlink("chapters/reveal-md.json"), 0);
}

#define TWO(title) "# " title "\n\ntext\n\n## " title "2\n\nNote: secret\n\n"

TEST(headings_divide_a_talk_that_nothing_else_does)
{
    static const char talk[] =
        "---\ntype: slide\n---\n" TWO("A") TWO("B") TWO("C") TWO("D") "```\n# E\n```\n";

    assert_woven(talk, "<section id=\"d2\" class=\"slide\"");
    assert_woven(talk, "<p>secret</p>\n</div>\n</aside>\n</section>\n</section>\n<section "
                       "class=\"topic\">\n<section id=\"b\" class=\"slide\">");
    assert_warned(talk, "0:0: next to nothing separates the slides of this talk, so headings of "
                        "level 1 and 2 begin them; put a line --- between them\n");
    assert_warned("---\ntype: slide\n---\n" TWO("A") "---\n\n" TWO("B") TWO("C") TWO("D"), "");
}

TEST(notes_begin_as_a_pattern_says)
{
    static const char page[] = "<section data-markdown=\"10-a.md\" "
                               "data-separator-notes=\"^\\*\\*Speaker Notes:\\*\\*$\"></section>";

    assert_woven_beside("chapters/index.html", page,
                        "# A\n\n---\n\n# B\n\n**Speaker notes:**\n\nsecret\n",
                        "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>secret</p>");
    assert_woven("---\nnotesSeparator: ^\\s*notes?:\ntype: slide\n---\n# A\n\nNote: x\n",
                 "<aside class=\"notes\">");
}

TEST(brackets_behind_a_language_are_steps)
{
    assert_talk("```rust [1,2|2-3]\na\nb\nc\n```\n", " data-steps=\"1,2|2-3\"");
    assert_talk_lacks("```rust [1,2|2-4]\na\nb\nc\n```\n", "data-steps");
    assert_talk_lacks("```rust [x]\na\n```\n", "data-steps");
}

TEST(addresses_of_links_take_no_room)
{
    struct buf body = {0};

    buf_adds(&body, "[x](https://a.b/");
    buf_adds(&body, "f(x)");
    buf_fill(&body, 'c', 2000);
    buf_adds(&body, ")\n\n```c\nint x;\n```\n");
    assert_talk(buf_string(&body), "--code:42.0px");
    buf_free(&body);
}

TEST(a_talk_tells_what_separates_it)
{
    assert_woven("# A\n\n---v\n\n# B\n\nNote:\nx\n\n---\n\n# C\n", A_B_C);
    assert_woven("# A\n\n--\n\n# B\n\n---\n\n# C\n", A_B_C);
    assert_woven("# A\n\n--\n\n# B\n\ntext <!-- .element: class=\"x\" -->\n\n---\n\n# C\n", A_B_C);
    assert_woven(
        "# A\n\nx <!-- .element: class=\"x\" -->\n\n\n# B\n\n\n\n# C\n\n\n## D\n\n\n\n## E\n",
        "<a href=\"#a\">A</a><ol><li><a href=\"#b\">B</a></li></ol>");
    assert_woven("# A\n\nx <!-- .element: class=\"x\" -->\n\n-----\n\n# B\n\n-----\n\n# C\n",
                 "<li><a href=\"#a\">A</a></li>\n<li><a href=\"#b\">B</a></li>");
    assert_woven("# A\n\nx <!-- .element: class=\"x\" -->\n\n```\n\n\n\n\n```\n\n# B\n",
                 "<li><a href=\"#a\">A</a></li>\n<li><a href=\"#b\">B</a></li>");
    assert_woven("# A\n\n\n\n# B\n\n\n\n# C\n\n\n\n# D\n", "<section id=\"a\" class=\"slide\">");
    assert_talk("# A\n\n-----\n\ntext\n\n-----\n\nmore\n", "<hr />\n<p>text</p>");
}

/* With --- between them, though text may follow it at once. */
TEST(empty_lines_divide_no_talk_that_has_rules)
{
    static const char talk[] =
        "### A\n\n- x <!-- .element: class=\"fragment\" -->\n\n\nnotes:\n- secret\n\n---\n"
        "### B\n\n- x\n\n\nnotes:\n- secret\n\n---\n### C\n\n- x\n\n\nnotes:\n- secret\n\n"
        "---\n### D\n\n- x\n";

    assert_woven(talk, "<ol>\n<li><a href=\"#a\">A</a></li>\n<li><a href=\"#b\">B</a></li>\n"
                       "<li><a href=\"#c\">C</a></li>\n<li><a href=\"#d\">D</a></li>\n</ol>");
    assert_not_woven(talk, "id=\"a-2\"");
    assert_not_woven("# A\n\n- x <!-- .element: class=\"fragment\" -->\n\n\n## B\n\n---\ny\n\n\n"
                     "## C\n\n\n## D\n",
                     "class=\"topic\">\n<section id=\"c\"");
}

TEST(equals_signs_between_empty_lines_separate)
{
    assert_slides("separator: ===", "# A\n\n===\n\n# C\n", "<li><a href=\"#c\">C</a></li>");
    assert_slides("separator: ^\\n===\\n$\nverticalSeparator: ^\\n==\\s==\\n$",
                  "# A\n\n===\n\n# C\n", "<li><a href=\"#c\">C</a></li>");
    assert_slides("separator: \"== ==\"", "# A\n\n== ==\n\n# C\n", "<li><a href=\"#c\">C</a></li>");
    assert_woven("# A\n\n---\n\n# B\n\n===\n\n# C\n\n===\n\nD\n===\n\nx\n\n===\n\n# E\n",
                 A_B_C_D_E);
    assert_woven("# A\n\n== ==\n\n# B\n\nNote: secret\n\n== ==\n\n# C\n\n== ==\n\n# D\n",
                 "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>secret</p>");
    assert_woven("# A\n\n===\n\nB\n\n===\n\nC\n", "<p>===</p>");
    assert_woven("---\nslides: no\n---\n# A\n\n===\n\nB\n\n===\n\nC\n\n===\n\nD\n", "<p>===</p>");
    assert_woven("# A\n\n```\n\n===\n\n===\n\n===\n\n```\n", "===\n");
    assert_not_woven("````\n```\n````\n\n# A\n\n===\n\nB\n\n===\n\nC\n\n===\n\nD\n", "<p>===</p>");
}

/* Whatever separates the slides ends their notes. */
TEST(notes_end_where_a_short_separator_stands)
{
    assert_slides("verticalSeparator: --", "# A\n\nNote: secret\n--\n# B\n\nseen\n",
                  "<section id=\"b\"");
    assert_slides("separator: ^\\n\\n\\n", "# A\n\nNote: secret\n\n\n\n# B\n\nseen\n",
                  "<section id=\"b\"");
}

/* Without a front matter; the notes of a talk are hidden from the room. */
TEST(a_talk_is_known_by_what_it_does)
{
    static const char *const talks[] = {
        "# A\n\na\n\n---\n\n## B\n\nb\n\nNote:\nsecret\n",
        "# A\n\na\n\n---\n\n## B\n\nb\n\nNote: secret\n",
        "# A\n\n---\n\n<!-- .slide: class=\"x\" -->\n## B\n\nNotes: secret\n",
        "# A\n\n---\n\n## B\n\n----\n\n## C\n\nnote: secret\n",
        "# A\n\n---\n\n# B\n\n---\n\n# C\n\n---\n\n# D\n\nNote: secret\n",
        "---\nrevealOptions:\n  transition: fade\n---\n# A\n---\n## B\nNote: secret\n",
        "# A\n\n- a <!-- .element: class=\"fragment\" -->\n\n---\n- x\n---\n## "
        "B\nnotes:\nsecret\n\n---\n"
        "# C\n",
        "# A\n---\n# B\nNote: secret\n---\n\n# C\n----\n## D\n---\n## E\n",
        "# A\n<img src='x.png'/>\n---\n# B\nNote: secret\n<div>\n</div>\n---\n# C\n----\n## D\n",
        "---\nseparator: <!--s-->\n---\n# A\n<!--s-->\n## B\nNote: secret\n",
        "---\nverticalSeparator: '<!--v-->'\n---\n# A\n<!--v-->\n## B\nNote: secret\n",
    };

    for (size_t i = 0; i < sizeof talks / sizeof *talks; i++) {
        assert_woven(talks[i], NOTES "secret</p>");
        assert_woven(talks[i], "<section id=\"b\" class=\"slide");
        assert_not_woven(talks[i], "id=\"title\"");
    }
}

TEST(a_text_with_rules_is_no_talk)
{
    static const char *const texts[] = {
        "# A\n\nNote: this is prose.\n",
        "# A\n\n---\n\nMore.\n\n## B\n\n## C\n\nNote: this is prose.\n",
        "---\nslides: no\n---\n# A\n\n---\n\n## B\n\nNote: prose\n",
        "# A\n\n```\n---\n\n---\n\nNote:\n```\n",
        "First\n---\ntext\n\nSecond\n---\ntext\n\nThird\n---\nNote:\ntext\n",
        "# A\n\nFirst\n---\n# text\n\nSecond\n---\ntext\n\nThird\n---\n\nNote: text\n",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_not_woven(texts[i], "<aside");
        assert_woven(texts[i], "id=\"title\"");
    }
}

TEST(what_may_be_notes_is_named)
{
    struct woven woven;

    weave(&woven, "# A\n\n---\n\n## B\n\n## C\n\nNote: prose\n");
    assert_true(woven.good);
    assert_non_null(strstr(woven.warnings.ptr, "9:1: this is shown to everybody; if the chapter"));
    forget(&woven);
}

TEST(a_talk_that_begins_with_a_rule_has_no_empty_slide)
{
    assert_talk("---\n\n# A\n\n---\n\n# B\n",
                "<ol>\n<li><a href=\"#a\">A</a></li>\n<li><a href=\"#b\">B</a></li>\n</ol>\n"
                "<section class=\"topic\">\n<section id=\"a\"");
}

TEST(a_slide_with_nothing_but_a_background_stays)
{
    assert_talk("# A\n\n---\n\n<!-- .slide: data-background=\"#123\" -->\n\n---\n\n[x](#/2)\n",
                "data-background=\"#123\"");
}

/* Notes --------------------------------------------------------------------- */

TEST(an_aside_holds_notes_in_markdown)
{
    assert_talk("# A\n\n<aside class=\"notes\">\none *two*\n</aside>\n",
                NOTES "one <em>two</em></p>\n</div>\n</aside>");
    assert_talk("# A\n\n<aside title=\"a > b\" class='x notes'>\none *two*\n</aside>\n",
                NOTES "one <em>two</em></p>\n</div>\n</aside>");
    assert_talk_lacks("# A\n\n<aside class=\"notes-to-all\">\none\n</aside>\n", NOTES);
    assert_woven("# A\n\n<aside class=\"notes\" lang=\"zh\">\n一\n</aside>\n",
                 "<div class=\"notes\" lang=\"zh\">\n<p>一</p>");
}

TEST(an_aside_may_share_its_lines_with_its_text)
{
    assert_talk("# A\n\n<aside class=\"notes\">one</aside>\n\nafter\n",
                NOTES "one</p>\n</div>\n</aside>\n<p>after</p>");
    assert_talk("# A\n\n<aside class=\"notes\">one\ntwo</aside>\n", NOTES "one<br />\ntwo</p>");
}

TEST(notes_take_no_room_on_their_slide)
{
    assert_talk("# A\n\n<aside class=\"notes\">\nlong\n\n```\ncode\n```\n</aside>\n",
                "<section id=\"a\" class=\"slide front\">");
}

TEST(code_in_notes_is_a_listing)
{
    assert_talk("# A\n\n<aside class=\"notes\">\n```c {.no-tangle}\nint a;\n```\n</aside>\n",
                "<figure class=\"listing\"");
}

TEST(indented_notes_are_text)
{
    assert_talk("# A\n\n<aside class=\"notes\">\n    one\n    two\n</aside>\n",
                NOTES "one<br />\ntwo</p>");
}

TEST(a_break_at_the_end_of_a_line_breaks_once)
{
    assert_talk("# A\n\none <br />\ntwo<br>\nthree\n", "<p>one <br />\ntwo<br />\nthree</p>");
}

TEST(note_begins_notes_to_the_end_of_a_slide_of_a_talk)
{
    assert_talk("# A\n\nNote: one\n\n---\n\n# B\n", NOTES "one</p>\n</div>\n</aside>\n</section>");
    assert_talk("# A\n\nnote:\none", NOTES "one</p>");
    assert_woven("# A\n\nNote: one\n", "<p>Note: one</p>");
}

TEST(an_aside_in_code_or_in_a_comment_is_none)
{
    assert_talk_lacks("# A\n\n```html\n<aside class=\"notes\">\nx\n</aside>\n```\n\nafter\n",
                      "<aside class=\"notes\">");
    assert_talk_lacks("# A\n\n<!--\n<aside class=\"notes\">\nx\n</aside>\n-->\n\nafter\n",
                      "<aside class=\"notes\">");
    assert_talk_warned("# A\n\n<!--\n<aside class=\"notes\">\n-->\n\nafter\n", "");
    assert_talk_lacks("# A\n\n    <aside class=\"notes\">\n", "<aside class=\"notes\">");
}

/* What is hidden stands between <aside and </aside>, and nowhere else. */
static void assert_secret_is_hidden(const char *chapter)
{
    struct woven woven;
    struct span rest, before;
    bool shown = false;

    weave(&woven, chapter);
    rest = buf_span(&woven.page);
    while (span_find(&rest, "<aside class=\"notes\">", &before)) {
        shown = shown || span_find(&before, "secret", &(struct span){0});
        assert_true(span_find(&rest, "</aside>", &before));
    }
    assert_false(shown || span_find(&rest, "secret", &before));
    forget(&woven);
}

/* Headings that are notes, or that notes cut, name no slide. */
TEST(notes_on_a_heading_are_hidden)
{
    static const char *const talks[] = {
        "# A\n\n---\n\nNote: secret\n===\n\n---\n\n# B\n",
        "# A\n\n---\n\nIntro\nNote: secret\n===\n\n---\n\n# B\n",
        "# A\n\n---\n\nNote: secret\n---\n\n---\n\n# B\n",
        "# A\n\n---\n\nIntro\n<aside class=\"notes\">secret</aside>\n===\n\n---\n\n# B\n",
        "# A\n\n---\n\nNote:\n# secret\n\n---\n\n# B\n",
        "# A\n\n---\n\nNote:\nsecret\n======\n\n---\n\n# B\n",
    };

    for (size_t i = 0; i < sizeof talks / sizeof *talks; i++)
        assert_secret_is_hidden(talks[i]);
}

TEST(notes_that_are_never_closed_end_with_their_slide)
{
    assert_talk_warned("# A\n\n<aside class=\"notes\">\none\n\n---\n\n# B\n",
                       "8:1: these notes are never closed; end them with a line </aside>\n");
    assert_talk("# A\n\n<aside class=\"notes\">\none\n\n---\n\n# B\n", "<section id=\"b\"");
}

TEST(code_behind_notes_keeps_its_lines)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct chapter chapter;
    const struct block *code;

    assert_true(markdown_read(
        &chapter, &arena, "a.md",
        span_of("<aside class=\"notes\">a</aside>\n\n```c {file=x.c}\n\tint a;\n```\n"), &diags));
    code = &chapter.blocks[chapter.block_count - 1];
    assert_int_equal(chapter.block_count, 3);
    assert_int_equal(code->line, 3);
    assert_true(span_is(code_line_span(&code->lines[0]), "\tint a;"));
    assert_ptr_equal(code->lines[0].ptr, chapter.source.line_starts[3]);
    diag_free(&diags);
    arena_free(&arena);
}

/* Listings ------------------------------------------------------------------ */

#define NUMBERS "<pre class=\"numbers\" aria-hidden=\"true\">"

TEST(an_equals_sign_numbers_lines_from_one_or_from_a_number)
{
    assert_talk("# A\n\n```python=\na\nb\n```\n", NUMBERS "1\n2</pre>");
    assert_talk("# A\n\n```python=12\na\nb\n```\n", NUMBERS "12\n13</pre>");
    assert_talk("# A\n\n```=7\na\n```\n", NUMBERS "7</pre>");
    assert_talk("# A\n\n```python=\na\n```\n", "<figcaption><b>python</b></figcaption>");
}

TEST(a_plus_goes_on_behind_the_last_numbered_listing)
{
    assert_talk("# A\n\n```c=5 {.no-tangle}\na\nb\n```\n\n```\nplain\n```\n\n```c=+ "
                "{.no-tangle}\nc\n```\n\n"
                "```c=+ {.no-tangle}\nd\n```\n",
                NUMBERS "8</pre>");
}

TEST(code_of_a_talk_has_no_numbers_unless_it_asks)
{
    assert_talk_lacks("# A\n\n```python\na\n```\n", "class=\"numbers\"");
    assert_woven("# A\n\n```python\na\n```\n", NUMBERS "1</pre>");
}

TEST(an_exclamation_mark_breaks_long_lines)
{
    assert_talk("# A\n\n```!\n12345678901234567890123456789012345678901234567890"
                "12345678901234567890123456789012345678901234567890\n```\n",
                "<figure class=\"listing wrap\" style=\"--cols:80;--gutter:0\">");
}

/* `count` listings of `lines` short lines. */
static const char *listings(int count, int lines)
{
    static struct buf body;

    body.len = 0;
    for (int i = 0; i < count; i++) {
        buf_adds(&body, "```python=\n");
        for (int j = 0; j < lines; j++)
            buf_adds(&body, "short\n");
        buf_adds(&body, "```\n\n");
    }
    return buf_string(&body);
}

TEST(a_slide_too_full_for_one_column_has_two)
{
    assert_talk(listings(2, 18), "class=\"slide columns\" style=\"--code:20.0px\">");
    assert_talk(listings(2, 8), "class=\"slide\" style=\"--code:2");
    assert_talk(listings(1, 36), "class=\"slide\" style=\"--code:1");
}

TEST(a_slide_too_full_at_all_is_a_warning)
{
    assert_talk_warned(listings(1, 36), "");
    assert_talk_warned(listings(1, 50),
                       "5:1: this slide shows 50 lines of code: its code scrolls at "
                       "13 px, the smallest type of a talk; make two slides of "
                       "it\n");
}

TEST(what_hackmd_would_draw_is_shown_with_a_warning)
{
    assert_talk_warned("# A\n\n```plantuml\ngraph\n```\n",
                       "8:4: \"plantuml\" is not drawn but shown as it is written; put an image in "
                       "its place\n");
    assert_talk_warned("# A\n\n```mermaid\ngraph\n```\n",
                       "8:4: \"mermaid\" is not drawn but shown as it is written; install npm's "
                       "mermaid beside the pages' parts, or put an image in its place\n");
    assert_talk("# A\n\n```mermaid\ngraph\n```\n", "<code>graph");
}

/* Programs of our own stand for graphviz and for Chromium. */
static void write_program(const char *path, const char *text)
{
    put_file(path, text);
    assert_int_equal(chmod(path, 0755), 0);
}

static void with_path(const char *path)
{
    static char *before;

    if (path == NULL) {
        assert_int_equal(setenv("PATH", before, 1), 0);
        free(before);
    } else {
        struct buf all = {0};

        before = strdup(getenv("PATH"));
        buf_addf(&all, "%s:%s", path, before);
        assert_int_equal(setenv("PATH", buf_string(&all), 1), 0);
        buf_free(&all);
    }
}

TEST(graphviz_is_drawn_where_dot_is)
{
    write_program("bin/dot", "#!/bin/sh\ncat >seen\nprintf '<svg width=\"10pt\"></svg>'\n");
    with_path("bin");
    assert_talk("# A\n\n```graphviz\ndigraph { a -> \"b\" }\n```\n",
                "<img class=\"drawing\" width=\"24\" alt=\"digraph { a -&gt; &quot;b&quot; }\" "
                "src=\"data:image/svg+xml;base64,PHN2ZyB3aWR0aD0iMTBwdCI+PC9zdmc+\"");
    assert_talk_warned("# A\n\n```graphviz\ndigraph { a -> \"b\" }\n```\n", "");
    assert_woven("# A\n\n- item\n\n      text\n\n```graphviz\ndigraph { }\n```\n",
                 "<img class=\"drawing\"");
    assert_talk_lacks("# A\n\n``` {.graphviz file=a.dot}\ndigraph { }\n```\n", "<img");
    with_path(NULL);
}

TEST(what_dot_says_is_said_of_its_line)
{
    write_program("bin/dot",
                  "#!/bin/sh\necho 'Error: syntax error in line 2 near }' >&2\nexit 1\n");
    with_path("bin");
    assert_talk_warned("# A\n\n```graphviz\ndigraph {\na -> }\n```\n",
                       "10:1: this cannot be drawn, and is shown as it is written: Error: syntax "
                       "error in line 2 near }\n");
    assert_talk("# A\n\n```graphviz\ndigraph {\nb -> }\n```\n", "<code>digraph {");
    with_path(NULL);
}

TEST(mermaid_is_drawn_where_it_and_a_browser_are)
{
    write_program("bin/chromium", "#!/bin/sh\n");
    put_file("deck/mermaid.sh", "cat >seen; printf '<svg width=\"10\">%s</svg>' \"$1\"\n");
    put_file("modules/mermaid/dist/mermaid.min.js", "");
    with_path("bin");
    assert_talk("# A\n\n```mermaid\ngraph LR\n```\n",
                "<img class=\"drawing\" width=\"18\" alt=\"graph LR\" src=\"data:image/svg+xml");
    with_path(NULL);
}

#define IN_HTML(tag) "# A\n\n<" tag " class=\"mermaid\">\ngraph LR\nA --&gt; B\n</" tag ">\n"

TEST(mermaid_in_html_is_drawn_as_its_block_is)
{
    write_program("bin/chromium", "#!/bin/sh\n");
    put_file("deck/mermaid.sh", "cat >seen; printf '<svg width=\"10\">%s</svg>' \"$1\"\n");
    put_file("modules/mermaid/dist/mermaid.min.js", "");
    with_path("bin");
    assert_talk(IN_HTML("div"), "<img class=\"drawing\" width=\"18\" alt=\"graph LR\nA --&gt; B\"");
    assert_talk(IN_HTML("pre"), "<img class=\"drawing\" width=\"18\" alt=\"graph LR\nA --&gt; B\"");
    assert_woven(IN_HTML("div"), "<img class=\"drawing\" width=\"18\"");
    assert_talk("<div id='x' class='big mermaid'>graph LR</div>\n\ntext\n",
                "alt=\"graph LR\" src=");
    assert_talk("<div title=\"a > b\" class = mermaid>\nA--><br/>B\n</div>\n",
                "alt=\"A--&gt;&lt;br/&gt;B\" src=");
    assert_talk_lacks("<!-- <div class=\"mermaid\">\ngraph LR\n</div> -->\n", "<img");
    assert_talk_lacks("<div class=\"mermaid-like\">\ngraph LR\n</div>\n", "<img");
    with_path(NULL);
    assert_int_equal(unlink("modules/mermaid/dist/mermaid.min.js"), 0);
}

TEST(mermaid_in_html_that_is_not_drawn_is_named)
{
    assert_talk_warned(IN_HTML("div"),
                       "8:13: \"mermaid\" is not drawn but shown as it is written; install npm's "
                       "mermaid beside the pages' parts, or put an image in its place\n");
    assert_talk(IN_HTML("div"), "<pre><code>graph LR\nA --&gt; B</code></pre>");
    assert_talk_warned("# A\n\n<div>\n<div class=\"mermaid\">\ngraph LR\n</div>\n</div>\n",
                       "9:13: \"mermaid\" is not drawn but shown as it is written; end its tag "
                       "before the next empty line and before other tags, or write it as a block "
                       "```mermaid\n");
    assert_talk_warned("# A\n\n<div class=\"mermaid\">\ngraph LR\n\nA\n</div>\n",
                       "8:13: \"mermaid\" is not drawn but shown as it is written; end its tag "
                       "before the next empty line and before other tags, or write it as a block "
                       "```mermaid\n");
}

/* Styles ------------------------------------------------------------------ */

TEST(a_style_holds_on_its_talk)
{
    assert_talk(
        "<style>\nh1 { color: red; }\n</style>\n\n# A\n",
        "<style>\n@scope ([data-talk=\"chapters/10-a.md\"]) {\nh1 { color: red; }\n}\n</style>");
    assert_talk("<style>h1 { color: red }</style>\n\n# A\n",
                "<section id=\"a\" class=\"slide front\" data-talk=\"chapters/10-a.md\"");
    assert_talk("# A\n\n<style>\np::after { content: \"}\"; } /* } */\n</style>\n",
                "/* } */\n}\n</style>");
    assert_talk_lacks("# A\n", "data-talk");
    assert_woven("# A\n\n<style>\nh1 { color: red; }\n</style>\n",
                 "<style>\nh1 { color: red; }\n</style>");
}

/* `css`, an empty line behind it, as it is woven. */
static void assert_scoped(const char *css, const char *scoped)
{
    struct buf chapter = {0}, page = {0};

    buf_addf(&chapter, "<style>%s</style>\n\n# A\n", css);
    buf_addf(&page, "\n@scope ([data-talk=\"chapters/10-a.md\"]) {%s}\n", scoped);
    assert_talk(buf_string(&chapter), buf_string(&page));
    buf_free(&chapter);
    buf_free(&page);
}

/* Within @scope a selector begins below the slide. */
TEST(what_is_above_a_slide_in_a_style_is_the_slide)
{
    assert_scoped(".reveal p{}", ":scope p{}");
    assert_scoped("html, body, :root{}", ":scope, :scope, :scope{}");
    assert_scoped(".reveal .slides > section > h1 + p{}", ":scope:scope:scope > h1 + p{}");
    assert_scoped(".reveal\n div.slides section.dark>h1{}", ":scope:scope:scope.dark>h1{}");
    assert_scoped("p{} /* .reveal { */ .reveal.x p{}", "p{} /* .reveal { */ :scope.x p{}");
    assert_scoped("a::after{content:\"} .reveal b{\"} .reveal i{}",
                  "a::after{content:\"} .reveal b{\"} :scope i{}");
    assert_scoped(".reveal :is(h1, h2), .reveal h3{}", ":scope :is(h1, h2), :scope h3{}");
    assert_scoped("@media print { .reveal p{} }", "@media print { :scope p{} }");
    assert_scoped(".reveal{ p{} .reveal &{} } .slides a{}", ":scope{ p{} .reveal &{} } :scope a{}");
    assert_scoped("@keyframes x{ from{top:0} 5%{top:1px} }",
                  "@keyframes x{ from{top:0} 5%{top:1px} }");
    assert_scoped("section:first-child p{}", "section:first-child p{}");
    assert_scoped(".reveal :scope p{}", ".reveal :scope p{}");
}

TEST(a_class_in_a_style_may_be_the_slides)
{
    assert_scoped(".x h1, #y{}", ":where(:scope, :scope *).x h1, :where(:scope, :scope *)#y{}");
    assert_scoped(".reveal .x::before{}", ":is(:scope, :scope *).x::before{}");
    assert_scoped(".reveal > .x{}", ":scope > .x{}");
}

/* Ours is larger than what their pages were measured with. */
TEST(heights_of_lines_in_a_style_go_with_the_type)
{
    assert_talk("# A\n\n<style>\np { line-height: 1.1rem; color: red }\nb { line-height: 20px }\n"
                "i { line-height: 1.2 }\n</style>\n",
                "p { --was-line-height: 1.1rem; color: red }\nb { --was-line-height: 20px }\n"
                "i { line-height: 1.2 }");
}

TEST(a_section_on_a_slide_stays_on_it)
{
    assert_talk("# A\n\n<section data-x>\n\nb\n\n</section>\n\n---\n\n# C\n",
                "<div data-x>\n\n<p>b</p>\n</div>");
    assert_talk_warned(
        "# A\n\n<section>\nb\n</section>\n",
        "8:1: a <section> on a slide is no slide of its own here; begin one with a line "
        "----\n");
    assert_talk("# A\n\n`<section>` <sections>\n", "<code>&lt;section&gt;</code> <sections>");
}

/* decodeURI() of it would throw, and no slide be shown. */
TEST(a_lone_percent_sign_in_a_background_is_encoded)
{
    assert_talk("# A\n\n<!-- .slide: data-background=\"https://a.b/100%.png\" -->\n",
                " data-background=\"https://a.b/100%25.png\"");
    assert_talk("# A\n\n<!-- .slide: data-background-image=\"https://a.b/a%20b.png\" -->\n",
                " data-background-image=\"https://a.b/a%20b.png\"");
}

TEST(an_image_may_stand_in_public)
{
    put_file("chapters/public/x.svg", "<svg/>");
    assert_talk("# A\n\n![x](/x.svg)\n\n![y](x.svg)\n",
                "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"y\"");
    assert_talk("# A\n\n![x](/x.svg)\n",
                "<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=\"x\"");
}

TEST(a_style_that_would_reach_beyond_is_named)
{
    assert_talk_warned("# A\n\n<style>\n} body { color: red\n</style>\n",
                       "9:1: the braces of this style do not match, and it is left out\n");
    assert_talk_lacks("# A\n\n<style>\n} body { color: red\n</style>\n", "body {");
    assert_talk_warned(
        "# A\n\n<style>\n@import url(http://x/y.css);\np { background: url(http://x/y.png) "
        "}\n</style>\n",
        "9:1: what a style imports is left out; write its rules here\n"
        "10:17: this comes from the network each time; save it beside the chapter\n");
}

/* Links and images ---------------------------------------------------------- */

TEST(a_link_by_number_leads_to_that_slide)
{
    static const char body[] =
        "# A\n\n---\n\n# B\n\n----\n\n# C\n\n---\n\n"
        "[a](#/) [b](#/1) [c](#/1/1) [d](#/2/0) <a href=\"#/1/1\">e</a> [f](#/c)\n";

    assert_talk(body, "<a href=\"#a\">a</a> <a href=\"#b\">b</a> <a href=\"#c\">c</a> "
                      "<a href=\"#a-2\">d</a> <a href=\"#c\">e</a> <a href=\"#c\">f</a>");
    assert_woven("# A\n\n## B\n\n[b](#/0/1)\n", "<a href=\"#b\">b</a>");
}

TEST(a_link_beyond_the_last_slide_leads_to_it_with_a_warning)
{
    assert_talk_warned("# A\n\n[x](#/1/3)\n\n---\n\n# B\n",
                       "8:5: this chapter has no slide 1/3; the link leads to \"#b\"\n");
}

TEST(an_image_becomes_part_of_the_page)
{
    put_file("chapters/a \xc3\xa4.svg", "<svg/>");
    assert_talk("# A\n\n![x](<a \xc3\xa4.svg>)\n", "src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    assert_talk("# A\n\n![x](a%20%c3%a4.svg)\n", "src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    assert_talk("<!-- .slide: data-background=\"a%20%C3%A4.svg\" -->\n",
                "data-background-image=\"data:image/svg+xml;base64,PHN2Zy8+\"");
}

TEST(the_end_of_a_name_may_be_in_capitals)
{
    put_file("chapters/a.SVG", "<svg/>");
    put_file("chapters/b.JPG", "x");
    put_file("chapters/c.Mp4", "x");
    assert_talk("# A\n\n![x](a.SVG)\n", "src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    assert_talk("<!-- .slide: data-background=\"b.JPG\" -->\n",
                "data-background-image=\"data:image/jpeg;base64,eA==\"");
    assert_talk("<!-- .slide: data-background-image=\"b.JPG\" -->\n",
                "data-background-image=\"data:image/jpeg;base64,eA==\"");
    assert_talk("<video src=\"c.Mp4\"></video>\n", "<video src=\"data:video/mp4;base64,eA==\"");
}

TEST(an_image_may_have_a_size)
{
    put_file("chapters/a.svg", "<svg/>");
    assert_talk("# A\n\n![x](a.svg =200x100)\n", "width=\"200\" height=\"100\" alt=\"x\"");
    assert_talk("# A\n\n![x](a.svg =50%x)\n", "style=\"width:50.0%\" alt=\"x\"");
}

TEST(an_image_that_is_not_in_the_page_is_a_warning)
{
    assert_talk_warned("# A\n\n![x](gone.png)\n",
                       "8:6: this image is not there; it is looked for beside the chapter\n");
    assert_talk_warned("# A\n\n![x](https://example.org/a.png) ![y](https://example.org/b.png)\n",
                       "8:6: this image comes from the network each time; save it beside the "
                       "chapter, and it is part of the page (so do 1 more: line 8)\n");
    assert_talk_warned(
        "# A\n\n![x](https://example.org/a.png)\n\n![y](https://example.org/b.png)"
        "\n\n---\n\n<!-- .slide: data-background-image=\"https://example.org/c.png\" -->\n",
        "8:6: this image comes from the network each time; save it beside the "
        "chapter, and it is part of the page (so do 2 more: lines 10, 14)\n");
}

TEST(a_background_that_is_not_there_is_a_warning)
{
    static const char gone[] = "this image is not there; it is looked for beside the chapter";
    struct buf said = {0};

    buf_addf(&said, "6:31: %s\n12:37: %s\n18:31: %s\n", gone, gone, gone);
    assert_talk_warned("<!-- .slide: data-background=\"gone.PNG\" -->\n\n# A\n\n---\n\n"
                       "<!-- .slide: data-background-image=\"gone.tif\" -->\n\n# B\n\n---\n\n"
                       "<!-- .slide: data-background=\"img/gone\" -->\n\n# C\n",
                       buf_string(&said));
    assert_talk_warned("<!-- .slide: data-background=\"rgba(0, 0, 0, .5)\" -->\n\n# A\n", "");
    buf_free(&said);
}

TEST(equal_images_that_are_not_there_are_told_apart)
{
    static const char gone[] = "this image is not there; it is looked for beside the chapter";
    struct buf said = {0};

    buf_addf(&said, "8:19: %s\n8:32: %s\n10:6: %s\n12:41: %s\n", gone, gone, gone, gone);
    assert_talk_warned("# A\n\n`![](g.png)` ![x](g.png) ![y](<g.png>)\n\n![x](g.png =20x10)\n\n"
                       "<!-- .slide: class=\"a\" data-background=\"g.png\" -->\n",
                       buf_string(&said));
    buf_free(&said);
}

/* Text ---------------------------------------------------------------------- */

TEST(marks_insertions_and_scripts_are_elements)
{
    assert_talk("==a *b*== ++c++ x^2^ H~2~O\n", "<p><mark>a <em>b</em></mark> <ins>c</ins> "
                                                "x<sup>2</sup> H<sub>2</sub>O</p>");
    assert_talk("x^^2^ ==a **==b** c==\n",
                "<p>x^<sup>2</sup> <mark>a <strong>==b</strong> c</mark></p>");
    assert_talk("==a *++b++ c* d== ++e\n", "<p><mark>a <em><ins>b</ins> c</em> d</mark> ++e</p>");
}

TEST(operators_and_code_are_not_marked)
{
    assert_talk("a == b == c, C++, C++ and `==x==`, x^2 and y^2, ~ 8 MB ~ 9\n",
                "<p>a == b == c, C++, C++ and <code>==x==</code>, x^2 and y^2, ~ 8 MB ~ 9</p>");
    assert_woven("# A\n\n==a== ++b++ [x] y\n", "<p>==a== ++b++ [x] y</p>");
}

TEST(a_mark_does_not_cross_what_it_stands_in)
{
    assert_talk("==a\n\nb==\n\n*==c* d==\n", "<p>==a</p>\n<p>b==</p>\n<p><em>==c</em> d==</p>");
}

TEST(a_tick_in_a_list_is_a_task)
{
    assert_talk("- [ ] a\n- [x] b\n- c [x] d\n",
                "<li>\xe2\x98\x90 a</li>\n<li>\xe2\x98\x91 b</li>\n<li>c [x] d</li>");
}

TEST(a_comment_gives_attributes_to_what_is_before_it)
{
    assert_talk("- a <!-- .element: class=\"fragment\" -->\n- b\n",
                "<li class=\"fragment\">a </li>\n<li>b</li>");
    assert_talk("one **two** <!-- .element: class=\"fragment\" data-fragment-index=\"2\" -->\n",
                "<p>one <strong class=\"fragment\" data-fragment-index=\"2\">two</strong> </p>");
    assert_talk("para\n\n<!-- .element: class=\"fragment\" -->\n",
                "<p class=\"fragment\">para</p>");
}

TEST(a_quote_names_who_said_it)
{
    assert_talk("> so\n> [name=Ann] [time=today] [color=red]\n",
                "<cite>\xe2\x80\x94 Ann</cite> <cite>today</cite> </p>");
    assert_talk("[name=Ann]\n", "<p>[name=Ann]</p>");
}

TEST(boxes_and_spoilers_are_elements)
{
    assert_talk(":::info\nx\n:::\n", "<div class=\"info\">\n<p>x</p>\n</div>");
    assert_talk(":::warning Careful!\nx\n:::\n", "<div class=\"warning\">\n<p>x</p>\n</div>");
    assert_talk(":::spoiler A & B\nx\n:::\n\ny\n", "<details class=\"spoiler\"><summary>A &amp; "
                                                   "B</summary>\n<p>x</p>\n</details>\n<p>y</p>");
    assert_talk(":::spoiler {state=\"open\"} A\nx\n:::\n", "<details class=\"spoiler\" open=\"\">");
    assert_talk("- a\n  :::spoiler \"B\" \\\n  x\n  :::\n- c\n",
                "<li>a\n<details class=\"spoiler\"><summary>&quot;B&quot; \\</summary>\n");
}

/* In HackMD each slide is a text of its own. */
TEST(a_box_that_is_never_closed_ends_with_its_slide)
{
    assert_talk("# A\n\n:::info\nx\n\n---\n\n# B\n", "<p>x</p>\n</div>\n</section>\n</section>\n");
    assert_talk("# A\n\nNote:\n:::info\nx\n\n---\n\n# B\n",
                "<p>x</p>\n</div>\n</div>\n</aside>\n</section>\n</section>\n");
    assert_talk("# A\n\nNote:\n:::info\nx\n:::\n",
                "<p>x</p>\n</div>\n</div>\n</aside>\n</section>\n</section>\n");
}

TEST(a_line_end_is_one_unless_breaks_is_false)
{
    assert_talk("a\nb\n", "<p>a<br />\nb</p>");
    assert_woven("---\ntype: slide\nbreaks: false\n---\n\na\nb\n", "<p>a b</p>");
}

TEST(embedded_things_become_links)
{
    assert_talk("{%youtube abc %} and `{%youtube abc %}`\n",
                "<a href=\"https://www.youtube.com/watch?v=abc\"");
    assert_talk_warned("{%youtube abc %}\n", "6:1: what \"youtube\" shows becomes a link to it\n");
    assert_talk_warned("{%odd x%}\n", "6:1: \"odd\" cannot be shown, and is left out\n");
    assert_talk_warned("[TOC]\n", "6:1: \"[TOC]\" is left out; the book view has its contents\n");
}

#define REVEAL "---\nrevealOptions:\n  hash: true\n---\n# A\n\n"

/* reveal.js's MathJax looks into code. */
TEST(a_formula_in_code_is_drawn_where_reveal_draws_it)
{
    static const char *const formulas[] = {"$26\\,\\mathrm{Tg}$", "$x^2$",     "$x_i$", "$a_{ij}$",
                                           "$$ x^2 $$",           "${}^{14}C$"};
    static const char *const codes[] = {"$HOME", "$ ls {a}$", "$FOO_BAR$", "${x}$",      "$",
                                        "$$",    "$5$",       "$a\\b $",   "$x^2$$y^2$", "a $x^2$"};

    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        struct buf chapter = {0};

        buf_addf(&chapter, REVEAL "so `%s`, he\n", formulas[i]);
        assert_woven(buf_string(&chapter), "<p>so <math display=\"");
        assert_not_woven(buf_string(&chapter), "<code>");
        buf_free(&chapter);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct buf chapter = {0};

        buf_addf(&chapter, REVEAL "so `%s`, he\n", codes[i]);
        assert_woven(buf_string(&chapter), "<p>so <code>");
        buf_free(&chapter);
    }
    assert_woven(REVEAL "so `$x^2$ and ``\n\n`$$\n\n`", "<p>so `<math");
    assert_woven(REVEAL "`$x^2$`3 ``$x^2$``\n", "<code>$x^2$</code>3 <code>$x^2$</code>");
    assert_talk("`$x^2$`\n", "<code>$x^2$</code>");
    assert_woven("---\nmarp: true\n---\n# A\n\n`$x^2$`\n", "<code>$x^2$</code>");
}

TEST(a_formula_behind_an_items_comment_is_drawn)
{
    assert_talk("- <!-- .element: class=\"fragment\" --> $\\mathrm{O_2}$ in\n- b\n",
                "<li class=\"fragment\"> <math display");
    assert_talk("1. a\n   - <!-- .element: class=\"fragment\" --> **b** $x$\n",
                "<li class=\"fragment\"> <strong>b</strong> <math");
}

TEST(rubies_dashes_and_formulas_are_set)
{
    assert_talk("{ruby \xe6\xbc\xa2|han} 52--57 $x$\n",
                "<ruby>\xe6\xbc\xa2<rt>han</rt></ruby> 52\xe2\x80\x93"
                "57 <math");
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
