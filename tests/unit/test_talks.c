/*
 * Talks of other tools than HackMD: Marp, remark, Slidev, Quarto and pandoc.
 */
#include "weaving.h"

#define MARP "---\nmarp: true\n---\n\n"

/* Marp ---------------------------------------------------------------------- */

static void classes_and_colours_are_the_slides(void **state)
{
    (void)state;
    assert_woven(MARP "<!-- _class: lead big -->\n\n# A\n\n---\n\n# B\n",
                 "<section id=\"a\" class=\"slide front lead big\">");
    assert_woven(MARP "<!-- _class: lead -->\n\n# A\n\n---\n\n# B\n",
                 "<section id=\"b\" class=\"slide\">");
    assert_woven("---\nmarp: true\nclass: invert\n---\n\n# A\n\n---\n\n# B\n",
                 "<section id=\"b\" class=\"slide invert\" data-background-color=\"#12171d\">");
    assert_woven(MARP
                 "# A\n\n---\n\n<!--\nbackgroundColor: \"#123\"\n_color: red\n-->\n\n# B\n\n---"
                 "\n\n# C\n",
                 "<section id=\"b\" class=\"slide\" style=\"color:red\" "
                 "data-background-color=\"#123\">");
    assert_woven(MARP
                 "# A\n\n---\n\n<!--\nbackgroundColor: \"#123\"\n_color: red\n-->\n\n# B\n\n---"
                 "\n\n# C\n",
                 "<section id=\"c\" class=\"slide\" data-background-color=\"#123\">");
    assert_woven(MARP "# A\n\n<!-- _backgroundImage: url('data:x') -->\n",
                 " data-background-image=\"data:x\">");
}

static void what_a_page_has_not_is_named_once(void **state)
{
    (void)state;
    assert_warned(
        "---\nmarp: true\npaginate: true\n---\n\n# A\n\n<!-- _paginate: false -->\n\n---\n\n"
        "<!-- header: x -->\n\n# <!-- fit --> B\n\n<!-- _header: y -->\n",
        "3:11: Marp's \"paginate\" is left out\n"
        "12:6: Marp's \"header\" is left out\n"
        "14:3: Marp's \"fit\" is left out\n");
}

static void other_comments_are_notes(void **state)
{
    (void)state;
    assert_woven(MARP "# A\n\n<!-- say <this>\nand that\n\nthen go -->\n",
                 "<aside class=\"notes\"><div class=\"notes\"><p>say &lt;this&gt;\nand that\n</p>\n"
                 "<p>then go\n</p>\n</div></aside></section>");
    assert_not_woven(MARP "# A\n\n<!-- markdownlint-disable -->\n", "<aside class=\"notes\">");
    assert_not_woven("# A\n\n<!-- no talk -->\n", "no talk");
}

static void words_of_an_image_are_its_size_or_place(void **state)
{
    (void)state;
    assert_woven(MARP "# A\n\n![w:300 height:2em A cat](data:x)\n",
                 "<img src=\"data:x\" alt=\"A cat\" style=\"width:300px;height:2em;\" />");
    assert_woven(MARP "# A\n\n![bg contain](data:x)\n",
                 "<section id=\"a\" class=\"slide front\" data-background-image=\"data:x\" "
                 "data-background-size=\"contain\">\n<h1>A</h1>\n\n</section>");
    assert_woven(MARP "# A\n\n![bg](#fff)\n", "data-background-color=\"#fff\">");
    assert_woven(MARP "# A\n\n![bg right:40%](data:x)\n",
                 "style=\"--side:40%\">\n<h1>A</h1>\n<p><img src=\"data:x\" alt=\"\" "
                 "class=\"side-right\" /></p>");
    assert_warned(MARP "# A\n\n![bg blur:3px](data:x)\n\n![bg](data:y)\n",
                  "7:6: Marp's \"blur:3px\" is left out\n"
                  "9:7: a slide has one background here; this one is left out\n");
    assert_woven("---\ntype: slide\n---\n\n# A\n\n![w:300](data:x)\n", "alt=\"w:300\"");
}

