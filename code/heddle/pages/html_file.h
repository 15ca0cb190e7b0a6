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

#include "heddle/base/table.h"
#include "heddle/pages/finish.h"

struct html_file {
    struct span name;               /* "index.html", or the first slide's id with .html */
    const struct slide *first;      /* NULL: index.html or book.html */
    const struct finished *content; /* of the first; NULL likewise */
    struct piece slides;            /* links as in the chapters */
    struct piece index;
    struct table ids; /* those that stand in it; keys are in the slides and the index */
};

struct html_files {
    struct arena arena;
    struct html_file *list; /* the first is index.html */
    size_t count;
    struct html_file *book; /* the first, or book.html, which is the second */
    struct table by_id;     /* id -> struct html_file */
};

/* The front, then the chapters' slides, [chapter][slide], each to its file; what
 * stands apart leaves a link where it would have stood, and of book.html
 * index.html gets what the deck shows or says. Outlines and slides must outlive
 * the files. */
void html_files_open(struct html_files *files, const struct outline *outlines,
                     struct finished *const *slides, size_t count, bool book_apart,
                     const struct piece *front);
void html_files_close(struct html_files *files);

/* Learn which ids stand in a file's slides and index, after either came. */
void html_file_read_ids(struct html_files *files, struct html_file *file);

/* The name of the file that holds an id, or the book's. */
struct span html_files_name(const struct html_files *files, struct span id);

/* Append a piece with links that lead from `file` to where their ids are. */
void html_file_link(const struct html_files *files, const struct html_file *file,
                    const struct piece *piece, struct buf *out);

/* Report every link to an id that nothing has, where the chapter says it.
 * `reserved` are ids that each file has of its own. */
void html_files_check_links(const struct html_files *files, const struct table *reserved,
                            enum diag_level level, struct diags *diags);

#endif
