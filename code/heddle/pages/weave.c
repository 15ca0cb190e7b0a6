#include "heddle/pages/weave.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/disk/cache.h"
#include "heddle/pages/drawing.h"
#include "heddle/pages/figure_block.h"
#include "heddle/pages/formula.h"
#include "heddle/pages/links.h"
#include "heddle/pages/pandoc.h"
#include "heddle/pages/play.h"
#include "heddle/pages/site.h"
#include "heddle/read/container.h"
#include "heddle/read/front_matter.h"
#include "heddle/slides/alert_html.h"
#include "heddle/slides/divs_html.h"
#include "heddle/slides/hackmd_html.h"
#include "heddle/slides/line_steps.h"
#include "heddle/slides/marp_html.h"
#include "heddle/slides/raw_html.h"
#include "heddle/slides/rewrite.h"
#include "heddle/slides/tex_html.h"
#include "heddle/slides/type_size.h"
#include "heddle/system/crew.h"
#include "heddle/web/title.h"

/* HackMD's Markdown without what turns code into something else: "--help" stays
 * two hyphens, "x^2" and "$HOME" stay as they are, :smile: too. */
#define READER \
    "commonmark_x-smart-emoji-subscript-superscript-tex_math_dollars" \
    "-gfm_auto_identifiers-implicit_header_references+east_asian_line_breaks"

/* Slides of pandoc's are read nearer to its own Markdown: what is taken away is not given
 * back by a later plus. */
#define PANDOC_READER \
    "commonmark_x-emoji-gfm_auto_identifiers-implicit_header_references+east_asian_line_breaks"

/* A talk is read as HackMD reads it: with dashes, quotes, emoji and formulas, and
 * each line end a line's end, but for reveal.js's own (breaks_lines). Super-
 * and subscripts are hackmd.h's, for pandoc's may hold blanks. */
#define TALK_READER \
    "commonmark_x-subscript-superscript-gfm_auto_identifiers" \
    "-implicit_header_references+autolink_bare_uris+east_asian_line_breaks"

/* One chapter's way through pandoc, on any thread: nothing of it is shared. */
struct job {
    struct outline outline;
    const struct listings *listings;
    struct finished *slides; /* by outline.slides; NULL: pandoc failed */
    const char *cache_dir;
    struct arena arena;
    struct diags diags;
};

struct weave {
    const struct web *web;
    const struct weave_options *options;
    struct diags *diags;
    struct arena arena;
    struct outline *outlines;
    struct listings listings;
    struct job *jobs;
    struct table ids;
};

/* Slides -------------------------------------------------------------------- */

static bool is_for_slides(const struct block *block)
{
    if (block->kind == BLOCK_DIV_OPEN)
        return outline_div_is(block, "notes") || outline_div_is(block, "slide") ||
               block->edge != NULL;
    return block->kind == BLOCK_CODE && attr_get(&block->attrs, "steps") != NULL;
}

/* A line ". . .", which pandoc has in slides alone. */
static bool has_pause(const struct chapter *chapter)
{
    return span_find(&(struct span){chapter->source.text.ptr, chapter->source.text.len},
                     "\n. . .\n", &(struct span){0}) ||
           span_find(&(struct span){chapter->source.text.ptr, chapter->source.text.len},
                     "\n\\pause\n", &(struct span){0});
}

enum { HEADINGS_LEAST = 5, LINES_MEAN = 9, LINES_MOST = 30 };

/* What stands below a chapter's headings. */
struct below {
    unsigned headings, lines, most, items, now;
    bool tangles;
};

static void count_block(struct below *below, const struct block *block)
{
    below->tangles = below->tangles || attr_get(&block->attrs, "file") != NULL ||
                     attr_get(&block->attrs, "of") != NULL || block->attrs.id.len > 0;
    if (block->kind != BLOCK_HEADING)
        return;
    below->headings++;
    below->now = 0;
}