static void items_with_stars_come_one_by_one(void **state)
{
    (void)state;
    assert_woven(
        MARP "# A\n\n* one\n* **two**\n\n- three\n",
        "<li class=\"fragment\">one</li>\n<li class=\"fragment\"><strong>two</strong></li>\n"
        "</ul>\n<ul>\n<li>three</li>");
}

static void headings_divide_where_marp_says_so(void **state)
{
    (void)state;
    assert_woven("---\nmarp: true\nheadingDivider: 2\n---\n\n# A\n\n## B\n\n### C\n\n## D\n",
                 "<section id=\"b\" class=\"slide\">\n<h2>B</h2>\n<h3>C</h3>\n</section>");
    assert_woven("---\nmarp: true\nheadingDivider: [3]\n---\n\n# A\n\n## B\n\n### C\n",
                 "<section id=\"a\" class=\"slide front\">\n<h1>A</h1>\n<h2>B</h2>\n</section>");
    assert_woven("---\nmarp: true\nheadingDivider: 1\n---\n\n# A\n\n---\n\n<!-- _class: x -->\n\n"
                 "# B\n\n> # C\n",
                 "<section id=\"b\" class=\"slide x\">\n\n\n<h1>B</h1>\n<blockquote>");
    assert_warned("---\nmarp: true\nheadingDivider: 1\n---\n\n# A\n\n# B\n", "");
}

static void classes_may_be_a_list(void **state)
{
    (void)state;
    assert_woven("---\nmarp: true\nclass:\n  - lead\n  - 'big'\n---\n\n# A\n",
                 "class=\"slide front lead big\"");
    assert_woven("---\nmarp: true\nclass: [lead, big]\n---\n\n# A\n",
                 "class=\"slide front lead  big\"");
}

/* Its command line needs no word in the front matter. */
static void marp_is_known_by_what_it_says(void **state)
{
    (void)state;
    assert_woven("# A\n\n<!-- _class: lead -->\n\n---\n\n# B\n",
                 "<section id=\"a\" class=\"slide front lead\">");
    assert_woven(
        "---\nrevealOptions:\n  hash: true\n---\n# A\n\n![bg](http://x/y.png)\n\n---\n\n# B\n",
        "<img src=\"http://x/y.png\"");
    assert_woven("---\nmarp: false\n---\n# A\n\n<!-- _class: lead -->\n\n---\n\n# B\n",
                 "<section id=\"a\" class=\"slide front\">");
}

static void a_rule_separates_whatever_follows(void **state)
{
    (void)state;
    assert_woven(MARP "# A\n\n---\n<!-- _class: x -->\n# B\n",
                 "<section id=\"b\" class=\"slide x\">");
    assert_woven(MARP "# A\n\ntext\n---\n\nmore\n", "<h2>text</h2>");
    assert_woven(MARP "# A\n\n- item\n---\n# B\n", "<section id=\"b\"");
    assert_woven(MARP "# A\n\n```\nx\n```\n* * *\n# B\n\n-----\n\n# C\n", "<section id=\"c\"");
    assert_woven(MARP "# A\n\n- - -\n\n# B\n", "<section id=\"b\"");
}

/* remark -------------------------------------------------------------------- */

static void question_marks_begin_notes(void **state)
{
    (void)state;
    assert_woven("# A\n\n---\n\n# B\n\n???\nsecret\n\n---\n\n# C\n",
                 "<h1>B</h1>\n<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>secret</p>");
    assert_woven("# A\n\n??? note \"x\"\n    y\n", "<details class=\"spoiler\">");
}

