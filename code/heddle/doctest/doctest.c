#include "heddle/doctest/doctest.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/system/signal_names.h"

enum { DEFAULT_TIMEOUT_MS = 10 * 1000, MOST_TIMEOUT_MS = 60 * 60 * 1000 };

struct collector {
    struct doctest_list *list;
    const struct web *web;
    struct diags *diags;
    struct table runs; /* what makes a run -> struct doctest_run */
    bool good;
};

/* The block whose attributes are being read. */
struct reading {
    struct collector *collector;
    const struct source *source;
    const struct attrs *attrs;
    const struct snippet *snippet;
};

static void fault(const struct reading *reading, const struct attr *attr, const char *what)
{
    diag_error_at(reading->collector->diags, reading->source, attr->whole, "\"%.*s\" %s",
                  SPAN_ARG(attr->value), what);
    reading->collector->good = false;
}

static struct arena *arena_of(const struct reading *reading)
{
    return &reading->collector->list->arena;
}

/* Attributes ---------------------------------------------------------------- */

static enum expect_order read_order(const struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "order");

    if (attr == NULL)
        return EXPECT_EXACT;
    if (span_is(attr->value, "any"))
        return EXPECT_ANY_ORDER;
    if (!span_is(attr->value, "threads"))
        fault(reading, attr, "is no order; say any or threads");
    return EXPECT_THREADS;
}

static bool read_is_err(const struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "stream");

    if (attr == NULL || span_is(attr->value, "stdout"))
        return false;
    if (!span_is(attr->value, "stderr"))
        fault(reading, attr, "is no stream; say stdout or stderr");
    return true;
}

static bool read_unfinished(const struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "newline");

    if (attr != NULL && !span_is(attr->value, "no"))
        fault(reading, attr, "is no word about the last newline; say newline=no, or nothing");
    return attr != NULL;
}

static struct shell_words read_words(const struct reading *reading, const char *key)
{
    const struct attr *attr = attr_get(reading->attrs, key);
    struct shell_words words = {0};
    const char *what = NULL;

    if (attr != NULL)
        what = shell_words_split(&words, arena_of(reading), attr_text(attr, arena_of(reading)));
    if (what != NULL)
        fault(reading, attr, what);
    return words;
}

static struct shell_words read_env(const struct reading *reading)
{
    struct shell_words words = read_words(reading, "env");

    for (size_t i = 0; i < words.count; i++) {
        const char *sign = strchr(words.list[i], '=');

        if (sign == NULL || sign == words.list[i]) {
            fault(reading, attr_get(reading->attrs, "env"), "is no list of NAME=value");
            return (struct shell_words){0};
        }
    }
    return words;
}

static int64_t read_timeout(const struct reading *reading)
{
    const struct attr *attr = attr_get(reading->attrs, "timeout");
    unsigned long ms;

    if (attr == NULL)
        return 0;
    if (span_duration(attr->value, MOST_TIMEOUT_MS, &ms))
        return (int64_t)ms;
    fault(reading, attr, "is no time limit up to an hour; say 500ms, 10s or 2m");
    return 0;
}

/* How the block says that its run ends; NULL when it does not say. */
static const struct attr *read_ending(const struct reading *reading, int *ending)
{
    const struct attr *status = attr_get(reading->attrs, "status");
    const struct attr *signal = attr_get(reading->attrs, "signal");
    unsigned long number = 0;

    if (status != NULL && !span_number(status->value, 255, &number))
        fault(reading, status, "is no exit status from 0 to 255");
    *ending = (int)number;
    if (signal == NULL)
        return status;
    if (status != NULL)
        fault(reading, signal, "contradicts status: one run has one end");
    *ending = -signal_number(signal->value);
    if (*ending == 0)
        fault(reading, signal, "is no signal; say TERM or SIGTERM");
    return signal;
}

/* Files ---------------------------------------------------------------------- */