static void count_line(struct below *below, struct span line)
{
    if (span_trim(line).len == 0)
        return;
    below->lines++;
    below->now++;
    below->most = below->now > below->most ? below->now : below->most;
    below->items += container_list_mark(span_trim(line)) > 0;
}

/* A talk for pandoc that says nothing of slides: somebody's, with a title, and below each of
 * its headings a few lines, half of them items of a list. */
static bool reads_as_slides(const struct chapter *chapter)
{
    struct span front = chapter->front_matter;
    struct below below = {0};
    size_t block = 0;

    if (chapter->title.len == 0 &&
        (front_matter_value(front, "title").len == 0 || !front_matter_has(front, "author")))
        return false;
    for (unsigned line = chapter->body_line; line <= chapter->source.line_count; line++) {
        while (block < chapter->block_count && chapter->blocks[block].line <= line)
            count_block(&below, &chapter->blocks[block++]);
        count_line(&below, source_line(&chapter->source, line));
    }
    return !below.tangles && below.headings >= HEADINGS_LEAST && below.most <= LINES_MOST &&
           below.lines <= LINES_MEAN * below.headings &&
           2 * below.items >= below.lines - below.headings;
}

/* Columns, which pandoc has in slides. */
static bool has_columns(const struct chapter *chapter)
{
    for (size_t i = 0; i < chapter->block_count; i++)
        if (chapter->blocks[i].kind == BLOCK_DIV_OPEN &&
            outline_div_is(&chapter->blocks[i], "columns"))
            return true;
    return false;
}

static bool has_slides(const struct chapter *chapter)
{
    bool has = chapter->is_talk || has_pause(chapter);

    for (size_t i = 0; !has && i < chapter->block_count; i++)
        has = is_for_slides(&chapter->blocks[i]);
    return has;
}

/* Quarto's and R Markdown's `format: revealjs`, in whatever form, and what pandoc knows of slides
 * alone. */
static bool says_slides(struct span front_matter)
{
    static const char *const words[] = {"revealjs", "beamer", "ioslides", "slidy", "xaringan"};
    static const char *const keys[] = {"aspectratio", "slide-level", "slide_level",
                                       "colortheme",  "fonttheme",   "innertheme",
                                       "outertheme",  "institute",   "titlegraphic"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_find(&(struct span){front_matter.ptr, front_matter.len}, words[i],
                      &(struct span){0}))
            return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (front_matter_has(front_matter, keys[i]))
            return true;
    return false;
}

/* Slides of its writers, which have formulas and dashes. */
static bool is_of_pandoc(const struct chapter *chapter)
{
    return says_slides(chapter->front_matter) || has_pause(chapter) || reads_as_slides(chapter) ||
           (has_columns(chapter) && front_matter_has(chapter->front_matter, "author"));
}

enum weave_slides weave_slides_of(const struct web *web)
{
    struct span asked = web_front_value(web, "slides");

    if (span_is(asked, "strict"))
        return WEAVE_STRICT;
    if (span_is(asked, "no") || span_is(asked, "false"))
        return WEAVE_NO_SLIDES;
    if (web->chapter_count == 1 && asked.len == 0 &&
        (has_columns(&web->chapters[0]) || reads_as_slides(&web->chapters[0])))
        return WEAVE_SLIDES;
    for (size_t i = 0; i < web->chapter_count; i++)
        if (says_slides(web->chapters[i].front_matter) || span_is(asked, "yes") ||
            span_is(asked, "true") || has_slides(&web->chapters[i]))
            return WEAVE_SLIDES;
    return WEAVE_NO_SLIDES;
}

/* A talk begins with a slide of its own, and its outline is the author's. */
static bool has_front(const struct weave *weave)
{
    for (size_t i = 0; i < weave->web->chapter_count; i++)
        if (weave->web->chapters[i].is_talk)
            return false;
    return true;
}

