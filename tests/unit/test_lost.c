/*
 * What a chapter or a talk says and no page shows is drawn in another way, or named
 * at its place.
 */
#include "weaving.h"

#include "check.h"

#define TALK "---\ntype: slide\n---\n\n" /* a body begins in line 5 */
#define MARP "---\nmarp: true\n---\n\n"

static void assert_talk(const char *body, const char *text)
{
    struct buf chapter = {0};

    buf_addf(&chapter, TALK "%s", body);
    assert_woven(buf_string(&chapter), text);
    buf_free(&chapter);
}

static void assert_named(const char *body, const char *warnings)
{
    struct buf chapter = {0};

    buf_addf(&chapter, TALK "%s", body);
    assert_warned(buf_string(&chapter), warnings);
    buf_free(&chapter);
}

/* Elements ------------------------------------------------------------------ */

TEST(an_element_that_no_browser_knows_is_named_once)
{
    assert_named(
        "vector<int> and `a<int>` or a set<int>\n\nBox<T>\n",
        "5:7: no browser knows <int>, and shows only what stands in it; if the sign itself "
        "is meant, write &lt; (and 1 more)\n"
        "7:4: no browser knows <T>, and shows only what stands in it; if the sign itself "
        "is meant, write &lt;\n");
    assert_warned("# A\n\nBox<T>\n",
                  "3:4: no browser knows <T>, and shows only what stands in it; if the sign itself "
                  "is meant, write &lt;\n");
    assert_named("<foo-bar>x</foo-bar>\n", "5:1: <foo-bar> is drawn by a script that is not here: "
                                           "only what stands in it is shown\n");
    assert_named("a <?php echo 1 ?>\n",
                 "5:3: nothing is seen of <?...?>; if it is meant to be read, write &lt;?\n");
}

TEST(what_browsers_know_is_not_named)
{
    assert_named("<Div><b>x</b><br/>\n<svg><rect width=\"1\"/></svg></Div>\n\n<kbd>y</kbd> a<b "
                 "<http://a.b> <a@b.c>\n\n<!-- <int> -->\n\n```\n<int>\n```\n\n<style>\nb::after "
                 "{ content: \"<x>\"; }\n</style>\n",
                 "");
    assert_named("<details title='<int>'>\n\n> x <em\n> title=\"a\">y</em>\n\n</details>\n", "");
}

TEST(html_is_taken_apart_as_browsers_do)
{
    put_file("chapters/a.svg", "<svg/>");
    assert_named("<image src=\"a.svg\"/>\n", "");
    assert_named("<p><carbon:edit/></p>\n",
                 "5:4: <carbon:edit> is drawn by a script that is not here: only "
                 "what stands in it is shown\n");
    assert_named("<p title = \"a > <int>\">x</p>\n", "");
    assert_named(
        "<div>\n<iframe title=\"a > b\" src = \"x.html\"></iframe></div>\n",
        "6:30: the file of this <iframe> is no part of the page; write here what it holds, "
        "or link to where it is published\n");
    assert_named("<b><p><x1>y</b>z</p></x1>\n",
                 "5:7: no browser knows <x1>, and shows only what stands in it; if the sign itself "
                 "is meant, write &lt;\n");
}

TEST(what_nobody_closes_ends_with_its_slide)
{
    assert_named(
        "a <script> b\n\n---\n\nBox<T>\n",
        "9:4: no browser knows <T>, and shows only what stands in it; if the sign itself is "
        "meant, write &lt;\n");
    assert_named(
        "# A\n\na <!-- b\n\n# B\n\nBox<T>\n",
        "11:4: no browser knows <T>, and shows only what stands in it; if the sign itself is "
        "meant, write &lt;\n");
    assert_named("<?php echo\n",
                 "5:1: nothing is seen of <?...?>; if it is meant to be read, write "
                 "&lt;?\n");
}

