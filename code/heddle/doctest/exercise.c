#include "heddle/doctest/exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"
#include "heddle/doctest/doctest.h"
#include "heddle/outcomes/launch.h"
#include "heddle/tangle/outputs.h"
#include "heddle/tangle/tangle.h"
#include "heddle/web/answer.h"

#define YOUR_TURN "/* Your turn. */"

/* Finding --------------------------------------------------------------------- */

static bool is_exercise(const struct web *web, const struct target *target)
{
    return target->program && !attr_has_class(&target->part->block->attrs, "answer") &&
           exercise_hole(web, target) != NULL;
}

void exercise_list(const struct web *web, struct buf *out)
{
    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i];
        struct place place;

        if (!is_exercise(web, target))
            continue;
        place = target_place(target);
        buf_addf(out, "%-24.*s %s:%u\n", SPAN_ARG(target->name), place.source->path, place.line);
    }
}

const struct target *exercise_find(const struct web *web, struct span name, struct diags *diags)
{
    const struct target *target = table_get(&web->programs, name), *near = NULL;

    if (target != NULL && is_exercise(web, target))
        return target;
    for (size_t i = 0; i < web->target_count && near == NULL; i++)
        if (is_exercise(web, web->targets[i]) && span_distance(web->targets[i]->name, name, 2) <= 2)
            near = web->targets[i];
    diag_add(diags, DIAG_ERROR, (struct place){0}, 0,
             target != NULL ? "the program \"%.*s\" has no hole to fill"
                            : "no chapter has an exercise \"%.*s\"",
             SPAN_ARG(name));
    if (near != NULL)
        diag_note(diags, "did you mean \"%.*s\"?", SPAN_ARG(near->name));
    else
        diag_note(diags, "heddle try lists them");
    return NULL;
}

/* Filling the hole ------------------------------------------------------------ */

/* Lines of a file as a chunk, as if a chapter held them there. */
static struct chunk *chunk_of_lines(struct web *web, const char *path, struct span text,
                                    unsigned first, unsigned last)
{
    struct arena *arena = &web->arena;
    struct chapter *chapter = arena_alloc(arena, sizeof *chapter);
    struct block *block = arena_alloc(arena, sizeof *block);
    struct part *part = arena_alloc(arena, sizeof *part);
    struct chunk *chunk = arena_alloc(arena, sizeof *chunk);

    source_init(&chapter->source, arena, path, text);
    *block = (struct block){.kind = BLOCK_CODE, .fenced = true, .line = first - 1};
    block->lines = arena_array(arena, last - first + 1, sizeof *block->lines);
    for (unsigned i = first; i <= last; i++) {
        struct span line = source_line(&chapter->source, i);

        block->lines[block->line_count++] = (struct code_line){line.ptr, (uint32_t)line.len, 0};
    }
    *part = (struct part){.chapter = chapter, .block = block, .chunk = chunk};
    *chunk = (struct chunk){.first = part, .last = part};
    return chunk;
}

/* A reader's file is made to be edited: no banner says that it must not be. */
unsigned exercise_scaffold(struct web *web, const struct target *exercise, struct buf *out)
{
    struct target own = *exercise;
    struct use *hole = exercise_hole(web, exercise);
    struct chunk *answer = hole->chunk, *stub;
    struct origin *origins;
    unsigned line = 0;
    size_t count;

    stub = chunk_of_lines(web, "", span_of(YOUR_TURN), 1, 1);
    hole->chunk = stub;
    own.banner = (struct span){0};
    tangle_clean(&own, out);
    origins = tangle_origins(&own, &count);
    for (size_t i = 0; i < count; i++)
        if (origins[i].part == stub->first)
            line = (unsigned)i + 1;
    free(origins);
    hole->chunk = answer;
    return line;
}

/* Holding the file against the exercise --------------------------------------- */

static struct span without_end_blanks(struct span line)
{
    while (line.len > 0 && is_blank(line.ptr[line.len - 1]))
        line.len--;
    return line;
}