static void properties_are_the_slides(void **state)
{
    (void)state;
    assert_woven(
        "class: center, middle\n\n# A\n\n---\nname: two\nbackground-image: url(data:x)\n# B\n",
        "<section id=\"a\" class=\"slide front center middle\">\n<h1>A</h1>");
    assert_woven(
        "class: center, middle\n\n# A\n\n---\nname: two\nbackground-image: url(data:x)\n# B\n",
        "<section id=\"two\" class=\"slide\" data-background-image=\"data:x\">\n<h1>B</h1>");
    assert_warned(
        "# A\n\n---\nlayout: true\ntemplate: x\n\n# B\n",
        "4:1: a slide's \"layout\" is left out\n5:1: a slide's \"template\" is left out\n");
    assert_woven("# A\n\nname: x\n\n---\n\n# B\n\nx\n", "<p>name: x</p>");
}

static void what_is_remarks_may_have_keys_of_its_own(void **state)
{
    (void)state;
    assert_warned("class: x\n\n# A\n---\n\ndiagram: y\n\n# B\n\nNote: z\n",
                  "6:1: a slide's \"diagram\" is left out\n");
    assert_woven("class: x\n\n# A\n---\n\nclass: y\n\n# B\n",
                 "<section id=\"b\" class=\"slide y\">");
}

static void two_dashes_are_a_step(void **state)
{
    (void)state;
    assert_woven("# A\n\n---\n\n# B\n\none\n--\n\ntwo\n\n```sql\n--\n```\n\n???\nx\n",
                 "<p>one</p>\n<div class=\"fragment\">\n<p>two</p>");
    assert_woven("# A\n\n---\n\n# B\n\none\n--\n\ntwo\n\n```\n--\n```\n\n???\nx\n",
                 "<code>--</code>");
}

/* Slidev -------------------------------------------------------------------- */

#define SLIDEV \
    "---\nlayout: cover\n---\n\n# A\n\n---\nlayout: two-cols\nclass: big\nclicks: 3\n---\n\n# B\n"

static void slides_have_a_front_matter(void **state)
{
    (void)state;
    assert_woven(
        SLIDEV,
        "<section id=\"b\" class=\"slide columns layout-two-cols big\">\n<h1>B</h1>\n</section>");
    assert_warned(SLIDEV, "10:1: a slide's \"clicks\" is left out\n");
    assert_warned("# A\n\n---\nmascot: wink\n---\n# B\n---\n\n# C\n",
                  "4:1: a slide's \"mascot\" is left out\n");
    assert_woven("# A\n\n---\nmascot: wink\n---\n# B\n---\n\n# C\n",
                 "<section id=\"c\" class=\"slide\">");
    assert_woven("# A\n\n---\nNote: x\n---\n\n# B\n\n---\n\n# C\n\nx\n",
                 "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>x</p>");
}

static void a_click_is_a_step(void **state)
{
    (void)state;
    assert_woven(SLIDEV
                 "\n<v-clicks>\n\n- a\n- b\n\n</v-clicks>\n\n<v-click>c</v-click>\n\n<!-- d -->\n",
                 "<li class=\"fragment\">a</li>\n<li class=\"fragment\">b</li>");
    assert_woven(SLIDEV "\n<v-click>c</v-click>\n\n<!-- d -->\n",
                 "<v-click class=\"fragment\">c</v-click></p>\n\n\n<aside class=\"notes\"><div "
                 "class=\"notes\"><p>d\n</p>");
}

#define SLIDE(head, body) SLIDEV "\n---\n" head "---\n\n" body

static void a_layout_shows_its_image(void **state)
{
    (void)state;
    assert_woven(SLIDE("layout: image-left\nimage: data:x\n", "# C\n"),
                 "<p><img src=\"data:x\" class=\"side-left\" /></p>");
    assert_woven(SLIDE("layout: image-right\nimage: \"data:x\"\nbackgroundSize: 20em\n", "# C\n"),
                 "<img src=\"data:x\" class=\"side-right\" style=\"object-fit:contain\" />");
    assert_woven(SLIDE("layout: image\nimage: data:x\nbackgroundSize: contain\n", "# C\n"),
                 " data-background-image=\"data:x\" data-background-size=\"contain\">");
    assert_woven(SLIDE("layout: image\nimage: data:x\n", "\n"),
                 " data-background-image=\"data:x\" data-background-size=\"contain\">");
    assert_woven(SLIDE("layout: image\nimage: data:x\n", "# C\n"),
                 " data-background-image=\"data:x\">");
    assert_woven(SLIDE("layout: iframe\nurl: https://a.b\n", "# C\n"),
                 "<p><a href=\"https://a.b\">https://a.b</a></p>");
    assert_warned(
        SLIDE("layout: full\nimage: x.png\n", "# C\n"),
        "10:1: a slide's \"clicks\" is left out\n17:1: a slide's \"image\" is left out\n");
}

