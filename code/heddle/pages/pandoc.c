#include "heddle/pages/pandoc.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/hash.h"
#include "heddle/base/html_packed.h"
#include "heddle/base/table.h"
#include "heddle/system/filter.h"

/* Is in the key of what is kept: another one when that is written otherwise. */
#define FORMAT "pieces 1"

/* A tree that was kept. */
struct entry {
    struct span hash, packed;
    bool used;
};

struct reading {
    const struct pandoc *pandoc;
    const struct span *texts;
    size_t count;
    struct html_node **trees;
    char (*hashes)[HASH_DIGITS + 1]; /* by text, as the next */
    struct span *packed;             /* empty: pandoc has to make it, or makes nothing of it */
    struct entry *entries;
    size_t entry_count, entry_cap;
    char key[HASH_DIGITS + 1];
    struct buf identity; /* pandoc's own */
    struct arena *arena;
    struct diags *diags;
};

/* What is kept -------------------------------------------------------------- */

static void make_key(struct reading *reading)
{
    struct buf all = {0};

    buf_addf(&all, FORMAT "\n%s\n%s", reading->pandoc->reader, reading->pandoc->source->path);
    hash_text(buf_span(&all), reading->key);
    buf_free(&all);
}

/* "HASH LENGTH", and in the next line the tree. */
static bool take_entry(struct span *rest, struct entry *entry)
{
    struct span line;
    unsigned long len;

    if (!span_line(rest, &line) || line.len <= HASH_DIGITS ||
        !span_number(span_skip(line, HASH_DIGITS + 1), rest->len, &len))
        return false;
    *entry = (struct entry){{line.ptr, HASH_DIGITS}, {rest->ptr, len}, false};
    *rest = span_skip(*rest, len);
    return true;
}

/* Where there is no pandoc, what an earlier one made does. */
static void read_entries(struct reading *reading)
{
    struct span text, line;
    struct entry entry;

    make_key(reading);
    filter_identify("pandoc", &reading->identity);
    if (!cache_find(reading->pandoc->folder, reading->key, reading->arena, &text) ||
        !span_line(&text, &line) ||
        (reading->identity.len > 0 && !span_equal(line, buf_span(&reading->identity))))
        return;
    while (take_entry(&text, &entry))
        *ARRAY_PUSH(reading->entries, reading->entry_count, reading->entry_cap) = entry;
}

static void find_kept(struct reading *reading)
{
    struct table by_hash = {0};

    for (size_t i = 0; i < reading->entry_count; i++)
        *table_put(&by_hash, reading->entries[i].hash) = &reading->entries[i];
    for (size_t i = 0; i < reading->count; i++) {
        struct entry *entry;

        hash_text(reading->texts[i], reading->hashes[i]);
        entry = table_get(&by_hash, (struct span){reading->hashes[i], HASH_DIGITS});
        if (entry == NULL)
            continue;
        entry->used = true;
        reading->packed[i] = entry->packed;
        reading->trees[i] = html_unpack(reading->arena, entry->packed);
    }
    table_free(&by_hash);
}

static void add_entry(struct span hash, struct span packed, struct buf *out)
{
    buf_addf(out, "%.*s %zu\n", SPAN_ARG(hash), packed.len);
    buf_add(out, packed);
}

/* And as much again of what is not used now: a change may be taken back. */
static void keep(const struct reading *reading)
{
    struct buf text = {0};
    size_t most;

    buf_addf(&text, "%.*s\n", SPAN_ARG(buf_span(&reading->identity)));
    for (size_t i = 0; i < reading->count; i++)
        if (reading->packed[i].ptr != NULL)
            add_entry((struct span){reading->hashes[i], HASH_DIGITS}, reading->packed[i], &text);
    most = 2 * text.len;
    for (size_t i = 0; i < reading->entry_count; i++)
        if (!reading->entries[i].used && text.len + reading->entries[i].packed.len < most)
            add_entry(reading->entries[i].hash, reading->entries[i].packed, &text);
    cache_put(reading->pandoc->folder, reading->key, buf_span(&text));
    buf_free(&text);
}

/* Pandoc -------------------------------------------------------------------- */

/* slides/tex_html.h names them with their places. More words of a message are indented. */
static void forget_formulas(struct diags *diags, size_t first)
{
    size_t kept = first;
    bool formula = false;

    for (size_t i = first; i < diags->count; i++) {
        struct span message = span_of(diags->list[i].message);

        formula = span_starts(message, "pandoc: [WARNING] Could not convert TeX math") ||
                  (formula && span_starts(message, "pandoc:  "));
        if (formula)
            diags->warnings--;
        else
            diags->list[kept++] = diags->list[i];
    }
    diags->count = kept;
}