TEST(what_a_script_would_draw_is_named)
{
    assert_named("<canvas data-chart=\"line\">\n1,2\n</canvas>\n\n<script></script>\n",
                 "5:1: what a script draws in this <canvas> is not drawn, and its place is empty; "
                 "put an image there\n");
    assert_named("<canvas></canvas>\n\n<script>draw()</script>\n", "");
    assert_named("<canvas></canvas> `<script>`\n",
                 "5:1: what a script draws in this <canvas> is not drawn, and its place is empty; "
                 "put an image there\n");
    assert_named("<script type=\"text/template\">\n# x\n</script>\n",
                 "5:1: nothing shows what stands in this <script>; write it on the slide\n");
    assert_named("<script type=\"math/asciimath\">x^2</script>\n",
                 "5:1: nothing shows what stands in this <script>; write it on the slide\n");
}

TEST(what_other_files_hold_is_named)
{
    assert_named("<div data-src=\"x.html\"></div>\n\n<p data-markdown='y.md'></p>\n",
                 "5:1: what stands in \"x.html\" is not read from here; write it on the slide, or "
                 "make it a chapter of its own\n"
                 "7:1: what stands in \"y.md\" is not read from here; write it on the slide, or "
                 "make it a chapter of its own\n");
    assert_named("<p data-markdown></p>\n\n<img data-src=\"data:x\">\n", "");
    assert_named(
        "<iframe src=\"x.html\"></iframe>\n\n<object data=\"x.pdf\"></object>\n",
        "5:14: the file of this <iframe> is no part of the page; write here what it holds, "
        "or link to where it is published\n"
        "7:15: the file of this <object> is no part of the page; write here what it holds, "
        "or link to where it is published\n");
    assert_named("<link rel=\"stylesheet\" href=\"x.css\">\n\n<link rel=\"icon\" href=\"y\">\n",
                 "5:30: the file of this <link> is no part of the page; write here what it holds, "
                 "or link to where it is published\n");
}

TEST(what_comes_from_the_network_is_named)
{
    assert_named("<iframe src=\"https://a.b/\"></iframe>\n\n<iframe src='//c.d'></iframe>\n",
                 "5:14: what this <iframe> shows or does comes from the network each time (and 1 "
                 "more)\n");
    assert_named("<video controls>\n<source src=\"https://a.b/c.mp4\"></video>\n",
                 "6:14: what this <source> shows or does comes from the network each time\n");
    assert_named("# A\n\n<!-- .slide: data-background-iframe=\"https://a.b/\" -->\n",
                 "7:38: what is shown behind this slide comes from the network each time\n");
    assert_named(
        "# A\n\n<!-- .slide: data-background-video=\"x.mp4\" -->\n",
        "7:37: this file is no part of the page, and is not shown behind the slide; put it "
        "on it\n");
}

TEST(what_is_not_shown_behind_a_slide_is_not_in_the_page)
{
    assert_named(
        "# A\n\n<!-- .slide: data-background-iframe=\"x.html\" class=\"c\" -->\n",
        "7:38: this file is no part of the page, and is not shown behind the slide; put it "
        "on it\n");
    assert_talk("# A\n\n<!-- .slide: data-background-iframe=\"x.html\" class=\"c\" -->\n",
                "<section id=\"a\" class=\"slide front c\">");
    assert_talk("# A\n\n<!-- .slide: data-background-video=\"x.mp4\" class=\"c\" -->\n",
                "<section id=\"a\" class=\"slide front c\">");
    assert_talk("# A\n\n<!-- .slide: data-background-iframe=\"https://a.b/\" -->\n",
                " data-background-iframe=\"https://a.b/\"");
}

TEST(icons_of_a_font_are_named)
{
    static const char icon[] =
        "5:1: an icon that a font draws is not shown; write a word or an emoji for it";
    struct buf one = {0}, two = {0};

    buf_addf(&one, "%s\n", icon);
    buf_addf(&two, "%s (and 1 more)\n", icon);
    assert_named("<i class=\"fab fa-github\"></i> x\n", buf_string(&one));
    assert_named("<i class='fa x'></i> <span class=\"bi-x\"></span>\n", buf_string(&two));
    assert_named(":fa-github: x\n", buf_string(&one));
    assert_talk(":fa-github: x\n", "<p>x</p>");
    assert_named("<i class=\"fast\"></i> <i class=\"fa\">word</i> `:fa-x:` :fa x:\n", "");
    assert_named("<b><img class=\"icon-x\" src=\"data:,\"></b>\n", "");
    buf_free(&one);
    buf_free(&two);
}