static void a_head_may_be_a_title_alone(void **state)
{
    (void)state;
    assert_not_woven(SLIDE("title: What it is\n", "# C\n"), "What it is");
    assert_woven(SLIDE("transition: slide-left\n", "# C\n"), " data-transition=\"slide\">");
}

static void slides_of_another_file_are_named(void **state)
{
    (void)state;
    assert_warned(
        SLIDE("src: ./pages/x.md\n", "\n"),
        "10:1: a slide's \"clicks\" is left out\n16:1: the slides of \"./pages/x.md\" are "
        "not read from here; make it a chapter of its own\n");
    assert_woven(SLIDE("src: ./pages/x.md\nhide: false\n", "\n"),
                 " class=\"slide\" data-visibility=\"hidden\">");
    assert_woven(SLIDE("hide: true\n", "# C\n"), " class=\"slide\" data-visibility=\"hidden\">");
    assert_woven(SLIDE("hide: false\n", "# C\n"), "<section id=\"c\" class=\"slide\">");
}

static void a_slot_begins_a_column(void **state)
{
    (void)state;
    assert_woven(SLIDEV "\nleft\n\n::right::\n\nright\n",
                 "<p>left</p>\n<div class=\"slot\"></div>");
    assert_woven(SLIDEV "\n::left::\n\nleft `::right::`\n", "<p>left <code>::right::</code></p>");
    assert_woven("# A\n\n---\n\n# B\n\n::right::\n\nNote:\nx\n", "<p>::right::</p>");
}

static void components_are_links_or_named(void **state)
{
    (void)state;
    assert_woven(SLIDEV "\n<Youtube width='9' id='x-1' />\n",
                 "<a href=\"https://www.youtube.com/watch?v=x-1\"");
    assert_woven(SLIDEV "\n<Tweet id=\"12\" />\n", "<a href=\"https://x.com/i/status/12\"");
    assert_warned(SLIDEV "\n<Toc :columns=\"2\"/>\n",
                  "10:1: a slide's \"clicks\" is left out\n"
                  "15:1: \"Toc\" cannot be shown, and is left out\n");
    assert_woven(SLIDEV "\n<Transform>inside</Transform>\n", "inside");
}

static void a_style_holds_on_its_slide(void **state)
{
    (void)state;
    assert_woven(SLIDEV "\n<style>\np { color: red }\n</style>\n", "<style>\n@scope {\np { color");
}

/* Hugo ---------------------------------------------------------------------- */

#define HUGO "+++\ntitle = \"T\" # x\noutputs = [\"Reveal\"]\n+++\n\n"

static void hugo_asks_for_slides(void **state)
{
    (void)state;
    assert_woven(HUGO "# A\n\n---\n\n# B\n", "<section id=\"b\" class=\"slide\">");
    assert_not_woven(HUGO "# A\n\n---\n\n# B\n", "outputs");
    assert_woven("---\noutputs: [\"Reveal\"]\n---\n# A\n\n---\n\n# B\n",
                 "<section id=\"b\" class=\"slide\">");
    assert_woven("---\noutputs:\n  - HTML\n  - Reveal\nx: y\n---\n# A\n\n---\n\n# B\n",
                 "<section id=\"b\" class=\"slide\">");
}