/* Ids that the template and the front slides have. */
static void reserve_ids(struct weave *weave)
{
    static struct place page = {0};
    static const char *const ids[] = {"contents",  "main",   "deck", "index",   "reveal-css",
                                      "reveal-js", "search", "keys", "speaker", "packed"};

    if (has_front(weave)) {
        *table_put(&weave->ids, span_of("title")) = &page;
        *table_put(&weave->ids, span_of("outline")) = &page;
    }
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        *table_put(&weave->ids, span_of(ids[i])) = &page;
}

static void read_outlines(struct weave *weave)
{
    size_t count = weave->web->chapter_count;

    weave->outlines = arena_array(&weave->arena, count, sizeof *weave->outlines);
    for (size_t i = 0; i < count; i++) {
        outline_read(&weave->outlines[i], &weave->web->chapters[i], &weave->arena, &weave->ids,
                     weave->diags);
        weave->outlines[i].heights =
            figure_block_heights(weave->web, &weave->web->chapters[i], &weave->arena, weave->diags);
        weave->outlines[i].drawings =
            drawing_make(&weave->web->chapters[i], weave->options, &weave->arena, weave->diags);
        weave->outlines[i].html_drawings =
            drawing_make_html(&weave->web->chapters[i], weave->options, &weave->arena,
                              weave->diags);
        if (weave->options->slides != WEAVE_NO_SLIDES)
            type_size_set(&weave->outlines[i], weave->options->slides == WEAVE_STRICT,
                          weave->diags);
        line_steps_check(&weave->web->chapters[i], weave->diags);
        raw_html_check(&weave->web->chapters[i], weave->diags);
    }
}

/* Pandoc -------------------------------------------------------------------- */

/* A talk of reveal.js or reveal-md, by what only these say. */
static bool is_of_reveal(const struct chapter *chapter)
{
    static const char *const keys[] = {"revealOptions", "separator", "verticalSeparator",
                                       "highlightTheme"};
    const struct talk_settings *beside = &chapter->options.settings;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (front_matter_has(chapter->front_matter, keys[i]))
            return true;
    return beside->reveal_md || beside->names_it;
}

/* A line's end is one on HackMD's slides, and a blank on reveal.js's. */
static bool breaks_lines(const struct chapter *chapter)
{
    struct span said = front_matter_value(chapter->front_matter, "breaks");

    return said.len > 0 ? !span_is(said, "false") : !is_of_reveal(chapter);
}

static const char *reader_of(const struct chapter *chapter)
{
    if (!chapter->is_talk)
        return is_of_pandoc(chapter) ? PANDOC_READER : READER;
    return breaks_lines(chapter) ? TALK_READER "+hard_line_breaks" : TALK_READER;
}

/* The slides' trees as one, and the coloured code by block. */
static struct html_node *join_trees(const struct rewritten *text, struct html_node *const *trees,
                                    const struct chapter *chapter,
                                    const struct html_node **coloured, struct arena *arena)
{
    struct html_node *all = html_new_root(arena);

    for (size_t i = 0; i < text->count; i++) {
        if (text->pieces[i].code != NULL) {
            coloured[text->pieces[i].code - chapter->blocks] = trees[i];
            continue;
        }
        for (struct html_node *node; (node = trees[i]->first) != NULL;) {
            html_remove(node);
            html_insert(all, node, NULL);
        }
    }
    return all;
}

/* pandoc's HTML, in our words. */
static void finish_html(struct job *job, const struct rewritten *text,
                        struct html_node *const *trees, struct arena *arena)
{
    const struct chapter *chapter = job->outline.chapter;
    const struct html_node **coloured = arena_array(arena, chapter->block_count, sizeof *coloured);
    struct html_node *all = join_trees(text, trees, chapter, coloured, arena);

    formulas_mend(all, &(struct pandoc){NULL, job->cache_dir, &chapter->source}, arena,
                  &job->diags);
    alerts_finish(all, arena);
    divs_finish(all, arena);
    marp_finish(all, chapter, arena, &job->diags);
    if (chapter->is_talk)
        hackmd_finish(all, chapter, arena, &job->diags);
    tex_finish(all, chapter, arena, &job->diags);
    links_finish(&job->outline, all, arena, &job->diags);
    job->slides = finish_chapter(job->listings, &job->outline, all, coloured, &job->arena);
}

