/*
 * HTML as a tree: what is read is written again, and changes where it is changed.
 */
#include "check.h"

#include "heddle/base/html_packed.h"

struct tree {
    struct arena arena;
    struct html_node *root;
};

static struct html_node *grow(struct tree *tree, const char *html)
{
    *tree = (struct tree){0};
    return tree->root = html_read(&tree->arena, span_of(html));
}

static void assert_html_is(const struct html_node *node, const char *html)
{
    struct buf out = {0};

    html_add(&out, node);
    assert_span(buf_span(&out), html);
    buf_free(&out);
}

static void assert_read_as(const char *html, const char *wanted)
{
    struct tree tree;

    assert_html_is(grow(&tree, html), wanted);
    arena_free(&tree.arena);
}

static void assert_kept(const char *html)
{
    assert_read_as(html, html);
}

TEST(what_is_not_changed_keeps_its_bytes)
{
    assert_kept("");
    assert_kept("text");
    assert_kept("<p>a &amp; b &#39;c&#39; &nbsp;<b>d</b>\n</p>\n<!-- e -->\n");
    assert_kept("<a  HREF='#x' title=\"a &quot;b&quot;\" hidden>c</A>");
    assert_kept("<ul>\n<li><p>a</p></li>\n<li>b</li>\n</ul>");
    assert_kept("<img src=\"a.png\" alt=\"x\" />b<br>c<br />d<hr/>");
    assert_kept(
        "<math display=\"inline\"><mi>x</mi><mo>&lt;</mo></math><svg><path d=\"M0 0\"/></svg>");
    assert_kept("<section id=\"a\"><h1>A</h1>\n<section>b</section>\n</section>");
    assert_kept("<script>if (a < b && c) d('</b>');</script><style>a > b { }</style>");
    assert_kept("\xe5\xad\x97 <x-y>\xf0\x9f\x98\x80</x-y>");
    assert_kept("<pre><code>a\n  b\n</code></pre>");
    assert_kept("<!--> a <!-- b --!> c <?x?> <!y>");
}

TEST(a_comment_that_nothing_closes_is_closed)
{
    assert_read_as("<p>a</p><!-- b > c", "<p>a</p><!-- b > c-->");
    assert_read_as("<p>a</p><?x", "<p>a</p><?x>");
}

/* An attribute's value may hold what a search for tags would take for one. */
TEST(a_value_may_hold_tags)
{
    struct tree tree;
    struct html_node *link;

    assert_kept("<p title=\"a > b <i>\">c</p>");
    link = grow(&tree, "<a title=\"<a href='#no'>\" href=\"#x&amp;y\">b</a>")->first;
    assert_span(html_attr(link, "href")->value, "#x&y");
    assert_span(html_attr(link, "href")->written, "#x&amp;y");
    assert_null(html_attr(link, "id"));
    arena_free(&tree.arena);
}