/* What a reader of the chapter has beside its programs: the files that the
 * chapter makes and that no compiler reads. */
static bool is_beside(const struct target *target, const struct source *chapter)
{
    return &target->part->chapter->source == chapter && !target->c && !target->program;
}

static void add_file(struct doctest_run *run, const struct target *target)
{
    run->files[run->file_count++] = target;
}

static void report_no_file(const struct reading *reading, const char *name)
{
    struct diags *diags = reading->collector->diags;
    const struct attr *attr = attr_get(reading->attrs, "files");
    struct span near;

    diag_error_at(diags, reading->source, attr->whole, "no chapter makes a file \"%s\"", name);
    if (table_nearest(&reading->collector->web->paths, span_of(name), &near))
        diag_add(diags, DIAG_NOTE, source_place(reading->source, attr->whole.ptr), 0,
                 "did you mean \"%.*s\"?", SPAN_ARG(near));
    reading->collector->good = false;
}

/* files= says exactly which; otherwise they are those beside the program. */
static void read_files(const struct reading *reading, struct doctest_run *run)
{
    const struct web *web = reading->collector->web;
    struct shell_words names = read_words(reading, "files");

    run->files =
        arena_array(arena_of(reading), web->target_count + names.count, sizeof *run->files);
    for (size_t i = 0; i < names.count; i++) {
        const struct target *target = table_get(&web->paths, span_of(names.list[i]));

        if (target != NULL)
            add_file(run, target);
        else
            report_no_file(reading, names.list[i]);
    }
    for (size_t i = 0; i < web->target_count && attr_get(reading->attrs, "files") == NULL; i++)
        if (is_beside(web->targets[i], reading->source))
            add_file(run, web->targets[i]);
}

/* Runs ---------------------------------------------------------------------- */

static void add_words(struct buf *key, const struct shell_words *words)
{
    buf_addf(key, " %zu", words->count);
    for (size_t i = 0; i < words->count; i++)
        buf_addf(key, " %zu %s", strlen(words->list[i]), words->list[i]);
}

/* The run of this program with these args, stdin and env in this chapter;
 * made when no block before was about it. */
static struct doctest_run *find_run(const struct reading *reading)
{
    const struct attr *input = attr_get(reading->attrs, "stdin");
    struct doctest_run run = {
        .args = read_words(reading, "args"),
        .env = read_env(reading),
        .input = input != NULL ? attr_text(input, arena_of(reading)) : span_of(""),
        .timeout_ms = DEFAULT_TIMEOUT_MS,
    };
    struct buf key = {0};
    void **slot;

    read_files(reading, &run);
    if (session_is(reading->snippet->part->block)) /* it shares no run with any other */
        buf_addf(&key, "%u ", reading->snippet->part->block->line);
    buf_addf(&key, "%s %.*s", reading->source->path, SPAN_ARG(reading->snippet->program->name));
    add_words(&key, &run.args);
    add_words(&key, &run.env);
    for (size_t i = 0; i < run.file_count; i++)
        buf_addf(&key, " %.*s", SPAN_ARG(run.files[i]->path));
    buf_add(&key, run.input);
    slot = table_put(&reading->collector->runs, buf_take(&key, arena_of(reading)));
    if (*slot == NULL) {
        *slot = arena_alloc(arena_of(reading), sizeof run);
        *(struct doctest_run *)*slot = run;
    }
    return *slot;
}

static void settle_ending(const struct reading *reading, struct doctest_run *run)
{
    int ending;
    const struct attr *attr = read_ending(reading, &ending);

    if (attr == NULL)
        return;
    if (run->ended_by == NULL) {
        run->ending = ending;
        run->ended_by = attr;
        run->ended_in = reading->snippet;
    } else if (run->ending != ending) {
        const struct source *other = &run->ended_in->part->chapter->source;

        fault(reading, attr, "contradicts another block of the same run");
        diag_add(reading->collector->diags, DIAG_NOTE,
                 source_place(other, run->ended_by->whole.ptr), (unsigned)run->ended_by->whole.len,
                 "it ends so here");
    }
}