/* But for blanks at their ends. */
static bool is_same_line(const struct source *own, unsigned own_line, const struct source *file,
                         unsigned line)
{
    return line >= 1 && line <= file->line_count &&
           span_equal(without_end_blanks(source_line(own, own_line)),
                      without_end_blanks(source_line(file, line)));
}

static void report_changed(const struct source *own, unsigned own_line, const struct source *file,
                           unsigned line, struct diags *diags)
{
    if (line < 1 || line > file->line_count)
        line = file->line_count;
    diag_add(diags, DIAG_ERROR, (struct place){file, line, 1}, 1,
             "here the exercise has its own line, \"%.*s\"; an answer stands only where \"%s\" "
             "stood",
             SPAN_ARG(span_trim(source_line(own, own_line))), YOUR_TURN);
}

/* The lines before and behind the hole are the exercise's own. Sets which lines
 * are the answer; they are none when *last < *first. */
static bool find_answer(const struct source *own, unsigned hole, const struct source *file,
                        unsigned *first, unsigned *last, struct diags *diags)
{
    unsigned end = file->line_count;

    while (end > 0 && span_trim(source_line(file, end)).len == 0)
        end--;
    for (unsigned i = 1; i < hole; i++)
        if (!is_same_line(own, i, file, i)) {
            report_changed(own, i, file, i, diags);
            return false;
        }
    for (unsigned i = own->line_count; i > hole; i--, end--)
        if (end < hole || !is_same_line(own, i, file, end)) {
            report_changed(own, i, file, end, diags);
            return false;
        }
    *first = hole;
    *last = end;
    return true;
}

static bool is_untouched(const struct source *file, unsigned first, unsigned last)
{
    for (unsigned i = first; i <= last; i++) {
        struct span line = span_trim(source_line(file, i));

        if (line.len > 0 && !span_is(line, YOUR_TURN))
            return false;
    }
    return true;
}

/* The reader's lines; NULL when they cannot be had, which is reported. */
static struct chunk *read_answer(struct web *web, const struct target *exercise, const char *path,
                                 struct diags *diags)
{
    struct source *own = arena_alloc(&web->arena, sizeof *own);
    struct source *file = arena_alloc(&web->arena, sizeof *file);
    struct buf scaffold = {0};
    struct span text;
    unsigned hole = exercise_scaffold(web, exercise, &scaffold), first, last;

    source_init(own, &web->arena, "", buf_take(&scaffold, &web->arena));
    if (!file_read(&web->arena, path, &text, diags))
        return NULL;
    source_init(file, &web->arena, path, text);
    if (!find_answer(own, hole, file, &first, &last, diags))
        return NULL;
    if (is_untouched(file, first, last)) {
        diag_add(diags, DIAG_ERROR, (struct place){file, hole, 1}, 1,
                 "nothing is written here yet; fill the hole and try again");
        return NULL;
    }
    return chunk_of_lines(web, path, text, first, last);
}

/* Building it ----------------------------------------------------------------- */

/* Words for make, which live in the web's arena. */
struct words {
    struct arena *arena;
    const char **list;
    size_t count, cap;
};

static void add_word(struct words *words, const char *before, const char *behind)
{
    struct buf word = {0};

    buf_addf(&word, "%s%s", before, behind);
    *ARRAY_PUSH(words->list, words->count, words->cap) = buf_take(&word, words->arena).ptr;
}

static bool has_library(const struct web *web)
{
    for (size_t i = 0; i < web->target_count; i++)
        if (!web->targets[i]->program && web->targets[i]->in_make &&
            span_ends(web->targets[i]->path, ".c"))
            return true;
    return false;
}

static bool run_make(struct words *words, const char *makefile,
                     const struct exercise_options *options, struct diags *diags)
{
    bool made;

    if (options->explorer != NULL)
        add_word(words, "BOOK_EXPLORER=", options->explorer);
    add_word(words, "HEDDLE=", options->heddle);
    *ARRAY_PUSH(words->list, words->count, words->cap) = NULL;
    made = launch_make(makefile, words->list, diags);
    free(words->list);
    return made;
}

static bool is_explored(const struct web *web, const struct target *exercise)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].kind == SNIPPET_OUTCOMES && web->snippets[i].program == exercise)
            return true;
    return false;
}

