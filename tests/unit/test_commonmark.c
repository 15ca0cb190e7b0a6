/*
 * Two readers of CommonMark 0.30 must see the same code: heddle's, on md4c,
 * and libcmark. What is compared is every code block, fenced or indented: its
 * info string and its text.
 *
 * Three sources: our own list (commonmark/blocks.txt), the examples of the
 * specification when the commonmark-spec package is there, and random
 * documents. COMMONMARK_SEED and COMMONMARK_ROUNDS repeat or extend the last.
 */
#include "check.h"

#include <cmark.h>

#include "heddle/read/fenced_div.h"
#include "heddle/read/markdown.h"

/* What a reader saw ---------------------------------------------------------- */

/* All blocks; the fenced ones; all without lines of blanks or leading blanks. */
struct view {
    struct buf all, fenced, unblank, unindented;
};

static void add_block(struct buf *seen, const char *info, struct span code)
{
    buf_addf(seen, "[%s]\n", info);
    buf_add(seen, code);
    buf_adds(seen, "[end]\n");
}

/* Where a div's mark is in a line, or libcmark's rule in its place (fenced_div.h);
 * NULL: nowhere. */
static const char *find_div(struct span line)
{
    struct span text = span_trim(line);
    struct fenced_div div;

    if (fenced_div_read(line, &div))
        return div.mark.ptr;
    return span_ends(text, "___") ? text.ptr + text.len - 3 : NULL;
}

static void mask_divs(struct buf *out, struct span code)
{
    struct span line;

    while (span_line(&code, &line)) {
        const char *div = find_div(line);

        buf_add(out, div != NULL ? span_between(line.ptr, div) : line);
        buf_adds(out, div != NULL ? "___\n" : "\n");
    }
}

static void view_block(struct view *view, bool fenced, const char *info, struct span text)
{
    struct buf masked = {0}, unblank = {0}, unindented = {0};
    struct span code, rest, line;

    mask_divs(&masked, text);
    rest = code = buf_span(&masked);

    while (span_line(&rest, &line)) {
        if (span_trim(line).len > 0)
            buf_add(&unblank, line);
        buf_addc(&unblank, '\n');
        buf_add(&unindented, span_trim(line));
        buf_addc(&unindented, '\n');
    }
    add_block(&view->all, info, code);
    add_block(&view->unindented, info, buf_span(&unindented));
    add_block(&view->unblank, info, buf_span(&unblank));
    if (fenced)
        add_block(&view->fenced, info, code);
    buf_free(&masked);
    buf_free(&unblank);
    buf_free(&unindented);
}

static void view_clear(struct view *view)
{
    view->unindented.len = view->all.len = view->fenced.len = view->unblank.len = 0;
}

static void view_free(struct view *view)
{
    buf_free(&view->all);
    buf_free(&view->fenced);
    buf_free(&view->unblank);
    buf_free(&view->unindented);
}

/* libcmark does not say; but the fence's line is none of the code's. */
static bool is_fenced(const struct source *source, cmark_node *node)
{
    struct span line = source_line(source, (unsigned)cmark_node_get_start_line(node));
    struct span code = span_of(cmark_node_get_literal(node)), first = {0};

    line = span_trim(span_skip(line, (size_t)cmark_node_get_start_column(node) - 1));
    span_line(&code, &first);
    return (span_starts(line, "```") || span_starts(line, "~~~")) &&
           !span_equal(span_trim(first), line);
}

static void cmark_sees(struct span text, struct view *view)
{
    struct arena arena = {0};
    struct source source;
    const char *masked = NULL;
    cmark_node *document;
    cmark_iter *iter;
    cmark_event_type event;

    source_init(&source, &arena, "chapter", text);
    fenced_div_mask(&source, 1, &masked, &arena);
    document =
        cmark_parse_document(masked != NULL ? masked : text.ptr, text.len, CMARK_OPT_DEFAULT);
    iter = cmark_iter_new(document);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);

        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK)
            view_block(view, is_fenced(&source, node), cmark_node_get_fence_info(node),
                       span_of(cmark_node_get_literal(node)));
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
    arena_free(&arena);
}

