#include "heddle/expect/expect.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/expect/diff.h"
#include "heddle/expect/threads.h"

/* An explanation is for people: more than this nobody reads. */
enum {
    MOST_PRINTED = 200000, /* lines of output that are looked at */
    MOST_ROWS = 200,       /* lines of a diff */
    MOST_RUN = 40,         /* lines in a row with the same mark */
    MOST_BYTES = 600,      /* of one line */
    CONTEXT = 3
};

static bool reads_as_escape(struct span rest)
{
    return rest.len > 1 && strchr("trx\\", rest.ptr[1]) != NULL && rest.ptr[1] != '\0';
}

static void show_byte(unsigned char c, bool doubled, struct buf *buf)
{
    if (c == '\t')
        buf_adds(buf, "\\t");
    else if (c == '\r')
        buf_adds(buf, "\\r");
    else if (c < 0x20 || c >= 0x7f)
        buf_addf(buf, "\\x%02x", c);
    else
        buf_adds(buf, doubled ? "\\\\" : (char[]){(char)c, '\0'});
}

/* The byte at *i of valid UTF-8, or two: U+0080 to U+009F are control
 * characters that some terminals obey. */
static void show_character(struct span text, size_t *i, struct buf *buf)
{
    struct span rest = span_skip(text, *i);
    unsigned char c = (unsigned char)rest.ptr[0];

    if (c < 0x80)
        show_byte(c, c == '\\' && reads_as_escape(rest), buf);
    else if (c == 0xc2 && (unsigned char)rest.ptr[1] < 0xa0)
        buf_addf(buf, "\\xc2\\x%02x", (unsigned char)text.ptr[++*i]);
    else
        buf_addc(buf, rest.ptr[0]);
}

void expect_show_line(struct span line, struct buf *buf)
{
    size_t hidden = line.len - span_bytes(line, MOST_BYTES).len;

    line.len -= hidden;
    while (line.len > 0) {
        size_t good = span_bad_utf8(line);

        for (size_t i = 0; i < good; i++)
            show_character((struct span){line.ptr, good}, &i, buf);
        if (good < line.len)
            show_byte((unsigned char)line.ptr[good], false, buf);
        line = span_skip(line, good + 1);
    }
    if (hidden > 0)
        buf_addf(buf, " (and %zu more bytes)", hidden);
}

/* A blank at the end of a line would not be seen. */
static void show_marked(char mark, struct span line, struct buf *buf)
{
    bool blank =
        mark != ' ' && line.len > 0 && line.len <= MOST_BYTES && line.ptr[line.len - 1] == ' ';

    buf_addc(buf, mark);
    expect_show_line((struct span){line.ptr, line.len - blank}, buf);
    buf_adds(buf, blank ? "\\x20\n" : "\n");
}

/* A line of a diff. */
struct row {
    char mark; /* ' ', '-' or '+' */
    struct span text;
    size_t promised, printed; /* how many lines of each stand before it */
    bool unfinished;
};

struct rows {
    const struct expect_thread *thread;
    struct diff diff;
    struct row *list;
    size_t count, cap;
    size_t promised, printed; /* how far both have come */
};

static void add_row(struct rows *rows, char mark)
{
    const struct expect_thread *thread = rows->thread;
    struct row row = {.mark = mark, .promised = rows->promised, .printed = rows->printed};

    if (mark == '+') {
        row.text = thread->printed.lines[rows->printed];
        row.unfinished = thread->printed.unfinished && rows->printed + 1 == thread->printed.count;
    } else {
        row.text = thread->lines[rows->promised]->pattern.text;
    }
    *ARRAY_PUSH(rows->list, rows->count, rows->cap) = row;
}

/* A stretch where promise and output differ: promised lines, and `...` among
 * them, up to `promised`, output lines up to `printed`. */
struct stretch {
    size_t promised, printed;
};

static void add_promised(struct rows *rows, size_t end)
{
    for (; rows->promised < end; rows->promised++)
        add_row(rows, rows->thread->lines[rows->promised]->any_lines ? ' ' : '-');
}

static void add_printed(struct rows *rows, size_t end)
{
    for (; rows->printed < end; rows->printed++)
        add_row(rows, '+');
}

static size_t next_any(const struct expect_thread *thread, size_t from, size_t end)
{
    while (from < end && !thread->lines[from]->any_lines)
        from++;
    return from;
}

/*
 * A `...` takes output lines in silence. As many as were promised before the
 * first one and behind the last one are shown, for they stand where those
 * should: of x y z against `...` and Z, x and y are taken, z is not.
 */