static void read_run(const struct reading *reading, struct doctest *test)
{
    int64_t timeout_ms = read_timeout(reading);
    struct doctest_run *run = find_run(reading);

    /* A limit that a block states holds, even when it is below the default. */
    if (timeout_ms > 0 && (timeout_ms > run->timeout_ms || !run->limited)) {
        run->timeout_ms = timeout_ms;
        run->limited = true;
    }
    settle_ending(reading, run);
    test->is_err = read_is_err(reading);
    test->unfinished = read_unfinished(reading);
    run->shows_err = run->shows_err || test->is_err;
    run->shows_out = run->shows_out || !test->is_err;
    test->run = run;
}

/* Tests --------------------------------------------------------------------- */

static void read_expect(const struct reading *reading, struct doctest *test,
                        const struct block *block)
{
    struct expect_source *lines = mem_alloc(block->line_count * sizeof *lines);

    for (unsigned i = 0; i < block->line_count; i++)
        lines[i] = (struct expect_source){code_line_span(&block->lines[i]), block->lines[i].pad};
    if (!expect_read(&test->expect, arena_of(reading), reading->source, lines, block->line_count,
                     block->line + 1, read_order(reading), reading->collector->diags))
        reading->collector->good = false;
    free(lines);
}

static void read_session(const struct reading *reading, struct doctest *test)
{
    static const char *const not_there[] = {"args", "stream", "order", "newline"};
    struct collector *collector = reading->collector;

    for (size_t i = 0; i < sizeof not_there / sizeof *not_there; i++)
        if (attr_get(reading->attrs, not_there[i]) != NULL)
            fault(reading, attr_get(reading->attrs, not_there[i]),
                  "means nothing in a session; its lines say how the program is called");
    test->session = arena_alloc(arena_of(reading), sizeof *test->session);
    if (!session_read(test->session, arena_of(reading), reading->source,
                      reading->snippet->part->block, reading->snippet->program, collector->diags))
        collector->good = false;
    for (size_t i = 0; i < test->session->count; i++)
        test->expect.has_patterns |= test->session->steps[i].expect.has_patterns;
}

static void read_output(const struct reading *reading, struct doctest *test)
{
    struct span name = reading->snippet->program->name;

    test->program = arena_copy(arena_of(reading), name.ptr, name.len);
    read_run(reading, test);
    if (session_is(reading->snippet->part->block))
        read_session(reading, test);
    else
        read_expect(reading, test, reading->snippet->part->block);
}

static void read_compiled(const struct reading *reading, struct doctest *test)
{
    const struct block *block = reading->snippet->part->block;
    struct diags *diags = reading->collector->diags;
    const struct block *expected = reading->snippet->expected;

    test->cflags = read_words(reading, "cflags");
    if (!attr_is_c_language(block->attrs.language)) {
        diag_error_at(diags, reading->source, block->info,
                      "only C can be compiled here, and this is \"%.*s\"",
                      SPAN_ARG(block->attrs.language));
        reading->collector->good = false;
    } else if (expected != NULL) {
        read_expect(reading, test, expected);
    }
}

static void read_claim(const struct reading *reading, struct doctest *test)
{
    struct doctest_claim *claim = arena_alloc(arena_of(reading), sizeof *claim);
    struct span name = reading->snippet->program->name;
    struct buf record = {0};

    test->program = arena_copy(arena_of(reading), name.ptr, name.len);
    test->claim = claim;
    if (!span_ends(reading->snippet->program->path, ".c")) {
        diag_error_at(reading->collector->diags, reading->source,
                      attr_get(reading->attrs, "of")->whole,
                      "only a program in C can be explored; show what one run prints in an "
                      "output block");
        reading->collector->good = false;
    }
    claim->races = read_words(reading, "races");
    if (!outcomes_how_read(&claim->how, arena_of(reading), reading->snippet,
                           reading->collector->diags) ||
        !outcomes_read_block(&claim->outcomes, arena_of(reading), reading->source,
                             reading->snippet->part->block, reading->collector->diags))
        reading->collector->good = false;
    outcomes_file(&claim->how, name, &record);
    claim->record = buf_take(&record, arena_of(reading)).ptr;
}

