#include "heddle/doctest/bless.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"
#include "heddle/system/git_edits.h"

/* An output block and what shall stand in it. */
struct revision {
    const struct doctest *test;
    struct buf printed, message;
    bool refused;
};

struct blessing {
    const struct doctest_options *options;
    bool force;
    FILE *out;
    struct bless_counts *counts;
    struct diags *diags;
    struct revision *revisions; /* in chapter order */
    size_t count, cap;
    bool failed;
};

/* The block that shows what comes of it. */
static const struct block *block_of(const struct doctest *test)
{
    return test->snippet->expected != NULL ? test->snippet->expected : test->snippet->part->block;
}

static void refuse(struct blessing *blessing, const struct doctest *test, const char *why)
{
    diag_error_at(blessing->diags, test->place.source, block_of(test)->info,
                  "this output is not written: %s", why);
    blessing->counts->refused++;
    blessing->failed = true;
}

static void take_back(struct blessing *blessing, struct revision *revision, const char *why)
{
    refuse(blessing, revision->test, why);
    revision->refused = true;
}

/* What may be written ---------------------------------------------------------- */

/* CommonMark, "Fenced code blocks": at most three spaces, at least as many
 * marks as the opening fence has, blanks. */
static bool closes_fence(const struct block *block, struct span line)
{
    size_t spaces = 0, marks = 0;

    while (spaces < 3 && spaces < line.len && line.ptr[spaces] == ' ')
        spaces++;
    line = span_skip(line, spaces);
    while (marks < line.len && line.ptr[marks] == block->fence_char)
        marks++;
    return marks >= block->fence_length && span_trim(span_skip(line, marks)).len == 0;
}

static bool any_line_closes_fence(const struct block *block, struct span text)
{
    struct span line;

    while (span_line(&text, &line))
        if (closes_fence(block, line))
            return true;
    return false;
}

/* Its last line has no newline. */
static bool is_unfinished(struct span text)
{
    return text.len > 0 && text.ptr[text.len - 1] != '\n';
}

/* Why the chapter cannot show this text, or NULL. */
static const char *text_fault(const struct doctest *test, struct span text)
{
    if (expect_has_patterns(&test->expect))
        return "the block holds patterns; change it by hand";
    if (test->expect.order != EXPECT_EXACT)
        return "the block has an order; change it by hand";
    if (test->unfinished && !is_unfinished(text))
        return "it ends in a newline now; remove newline=no";
    if (span_bad_utf8(text) < text.len)
        return "it holds bytes that are no UTF-8, or NUL";
    if (text.len > 0 && memchr(text.ptr, '\r', text.len) != NULL)
        return "it holds carriage returns";
    if (any_line_closes_fence(block_of(test), text))
        return "one of its lines would close the fence; make the fence longer";
    return NULL;
}

static void take(struct blessing *blessing, const struct doctest *test,
                 struct doctest_result *result)
{
    *ARRAY_PUSH(blessing->revisions, blessing->count, blessing->cap) = (struct revision){
        .test = test,
        .printed = result->printed,
        .message = result->message,
    };
    result->printed = result->message = (struct buf){0};
}

static void sort_result(void *context, const struct doctest *test, struct doctest_result *result)
{
    struct blessing *blessing = context;
    bool is_output = test->program != NULL || test->snippet->expected != NULL;
    const char *why;

    if (result->outcome == DOCTEST_PASSED) {
        blessing->counts->unchanged += is_output;
        return;
    }
    why = result->outcome == DOCTEST_DIFFERS ? text_fault(test, buf_span(&result->printed))
          : test->claim != NULL              ? "its exploration does not prove it"
          : test->program == NULL            ? "the block before it does compile"
                                             : "its run went wrong";
    if (is_output && why == NULL) {
        take(blessing, test, result);
        return;
    }
    doctest_print_message(blessing->out, buf_span(&result->message), blessing->options->colour);
    blessing->failed = true;
    if (is_output)
        refuse(blessing, test, why);
    else
        diag_error_at(blessing->diags, test->place.source, block_of(test)->info,
                      test->snippet->kind == SNIPPET_COMPILE_FAIL
                          ? "there is no output block behind this one to write to"
                          : "this block fails, and no output can mend it");
}

/* The new text ----------------------------------------------------------------- */

/* What stands before each line of a block's text: its container's marks and
 * the fence's indentation, as on the fence's own line. A list's bullet or
 * number stands only there; below it are spaces. */
static void container_prefix(const struct source *source, const struct block *block,
                             struct buf *prefix)
{
    struct span line = source_line(source, block->line);

