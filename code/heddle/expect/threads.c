#include "heddle/expect/threads.h"

#include <stdlib.h>

#include "heddle/base/array.h"
#include "heddle/base/table.h"

/* Which thread each line belongs to. */
struct sorting {
    const struct expect *expect;
    const struct output_lines *printed;
    struct expect_threads *threads;
    struct table numbers; /* its number from 1, as a pointer */
    size_t cap;
    size_t *promised, *said; /* threads of the promised and the printed lines */
};

static size_t thread_of(struct sorting *sorting, struct span thread)
{
    void **number = table_put(&sorting->numbers, thread);
    struct expect_threads *threads = sorting->threads;

    if (*number != NULL)
        return (size_t)((uintptr_t)*number - 1);
    *ARRAY_PUSH(threads->list, threads->count, sorting->cap) =
        (struct expect_thread){.thread = thread};
    *number = (void *)(uintptr_t)threads->count;
    return threads->count - 1;
}

static void number_lines(struct sorting *sorting)
{
    const struct expect *expect = sorting->expect;
    const struct output_lines *printed = sorting->printed;

    for (size_t i = 0; i < expect->count; i++)
        if (!expect->lines[i].any_lines)
            sorting->promised[i] = thread_of(sorting, expect->lines[i].thread);
    sorting->threads->promised = sorting->threads->count;
    for (size_t j = 0; j < printed->count; j++)
        sorting->said[j] = thread_of(sorting, output_lines_first_word(printed->lines[j]));
}

/* Give every thread its printed lines, in order, from one array. */
static void deal_printed_lines(struct sorting *sorting)
{
    const struct output_lines *printed = sorting->printed;
    struct expect_threads *threads = sorting->threads;
    struct span *next;

    for (size_t j = 0; j < printed->count; j++)
        threads->list[sorting->said[j]].printed.count++;
    next = threads->printed_lines = mem_alloc(printed->count * sizeof *next);
    for (size_t i = 0; i < threads->count; i++) {
        threads->list[i].printed.lines = next;
        next += threads->list[i].printed.count;
        threads->list[i].printed.count = 0;
    }
    for (size_t j = 0; j < printed->count; j++) {
        struct output_lines *to = &threads->list[sorting->said[j]].printed;

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

static void append(struct expect_thread *thread, const struct expect_line *line)
{
    thread->lines[thread->count++] = line;
}

/* A promised thread has its own lines and every `...`; a thread that is not
 * promised may print where there is one. */
static void deal_promised_lines(struct sorting *sorting)
{
    const struct expect *expect = sorting->expect;
    struct expect_threads *threads = sorting->threads;
    size_t anys = count_any_lines(expect);
    const struct expect_line **next =
        mem_alloc((expect->count + (threads->promised + 1) * anys) * sizeof *next);
    size_t *room = mem_alloc(threads->promised * sizeof *room);

    threads->lines = next;
    for (size_t i = 0; i < expect->count; i++) {
        if (!expect->lines[i].any_lines)
            room[sorting->promised[i]]++;
        else
            *next = &expect->lines[i];
    }
    for (size_t i = threads->promised; i < threads->count; i++) {
        threads->list[i].lines = next;
        threads->list[i].count = anys > 0;
    }
    next += anys > 0;
    for (size_t i = 0; i < threads->promised; i++) {
        threads->list[i].lines = next;
        next += room[i] + anys;
    }
    for (size_t i = 0; i < expect->count; i++) {
        if (!expect->lines[i].any_lines)
            append(&threads->list[sorting->promised[i]], &expect->lines[i]);
        else
            for (size_t k = 0; k < threads->promised; k++)
                append(&threads->list[k], &expect->lines[i]);
    }
    free(room);
}

struct expect_threads expect_threads_split(const struct expect *expect,
                                           const struct output_lines *printed)
{
    struct expect_threads threads = {0};
    struct sorting sorting = {
        .expect = expect,
        .printed = printed,
        .threads = &threads,
        .promised = mem_alloc(expect->count * sizeof(size_t)),
        .said = mem_alloc(printed->count * sizeof(size_t)),
    };

    number_lines(&sorting);
    deal_printed_lines(&sorting);
    deal_promised_lines(&sorting);
    table_free(&sorting.numbers);
    free(sorting.promised);
    free(sorting.said);
    return threads;
}

void expect_threads_free(struct expect_threads *threads)
{
    free(threads->list);
    free(threads->lines);
    free(threads->printed_lines);
    *threads = (struct expect_threads){0};
}

static size_t run_of_lines(const struct expect_thread *thread, size_t from)
{
    size_t to = from;

    while (to < thread->count && !thread->lines[to]->any_lines)
        to++;
    return to - from;
}

/* Are the `count` promised lines from `from` the output lines from `at`? */
static bool run_matches(const struct expect_thread *thread, size_t from, size_t count, size_t at)
{
    if (count > thread->printed.count || at > thread->printed.count - count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!output_lines_is(&thread->printed, at + i, thread->lines[from + i]))
            return false;
    return true;
}

/* A run may take the first place where it matches: a later one would only
 * leave less for the runs behind it. */
bool expect_thread_matches(const struct expect_thread *thread)
{
    size_t count = run_of_lines(thread, 0), i = count, at = count;

    if (!run_matches(thread, 0, count, 0))
        return false;
    while (i < thread->count) {
        i++;
        count = run_of_lines(thread, i);
        if (i + count == thread->count && count > 0)
            return thread->printed.count >= at + count &&
                   run_matches(thread, i, count, thread->printed.count - count);
        if (i + count == thread->count)
            return true;
        while (!run_matches(thread, i, count, at))
            if (at++ >= thread->printed.count)
                return false;
        at += count;
        i += count;
    }
    return at == thread->printed.count;
}
