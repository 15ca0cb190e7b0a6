/*
 * Pieces of pages, and the files that they are dealt out to.
 */
#include "check.h"

#include "heddle/pages/html_file.h"

/* Pieces -------------------------------------------------------------------- */

static void add_tree(struct piece *piece, const struct html_node *node)
{
    if (node->kind != HTML_ELEMENT) {
        buf_add(&piece->html, node->markup);
        return;
    }
    piece_add_tag(piece, node, NULL);
    for (const struct html_node *child = node->first; child != NULL; child = child->next)
        add_tree(piece, child);
    piece_add_end(piece, node);
}

static struct piece make_piece(const char *html)
{
    struct arena arena = {0};
    struct piece piece = {0};

    add_tree(&piece, html_read(&arena, span_of(html)));
    arena_free(&arena);
    return piece;
}

static void assert_marks(const struct piece *piece, const char *wanted)
{
    static const char *const kinds[] = {"id", "link", "(", ")"};
    struct buf out = {0};

    for (size_t i = 0; i < piece->count; i++)
        buf_addf(&out, "%s%s%.*s", i > 0 ? " " : "", kinds[piece->marks[i].kind],
                 SPAN_ARG(piece_marked(piece, &piece->marks[i])));
    assert_span(buf_span(&out), wanted);
    buf_free(&out);
}

TEST(ids_and_links_of_tags_are_marked)
{
    struct piece piece = make_piece("<p id=\"a\"><a class=\"x\" href=\"#b\" id=\"c\">d</a>"
                                    "<a href=\"e#f\">g</a><link href=\"#h\"></p>");

    assert_marks(&piece, "ida linkb idc");
    piece_free(&piece);
}

TEST(made_ids_and_links_are_marked)
{
    struct piece piece = {0};

    buf_adds(&piece.html, "<p");
    piece_add_id(&piece, span_of("a"));
    buf_adds(&piece.html, ">");
    piece_add_link(&piece, span_of("b"));
    assert_span(buf_span(&piece.html), "<p id=\"a\"><a href=\"#b\">");
    assert_marks(&piece, "ida linkb");
    piece_free(&piece);
}

TEST(what_is_for_the_book_is_left_out_with_its_marks)
{
    struct piece from = make_piece("<p id=\"a\">1</p><div class=\"book\"><p id=\"b\">2</p>"
                                   "<p class=\"x book\">3</p><p id=\"c\">4</p></div>"
                                   "<p class=\"books\" id=\"d\">5</p><i class=\"book\">6</i>");
    struct piece all = {0}, deck = {0};

    buf_adds(&all.html, "0");
    buf_adds(&deck.html, "0");
    piece_append(&all, &from, PIECE_FOR_BOOK);
    piece_append(&deck, &from, PIECE_FOR_DECK);
    assert_marks(&all, "ida ( idb ( ) idc ) idd ( )");
    assert_span(buf_span(&deck.html), "0<p id=\"a\">1</p><p class=\"books\" id=\"d\">5</p>");
    assert_marks(&deck, "ida idd");
    piece_free(&from);
    piece_free(&all);
    piece_free(&deck);
}

TEST(what_is_for_the_deck_is_left_out_of_the_book)
{
    struct piece from = {0}, book = {0}, deck = {0}, both = {0};

    buf_adds(&from.html, "a");
    piece_mark_deck(&from, true);
    buf_adds(&from.html, "wide");
    piece_mark_deck(&from, false);
    piece_mark_book(&from, true);
    buf_adds(&from.html, "narrow");
    piece_mark_book(&from, false);
    buf_adds(&from.html, "z");
    piece_append(&book, &from, PIECE_FOR_BOOK);
    piece_append(&deck, &from, PIECE_FOR_DECK);
    piece_append(&both, &from, PIECE_FOR_BOTH);
    assert_span(buf_span(&book.html), "anarrowz");
    assert_span(buf_span(&deck.html), "awidez");
    assert_span(buf_span(&both.html), "awidenarrowz");
    piece_free(&from);
    piece_free(&book);
    piece_free(&deck);
    piece_free(&both);
}

/* Files --------------------------------------------------------------------- */

/* A chapter of slides, each with its HTML; what `apart` says stands apart. */
struct deck {
    struct arena arena;
    struct diags diags;
    struct chapter chapter;
    struct outline outline;
    struct table ids;
    struct finished slides[8], *by_chapter[1];
    struct html_files files;
};