/* heddle keeps info strings as written; libcmark resolves entities and
 * backslashes, so let it do that for both. */
static void view_with_info(struct view *view, struct span info, struct span code)
{
    struct buf fence = {0};
    cmark_node *document;

    buf_addf(&fence, "~~~ %.*s\n~~~\n", SPAN_ARG(info));
    document = cmark_parse_document(fence.ptr, fence.len, CMARK_OPT_DEFAULT);
    view_block(view, true, cmark_node_get_fence_info(cmark_node_first_child(document)), code);
    cmark_node_free(document);
    buf_free(&fence);
}

static void heddle_sees(struct span text, struct view *view, struct diags *diags)
{
    struct arena arena = {0};
    struct chapter chapter;

    markdown_read(&chapter, &arena, "chapter", text, diags);
    for (size_t i = 0; i < chapter.block_count; i++) {
        const struct block *block = &chapter.blocks[i];
        struct buf code = {0};

        if (block->kind != BLOCK_CODE)
            continue;
        for (unsigned line = 0; line < block->line_count; line++) {
            buf_fill(&code, ' ', block->lines[line].pad);
            buf_add(&code, code_line_span(&block->lines[line]));
            buf_addc(&code, '\n');
        }
        if (block->fenced)
            view_with_info(view, block->info, buf_span(&code));
        else
            view_block(view, false, "", buf_span(&code));
        buf_free(&code);
    }
    arena_free(&arena);
}

/* Where md4c 0.4.8 departs from CommonMark 0.30 ------------------------------ */

#include "commonmark/known.h"

static size_t compared, excused[KNOWN_COUNT];

static bool is_known(const struct difference *difference)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (known[i].applies(difference)) {
            excused[i]++;
            return true;
        }
    return false;
}

/* Both readers agree, or known.h says why not. A blank line goes first, so
 * that no front matter can begin. */
static bool same(struct span text, struct view *ours, struct view *theirs)
{
    struct buf padded = {0};
    struct diags diags = {0};
    bool fine;

    buf_addc(&padded, '\n');
    buf_add(&padded, text);
    view_clear(ours);
    view_clear(theirs);
    heddle_sees(buf_span(&padded), ours, &diags);
    cmark_sees(buf_span(&padded), theirs);
    fine = span_equal(buf_span(&ours->all), buf_span(&theirs->all));
    if (!fine) {
        const struct difference difference = {
            buf_span(&padded),
            &diags,
            span_equal(buf_span(&ours->fenced), buf_span(&theirs->fenced)),
            span_equal(buf_span(&ours->unblank), buf_span(&theirs->unblank)),
            span_equal(buf_span(&ours->unindented), buf_span(&theirs->unindented)),
        };

        fine = is_known(&difference);
    }
    diag_free(&diags);
    buf_free(&padded);
    return fine;
}

static void show(const char *what, struct span text)
{
    print_error("--- %s\n", what);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '\t')
            print_error("\xe2\x86\x92");
        else if (c == '\r')
            print_error("<CR>");
        else
            print_error("%c", c);
    }
    print_error("%s", text.len > 0 && text.ptr[text.len - 1] != '\n' ? "<no line end>\n" : "");
}

static bool agree(struct span text, const char *name)
{
    struct view ours = {0}, theirs = {0};
    bool fine = same(text, &ours, &theirs);

    compared++;
    if (!fine) {
        show(name, text);
        show("heddle", buf_span(&ours.all));
        show("libcmark", buf_span(&theirs.all));
    }
    view_free(&ours);
    view_free(&theirs);
    return fine;
}

/* Files of examples ---------------------------------------------------------- */

static bool read_file(const char *path, struct buf *text)
{
    FILE *file = fopen(path, "rb");
    char piece[4096];
    size_t got;

    if (file == NULL)
        return false;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(text, (struct span){piece, got});
    fclose(file);
    return true;
}

