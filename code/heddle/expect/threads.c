#include "heddle/expect/output_lines.h"

#include <stdlib.h>

#include "heddle/base/table.h"

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

/* Which strand each line belongs to. */
struct sorting {
    const struct expect *expect;
    const struct output_lines *printed;
    struct expect_threads *strands;
    struct table numbers; /* thread -> its strand's number from 1, as a pointer */
    size_t cap;
    size_t *promised, *said; /* strands of the promised and the printed lines */
};

static size_t thread_of(struct sorting *sorting, struct span thread)
{
    void **number = table_put(&sorting->numbers, thread);
    struct expect_threads *strands = sorting->strands;

    if (*number != NULL)
        return (size_t)((uintptr_t)*number - 1);
    if (strands->count == sorting->cap) {
        sorting->cap = sorting->cap != 0 ? sorting->cap * 2 : 16;
        strands->list = mem_grow(strands->list, sorting->cap, sizeof *strands->list);
    }
    strands->list[strands->count++] = (struct expect_thread){.thread = thread};
    *number = (void *)(uintptr_t)strands->count;
    return strands->count - 1;
}

static void number_lines(struct sorting *sorting)
{
    const struct expect *expect = sorting->expect;
    const struct output_lines *printed = sorting->printed;

    for (size_t i = 0; i < expect->count; i++)
        if (!expect->lines[i].any_lines)
            sorting->promised[i] = thread_of(sorting, expect->lines[i].thread);
    sorting->strands->promised = sorting->strands->count;
    for (size_t j = 0; j < printed->count; j++)
        sorting->said[j] = thread_of(sorting, output_lines_first_word(printed->lines[j]));
}

/* Give every strand its printed lines, in order, from one array. */
static void deal_printed_lines(struct sorting *sorting)
{
    const struct output_lines *printed = sorting->printed;
    struct expect_threads *strands = sorting->strands;
    struct span *next;

    for (size_t j = 0; j < printed->count; j++)
        strands->list[sorting->said[j]].printed.count++;
    next = strands->printed_lines = mem_alloc(printed->count * sizeof *next);
    for (size_t i = 0; i < strands->count; i++) {
        strands->list[i].printed.lines = next;
        next += strands->list[i].printed.count;
        strands->list[i].printed.count = 0;
    }
    for (size_t j = 0; j < printed->count; j++) {
        struct output_lines *to = &strands->list[sorting->said[j]].printed;

        to->lines[to->count++] = printed->lines[j];
        to->unfinished = printed->unfinished && j + 1 == printed->count;
    }
}

static size_t count_any_lines(const struct expect *expect)
{
    size_t count = 0;

    for (size_t i = 0; i < expect->count; i++)
        count += expect->lines[i].any_lines;
    return count;
}

static void append(struct expect_thread *strand, const struct expect_line *line)
{
    strand->lines[strand->count++] = line;
}

/* A promised thread has its own lines and every `...`; a thread that is not
 * promised may print where there is one. */
static void deal_promised_lines(struct sorting *sorting)
{
    const struct expect *expect = sorting->expect;
    struct expect_threads *strands = sorting->strands;
    size_t anys = count_any_lines(expect);
    const struct expect_line **next =
        mem_alloc((expect->count + (strands->promised + 1) * anys) * sizeof *next);
    size_t *room = mem_alloc(strands->promised * sizeof *room);

    strands->lines = next;
    for (size_t i = 0; i < expect->count; i++) {
        if (!expect->lines[i].any_lines)
            room[sorting->promised[i]]++;
        else
            *next = &expect->lines[i];
    }
    for (size_t i = strands->promised; i < strands->count; i++) {
        strands->list[i].lines = next;
        strands->list[i].count = anys > 0;
    }
    next += anys > 0;
    for (size_t i = 0; i < strands->promised; i++) {
        strands->list[i].lines = next;
        next += room[i] + anys;
    }
    for (size_t i = 0; i < expect->count; i++) {
        if (!expect->lines[i].any_lines)
            append(&strands->list[sorting->promised[i]], &expect->lines[i]);
        else
            for (size_t k = 0; k < strands->promised; k++)
                append(&strands->list[k], &expect->lines[i]);
    }
    free(room);
}

struct expect_threads expect_threads_split(const struct expect *expect,
                                           const struct output_lines *printed)
{
    struct expect_threads strands = {0};
    struct sorting sorting = {
        .expect = expect,
        .printed = printed,
        .strands = &strands,
        .promised = mem_alloc(expect->count * sizeof(size_t)),
        .said = mem_alloc(printed->count * sizeof(size_t)),
    };

    number_lines(&sorting);
    deal_printed_lines(&sorting);
    deal_promised_lines(&sorting);
    table_free(&sorting.numbers);
    free(sorting.promised);
    free(sorting.said);
    return strands;
}

void expect_threads_free(struct expect_threads *strands)
{
    free(strands->list);
    free(strands->lines);
    free(strands->printed_lines);
    *strands = (struct expect_threads){0};
}