static void add_stretch(struct rows *rows, struct stretch end)
{
    size_t first = next_any(rows->thread, rows->promised, end.promised), last = first;
    size_t before = first - rows->promised, behind, left = end.printed - rows->printed;

    if (first == end.promised) {
        add_promised(rows, end.promised);
        add_printed(rows, end.printed);
        return;
    }
    for (size_t i = first; i < end.promised; i = next_any(rows->thread, i + 1, end.promised))
        last = i;
    add_promised(rows, first);
    before = before < left ? before : left;
    add_printed(rows, rows->printed + before);
    behind = end.promised - last - 1;
    left -= before;
    add_promised(rows, last + 1);
    rows->printed = end.printed - (behind < left ? behind : left);
    add_promised(rows, end.promised);
    add_printed(rows, end.printed);
}

/* Where the next lines are that both have. */
static struct stretch find_stretch(const struct rows *rows, const bool *promised_kept)
{
    struct stretch end = {rows->promised, rows->printed};

    while (end.promised < rows->thread->count && !promised_kept[end.promised])
        end.promised++;
    while (end.printed < rows->thread->printed.count && !rows->diff.new_kept[end.printed])
        end.printed++;
    return end;
}

static void collect_rows(struct rows *rows, const bool *promised_kept)
{
    const struct expect_thread *thread = rows->thread;

    while (rows->promised < thread->count || rows->printed < thread->printed.count) {
        add_stretch(rows, find_stretch(rows, promised_kept));
        if (rows->promised < thread->count) {
            add_row(rows, ' ');
            rows->promised++;
            rows->printed++;
        }
    }
}

/* The lines of a thread that are no `...`. */
struct solid {
    const struct expect_thread *thread;
    size_t *at;
    size_t count;
};

static bool same_line(const void *context, size_t promised, size_t printed)
{
    const struct solid *solid = context;
    const struct expect_thread *thread = solid->thread;

    return output_lines_is(&thread->printed, printed, thread->lines[solid->at[promised]]);
}

static void compute_rows(struct rows *rows, const struct expect_thread *thread)
{
    struct solid solid = {thread, mem_alloc(thread->count * sizeof(size_t)), 0};
    bool *kept = mem_alloc(thread->count);

    *rows = (struct rows){.thread = thread};
    for (size_t i = 0; i < thread->count; i++)
        if (!thread->lines[i]->any_lines)
            solid.at[solid.count++] = i;
    diff_compute(&rows->diff, solid.count, thread->printed.count, same_line, &solid);
    for (size_t i = 0; i < solid.count; i++)
        kept[solid.at[i]] = rows->diff.old_kept[i];
    collect_rows(rows, kept);
    diff_free(&rows->diff);
    free(kept);
    free(solid.at);
}

static size_t next_change(const struct rows *rows, size_t from)
{
    while (from < rows->count && rows->list[from].mark == ' ')
        from++;
    return from;
}

/* The end of the hunk whose first change is at `change`: changes with no more
 * than twice the context between them stand together. */
static size_t hunk_end(const struct rows *rows, size_t change)
{
    size_t last = change, next = change;

    while (next < rows->count && next - last <= 2 * CONTEXT + 1) {
        last = next;
        next = next_change(rows, next + 1);
    }
    return last + 1 + CONTEXT < rows->count ? last + 1 + CONTEXT : rows->count;
}

static size_t run_end(const struct rows *rows, size_t from, size_t end)
{
    size_t to = from;

    while (to < end && rows->list[to].mark == rows->list[from].mark)
        to++;
    return to;
}

/* Rows with the same mark; of a long run only the beginning. */
static void show_run(const struct rows *rows, size_t from, size_t to, struct buf *buf)
{
    size_t shown = to - from > MOST_RUN ? from + MOST_RUN : to;

    for (size_t i = from; i < shown; i++)
        show_marked(rows->list[i].mark, rows->list[i].text, buf);
    if (shown < to)
        buf_addf(buf, "\\ and %zu more lines\n", to - shown);
    else if (rows->list[to - 1].unfinished)
        buf_adds(buf, "\\ no newline at the end (newline=no says so)\n");
}

/* "@@ -57,4 +1,3 @@": lines of the chapter, lines of the output. */
static void show_range(const struct rows *rows, const struct expect *expect, size_t begin,
                       size_t end, struct buf *buf)
{
    const struct row *first = &rows->list[begin];
    bool to_the_end = end == rows->count;
    size_t promised = (to_the_end ? rows->thread->count : rows->list[end].promised);
    size_t printed = (to_the_end ? rows->thread->printed.count : rows->list[end].printed);
    size_t line = expect->first_line;

    if (first->promised < rows->thread->count)
        line += (size_t)(rows->thread->lines[first->promised] - expect->lines);
    else if (first->promised > 0)
        line += (size_t)(rows->thread->lines[first->promised - 1] - expect->lines) + 1;
    buf_addf(buf, "@@ -%zu,%zu +%zu,%zu @@\n", line, promised - first->promised, first->printed + 1,
             printed - first->printed);
}

