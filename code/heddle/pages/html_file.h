/*
 * The files that a book is woven into: index.html for most of it, and one for
 * each column of slides, or single slide, whose heading is marked {.apart}:
 * what few readers want, and all would have to carry. A large book has its
 * slides in index.html and all of its text in book.html.
 *
 * Ids are unique in the whole book. So a chapter links to #id, and where the id
 * went to another file the link does too.
 */
#ifndef HEDDLE_PAGES_HTML_FILE_H
#define HEDDLE_PAGES_HTML_FILE_H

#include "heddle/slides/outline.h"

struct html_file {
    struct span file;          /* "index.html", or the first slide's id with .html */
    const struct slide *first; /* NULL: index.html */
    struct buf slides;         /* finished, links as in the chapters */
    struct buf index;
    struct table ids; /* those that stand in it; keys are in the slides and the index */
};

struct html_files {
    struct arena arena;
    const struct outline *outlines; /* of all chapters */
    size_t outline_count;
    struct html_file *list; /* the first is index.html */
    size_t count;
    struct html_file *book; /* the first, or book.html, which is the second */
    struct table files;     /* id -> struct html_file */
};

void html_files_open(struct html_files *volumes, const struct outline *outlines, size_t count,
                     bool book_apart);
void html_files_close(struct html_files *volumes);

/* The finished slides of one chapter, each to its volume; what stands apart
 * leaves a link where it would have stood. Chapters come in order. */
void html_files_add(struct html_files *volumes, const struct outline *outline, struct span html);

/* Learn which ids stand in a volume's slides and index, after either came. */
void html_file_read_ids(struct html_files *volumes, struct html_file *volume);

/* Of what is in book.html, index.html gets what the deck shows or says. */
void html_files_split_book(struct html_files *volumes);

/* The file that holds an id, or the book's. */
struct span html_files_file(const struct html_files *volumes, struct span id);

/* Append `html` with links that lead from `volume` to where their ids are. */
void html_file_link(const struct html_files *volumes, const struct html_file *volume,
                    struct span html, struct buf *out);

/* Report every #id in slides and indexes that nothing has. `reserved` are ids
 * that each file has of its own. */
void html_files_check_links(const struct html_files *volumes, const struct table *reserved,
                            struct diags *diags);

#endif
