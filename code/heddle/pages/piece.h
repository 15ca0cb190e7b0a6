/*
 * A piece of a page: HTML, and where in it ids and links stand. Which file each
 * piece goes to, and so where its links lead, is known only when all are there:
 * it is what an object file is to a linker.
 */
#ifndef HEDDLE_PAGES_PIECE_H
#define HEDDLE_PAGES_PIECE_H

#include "heddle/base/html.h"
#include "heddle/report/source.h"

enum mark_kind {
    MARK_ID,   /* an id's letters */
    MARK_LINK, /* those of a link's #id, behind the # */
    MARK_BOOK, /* a place where something begins that the deck has no use for */
    MARK_BOOK_END,
    MARK_DECK, /* and one that a book beside a deck has none for */
    MARK_DECK_END
};

struct mark {
    enum mark_kind kind;
    size_t at, len;              /* in the piece's HTML */
    const struct source *source; /* of a link that an author wrote; else NULL */
    struct span origin;          /* what it comes from there */
};

struct piece {
    struct buf html;
    struct mark *marks; /* in order */
    size_t count, cap;
};

void piece_free(struct piece *piece);

/* The opening tag of an element. Its marks are what its attributes say, and
 * class="book"; `source` is where its origin lies. */
void piece_add_tag(struct piece *piece, const struct html_node *node, const struct source *source);
void piece_add_end(struct piece *piece, const struct html_node *node);

/* <a href="#ID"> */
void piece_add_link(struct piece *piece, struct span id);

/* id="ID", with a blank before it. */
void piece_add_id(struct piece *piece, struct span id);

/* From here on, or no longer, the deck has no use for it; or the book has none. */
void piece_mark_book(struct piece *piece, bool begins);
void piece_mark_deck(struct piece *piece, bool begins);

enum piece_for { PIECE_FOR_BOTH, PIECE_FOR_BOOK, PIECE_FOR_DECK };

/* Append all of `from`, or without what is for the other alone. */
void piece_append(struct piece *piece, const struct piece *from, enum piece_for reader);

/* The letters that a mark is about. */
struct span piece_marked(const struct piece *piece, const struct mark *mark);

#endif