/* What all answers share: the book's library and the explorer, as for its own
 * programs. */
static bool make_shared(struct web *web, const struct target *exercise,
                        const struct exercise_options *options, struct diags *diags)
{
    const struct outputs outputs = {.annotated = "build/annotated",
                                    .makefile = "build/book.mk",
                                    .whole = true};
    struct fileset_counts counts;
    struct words words = {.arena = &web->arena};

    if (!outputs_write(web, &outputs, &counts, diags))
        return false;
    if (is_explored(web, exercise))
        add_word(&words, "build/obj/explorer.o", "");
    if (has_library(web)) {
        add_word(&words, "build/obj/libbook.a", "");
        add_word(&words, "build/obj/libexplored.a", "");
    }
    return run_make(&words, outputs.makefile, options, diags);
}

static bool is_judge(const struct doctest *test, const struct target *exercise)
{
    return test->snippet->program == exercise;
}

static bool make_answer(struct web *web, const struct target *exercise,
                        const struct doctest_list *list, const struct exercise_options *options,
                        struct diags *diags)
{
    const struct outputs outputs = {.annotated = "build/try/annotated",
                                    .makefile = "build/try/book.mk",
                                    .whole = true};
    struct fileset_counts counts;
    struct words words = {.arena = &web->arena};

    if (!outputs_write(web, &outputs, &counts, diags))
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (is_judge(&list->tests[i], exercise) && list->tests[i].claim != NULL)
            add_word(&words, "build/try/explore/", list->tests[i].claim->record);
        else if (is_judge(&list->tests[i], exercise))
            add_word(&words, "build/try/bin/", list->tests[i].program);
    }
    add_word(&words, "BOOK_OUT=build/try", "");
    add_word(&words, "BOOK_EXPLORE_OUT=build/try", "");
    add_word(&words, "BOOK_EXPLORER_OBJECT=build/obj/explorer.o", "");
    add_word(&words, "BOOK_EXPLORER_OBJECTS=", ""); /* it is linked already */
    if (has_library(web)) {
        add_word(&words, "BOOK_LIBRARY=build/obj/libbook.a", "");
        add_word(&words, "BOOK_EXPLORED_LIBRARY=build/obj/libexplored.a", "");
    }
    return run_make(&words, outputs.makefile, options, diags);
}

/* Judging it ------------------------------------------------------------------ */

/* Runs what was built; returns how many tests failed. */
static size_t judge(const struct doctest_list *list, const struct target *exercise,
                    const struct exercise_options *options)
{
    const struct doctest_options where = {.bin = "build/try/bin",
                                          .explored = "build/try/explore",
                                          .annotated = "build/try/annotated"};
    size_t failed = 0;

    for (size_t i = 0; i < list->count; i++) {
        struct doctest_result result;

        if (!is_judge(&list->tests[i], exercise))
            continue;
        doctest_run_one(&list->tests[i], &where, &result);
        failed += result.outcome != DOCTEST_PASSED;
        doctest_print_message(stdout, buf_span(&result.message), options->colour);
        doctest_result_free(&result);
    }
    return failed;
}

/* The answer is in the web: 0 when it is right. */
static int try_web(struct web *web, const struct target *exercise, const char *path,
                   const struct exercise_options *options, struct diags *diags)
{
    struct doctest_list list = {0};
    size_t failed = 1;

    if (!doctest_collect(&list, web, diags))
        ;
    else if (!make_answer(web, exercise, &list, options, diags))
        printf("not yet: %s does not compile\n", path);
    else if ((failed = judge(&list, exercise, options)) > 0)
        printf("not yet: %s does not do what the exercise asks for\n", path);
    else
        printf("right: %s does what the exercise asks for, and nothing else\n", path);
    doctest_free(&list);
    return failed > 0;
}

int exercise_try(struct web *web, const struct target *exercise, const char *path,
                 const struct exercise_options *options, struct diags *diags)
{
    struct chunk *answer = read_answer(web, exercise, path, diags);

    if (answer == NULL || !make_shared(web, exercise, options, diags))
        return 1;
    exercise_hole(web, exercise)->chunk = answer;
    return try_web(web, exercise, path, options, diags);
}