    for (size_t i = 0; i < line.len && line.ptr[i] != block->fence_char; i++)
        buf_addc(prefix, line.ptr[i] == '>' || line.ptr[i] == '\t' ? line.ptr[i] : ' ');
}

static void add_lines(struct buf *text, struct span lines, struct span prefix, struct span end)
{
    struct span line, bare = prefix;

    while (bare.len > 0 && (bare.ptr[bare.len - 1] == ' ' || bare.ptr[bare.len - 1] == '\t'))
        bare.len--;
    while (span_line(&lines, &line)) {
        buf_add(text, line.len > 0 ? prefix : bare);
        buf_add(text, line);
        buf_add(text, end);
    }
}

/* The fence's line, which comes to say that the output ends in no newline. */
static void add_fence(struct buf *text, const struct block *block, struct span line)
{
    const char *brace = line.ptr + line.len;

    while (brace > block->info.ptr && *brace != '}')
        brace--;
    buf_add(text, span_between(line.ptr, brace));
    buf_adds(text, " newline=no");
    buf_add(text, span_between(brace, line.ptr + line.len));
}

/* The chapter from *at to behind the block's new text; *at moves behind the
 * old one. */
static void add_revision(struct buf *text, const struct revision *revision, const char **at)
{
    const struct source *source = revision->test->place.source;
    const struct block *block = block_of(revision->test);
    struct span fence = source_line(source, block->line);
    const char *begin = source->line_starts[block->line];
    struct buf prefix = {0};

    container_prefix(source, block, &prefix);
    if (is_unfinished(buf_span(&revision->printed)) && !revision->test->unfinished) {
        buf_add(text, span_between(*at, fence.ptr));
        add_fence(text, block, span_between(fence.ptr, begin));
    } else {
        buf_add(text, span_between(*at, begin));
    }
    add_lines(text, buf_span(&revision->printed), buf_span(&prefix),
              span_between(fence.ptr + fence.len, begin));
    *at = source->line_starts[block->end_line - 1];
    buf_free(&prefix);
}

static void revise(struct buf *text, const struct revision *revisions, size_t count)
{
    const struct source *source = revisions[0].test->place.source;
    const char *at = source->text.ptr;

    for (size_t i = 0; i < count; i++)
        if (!revisions[i].refused)
            add_revision(text, &revisions[i], &at);
    buf_add(text, span_between(at, source->text.ptr + source->text.len));
}

/* Reading it back -------------------------------------------------------------- */

static const struct revision *revision_of(const struct revision *revisions, size_t count,
                                          const struct block *block)
{
    for (size_t i = 0; i < count; i++)
        if (block_of(revisions[i].test) == block && !revisions[i].refused)
            return &revisions[i];
    return NULL;
}

static bool reads_as(const struct block *block, const struct block *old,
                     const struct revision *revision)
{
    struct buf now = {0}, wanted = {0};
    bool same;

    block_add_code(block, &now);
    if (revision != NULL)
        buf_add(&wanted, buf_span(&revision->printed));
    else
        block_add_code(old, &wanted);
    if (is_unfinished(buf_span(&wanted)))
        buf_addc(&wanted, '\n');
    same = block->kind == old->kind && span_equal(buf_span(&now), buf_span(&wanted));
    buf_free(&now);
    buf_free(&wanted);
    return same;
}

/* Would the new text be read as the old one with just these outputs changed? */
static bool reads_back(struct span text, const struct revision *revisions, size_t count)
{
    const struct chapter *old = revisions[0].test->snippet->part->chapter;
    struct arena arena = {0};
    struct diags diags = {0};
    struct chapter chapter;
    bool same = markdown_read_as(&chapter, &arena, old->source.path, text, &old->options, &diags) &&
                chapter.block_count == old->block_count;

    for (size_t i = 0; same && i < old->block_count; i++)
        same = reads_as(&chapter.blocks[i], &old->blocks[i],
                        revision_of(revisions, count, &old->blocks[i]));
    diag_free(&diags);
    arena_free(&arena);
    return same;
}

/* Writing ---------------------------------------------------------------------- */

/* Lines that git cannot give back; false when it keeps nothing of the chapter. */
static bool refuse_edited(struct blessing *blessing, struct revision *revisions, size_t count)
{
    struct arena arena = {0};
    struct git_edits edits = git_edits_read(&arena, revisions[0].test->place.source->path);

    for (size_t i = 0; i < count && edits.state == GIT_EDITS_KNOWN; i++) {
        const struct block *block = block_of(revisions[i].test);

        if (git_edits_touch(&edits, block->line + 1, block->end_line - 1))
            take_back(blessing, &revisions[i],
                      "its lines have edits that are not committed (--force overwrites them)");
    }
    arena_free(&arena);
    return edits.state == GIT_EDITS_KNOWN;
}