static void toml_before_a_chapter_is_no_text(void **state)
{
    (void)state;
    assert_not_woven("+++\n\ntitle = 'T'\n[x]\ntype = \"slide\"\n+++\n# A\n\ntext\n", "type =");
    assert_woven("+++\ntitle = 'T'\n[x]\ntype = \"slide\"\n+++\n# A\n\ntext\n",
                 "<section id=\"a\" class=\"slide\">");
    assert_not_woven(" \n\n+++\ntitle = 'T'\n+++\n# A\n\ntext\n", "+++");
    assert_woven("+++\ntitle = 'T'\n\n# A\n", "+++");
    assert_warned("+++\ntitle = 'T'\n\n# A\n",
                  "1:1: this front matter is never closed, and is shown; end it with a line +++\n");
}

static void a_section_holds_slides_below_each_other(void **state)
{
    (void)state;
    assert_woven(HUGO "# A\n\n---\n\n{{% section %}}\n\n# B\n\n---\n\n# C\n\n{{% /section %}}\n\n"
                      "---\n\n# D\n",
                 "<li><a href=\"#b\">B</a><ol><li><a href=\"#c\">C</a></li></ol></li>\n"
                 "<li><a href=\"#d\">D</a></li>");
    assert_not_woven(HUGO "{{% section %}}\n\n# B\n\n{{< /section >}}\n", "section %");
}

static void notes_in_shortcodes_are_the_speakers(void **state)
{
    (void)state;
    assert_woven("# A\n\n---\n\n# B\n\n{{% note %}}\nsecret\n{{% /note %}}\n\nseen\n",
                 "<aside class=\"notes\">\n\n<div class=\"notes\">\n<p>secret</p>\n</div>\n</aside>"
                 "\n<p>seen</p>");
    assert_not_woven("---\ntitle: x\n---\n# A\n\n{{< note >}}\nseen\n{{< /note >}}\n",
                     "class=\"notes\"");
    assert_not_woven("---\ntitle: x\n---\n# A\n\n{{% note %}}\nseen\n{{% /note %}}\n",
                     "class=\"notes\"");
    assert_woven(HUGO "# A\n\n{{< note >}}secret{{</ note >}}\n\nseen\n",
                 "<p>secret</p>\n</div>\n</aside>\n<p>seen</p>");
    assert_warned(HUGO "# A\n\n{{% note %}}\nsecret\n\n---\n\n# B\n",
                  "8:1: these notes are never closed; end them with a line {{% /note %}}\n");
    assert_not_woven(HUGO "# A\n\ntext {{% note %}}secret{{% /note %}}\n", "secret");
    assert_warned(HUGO "# A\n\ntext {{% note %}}secret{{% /note %}}\n",
                  "8:10: this \"note\" is left out; give notes lines of their own\n");
    assert_woven(HUGO "# A\n\ntext {{% note %}}se\ncret{{% /note %}}\n\nseen\n",
                 "<div class=\"notes\">\n<p>text<br />\ncret</p>\n</div>\n</aside>\n<p>seen</p>");
}

static void shortcodes_are_steps(void **state)
{
    (void)state;
    assert_woven(HUGO "# A\n\n- {{% fragment %}}one{{% /fragment %}} two\n",
                 "<span class=\"fragment\">one</span> two");
    assert_woven(HUGO "# A\n\n{{% fragment class=\"grow\" index='2' %}}\none\n{{% /fragment %}}\n",
                 "<div class=\"fragment grow\" data-fragment-index=\"2\">");
    assert_woven(HUGO "# A\n\n{{< frag c=\"one\" >}} two\n",
                 "<span class=\"fragment\">one</span> two");
}

static void a_shortcode_says_what_a_slide_is(void **state)
{
    (void)state;
    assert_woven(
        HUGO "{{< slide id=\"q\" class=\"x y\" background-color='#fff' transition=zoom >}}\n# A\n",
        "<section id=\"q\" class=\"slide front x y\" data-background-color=\"#fff\" "
        "data-transition=\"zoom\">\n<h1>A</h1>");
    assert_warned(HUGO "{{< slide template=\"blue\" >}}\n# A\n",
                  "6:11: a slide's \"template\" is left out\n");
}