/* Its run is that of the blocks which show what the program prints. */
static void read_figure(const struct reading *reading, struct doctest *test)
{
    struct collector *collector = reading->collector;
    struct span name = reading->snippet->program->name;
    int64_t timeout_ms = read_timeout(reading);

    test->program = arena_copy(arena_of(reading), name.ptr, name.len);
    test->run = find_run(reading);
    if (timeout_ms > test->run->timeout_ms)
        test->run->timeout_ms = timeout_ms;
    test->figure = arena_alloc(arena_of(reading), sizeof *test->figure);
    if (!figure_read(test->figure, arena_of(reading), collector->web, reading->snippet,
                     collector->diags))
        collector->good = false;
}

static const char *test_name(const struct reading *reading, const struct doctest *test)
{
    const struct block *block = reading->snippet->part->block;
    const char *kind = reading->snippet->kind == SNIPPET_FRAGMENT ? "fragment" : "compile-fail";
    struct buf name = {0};

    buf_addf(&name, "%s:%u %s", reading->source->path, block->line,
             test->program != NULL ? test->program : kind);
    if (test->claim != NULL)
        buf_adds(&name, " outcomes");
    if (test->figure != NULL)
        buf_adds(&name, " figure");
    if (test->program == NULL && block->attrs.id.len > 0)
        buf_addf(&name, " %.*s", SPAN_ARG(block->attrs.id));
    return buf_take(&name, arena_of(reading)).ptr;
}

/* Where the block says what it is. */
static struct place block_place(const struct source *source, const struct block *block)
{
    return block->info.len > 0 ? source_place(source, block->info.ptr)
                               : (struct place){source, block->line, 1};
}

static void collect_one(struct collector *collector, const struct snippet *snippet)
{
    const struct reading reading = {
        collector,
        &snippet->part->chapter->source,
        &snippet->part->block->attrs,
        snippet,
    };
    struct doctest *test = &collector->list->tests[collector->list->count];
    bool was_good = collector->good;

    if (snippet->kind != SNIPPET_FRAGMENT && snippet->kind != SNIPPET_COMPILE_FAIL &&
        snippet->program == NULL)
        return; /* web_build() has reported it */
    *test = (struct doctest){
        .web = collector->web,
        .snippet = snippet,
        .place = block_place(reading.source, snippet->part->block),
    };
    collector->good = true;
    if (snippet->kind == SNIPPET_OUTPUT)
        read_output(&reading, test);
    else if (snippet->kind == SNIPPET_OUTCOMES)
        read_claim(&reading, test);
    else if (snippet->kind == SNIPPET_FIGURE)
        read_figure(&reading, test);
    else
        read_compiled(&reading, test);
    test->name = test_name(&reading, test);
    collector->list->count += collector->good;
    collector->good = collector->good && was_good;
}

bool doctest_collect(struct doctest_list *list, const struct web *web, struct diags *diags)
{
    struct collector collector = {.list = list, .web = web, .diags = diags, .good = true};

    *list = (struct doctest_list){0};
    list->tests = arena_array(&list->arena, web->snippet_count, sizeof *list->tests);
    for (size_t i = 0; i < web->snippet_count; i++)
        collect_one(&collector, &web->snippets[i]);
    table_free(&collector.runs);
    return collector.good;
}

void doctest_free(struct doctest_list *list)
{
    arena_free(&list->arena);
    *list = (struct doctest_list){0};
}
