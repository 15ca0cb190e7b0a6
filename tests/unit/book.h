/*
 * A book from strings: chapters read, web built, and one line to say so.
 */
#ifndef HEDDLE_TESTS_BOOK_H
#define HEDDLE_TESTS_BOOK_H

#include "check.h"

#include "heddle/tangle/tangle.h"
#include "heddle/web/build.h"

enum { BOOK_MOST = 8 };

struct book {
    struct web web;
    struct diags diags;
    struct chapter chapters[BOOK_MOST];
    bool read; /* every chapter could be read */
    bool good; /* and they make a web */
};

/* `texts` ends with NULL; chapter i is called chapters/i.md. */
static inline void book_make(struct book *book, const char *const texts[])
{
    static const char *const paths[BOOK_MOST] = {
        "chapters/0.md", "chapters/1.md", "chapters/2.md", "chapters/3.md",
        "chapters/4.md", "chapters/5.md", "chapters/6.md", "chapters/7.md",
    };

    *book = (struct book){.read = true};
    book->web.chapters = book->chapters;
    for (size_t i = 0; texts[i] != NULL && i < BOOK_MOST; i++) {
        book->web.chapter_count++;
        if (!markdown_read(&book->chapters[i], &book->web.arena, paths[i], span_of(texts[i]),
                           &book->diags))
            book->read = false;
    }
    book->good = web_build(&book->web, &book->diags) && book->read;
}

/* One chapter. */
static inline void book_make_one(struct book *book, const char *text)
{
    const char *const texts[] = {text, NULL};

    book_make(book, texts);
}

static inline void book_free(struct book *book)
{
    web_free(&book->web);
    diag_free(&book->diags);
}

static inline struct chunk *book_chunk(const struct book *book, const char *name)
{
    return table_get(&book->web.names, span_of(name));
}

static inline struct target *book_target(const struct book *book, const char *path)
{
    return table_get(&book->web.paths, span_of(path));
}

/* The i-th error (not counting warnings and notes), or NULL. */
static inline const struct diag *book_error(const struct book *book, size_t i)
{
    for (size_t at = 0; at < book->diags.count; at++)
        if (book->diags.list[at].level == DIAG_ERROR && i-- == 0)
            return &book->diags.list[at];
    return NULL;
}

#define assert_error_at(book, i, at_line, at_column) \
    do { \
        const struct diag *error_ = book_error((book), (i)); \
        assert_non_null(error_); \
        assert_int_equal(error_->place.line, (at_line)); \
        assert_int_equal(error_->place.column, (at_column)); \
    } while (0)

#endif