static void other_shortcodes_are_named(void **state)
{
    (void)state;
    assert_warned(HUGO "# A\n\n{{< gist x 1 >}}\n\n`{{< x >}}` {{</* y */>}}\n",
                  "8:5: \"gist\" cannot be shown, and is left out\n");
    assert_woven(HUGO "# A\n\n`{{< x >}}` {{</* y */>}}\n",
                 "<code>{{&lt; x &gt;}}</code> {{&lt; y ");
    assert_warned(HUGO "# A\n\n{{< gist\nx\n",
                  "8:1: this shortcode does not end on its line, and is shown as it is written\n");
    assert_woven(HUGO "# A\n\n{{< figure src=\"data:x\" title=\"B\" >}}\n",
                 "<img src=\"data:x\" alt=\"B\"");
    assert_woven("# A\n\n{{< x >}}\n", "{{&lt; x &gt;}}");
}

/* Quarto and pandoc --------------------------------------------------------- */

static void a_format_asks_for_slides(void **state)
{
    (void)state;
    assert_woven(
        "---\nformat:\n  revealjs: default\n---\n\n# A\n\n## B {background-color=\"red\"}\n",
        "<section id=\"b\" class=\"slide\" data-background-color=\"red\">");
}

static void pauses_and_increments_are_steps(void **state)
{
    (void)state;
    assert_woven("# A\n\none\n\n. . .\n\ntwo\n", "<div class=\"fragment\">\n<p>two</p>\n</div>");
    assert_woven("# A\n\n::: incremental\n- a\n- b\n:::\n",
                 "<li class=\"fragment\">a</li>\n<li class=\"fragment\">b</li>");
    assert_woven(
        "# A\n\n::: {.x .incremental}\n- a\n\n  ::: nonincremental\n  - b\n  :::\n:::\n",
        "<li class=\"fragment\"><p>a</p>\n<div class=\"nonincremental\">\n<ul>\n<li>b</li>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_and_colours_are_the_slides),
        cmocka_unit_test(what_a_page_has_not_is_named_once),
        cmocka_unit_test(other_comments_are_notes),
        cmocka_unit_test(words_of_an_image_are_its_size_or_place),
        cmocka_unit_test(items_with_stars_come_one_by_one),
        cmocka_unit_test(headings_divide_where_marp_says_so),
        cmocka_unit_test(classes_may_be_a_list),
        cmocka_unit_test(marp_is_known_by_what_it_says),
        cmocka_unit_test(a_rule_separates_whatever_follows),
        cmocka_unit_test(question_marks_begin_notes),
        cmocka_unit_test(properties_are_the_slides),
        cmocka_unit_test(what_is_remarks_may_have_keys_of_its_own),
        cmocka_unit_test(two_dashes_are_a_step),
        cmocka_unit_test(slides_have_a_front_matter),
        cmocka_unit_test(a_click_is_a_step),
        cmocka_unit_test(a_layout_shows_its_image),
        cmocka_unit_test(a_head_may_be_a_title_alone),
        cmocka_unit_test(slides_of_another_file_are_named),
        cmocka_unit_test(a_slot_begins_a_column),
        cmocka_unit_test(components_are_links_or_named),
        cmocka_unit_test(a_style_holds_on_its_slide),
        cmocka_unit_test(hugo_asks_for_slides),
        cmocka_unit_test(toml_before_a_chapter_is_no_text),
        cmocka_unit_test(a_section_holds_slides_below_each_other),
        cmocka_unit_test(notes_in_shortcodes_are_the_speakers),
        cmocka_unit_test(shortcodes_are_steps),
        cmocka_unit_test(a_shortcode_says_what_a_slide_is),
        cmocka_unit_test(other_shortcodes_are_named),
        cmocka_unit_test(a_format_asks_for_slides),
        cmocka_unit_test(pauses_and_increments_are_steps),
    };

    return cmocka_run_group_tests(tests, enter_folder, folder_leave);
}