TEST(icons_between_angles_are_named)
{
    assert_named("a <carbon:arrow-up/> <mdi:x/> <https://a.b/> <x:y> <tel:12>\n",
                 "5:4: the icon \"carbon:arrow-up\" is drawn by a script, and is left out\n"
                 "5:23: the icon \"mdi:x\" is drawn by a script, and is left out\n");
    assert_talk("a <carbon:x/> b `<carbon:x/>`\n", "<p>a b <code>&lt;carbon:x/&gt;</code></p>");
}

TEST(a_word_of_decksets_before_a_heading_is_dropped)
{
    assert_talk("## [fit] Wide *words*\n", "<h2>Wide <em>words</em></h2>");
    assert_talk("## a [fit] b\n", "<h2>a [fit] b</h2>");
    assert_talk("[fit] c\n", "<p>[fit] c</p>");
}

TEST(a_fence_of_tildes_in_an_item_is_code)
{
    assert_talk("- a\n\n  ~~~ {.c}\n  int x;\n  ~~~\n", "<li><p>a</p>\n<figure class=\"listing\"");
    assert_woven("# A\n\n1. a\n   ~~~~\n   ~~~ ```` x\n   ~~~~\n\nb\n", "<code>~~~ ```` x</code>");
    assert_woven("# A\n\n> ~~~\n> x\n> ~~~\n\nb\n", "</blockquote>\n<p>b</p>");
}

/* Films and images ---------------------------------------------------------- */

TEST(films_become_part_of_the_page)
{
    put_file("chapters/a.mp4", "x");
    put_file("chapters/a.svg", "<svg/>");
    assert_talk("<video src=\"a.mp4\" controls></video>\n",
                "<video src=\"data:video/mp4;base64,eA==\" controls");
    assert_talk("<video><source data-src=\"a.mp4\"></video>\n",
                "<source src=\"data:video/mp4;base64,eA==\">");
    assert_talk("<img data-src=\"a.svg\">\n", "<img src=\"data:image/svg+xml;base64,");
    assert_talk("<picture><source srcset=\"b.webp\"><img src=\"a.svg\" srcset='b 2x'></picture>\n",
                "<picture><source><img src=\"data:image/svg+xml;base64,PHN2Zy8+\"></picture>");
    assert_named("<video src=\"b.mp4\"></video>\n",
                 "5:13: this film or sound is not there; it is looked for beside the chapter\n");
}

/* TeX ----------------------------------------------------------------------- */

TEST(formulas_with_two_backslashes_are_drawn)
{
    assert_talk("a \\\\( x^2 \\\\) b\n", "a <math display=\"inline\"");
    assert_talk("\\\\[ x^2 \\\\]\n", "<p><math display=\"block\"");
    assert_talk("\\\\[\nx^2\n\\\\]\n", "<p><math display=\"block\"");
    assert_talk("<script type=\"math/tex\">x^2</script>\n", "<math display=\"inline\"");
    assert_talk("a <script type='math/tex;mode=display' >x^2</script>\n",
                "<math display=\"block\"");
    assert_talk("a\n\n\\begin{align}\nx &= y\n\\end{align}\n\nb\n", "<p><math display=\"block\"");
    assert_talk("$$\n\\begin{align}\nx \\\\[2pt]\ny\n\\end{align}\n$$\n",
                "<p><math display=\"block\"");
    assert_talk("`\\\\( x \\\\)` \\\\* y\n", "<code>\\\\( x \\\\)</code>");
}

TEST(environments_below_a_text_are_drawn)
{
    assert_talk("a\n\\begin{align}\nx &= y\n\\end{align}\nb\n",
                "<p>a<br />\n<math display=\"block\"");
    assert_talk("\\begin{align}\n\\begin{split}\nx &= y\n\\end{split}\n\\end{align}\n",
                "<p><math display=\"block\"");
    assert_talk("a\n$$\n\\begin{align}\nx\n\\end{align}\n$$\n", "a<br />\n<math display=\"block\"");
    assert_named("a\n\n\\end{align}\n",
                 "7:1: TeX's \"\\end\" is not read, and shown as it is written\n");
}

