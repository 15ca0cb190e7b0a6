/*
 * Edits of tangled files go back into chapters: random edits of random books.
 *
 * Each is folded, and then the new chapters tangle to what was edited; or it is
 * refused with a reason. No line is lost. The cases of tests/golden/stitch-* say
 * where each line goes.
 */
#include "book.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/stitch/stitch.h"

enum { ROUNDS = 1000, CHAPTERS = 2, CHUNKS = 6, FILES = 2 };

static uint64_t seed;

static unsigned below(unsigned end)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % end;
}

/* Books ---------------------------------------------------------------------- */

static void add_code_line(struct buf *out)
{
    static const char *const lines[] = {"int x = 1;", "puts(\"a\");", "}",           "{",
                                        "if (x) {",   "return x;",    "call(x, y);", "",
                                        "/*",         " * word",      "\ttabbed;"};
    unsigned which = below(16);

    if (which < 11)
        buf_adds(out, lines[which]);
    else
        buf_addf(out, "%*sline%u(%u);", (int)below(3) * 4, "", below(5), below(100));
}

struct container {
    const char *first, *rest;
};

static const struct container containers[] = {
    {"", ""},           {"", ""},         {"> ", "> "}, {"- ", "  "},
    {"1. > ", "   > "}, {"\t- ", "\t  "}, {"  ", "  "},
};

static void add_line(struct buf *out, const char *prefix, struct span text, bool crlf)
{
    size_t begin = out->len;

    buf_adds(out, prefix);
    buf_add(out, text);
    while (text.len == 0 && out->len > begin && is_blank(out->ptr[out->len - 1]))
        out->len--;
    buf_adds(out, crlf ? "\r\n" : "\n");
}

/* A block with lines, and with uses of later chunks, so that there is no circle. */
static void add_block(struct buf *out, const char *attributes, unsigned chunk, bool crlf)
{
    const struct container *container =
        &containers[below((unsigned)(sizeof containers / sizeof *containers) - 2)];
    const char *fence = below(3) == 0 ? "~~~~" : "```";
    struct buf line = {0};

    buf_addf(&line, "%s {.txt %s}", fence, attributes);
    add_line(out, "", span_of("Words."), crlf);
    add_line(out, "", span_of(""), crlf);
    add_line(out, container->first, buf_span(&line), crlf);
    for (unsigned i = below(5) + (chunk == 0); i > 0; i--) {
        line.len = 0;
        if (chunk < CHUNKS && below(3) == 0)
            buf_addf(&line, "%*s<<c%u>>", (int)below(3) * 2, "", chunk + 1 + below(CHUNKS - chunk));
        else if (below(20) == 0)
            buf_adds(&line, "  \\<<c1>>");
        else
            add_code_line(&line);
        add_line(out, container->rest, buf_span(&line), crlf);
    }
    add_line(out, container->rest, span_of(fence), crlf);
    add_line(out, "", span_of(""), crlf);
    buf_free(&line);
}

/* Every chunk has a block in each chapter, or only in the first. */
static void add_chapter(struct buf *out, unsigned chapter)
{
    bool crlf = below(5) == 0;
    char attributes[32];

    for (unsigned i = 0; i < FILES && chapter == 0; i++) {
        snprintf(attributes, sizeof attributes, "file=f%u.txt", i);
        add_block(out, attributes, 0, crlf);
    }
    for (unsigned i = 1; i <= CHUNKS; i++) {
        snprintf(attributes, sizeof attributes, "#c%u", i);
        if (chapter == 0 || below(2) == 0)
            add_block(out, attributes, i, crlf);
    }
}

/* Edits ----------------------------------------------------------------------- */

struct text_lines {
    struct span *list;
    size_t count, cap;
};

static struct text_lines split(struct arena *arena, struct span text)
{
    struct text_lines lines = {0};
    struct span line;

    while (span_line(&text, &line))
        *ARRAY_PUSH_IN(arena, lines.list, lines.count, lines.cap) = line;
    return lines;
}

static void insert_line(struct arena *arena, struct text_lines *lines, size_t at, struct span line)
{
    *ARRAY_PUSH_IN(arena, lines->list, lines->count, lines->cap) = line;
    memmove(&lines->list[at + 1], &lines->list[at], (lines->count - 1 - at) * sizeof *lines->list);
    lines->list[at] = line;
}

static void remove_line(struct text_lines *lines, size_t at)
{
    memmove(&lines->list[at], &lines->list[at + 1], (lines->count - 1 - at) * sizeof *lines->list);
    lines->count--;
}