static bool read_html(struct job *job, const struct rewritten *text, struct html_node **trees,
                      struct arena *arena)
{
    const struct chapter *chapter = job->outline.chapter;
    struct span *texts = arena_array(arena, text->count, sizeof *texts);

    for (size_t i = 0; i < text->count; i++)
        texts[i] = rewritten_text(text, i);
    return pandoc_read(&(struct pandoc){reader_of(chapter), job->cache_dir, &chapter->source},
                       texts, text->count, trees, arena, &job->diags);
}

static void *run_job(void *item, void *context, struct thread_error *error)
{
    struct job *job = item;
    struct arena arena = {0};
    struct rewritten text = {0};
    struct html_node **trees;

    rewrite_chapter(&job->outline, &text, &job->diags);
    trees = arena_array(&arena, text.count, sizeof *trees);
    if (read_html(job, &text, trees, &arena))
        finish_html(job, &text, trees, &arena);
    rewritten_free(&text);
    arena_free(&arena);
    (void)context, (void)error;
    return job;
}

static void show_progress(const struct weave *weave, size_t done)
{
    if (weave->options->progress)
        fprintf(stderr, "\rweaving: %zu of %zu chapters%s", done, weave->web->chapter_count,
                done == weave->web->chapter_count ? "\r\033[K" : "");
}

static void run_jobs(struct weave *weave)
{
    struct crew crew;

    crew_open(&crew, weave->jobs, weave->web->chapter_count, sizeof *weave->jobs);
    crew_start(&crew, weave->options->jobs, run_job, NULL, 0);
    for (size_t done = 1; crew_next(&crew) != NULL; done++)
        show_progress(weave, done);
    crew_close(&crew);
}

static void make_html(struct weave *weave)
{
    size_t count = weave->web->chapter_count;

    listings_open(&weave->listings, weave->web, weave->options->explored);
    weave->listings.places = weave->options->places;
    weave->jobs = arena_array(&weave->arena, count, sizeof *weave->jobs);
    for (size_t i = 0; i < count; i++) {
        weave->jobs[i].outline = weave->outlines[i];
        weave->jobs[i].listings = &weave->listings;
        weave->jobs[i].cache_dir = weave->options->cache_dir;
    }
    run_jobs(weave);
    for (size_t i = 0; i < count; i++)
        diag_append(weave->diags, &weave->jobs[i].diags); /* in the chapters' order */
}

static bool is_known(struct span value, const char *const known[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is(value, known[i]))
            return true;
    return false;
}

/* What the chapter says of it, or what a file beside it does: then `file` is that one. */
static struct span option_of(const struct chapter *chapter, const char *key, const char **file)
{
    struct span value = front_matter_nested(chapter->front_matter, "slideOptions", key);

    *file = NULL;
    if (value.len == 0)
        value = front_matter_nested(chapter->front_matter, "revealOptions", key);
    if (value.len == 0)
        value = front_matter_value(chapter->front_matter, key);
    if (value.len > 0 || strcmp(key, "theme") != 0)
        return value;
    *file = chapter->talk.theme_file;
    return chapter->talk.theme;
}

static void name_option(struct weave *weave, const struct chapter *chapter, const char *key,
                        struct span value, const char *file)
{
    struct place place = {&chapter->source, 0, 0};

    if (file == NULL)
        diag_add(weave->diags, DIAG_WARNING, source_place(&chapter->source, value.ptr),
                 (unsigned)value.len, "the %s \"%.*s\" is not known here, and is left out", key,
                 SPAN_ARG(value));
    else
        diag_add(weave->diags, DIAG_WARNING, place, 0,
                 "the %s \"%.*s\" of %s is not known here, and is left out; a <style> in the "
                 "talk is kept",
                 key, SPAN_ARG(value), file);
}