TEST(colours_of_formulas_are_drawn)
{
    assert_talk("$\\textcolor{red}{x^2} + y$\n",
                "<mrow style=\"color:red\"><msup><mi>x</mi><mn>2</mn></msup></mrow>");
    assert_talk("${\\color{orange} C}_1$\n", "<mrow style=\"color:orange\"><mi>C</mi></mrow>");
    assert_talk("$$\\require{color}\\definecolor{my}{HTML}{00ff7F}$$\n\n$\\color{my}x$\n",
                "<mrow style=\"color:#00ff7F\"><mi>x</mi></mrow>");
    assert_talk("$\\color[RGB]{1,20,255}x$\n", "<mrow style=\"color:#0114ff\"><mi>x</mi></mrow>");
    assert_talk("$\\color[rgb]{1,0,.5}x$\n", "<mrow style=\"color:#ff0080\"><mi>x</mi></mrow>");
    assert_talk("$\\color{red!50}x$\n", "<mrow style=\"color:red\"><mi>x</mi></mrow>");
    assert_talk("$$\\begin{pmatrix} \\color{red}A & B\\\\C & D\\end{pmatrix}$$\n",
                "<mrow style=\"color:red\"><mi>A</mi></mrow></mtd>");
    assert_talk("$\\left( \\color{red} a<b \\right) c$\n",
                "<mo>&lt;</mo><mi>b</mi></mrow><mo stretchy=\"true\" form=\"postfix\">");
    assert_talk("$\\bbox[#ff0]{x}$\n", "<mrow style=\"background:#ff0\"><mi>x</mi></mrow>");
    assert_talk("$\\colorbox{red}{two words}$\n", "<mrow style=\"background:red\"><mtext");
    assert_talk("$\\fcolorbox{red}{blue}{$x$}$\n",
                "<mrow style=\"background:blue\"><mrow style=\"padding:.1em;border:.1em solid "
                "red\"><mi>x</mi></mrow></mrow>");
    assert_talk("$\\color{a;b}x \\color{red}y$\n", "<mi>x</mi><mrow style=\"color:red\">");
}

TEST(an_element_with_a_formula_has_its_attributes_itself)
{
    assert_talk("a $x$ b <!-- .element: class=\"fragment\" -->\n", "<p class=\"fragment\">a <math");
    assert_talk("$$\\color{red}x$$ <!-- .element: class=\"fragment\" -->\n",
                "<p class=\"fragment\"><math");
}

TEST(a_coloured_formula_is_copied_as_it_was_written)
{
    assert_talk("$\\color{red}a<b$\n",
                "<annotation encoding=\"application/x-tex\">$\\color{red}a&lt;b$</annotation>");
}

TEST(formulas_are_asked_for_in_other_words)
{
    assert_talk("$\\Large x$\n", "<mi>x</mi>");
    assert_talk("$\\class{big}{x} \\R$\n", "<mi>x</mi>");
    assert_talk("$M = \\\\{0,1\\\\} \\R$\n", "form=\"prefix\">{</mo><mn>0</mn>");
    assert_talk("$\\inf\\enspace \\Bigl( x \\Bigr) \\hbox{a}$\n", "<mi>x</mi>");
    assert_talk("$\\ket{\\abs{x}}$\n", "<mo");
    assert_not_woven(TALK "a\n\n$$\\require{color}$$\n", "require");
    assert_named("$\\color{red}x$ $\\color{red$ $\\Large \\foo{x}$\n",
                 "5:30: pandoc does not know all of this formula, and it is shown as it is "
                 "written\n");
}

TEST(braces_in_formulas_may_be_as_deep_as_they_like)
{
    struct buf text = {0};

    buf_adds(&text, TALK "$\\color{red}");
    for (unsigned i = 0; i < 20000; i++)
        buf_addc(&text, '{');
    buf_adds(&text, "$\n\n$\\Large");
    for (unsigned i = 0; i < 500; i++)
        buf_adds(&text, "{\\color{red}");
    buf_fill(&text, '}', 500);
    buf_adds(&text, "x$\n");
    assert_woven(buf_string(&text), "color{red}");
    buf_free(&text);
}

TEST(formulas_that_are_none_are_named)
{
    assert_named("a \\( x^2 \\) b \\(plain\\) and \\[1\\]\n",
                 "5:3: this is no mathematics here, as in HackMD and reveal.js, but a bracket; "
                 "write $ or $$\n");
    assert_named("\\[\nx\n\\]\n",
                 "5:1: this is no mathematics here, as in HackMD and reveal.js, but a bracket; "
                 "write $ or $$\n");
    assert_named("<script type=\"math/tex\">\nx^2\n</script>\n",
                 "5:1: mathematics in a <script> of more than one line is not drawn; write it "
                 "between $$ and $$\n");
}