static bool was_changed(const struct blessing *blessing, const struct source *source)
{
    struct arena arena = {0};
    struct span now;
    bool same =
        file_read(&arena, source->path, &now, blessing->diags) && span_equal(now, source->text);

    arena_free(&arena);
    return !same;
}

/* Where no git keeps the old text, a file beside the chapter does; its name
 * does not end in .md, so it is no chapter. */
static bool keep_copy(struct blessing *blessing, const struct source *source)
{
    struct buf path = {0};
    bool kept;

    buf_addf(&path, "%s~", source->path);
    kept = file_replace(buf_string(&path), source->text, blessing->diags);
    if (kept)
        fprintf(blessing->out, "%s holds this chapter as it was, for git does not\n", path.ptr);
    buf_free(&path);
    return kept;
}

/* The diff without the sentence above it. */
static void show_change(const struct blessing *blessing, const struct revision *revision)
{
    struct span rest = buf_span(&revision->message), first;

    span_line(&rest, &first);
    fprintf(blessing->out, "%s:%u: ", revision->test->place.source->path,
            block_of(revision->test)->line);
    if (revision->test->program == NULL)
        fprintf(blessing->out, "why this does not compile is now as the compiler says it\n");
    else
        fprintf(blessing->out,
                revision->test->claim != NULL
                    ? "the outcomes of %s are now what exploring it found\n"
                    : "the output of %s is now what it prints\n",
                revision->test->program);
    doctest_print_message(blessing->out, rest, blessing->options->colour);
}

static void take_back_all(struct blessing *blessing, struct revision *revisions, size_t count,
                          const char *why)
{
    for (size_t i = 0; i < count; i++)
        if (!revisions[i].refused)
            take_back(blessing, &revisions[i], why);
}

static size_t count_left(const struct revision *revisions, size_t count)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++)
        left += !revisions[i].refused;
    return left;
}

static void write_chapter(struct blessing *blessing, struct revision *revisions, size_t count,
                          bool git_has_it)
{
    const struct source *source = revisions[0].test->place.source;
    struct buf text = {0};

    revise(&text, revisions, count);
    if (!reads_back(buf_span(&text), revisions, count)) {
        take_back_all(blessing, revisions, count, "it would not be read back as it was printed");
    } else if (!(git_has_it || keep_copy(blessing, source)) ||
               !file_replace(source->path, buf_span(&text), blessing->diags)) {
        blessing->failed = true;
    } else {
        blessing->counts->chapters++;
        blessing->counts->blocks += count_left(revisions, count);
        for (size_t i = 0; i < count; i++)
            if (!revisions[i].refused)
                show_change(blessing, &revisions[i]);
    }
    buf_free(&text);
}

static void bless_chapter(struct blessing *blessing, struct revision *revisions, size_t count)
{
    bool git_has_it = blessing->force || refuse_edited(blessing, revisions, count);

    if (was_changed(blessing, revisions[0].test->place.source))
        take_back_all(blessing, revisions, count, "the chapter was changed while its programs ran");
    if (count_left(revisions, count) > 0)
        write_chapter(blessing, revisions, count, git_has_it);
}

static void release(struct blessing *blessing)
{
    for (size_t i = 0; i < blessing->count; i++) {
        buf_free(&blessing->revisions[i].printed);
        buf_free(&blessing->revisions[i].message);
    }
    free(blessing->revisions);
}

bool bless_run(const struct doctest_list *list, const struct doctest_options *options, bool force,
               FILE *out, struct bless_counts *counts, struct diags *diags)
{
    struct blessing blessing = {
        .options = options,
        .force = force,
        .out = out,
        .counts = counts,
        .diags = diags,
    };
    size_t end;

    *counts = (struct bless_counts){0};
    doctest_run_each(list, options, sort_result, &blessing);
    for (size_t begin = 0; begin < blessing.count; begin = end) {
        for (end = begin; end < blessing.count && blessing.revisions[end].test->place.source ==
                                                      blessing.revisions[begin].test->place.source;
             end++)
            ;
        bless_chapter(&blessing, &blessing.revisions[begin], end - begin);
    }
    release(&blessing);
    return !blessing.failed;
}
