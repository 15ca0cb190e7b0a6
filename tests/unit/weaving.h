/*
 * Books from strings, woven in a folder of their own: the page as text, and what
 * was said about it.
 */
#ifndef HEDDLE_TESTS_WEAVING_H
#define HEDDLE_TESTS_WEAVING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/web/load.h"
#include "heddle/disk/file.h"
#include "heddle/pages/weave.h"
#include "folder.h"

/* The templates show what they are given, and pack one small file. */
static inline int enter_folder(void **state)
{
    assert_int_equal(folder_enter(state), 0);
    put_file("deck/template.html",
             "{{title}}\n{{contents}}\n{{slides}}\n{{index}}\n{{gzip small}}\n");
    put_file("deck/reveal.html", "[reveal]");
    put_file("deck/source.html", "{{title}} {{book}}\n{{lines}}");
    put_file("modules/small", "small");
    return 0;
}

struct woven {
    bool good, system_failed;
    struct buf page, messages, warnings;
};

static inline void read_page(struct buf *page, const char *path)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    assert_true(file_read(&arena, path, &text, &diags));
    buf_add(page, text);
    buf_string(page);
    arena_free(&arena);
}

/* Weave one chapter into the folder `out`. */
static inline void weave_into(struct woven *woven, const char *out, const char *chapter)
{
    const struct weave_options options = {.deck_dir = "deck",
                                          .modules_dir = "modules",
                                          .out_dir = out,
                                          .cache_dir = "kept",
                                          .explored = "explored",
                                          .title = "T",
                                          .jobs = 2,
                                          .book_apart = strstr(chapter, "apart: book") != NULL};
    struct web web = {0};
    struct diags diags = {0};
    struct buf path = {0};

    *woven = (struct woven){0};
    put_file("chapters/10-a.md", chapter);
    assert_true(web_load(&web, NULL, 0, &diags));
    woven->good = weave_book(&web, &options, &diags);
    woven->system_failed = diags.system_failed;
    for (size_t i = 0; i < diags.count; i++)
        buf_addf(diags.list[i].level == DIAG_WARNING ? &woven->warnings : &woven->messages,
                 "%u:%u: %s\n", diags.list[i].place.line, diags.list[i].place.column,
                 diags.list[i].message);
    buf_string(&woven->messages);
    buf_string(&woven->warnings);
    buf_addf(&path, "%s/index.html", out);
    if (woven->good)
        read_page(&woven->page, buf_string(&path));
    buf_free(&path);
    web_free(&web);
    diag_free(&diags);
}

static inline void weave(struct woven *woven, const char *chapter)
{
    weave_into(woven, "out", chapter);
}

static inline void forget(struct woven *woven)
{
    buf_free(&woven->page);
    buf_free(&woven->messages);
    buf_free(&woven->warnings);
}

static inline void assert_page_has(const struct woven *woven, const char *text)
{
    if (!woven->good || strstr(woven->page.ptr, text) == NULL)
        fail_msg("no \"%s\" in\n%s%s", text, woven->page.ptr, woven->messages.ptr);
}

static inline void assert_page_lacks(const struct woven *woven, const char *text)
{
    assert_true(woven->good);
    if (strstr(woven->page.ptr, text) != NULL)
        fail_msg("\"%s\" is in\n%s", text, woven->page.ptr);
}

static inline void assert_woven(const char *chapter, const char *text)
{
    struct woven woven;

    weave(&woven, chapter);
    assert_page_has(&woven, text);
    forget(&woven);
}

static inline void assert_not_woven(const char *chapter, const char *text)
{
    struct woven woven;

    weave(&woven, chapter);
    assert_page_lacks(&woven, text);
    forget(&woven);
}

static inline void assert_warned(const char *chapter, const char *warnings)
{
    struct woven woven;

    weave(&woven, chapter);
    assert_true(woven.good);
    assert_string_equal(woven.warnings.ptr, warnings);
    forget(&woven);
}

static inline void assert_refused(const char *chapter, const char *messages)
{
    struct woven woven;

    weave(&woven, chapter);
    assert_false(woven.good);
    assert_string_equal(woven.messages.ptr, messages);
    forget(&woven);
}

#endif