TEST(what_pandoc_does_not_know_of_a_formula_is_named_at_its_place)
{
    assert_named("$x$ and $a < b \\frob$\n\n$\\ce{H}$\n",
                 "5:10: pandoc does not know all of this formula, and it is shown as it is written "
                 "(and 1 more)\n");
    assert_named("$\\LaTeX$\n", "");
    assert_talk("$\\LaTeX$\n", "<p><span>LaTeX</span></p>");
}

TEST(commands_of_tex_are_named)
{
    assert_named("a\n\n\\vspace{1em}\n\n\\cite{b} `\\cite{c}` C:\\Users{x} \\n \\alpha\n",
                 "7:1: TeX's \"\\vspace\" is left out\n"
                 "9:1: TeX's \"\\cite\" is not read, and shown as it is written\n");
    assert_woven("# A\n\none\n\n\\pause\n\ntwo\n", "<div class=\"fragment\">\n<p>two</p>");
}

TEST(commands_that_html_has_are_drawn)
{
    assert_talk("a \\textbf{b \\emph{c}} d \\textcolor{red}{e} \\texttt{f} \\textsc{g}\n",
                "<p>a <strong>b <em>c</em></strong> d <span style=\"color:red\">e</span> "
                "<code>f</code> <span style=\"font-variant:small-caps\">g</span></p>");
    assert_talk("\\texttt{a \\textbf{b}}\n", "<code>a <strong>b</strong></code>");
    assert_talk("\\textcolor{a;b}{c} `\\textbf{d}`\n", "<p>\\textcolor{a;b}{c} <code>");
    put_file("chapters/a.svg", "<svg/>");
    assert_talk("\\begin{center}\n\\includegraphics[width=1cm]{a.svg}\n\\end{center}\n",
                "src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
    assert_talk("\\small text\n", "<p> text</p>");
    assert_named("\\begin{tabular}{l}\n", "5:1: TeX's \"\\begin\" is not read, and shown as it is "
                                          "written\n");
}

TEST(a_table_that_is_not_read_is_named)
{
    assert_warned("# A\n\none   two\n----- -----\na     b\n\n---\n\n- - -\n",
                  "4:1: a table in the form of pandoc's is not read; write its rows with | between "
                  "the cells\n");
}

/* Neither the stack nor an afternoon is enough for one call a command. */
TEST(a_text_may_have_any_number_of_commands)
{
    struct buf body = {0};

    for (int i = 0; i < 20000; i++)
        buf_addf(&body, "\\small \\cite%c%c{x} <x%d> \\emph{", 'a' + i % 26, 'a' + i / 26 % 26, i);
    buf_adds(&body, "end\n");
    assert_talk(buf_string(&body), "end");
    buf_free(&body);
}

/* Comments ------------------------------------------------------------------ */

TEST(a_comment_as_a_definition_is_shown_to_nobody)
{
    assert_woven("[//]: # ------\n\n# A\n\n[//]: # (x)\n[comment]: <> (y)\n\ntext\n\n[//]: # z\n",
                 "<section class=\"topic\">\n<section id=\"a\" class=\"slide\">");
    assert_not_woven("# A\n\n[//]: # ------\n", "//]");
    assert_woven("# A\n\n```\n[//]: # ------\n```\n", "[//]: # ------");
}

/* Marp ---------------------------------------------------------------------- */

TEST(directives_that_marp_has_not_are_named)
{
    assert_warned(MARP "# A\n\n<!-- animate: true -->\n",
                  "7:6: Marp has no such directive, so this is a note to the speaker\n");
    assert_warned(MARP "# A\n\n<!--\n_class: x\nanimate: true\n-->\n",
                  "9:1: Marp has no such directive, and it is left out\n");
    assert_woven(MARP "# A\n\n<!--\n_class: x\nanimate: true\n-->\n", "class=\"slide front x\"");
    assert_warned(MARP "# A\n\n<!-- Remember: this -->\n\n<!-- say: two words -->\n", "");
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