static void explain_strand(const struct expect *expect, const struct expect_thread *thread,
                           struct buf *buf)
{
    struct rows rows;
    size_t end = 0, shown = 0, change;

    compute_rows(&rows, thread);
    while ((change = next_change(&rows, end)) < rows.count && shown < MOST_ROWS) {
        size_t begin = change > end + CONTEXT ? change - CONTEXT : end;

        end = hunk_end(&rows, change);
        show_range(&rows, expect, begin, end, buf);
        for (size_t from = begin, to; from < end; from = to) {
            to = run_end(&rows, from, end);
            show_run(&rows, from, to, buf);
            shown += to - from < MOST_RUN ? to - from : MOST_RUN;
        }
    }
    if (change < rows.count)
        buf_adds(buf, "\\ and more differences behind these\n");
    free(rows.list);
}

static void explain_exact(const struct expect *expect, const struct output_lines *printed,
                          struct buf *buf)
{
    struct expect_thread all = {
        .lines = mem_alloc(expect->count * sizeof *all.lines),
        .count = expect->count,
        .printed = *printed,
    };

    for (size_t i = 0; i < expect->count; i++)
        all.lines[i] = &expect->lines[i];
    explain_strand(expect, &all, buf);
    free(all.lines);
}

static void explain_threads(const struct expect *expect, const struct output_lines *printed,
                            struct buf *buf)
{
    struct expect_threads threads = expect_threads_split(expect, printed);
    size_t shown = 0, differing = 0;

    for (size_t i = 0; i < threads.count; i++) {
        if (expect_thread_matches(&threads.list[i]))
            continue;
        differing++;
        if (shown == MOST_RUN)
            continue;
        shown++;
        buf_adds(buf, "the lines of \"");
        expect_show_line(threads.list[i].thread, buf);
        buf_adds(buf, "\":\n");
        explain_strand(expect, &threads.list[i], buf);
    }
    if (differing > shown)
        buf_addf(buf, "\\ and %zu more threads\n", differing - shown);
    expect_threads_free(&threads);
}

/* Lines without a partner, under a heading; of many only the first. */
struct rest {
    const char *heading;
    char mark;
    size_t count;
};

static void show_rest(struct rest *rest, struct span line, struct buf *buf)
{
    if (rest->count++ == 0)
        buf_adds(buf, rest->heading);
    if (rest->count <= MOST_RUN)
        show_marked(rest->mark, line, buf);
}

static void end_rest(const struct rest *rest, struct buf *buf)
{
    if (rest->count > MOST_RUN)
        buf_addf(buf, "\\ and %zu more lines\n", rest->count - MOST_RUN);
}

static void explain_any_order(const struct expect *expect, const struct output_lines *printed,
                              struct buf *buf)
{
    bool *found = mem_alloc(expect->count), *taken = mem_alloc(printed->count);
    struct rest missing = {"not printed, in whatever order:\n", '-', 0};
    struct rest unexpected = {"printed, but not promised:\n", '+', 0};
    bool open = false;

    output_lines_pair(printed, expect, found, taken);
    for (size_t i = 0; i < expect->count; i++) {
        open = open || expect->lines[i].any_lines;
        if (!found[i] && !expect->lines[i].any_lines)
            show_rest(&missing, expect->lines[i].pattern.text, buf);
    }
    end_rest(&missing, buf);
    for (size_t j = 0; j < printed->count && !open; j++)
        if (!taken[j])
            show_rest(&unexpected, printed->lines[j], buf);
    end_rest(&unexpected, buf);
    if (unexpected.count > 0 && printed->unfinished)
        buf_adds(buf, "\\ no newline at the end (newline=no says so)\n");
    free(found);
    free(taken);
}

void expect_explain(const struct expect *expect, struct span output, struct buf *message)
{
    struct output_lines printed = {0};

    if (expect_matches(expect, output))
        return;
    printed = output_lines_split(output, MOST_PRINTED);
    if (expect->order == EXPECT_EXACT)
        explain_exact(expect, &printed, message);
    else if (expect->order == EXPECT_ANY_ORDER)
        explain_any_order(expect, &printed, message);
    else
        explain_threads(expect, &printed, message);
    if (printed.cut)
        buf_addf(message, "\\ only the first %d lines of the output were looked at\n",
                 MOST_PRINTED);
    output_lines_free(&printed);
}