TEST(what_was_left_open_is_closed)
{
    assert_read_as("<p>a<p>b", "<p>a</p><p>b</p>");
    assert_read_as("<section><div>a</section>b", "<section><div>a</div></section>b");
    assert_read_as("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    assert_read_as("a</section>b &amp; c", "ab &amp; c");
    assert_read_as("a < b", "a &lt; b");
    assert_read_as("<table><tr><td>a</td></tr></table>", "<table><tr><td>a</td></tr></table>");
}

/* A browser takes such a slash for nothing, outside of SVG and MathML: so would all behind it be swallowed. */
TEST(a_slash_ends_no_element_of_html)
{
    assert_kept("<p><button on/>x</button></p>");
    assert_read_as("<p><span class=\"a\"/>b</p>c", "<p><span class=\"a\"/>b</span></p>c");
    assert_read_as("<p><i/>b</p>c", "<p><i/>b</i></p><i/>c</i>");
    assert_read_as("<section><div/>a</section>b", "<section><div/>a</div></section>b");
    assert_kept("<svg><path/><a href=\"b\"/>c</svg>d");
    assert_kept("<svg><a href=b/>c</a></svg>d");
    assert_kept("<math><mi/>a</math>b");
}

/* The first line's end behind such a tag is none of the text: whoever means one writes two. */
TEST(an_empty_line_at_the_top_of_a_listing_stays)
{
    assert_kept("<pre>\n\n  a\n</pre>");
    assert_kept("<pre>\n\n</pre>");
    assert_kept("<pre>\n\n<b>a</b></pre>");
    assert_kept("<textarea>\n\na</textarea>");
    assert_kept("<div>\n\na</div>");
    assert_kept("<pre><code>\n\na</code></pre>");
    assert_read_as("<pre>\na</pre>", "<pre>a</pre>");
    assert_read_as("<pre></p>\na</pre>", "<pre>\n\na</pre>");
    assert_read_as("<pre></p>\n<b>a</b></pre>", "<pre>\n\n<b>a</b></pre>");
    assert_read_as("<pre><br>\na</pre>", "<pre><br>\na</pre>");
    assert_read_as("<pre>\r\n\r\na</pre>", "<pre>\n\na</pre>");
    assert_read_as("<pre>\n\r\na</pre>", "<pre>\n\na</pre>");
    assert_kept("<pre>\n\ra</pre>");
    assert_read_as("<pre>\n\na</i>b</pre>", "<pre>\n\nab</pre>");
}

TEST(what_ends_in_the_wrong_order_is_mended)
{
    assert_read_as("<b><i>a</b>c</i>", "<b><i>a</i></b><i>c</i>");
}

TEST(a_control_character_is_replaced)
{
    assert_read_as("<b>\x1b[1m</b>\t\r\n", "<b>\xef\xbf\xbd[1m</b>\t\r\n");
}

TEST(classes_are_whole_words)
{
    struct tree tree;
    struct html_node *node = grow(&tree, "<p class=\"ab  c\nde\">x</p>")->first;

    assert_true(html_has_class(node, "ab"));
    assert_true(html_has_class(node, "c"));
    assert_true(html_has_class(node, "de"));
    assert_false(html_has_class(node, "a"));
    assert_false(html_has_class(node, "d"));
    assert_false(html_has_class(node, ""));
    assert_false(html_has_class(node->first, "ab"));
    arena_free(&tree.arena);
}

TEST(names_are_in_lower_case_whoever_wrote_them)
{
    struct tree tree;
    struct html_node *node = grow(&tree, "<DIV ID=x></DIV><X-Y></X-Y>text")->first;

    assert_true(html_is(node, "div"));
    assert_span(html_attr(node, "id")->value, "x");
    assert_true(html_is(node->next, "x-y"));
    assert_false(html_is(node->next->next, "text"));
    arena_free(&tree.arena);
}

TEST(an_attribute_may_have_no_value)
{
    struct tree tree;
    struct html_node *node = grow(&tree, "<a href id=>b</a>")->first;

    assert_span(html_attr(node, "href")->value, "");
    assert_span(html_attr(node, "id")->value, "");
    html_set(node, "id", span_of("x"), &tree.arena);
    assert_html_is(node, "<a href=\"\" id=\"x\">b</a>");
    arena_free(&tree.arena);
}

TEST(a_changed_value_leaves_the_others_alone)
{
    struct tree tree;
    struct html_node *node = grow(&tree, "<a href=\"#x\" title=\"&quot;\">b</a>")->first;

    html_set(node, "href", span_of("a?b&c=\"d\""), &tree.arena);
    html_set(node, "class", span_of(""), &tree.arena);
    assert_html_is(node, "<a href=\"a?b&amp;c=&quot;d&quot;\" title=\"&quot;\" class=\"\">b</a>");
    assert_span(html_attr(node, "href")->value, "a?b&c=\"d\"");
    assert_ptr_equal(html_attr(node, "title")->written.ptr,
                     strstr(node->markup.ptr, "&quot;\" class"));
    html_unset(node, "href", &tree.arena);
    html_unset(node, "gone", &tree.arena);
    assert_html_is(node, "<a title=\"&quot;\" class=\"\">b</a>");
    arena_free(&tree.arena);
}

TEST(a_tag_that_closes_itself_still_does)
{
    struct tree tree;
    struct html_node *node = grow(&tree, "<img src=\"x\" />")->first;

    html_set(node, "src", span_of("y"), &tree.arena);
    assert_html_is(node, "<img src=\"y\" />");
    arena_free(&tree.arena);
}

TEST(nodes_come_and_go)
{
    struct tree tree;
    struct html_node *root = grow(&tree, "a<b>c</b>d"), *mark;

    html_remove(root->first);
    mark = html_new_element(&tree.arena, "mark");
    html_insert(mark, html_new_text(&tree.arena, span_of("&lt;")), NULL);
    html_insert(root, mark, root->first);
    assert_html_is(root, "<mark>&lt;</mark><b>c</b>d");
    html_remove(root->last);
    html_remove(mark);
    html_insert(root, mark, NULL);
    assert_html_is(root, "<b>c</b><mark>&lt;</mark>");
    html_remove(root->first);
    html_remove(root->first);
    assert_html_is(root, "");
    arena_free(&tree.arena);
}

TEST(the_text_alone_keeps_its_entities)
{
    struct tree tree;
    struct buf out = {0};

    html_add_text(&out, grow(&tree, "a <b>&lt;</b><!-- c --><i>d <code>e</code></i>"));
    assert_span(buf_span(&out), "a &lt;d e");
    buf_free(&out);
    arena_free(&tree.arena);
}

/* Whoever walks the tree does so without a limit of his own. */
TEST(what_is_too_deep_stands_side_by_side)
{
    struct tree tree;
    struct buf html = {0}, out = {0};
    unsigned depth = 0;

    for (unsigned i = 0; i < 2000; i++)
        buf_adds(&html, "<div>");
    buf_adds(&html, "x");
    for (const struct html_node *node = grow(&tree, buf_string(&html)); node != NULL;
         node = node->last)
        depth++;
    assert_in_range(depth, 2, HTML_DEEPEST + 1);
    html_add_text(&out, tree.root);
    assert_span(buf_span(&out), "x");
    buf_free(&html);
    buf_free(&out);
    arena_free(&tree.arena);
}

/* Packing ------------------------------------------------------------------- */

static void assert_attrs_equal(const struct html_node *a, const struct html_node *b)
{
    assert_int_equal(a->attr_count, b->attr_count);
    for (size_t i = 0; i < a->attr_count; i++) {
        assert_true(span_equal(a->attrs[i].name, b->attrs[i].name));
        assert_true(span_equal(a->attrs[i].value, b->attrs[i].value));
        assert_true(span_equal(a->attrs[i].written, b->attrs[i].written));
        if (a->attrs[i].written.len > 0)
            assert_int_equal(a->attrs[i].written.ptr - a->markup.ptr,
                             b->attrs[i].written.ptr - b->markup.ptr);
    }
}

static void assert_nodes_equal(const struct html_node *a, const struct html_node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_true(span_equal(a->name, b->name));
    assert_true(span_equal(a->markup, b->markup));
    assert_true(span_equal(a->end, b->end));
    assert_attrs_equal(a, b);
    for (a = a->first, b = b->first; a != NULL && b != NULL; a = a->next, b = b->next)
        assert_nodes_equal(a, b);
    assert_true(a == NULL && b == NULL);
}

TEST(what_is_packed_is_the_same_tree)
{
    static const char *const texts[] = {
        "",
        "text &amp; <b>more</b><br>",
        "<p>open <i class=\"a b\" title='&lt;x>' hidden id=c>x<p>next</i>",
        "<!-- c --><table><td>a<td colspan=2>b</table></p>",
        "<script>if (a < b)</script><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>",
    };
    struct buf packed = {0}, large = {0};

    buf_adds(&large, "<p title=\"");
    buf_fill(&large, 'x', 100000);
    buf_adds(&large, "\">y");
    for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
        bool last = i == sizeof texts / sizeof *texts;
        struct tree tree;

        packed.len = 0;
        html_pack(grow(&tree, last ? buf_string(&large) : texts[i]), &packed);
        assert_nodes_equal(tree.root, html_unpack(&tree.arena, buf_span(&packed)));
        arena_free(&tree.arena);
    }
    buf_free(&packed);
    buf_free(&large);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