/* What reveal.js knows by these names; the deck has one of each, the first that
 * a talk asks for. */
static struct span talk_option(struct weave *weave, const char *key)
{
    static const char *const themes[] = {"black", "white", "league",    "beige",
                                         "sky",   "night", "serif",     "simple",
                                         "blood", "moon",  "solarized", "dracula"};
    static const char *const transitions[] = {"none", "fade", "slide", "convex", "concave", "zoom"};
    bool theme = strcmp(key, "theme") == 0;

    for (size_t i = 0; i < weave->web->chapter_count; i++) {
        const struct chapter *chapter = &weave->web->chapters[i];
        const char *file;
        struct span value = option_of(chapter, key, &file);

        if (!chapter->is_talk || value.len == 0)
            continue;
        if (theme ? is_known(value, themes, sizeof themes / sizeof *themes)
                  : is_known(value, transitions, sizeof transitions / sizeof *transitions))
            return value;
        name_option(weave, chapter, key, value, file);
    }
    return span_of("");
}

static void write_pages(struct weave *weave)
{
    size_t count = weave->web->chapter_count;
    struct finished **slides = arena_array(&weave->arena, count, sizeof *slides);
    struct span language = front_matter_value(weave->web->chapters[0].front_matter, "lang");
    struct span look = talk_option(weave, "theme"), transition = talk_option(weave, "transition");
    const struct template template = {.deck_dir = weave->options->deck_dir,
                                      .modules_dir = weave->options->modules_dir,
                                      .cache_dir = weave->options->cache_dir,
                                      .arena = &weave->arena,
                                      .diags = weave->diags};
    struct woven woven = {.dir = weave->options->out_dir};
    const struct play play = {.deck_dir = weave->options->deck_dir,
                              .explored = weave->options->explored,
                              .twins = weave->options->twins,
                              .out = &woven};
    const struct site site = {.web = weave->web,
                              .outlines = weave->outlines,
                              .slides = slides,
                              .reserved = &weave->ids,
                              .title = weave->options->title,
                              .subtitle = weave->options->subtitle,
                              .language = language.len > 0 ? language : span_of("en"),
                              .has_front = has_front(weave),
                              .is_loose = weave->options->slides == WEAVE_SLIDES,
                              .has_slides = weave->options->slides != WEAVE_NO_SLIDES,
                              .look = look,
                              .transition = transition,
                              .out = &woven,
                              .has_play = play_write(&play, weave->web, weave->diags),
                              .book_apart = weave->options->book_apart &&
                                            weave->options->slides != WEAVE_NO_SLIDES};

    for (size_t i = 0; i < count; i++)
        slides[i] = weave->jobs[i].slides;
    site_write(&site, &template);
    woven_close(&woven, weave->diags);
}

/* A few versions of each chapter, so that a change that is taken back, or a
 * branch that is left, costs nothing; and what the template has packed. */
static void prune_cache(const struct weave *weave)
{
    cache_prune(weave->options->cache_dir, 32 + 4 * weave->web->chapter_count);
}

static void free_weave(struct weave *weave)
{
    for (size_t i = 0; weave->jobs != NULL && i < weave->web->chapter_count; i++) {
        struct job *job = &weave->jobs[i];

        if (job->slides != NULL)
            finish_free(job->slides, job->outline.count);
        arena_free(&job->arena);
        diag_free(&job->diags);
    }
    listings_close(&weave->listings);
    table_free(&weave->ids);
    arena_free(&weave->arena);
}

bool weave_book(const struct web *web, const struct weave_options *options, struct diags *diags)
{
    struct weave weave = {.web = web, .options = options, .diags = diags};
    size_t errors = diags->errors;

    reserve_ids(&weave);
    read_outlines(&weave);
    if (diags->errors == errors)
        make_html(&weave);
    if (diags->errors == errors)
        write_pages(&weave);
    prune_cache(&weave);
    free_weave(&weave);
    return diags->errors == errors;
}