/* A line that no book has, indented as its neighbour is, or a little else. */
static struct span new_line(struct arena *arena, const struct text_lines *lines, size_t at)
{
    struct span like = at < lines->count ? lines->list[at] : span_of("");
    struct buf line = {0};
    size_t blanks = 0;

    while (blanks < like.len && is_blank(like.ptr[blanks]))
        blanks++;
    buf_add(&line, (struct span){like.ptr, blanks - (blanks > 0 && below(8) == 0)});
    buf_addf(&line, "%snew%u;", below(6) == 0 ? "    " : "", below(1000000));
    return buf_take(&line, arena);
}

static struct span changed_line(struct arena *arena, struct span old)
{
    struct buf line = {0};

    buf_add(&line, old);
    buf_addf(&line, " changed%u;", below(1000000));
    return buf_take(&line, arena);
}

static void edit_once(struct arena *arena, struct text_lines *lines)
{
    size_t at = below((unsigned)lines->count + 1);

    switch (below(7)) {
    case 0:
    case 1:
        insert_line(arena, lines, at, new_line(arena, lines, at));
        break;
    case 2:
        insert_line(arena, lines, at, span_of(below(2) == 0 ? "" : "   "));
        break;
    case 3:
        for (unsigned i = below(3) + 1; i > 0 && at < lines->count; i--)
            remove_line(lines, at);
        break;
    case 4:
        for (unsigned i = below(4); i > 0; i--)
            insert_line(arena, lines, at, new_line(arena, lines, at));
        break;
    default:
        if (at < lines->count)
            lines->list[at] = changed_line(arena, lines->list[at]);
    }
}

static struct span joined(struct arena *arena, const struct text_lines *lines)
{
    struct buf text = {0};

    for (size_t i = 0; i < lines->count; i++) {
        buf_add(&text, lines->list[i]);
        buf_adds(&text, i + 1 == lines->count && below(10) == 0 ? "" : "\n");
    }
    return buf_take(&text, arena);
}

static struct span edited(struct arena *arena, struct span text)
{
    struct text_lines lines = split(arena, text);

    for (unsigned i = below(4) + 1; i > 0; i--)
        edit_once(arena, &lines);
    return joined(arena, &lines);
}

/* Judging ---------------------------------------------------------------------- */

static size_t count_line(const struct text_lines *lines, struct span line)
{
    size_t count = 0;

    for (size_t i = 0; i < lines->count; i++)
        count += span_equal(lines->list[i], line);
    return count;
}

static bool is_invented(struct span line)
{
    struct span rest = line, before;

    return span_find(&rest, "new", &before) || (rest = line, span_find(&rest, "changed", &before));
}

/* Every line that the edit brought is in the file that the new chapters give. */
static void assert_none_lost(struct arena *arena, struct span wanted, struct span found)
{
    struct text_lines lines = split(arena, wanted), now = split(arena, found);

    for (size_t i = 0; i < lines.count; i++)
        if (is_invented(lines.list[i]))
            assert_true(count_line(&now, lines.list[i]) >= count_line(&lines, lines.list[i]));
}

static void assert_same_lines(struct arena *arena, struct span wanted, struct span found)
{
    struct lines a = lines_read(arena, wanted), b = lines_read(arena, found);

    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
        assert_true(line_same(a.list[i], b.list[i]));
}

/* Is each block of the file there once, in all files together? */
static bool is_plain(const struct web *web, struct arena *arena)
{
    struct table seen = {0};
    bool plain = true;

    for (size_t i = 0; i < web->target_count; i++) {
        struct layout layout;

        layout_make(&layout, arena, web->targets[i]);
        for (size_t j = 0; j < layout.instance_count; j++) {
            const char *key = (const char *)&layout.instances[j].part->block->lines;
            void **slot = table_put(&seen, (struct span){key, sizeof(void *)});

            plain = plain && *slot == NULL;
            *slot = &seen;
        }
    }
    table_free(&seen);
    return plain;
}

static struct span tangled(struct arena *arena, const struct target *target)
{
    struct buf text = {0};

    tangle_clean(target, &text);
    return buf_take(&text, arena);
}

struct tally {
    unsigned folded, exact, refused;
};