static bool run(const struct reading *reading, struct span input, struct span *output)
{
    size_t said = reading->diags->count;
    bool done;

    const char *const argv[] = {
        "pandoc",          "-f",       reading->pandoc->reader,      "-t", "html5", "--wrap=none",
        "--preserve-tabs", "--mathml", "--reference-location=block", NULL};

    done = filter_run(&(struct filter){argv, NULL}, input, reading->pandoc->source, reading->arena,
                      output, reading->diags);
    if (done)
        forget_formulas(reading->diags, said);
    return done;
}

#define RAW "```{=html}\n"

/* Between two pieces: a comment that no chapter holds, for it has a hash in it of
 * all their texts. */
static void add_mark(const struct reading *reading, struct buf *out)
{
    buf_addf(out, "<!--%s-->", reading->key);
}

static void join(const struct reading *reading, struct buf *out)
{
    bool first = true;

    for (size_t i = 0; i < reading->count; i++) {
        if (reading->trees[i] != NULL)
            continue;
        if (!first) {
            buf_adds(out, "\n" RAW);
            add_mark(reading, out);
            buf_adds(out, "\n```\n\n");
        }
        buf_add(out, reading->texts[i]);
        first = false;
    }
}

/* How many line ends pandoc puts around a piece depends on its neighbours. */
static struct span without_line_ends(struct span html)
{
    while (html.len > 0 && html.ptr[0] == '\n')
        html = span_skip(html, 1);
    while (html.len > 0 && html.ptr[html.len - 1] == '\n')
        html.len--;
    return html;
}

static void take_tree(struct reading *reading, size_t piece, struct span html)
{
    struct buf packed = {0};

    html = without_line_ends(html);
    reading->trees[piece] = html_read(reading->arena, html);
    html_pack(reading->trees[piece], &packed);
    reading->packed[piece] = buf_take(&packed, reading->arena);
}

/* A piece that takes in what is behind it, as an open comment does, takes the mark
 * with it: then there are too few. */
static bool are_apart(struct span html, const char *mark, size_t wanted)
{
    struct span before;
    size_t found = 1;

    for (; span_find(&html, mark, &before); found++) {
        if (span_ends(before, RAW))
            return false;
        html = span_skip(html, strlen(mark));
    }
    return found == wanted;
}

static bool split(struct reading *reading, struct span html, size_t wanted)
{
    struct buf mark = {0};
    bool apart;

    add_mark(reading, &mark);
    apart = are_apart(html, buf_string(&mark), wanted);
    for (size_t i = 0; apart && i < reading->count; i++) {
        struct span before;

        if (reading->trees[i] != NULL)
            continue;
        if (span_find(&html, mark.ptr, &before))
            html = span_skip(html, mark.len);
        else
            before = html;
        take_tree(reading, i, before);
    }
    buf_free(&mark);
    return apart;
}

static bool run_each(struct reading *reading)
{
    bool well = true;

    for (size_t i = 0; well && i < reading->count; i++) {
        struct span html;

        if (reading->trees[i] != NULL)
            continue;
        well = run(reading, reading->texts[i], &html);
        if (well)
            take_tree(reading, i, html);
    }
    return well;
}

static bool make_missing(struct reading *reading, size_t missing)
{
    struct buf input = {0};
    struct span html;
    bool well;

    join(reading, &input);
    well = run(reading, buf_span(&input), &html) &&
           (split(reading, html, missing) || run_each(reading));
    buf_free(&input);
    return well;
}

bool pandoc_read(const struct pandoc *pandoc, const struct span *texts, size_t count,
                 struct html_node **trees, struct arena *arena, struct diags *diags)
{
    struct reading reading = {.pandoc = pandoc,
                              .texts = texts,
                              .count = count,
                              .trees = trees,
                              .arena = arena,
                              .diags = diags};
    size_t missing = 0, said = diags->count;
    bool well = true;

    reading.hashes = arena_array(arena, count, sizeof *reading.hashes);
    reading.packed = arena_array(arena, count, sizeof *reading.packed);
    read_entries(&reading);
    find_kept(&reading);
    for (size_t i = 0; i < count; i++)
        missing += trees[i] == NULL;
    if (missing > 0)
        well = make_missing(&reading, missing);
    if (missing > 0 && well && diags->count == said) /* else its words would be lost */
        keep(&reading);
    free(reading.entries);
    buf_free(&reading.identity);
    return well;
}