/* Examples write a tab as an arrow. */
static void add_example_line(struct buf *example, struct span line)
{
    while (line.len > 0) {
        bool arrow = span_starts(line, "\xe2\x86\x92");

        buf_addc(example, arrow ? '\t' : line.ptr[0]);
        line = span_skip(line, arrow ? 3 : 1);
    }
    buf_addc(example, '\n');
}

static size_t count_blocks(struct span seen)
{
    struct span line;
    size_t count = 0;

    while (span_line(&seen, &line))
        count += span_is(line, "[end]");
    return count;
}

/* One case of blocks.txt: "=== NAME: N", N the number of code blocks. */
static bool check_case(struct span heading, struct span text)
{
    struct view theirs = {0};
    char name[128];
    unsigned long wanted;
    size_t colon = heading.len;
    bool fine;

    snprintf(name, sizeof name, "%.*s", SPAN_ARG(heading));
    while (colon > 0 && heading.ptr[colon - 1] != ':')
        colon--;
    assert_true(span_number(span_trim(span_skip(heading, colon)), 100, &wanted));
    fine = agree(text, name);
    cmark_sees(text, &theirs);
    if (count_blocks(buf_span(&theirs.all)) != wanted) {
        print_error("%s: libcmark sees %zu blocks\n", name, count_blocks(buf_span(&theirs.all)));
        fine = false;
    }
    view_free(&theirs);
    return fine;
}

static const char *tests_folder(void)
{
    static char folder[] = __FILE__;
    char *slash = strrchr(folder, '/');

    if (slash != NULL)
        *slash = '\0';
    return slash != NULL ? folder : ".";
}

TEST(own_cases_are_read_alike)
{
    struct buf text = {0}, example = {0};
    struct span rest, line, heading = {0};
    char path[4096];
    size_t failed = 0, cases = 0;

    snprintf(path, sizeof path, "%s/commonmark/blocks.txt", tests_folder());
    if (!read_file(path, &text))
        fail_msg("cannot read %s", path);
    rest = buf_span(&text);
    for (bool more = true; more;) {
        more = span_line(&rest, &line);
        if (more && !span_starts(line, "=== ")) {
            add_example_line(&example, line);
            continue;
        }
        if (heading.len > 0) {
            failed += !check_case(heading, buf_span(&example));
            cases++;
        }
        heading = more ? span_skip(line, 4) : line;
        example.len = 0;
    }
    buf_free(&text);
    buf_free(&example);
    assert_int_equal(failed, 0);
    assert_true(cases >= 120);
}

/* The specification's examples stand between rows of 32 backticks, the
 * Markdown before a line "." and the HTML behind it. */
TEST(examples_of_the_specification_are_read_alike)
{
    static const char fence[] = "````````````````````````````````";
    const char *given = getenv("COMMONMARK_SPEC"), *ci = getenv("CI");
    const char *path = given != NULL ? given : "build/npm/node_modules/commonmark-spec/spec.txt";
    struct buf text = {0}, example = {0};
    struct span rest, line;
    enum { PROSE, MARKDOWN, HTML } where = PROSE;
    size_t failed = 0, count = 0;

    if (!read_file(path, &text)) {
        if (ci != NULL && *ci != '\0')
            fail_msg("no %s, and in CI nothing is skipped", path);
        print_message("no %s; make deps-full brings it\n", path);
        skip();
    }
    for (rest = buf_span(&text); span_line(&rest, &line);) {
        if (where == PROSE && span_starts(line, fence) && span_ends(line, "example")) {
            where = MARKDOWN;
            example.len = 0;
        } else if (where == MARKDOWN && span_is(line, ".")) {
            char name[32];

            where = HTML;
            snprintf(name, sizeof name, "example %zu", ++count);
            failed += !agree(buf_span(&example), name);
        } else if (where == HTML && span_is(line, fence)) {
            where = PROSE;
        } else if (where == MARKDOWN) {
            add_example_line(&example, line);
        }
    }
    buf_free(&text);
    buf_free(&example);
    assert_int_equal(failed, 0);
    assert_true(count > 600);
}