static void judge_folded(struct arena *arena, const struct book *book, const struct stitch *stitch,
                         const struct stitch_edit *edits, size_t count, struct tally *tally)
{
    const char *texts[CHAPTERS + 1] = {0};
    bool plain = is_plain(&book->web, arena);
    struct book now;

    for (size_t i = 0; i < CHAPTERS; i++)
        texts[i] = stitch->chapters[i].ptr != NULL ? stitch->chapters[i].ptr
                                                   : book->web.chapters[i].source.text.ptr;
    book_make(&now, texts);
    assert_true(now.good);
    for (size_t i = 0; i < count; i++) {
        struct span found = tangled(arena, table_get(&now.web.paths, edits[i].target->path));

        assert_none_lost(arena, edits[i].text, found);
        if (plain)
            assert_same_lines(arena, edits[i].text, found);
    }
    tally->folded++;
    tally->exact += plain;
    book_free(&now);
}

static void judge(struct arena *arena, struct book *book, const struct stitch_edit *edits,
                  size_t count, struct tally *tally)
{
    struct stitch stitch;
    size_t errors = book->diags.errors;

    if (stitch_fold(&stitch, &book->web, edits, count, false, &book->diags)) {
        judge_folded(arena, book, &stitch, edits, count, tally);
    } else {
        assert_true(book->diags.errors > errors);
        tally->refused++;
    }
    arena_adopt(arena, &stitch.arena); /* messages point into it */
}

static size_t make_edits(struct arena *arena, const struct book *book, struct stitch_edit *edits)
{
    size_t count = 0;

    for (size_t i = 0; i < book->web.target_count; i++) {
        const struct target *target = book->web.targets[i];
        struct span text = tangled(arena, target);

        if (i > 0 && below(2) == 0)
            continue;
        edits[count] = (struct stitch_edit){.target = target, .path = "code/f", .base = text};
        edits[count++].text = edited(arena, text);
    }
    return count;
}

static void make_random(struct book *book, struct arena *arena)
{
    const char *texts[CHAPTERS + 1] = {0};

    for (unsigned i = 0; i < CHAPTERS; i++) {
        struct buf text = {0};

        add_chapter(&text, i);
        texts[i] = buf_take(&text, arena).ptr;
    }
    book_make(book, texts);
    assert_true(book->good);
}

TEST(a_random_edit_is_folded_whole_or_refused_with_a_reason)
{
    struct tally tally = {0};

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct arena arena = {0};
        struct stitch_edit edits[FILES];
        struct book book;

        seed = round;
        make_random(&book, &arena);
        judge(&arena, &book, edits, make_edits(&arena, &book, edits), &tally);
        book_free(&book);
        arena_free(&arena);
    }
    printf("folded %u, of them %u to the byte; refused %u\n", tally.folded, tally.exact,
           tally.refused);
    assert_int_equal(tally.folded + tally.refused, ROUNDS);
    assert_true(tally.folded >= 800 && tally.exact >= 400);
}

/* The chapter gets a line meanwhile: both edits are there, or neither. */
TEST(an_edit_meets_a_chapter_that_moved_on)
{
    struct tally tally = {0};

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct arena arena = {0};
        struct stitch_edit edits[FILES];
        struct book old, book;
        size_t count;
        const char *texts[CHAPTERS + 1] = {0};

        seed = 5000 + round;
        make_random(&old, &arena);
        count = make_edits(&arena, &old, edits);
        texts[1] = old.web.chapters[1].source.text.ptr;
        texts[0] = edited(&arena, old.web.chapters[0].source.text).ptr;
        book_make(&book, texts);
        for (size_t i = 0; book.good && i < count; i++)
            edits[i].target = table_get(&book.web.paths, edits[i].target->path);
        for (size_t i = 0; i < count; i++)
            book.good = book.good && edits[i].target != NULL;
        if (book.good) {
            struct stitch stitch;

            if (stitch_fold(&stitch, &book.web, edits, count, false, &book.diags)) {
                struct book now;

                for (size_t i = 0; i < CHAPTERS; i++)
                    texts[i] = stitch.chapters[i].ptr != NULL
                                   ? stitch.chapters[i].ptr
                                   : book.web.chapters[i].source.text.ptr;
                book_make(&now, texts);
                assert_true(now.good);
                for (size_t i = 0; i < count; i++) {
                    struct span found =
                        tangled(&arena, table_get(&now.web.paths, edits[i].target->path));

                    assert_none_lost(&arena, edits[i].text, found);
                    assert_none_lost(&arena, tangled(&arena, edits[i].target), found);
                }
                tally.folded++;
                book_free(&now);
            } else {
                assert_true(book.diags.errors > 0);
                tally.refused++;
            }
            arena_adopt(&arena, &stitch.arena);
        }
        book_free(&book);
        book_free(&old);
        arena_free(&arena);
    }
    printf("folded %u, refused %u\n", tally.folded, tally.refused);
    assert_true(tally.folded >= 350);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