static void open_deck(struct deck *deck, const char *markdown, const char *const html[],
                      bool book_apart)
{
    const struct piece none = {0};

    *deck = (struct deck){0};
    assert_true(
        markdown_read(&deck->chapter, &deck->arena, "a.md", span_of(markdown), &deck->diags));
    outline_read(&deck->outline, &deck->chapter, &deck->arena, &deck->ids, &deck->diags);
    deck->by_chapter[0] = deck->slides;
    for (size_t i = 0; i < deck->outline.count; i++) {
        deck->slides[i].html = make_piece(html[i]);
        buf_add(&deck->slides[i].title, deck->outline.slides[i].title);
    }
    html_files_open(&deck->files, &deck->outline, deck->by_chapter, 1, book_apart, &none);
    for (size_t i = 0; i < deck->files.count; i++)
        html_file_read_ids(&deck->files, &deck->files.list[deck->files.count - 1 - i]);
}

static void close_deck(struct deck *deck)
{
    html_files_close(&deck->files);
    finish_free(deck->slides, deck->outline.count);
    table_free(&deck->ids);
    diag_free(&deck->diags);
    arena_free(&deck->arena);
}

static void assert_file(const struct deck *deck, size_t at, const char *name, const char *html)
{
    const struct html_file *file = &deck->files.list[at];
    struct buf out = {0};

    assert_span(file->name, name);
    html_file_link(&deck->files, file, &file->slides, &out);
    assert_span(buf_span(&out), html);
    buf_free(&out);
}

TEST(a_slide_apart_is_a_file_and_leaves_a_link)
{
    static const char *const html[] = {"<a href=\"#b\">1</a>",
                                       "<i id=\"b\"></i><a href=\"#c\">2</a>",
                                       "<i id=\"c\"></i><a href=\"#b\">3</a>"};
    struct deck deck;

    open_deck(&deck, "# A\n\n## B {#b/b .apart}\n\n## C {#c}\n", html, false);
    assert_int_equal(deck.files.count, 2);
    assert_file(&deck, 0, "index.html",
                "<section class=\"topic\">\n<a href=\"b-b.html#b\">1</a>"
                "<div class=\"elsewhere\"><h2><a href=\"#b/b\">B</a></h2>\n"
                "<p>This part has a page of its own.</p></div>\n"
                "<i id=\"c\"></i><a href=\"b-b.html#b\">3</a></section>\n");
    assert_file(&deck, 1, "b-b.html",
                "<section class=\"topic\">\n<i id=\"b\"></i><a href=\"index.html#c\">2</a>"
                "</section>\n");
    close_deck(&deck);
}

TEST(a_column_apart_takes_its_slides_along)
{
    static const char *const html[] = {"1", "2", "3", "4"};
    struct deck deck;

    open_deck(&deck, "# A\n\n# B {.apart}\n\n## C\n\n# D\n", html, false);
    assert_file(&deck, 1, "b.html", "<section class=\"topic\">\n23</section>\n");
    assert_file(&deck, 0, "index.html",
                "<section class=\"topic\">\n1</section>\n<div class=\"elsewhere\"><h1><a "
                "href=\"#b\">B</a></h1>\n<p>This part has a page of its own.</p></div>\n"
                "<section class=\"topic\">\n4</section>\n");
    close_deck(&deck);
}

TEST(the_deck_links_to_what_only_the_book_has)
{
    static const char *const html[] = {"<a href=\"#x\">1</a><p class=\"book\" id=\"x\">2</p>"
                                       "<i id=\"y\"></i><a href=\"#y\">3</a>"};
    struct deck deck;

    open_deck(&deck, "# A\n", html, true);
    assert_file(&deck, 0, "index.html",
                "<section class=\"topic\">\n<a href=\"book.html#x\">1</a>"
                "<i id=\"y\"></i><a href=\"#y\">3</a></section>\n");
    assert_span(html_files_name(&deck.files, span_of("x")), "book.html");
    assert_span(html_files_name(&deck.files, span_of("gone")), "book.html");
    close_deck(&deck);
}

TEST(a_link_in_percents_finds_its_id)
{
    static const char *const html[] = {"<a href=\"#%C3%A4\">1</a><a href=\"#%c3%a4\">2</a>",
                                       "<i id=\"\xc3\xa4\"></i>"};
    struct deck deck;
    const struct table none = {0};

    open_deck(&deck, "# A\n\n# B {.apart}\n", html, false);
    assert_file(&deck, 0, "index.html",
                "<section class=\"topic\">\n<a href=\"b.html#%C3%A4\">1</a><a "
                "href=\"b.html#%c3%a4\">2</a></section>\n<div class=\"elsewhere\"><h1><a "
                "href=\"#b\">B</a></h1>\n<p>This part has a page of its own.</p></div>\n");
    deck.diags.errors = 0;
    html_files_check_links(&deck.files, &none, DIAG_ERROR, &deck.diags);
    assert_int_equal(deck.diags.errors, 1); /* #b: no HTML here says it */
    close_deck(&deck);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