/* Random documents ----------------------------------------------------------- */

static const char *const tokens[] = {
    "```",   "````", "~~~",     "~~~~~",     "``",         "```c {#a}",    "~~~ x", "``` a`b",
    "text",  "x",    "#",       "# h",       "## h ##",    "---",          "***",   "===",
    "- ",    "* ",   "+ ",      "1. ",       "2) ",        "10. ",         "-",     "1.",
    "> ",    ">",    ">> ",     " ",         "  ",         "   ",          "    ",  "     ",
    "\t",    " \t",  "<div>",   "</div>",    "<!--",       "-->",          "<pre>", "</pre>",
    "<?php", "?>",   "<b>",     "[a]: /u",   "[a]: /u 'x", "<<use>>",      "\\",    "&amp;",
    "*",     "_",    ":::",     "::: notes", "|",          "\xe4\xbd\x87", "\n",    "\n",
    "\n",    "\n",   "\n",      "\n",        "\n",         "\n",           "\n",    "\n",
    "\n",    "\n",   "\n\n",    "\n\n",      "\n\n",       "\n    ",       "\n  ",  "\n   ",
    "\n> ",  "\n- ", "\n```\n", "\n~~~\n",   "\n\t",       "\r\n",
};

enum { TOKENS_MOST = 40, MOST_SHOWN = 10, TOKEN_COUNT = sizeof tokens / sizeof *tokens };

struct soup {
    unsigned char token[TOKENS_MOST];
    size_t count;
};

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static void write_soup(const struct soup *soup, struct buf *text)
{
    text->len = 0;
    for (size_t i = 0; i < soup->count; i++)
        buf_adds(text, tokens[soup->token[i]]);
    buf_addc(text, '\n');
}

static bool differs(const struct soup *soup, struct buf *text)
{
    struct view ours = {0}, theirs = {0};
    bool different;

    write_soup(soup, text);
    different = !same(buf_span(text), &ours, &theirs);
    view_free(&ours);
    view_free(&theirs);
    return different;
}

/* Leave tokens out as long as the readers still differ. */
static void shrink(struct soup *soup, struct buf *text)
{
    for (size_t i = 0; i < soup->count;) {
        struct soup smaller = *soup;

        memmove(smaller.token + i, smaller.token + i + 1, smaller.count - i - 1);
        smaller.count--;
        if (differs(&smaller, text)) {
            *soup = smaller;
            i = 0;
        } else {
            i++;
        }
    }
    write_soup(soup, text);
}

static unsigned long number_from(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    unsigned long number;

    return value != NULL && span_number(span_of(value), UINT32_MAX, &number) ? number : otherwise;
}

TEST(random_documents_are_read_alike)
{
    unsigned long rounds = number_from("COMMONMARK_ROUNDS", 20000);
    unsigned long seed = number_from("COMMONMARK_SEED", 20230401);
    uint64_t random = seed;
    struct buf text = {0};
    size_t failed = 0;

    print_message("COMMONMARK_SEED=%lu COMMONMARK_ROUNDS=%lu\n", seed, rounds);
    for (unsigned long i = 0; i < rounds && failed < MOST_SHOWN; i++) {
        struct soup soup = {.count = 1 + next_random(&random) % TOKENS_MOST};

        for (size_t at = 0; at < soup.count; at++)
            soup.token[at] = (unsigned char)(next_random(&random) % TOKEN_COUNT);
        compared++;
        if (differs(&soup, &text)) {
            shrink(&soup, &text);
            agree(buf_span(&text), "smallest document");
            failed++;
        }
    }
    buf_free(&text);
    print_message("%zu documents compared; known differences:\n", compared);
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        print_message("%8zu %s\n", excused[i], known[i].why);
    assert_int_equal(failed, 0);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
