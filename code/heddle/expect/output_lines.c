#include "heddle/expect/output_lines.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/table.h"

struct output_lines output_lines_split(struct span output, size_t most)
{
    struct output_lines printed = {0};
    struct span rest = output, line;
    size_t cap = 0;

    while (printed.count < most && span_line(&rest, &line)) {
        *ARRAY_PUSH(printed.lines, printed.count, cap) = line;
    }
    printed.cut = rest.len > 0;
    printed.unfinished = !printed.cut && output.len > 0 && output.ptr[output.len - 1] != '\n';
    return printed;
}

void output_lines_free(struct output_lines *printed)
{
    free(printed->lines);
    *printed = (struct output_lines){0};
}

bool output_lines_is(const struct output_lines *printed, size_t at, const struct expect_line *line)
{
    if (line->any_lines || (printed->unfinished && at + 1 == printed->count))
        return false;
    return pattern_matches(&line->pattern, printed->lines[at]);
}

/* Promised lines with equal text. */
struct wanted {
    size_t line;
    struct wanted *next;
};

/* Lines that are just text go first. That costs no pattern its line: equal
 * lines may change places in any pairing. */
static void pair_plain_lines(const struct output_lines *printed, const struct expect *expect,
                             bool *found, bool *taken)
{
    struct wanted *all = mem_alloc(expect->count * sizeof *all);
    size_t finished = printed->count - (printed->unfinished ? 1 : 0);
    struct table table = {0};

    for (size_t i = expect->count; i-- > 0;) {
        void **first;

        if (expect->lines[i].any_lines || expect->lines[i].pattern.count > 0)
            continue;
        first = table_put(&table, expect->lines[i].pattern.text);
        all[i] = (struct wanted){i, *first};
        *first = &all[i];
    }
    for (size_t j = 0; j < finished; j++) {
        struct wanted *wanted = table_get(&table, printed->lines[j]);

        if (wanted == NULL)
            continue;
        found[wanted->line] = taken[j] = true;
        *table_put(&table, printed->lines[j]) = wanted->next;
    }
    table_free(&table);
    free(all);
}

enum { NOBODY = -1 };

/* Patterns on one side, the output lines that are left on the other. */
struct pairing {
    const struct output_lines *printed;
    const struct expect *expect;
    const bool *taken;
    long *owner;     /* an output line's pattern, or NOBODY */
    long *seen_by;   /* the pattern that reached this line in the search */
    size_t *seen_in; /* ... of this number */
    long *chosen;    /* a pattern's output line */
    size_t *queue;
};

/* Give line j to the pattern that reached it; its old line goes to the pattern
 * that reached that one, and so on back to `root`. */
static void hand_over(struct pairing *p, long j, size_t root)
{
    for (;;) {
        long pattern = p->seen_by[j], left = p->chosen[pattern];

        p->owner[j] = pattern;
        p->chosen[pattern] = j;
        if ((size_t)pattern == root)
            return;
        j = left;
    }
}

/* Find a free line for pattern `root`, moving other patterns to other lines
 * where that helps (an augmenting path, breadth first). */
static bool find_line(struct pairing *p, size_t root)
{
    size_t head = 0, tail = 0;

    p->queue[tail++] = root;
    while (head < tail) {
        size_t pattern = p->queue[head++];

        for (size_t j = 0; j < p->printed->count; j++) {
            if (p->taken[j] || p->seen_in[j] == root + 1 ||
                !output_lines_is(p->printed, j, &p->expect->lines[pattern]))
                continue;
            p->seen_in[j] = root + 1;
            p->seen_by[j] = (long)pattern;
            if (p->owner[j] == NOBODY) {
                hand_over(p, (long)j, root);
                return true;
            }
            p->queue[tail++] = (size_t)p->owner[j];
        }
    }
    return false;
}

static void pair_patterns(const struct output_lines *printed, const struct expect *expect,
                          bool *found, bool *taken)
{
    struct pairing p = {
        .printed = printed,
        .expect = expect,
        .taken = taken,
        .owner = mem_alloc(printed->count * sizeof(long)),
        .seen_by = mem_alloc(printed->count * sizeof(long)),
        .seen_in = mem_alloc(printed->count * sizeof(size_t)),
        .chosen = mem_alloc(expect->count * sizeof(long)),
        .queue = mem_alloc(expect->count * sizeof(size_t)),
    };

    for (size_t j = 0; j < printed->count; j++)
        p.owner[j] = NOBODY;
    for (size_t i = 0; i < expect->count; i++)
        if (!expect->lines[i].any_lines && expect->lines[i].pattern.count > 0)
            found[i] = find_line(&p, i);
    for (size_t j = 0; j < printed->count; j++)
        if (p.owner[j] != NOBODY)
            taken[j] = true;
    free(p.owner);
    free(p.seen_by);
    free(p.seen_in);
    free(p.chosen);
    free(p.queue);
}

void output_lines_pair(const struct output_lines *printed, const struct expect *expect, bool *found,
                       bool *taken)
{
    pair_plain_lines(printed, expect, found, taken);
    if (expect->has_patterns)
        pair_patterns(printed, expect, found, taken);
}

struct span output_lines_first_word(struct span line)
{
    size_t begin = 0, end;

    while (begin < line.len && (line.ptr[begin] == ' ' || line.ptr[begin] == '\t'))
        begin++;
    end = begin;
    while (end < line.len && line.ptr[end] != ' ' && line.ptr[end] != '\t')
        end++;
    return (struct span){line.ptr + begin, end - begin};
}
