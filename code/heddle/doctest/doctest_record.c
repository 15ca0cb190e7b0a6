#include "heddle/doctest/doctest_record.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "heddle/disk/cache.h"
#include "heddle/doctest/doctest_case.h"
#include "heddle/tangle/tangle.h"

enum { MOST_RECORDS = 10000 };

/* Each piece with its length, so that none runs into the next. */
static void add_piece(struct buf *key, struct span piece)
{
    buf_addf(key, "%zu:", piece.len);
    buf_add(key, piece);
}

static bool add_file(struct buf *key, const char *path)
{
    struct arena arena = {0};
    struct diags ignored = {0};
    struct span text;
    char hash[HASH_DIGITS + 1];
    bool there = file_read(&arena, path, &text, &ignored);

    if (there) {
        hash_text(text, hash);
        buf_adds(key, hash);
    }
    diag_free(&ignored);
    arena_free(&arena);
    return there;
}

/* The machine ------------------------------------------------------------------- */

static char machine[HASH_DIGITS + 1];
static pthread_once_t machine_known = PTHREAD_ONCE_INIT;

/* When what stands there was last changed, and by how much. */
static void add_state(struct buf *key, const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0)
        buf_addf(key, "%s %lld.%09ld %lld;", path, (long long)status.st_mtim.tv_sec,
                 status.st_mtim.tv_nsec, (long long)status.st_size);
}

/* Programs use shared libraries and call other programs: ldconfig(8) writes the
 * first file when a library came, and a folder's time says that one was replaced. */
static void find_machine(void)
{
    struct utsname system;
    struct buf key = {0};

    if (uname(&system) == 0)
        buf_addf(&key, "%s %s %s %s;", system.sysname, system.release, system.version,
                 system.machine);
    add_state(&key, "/etc/ld.so.cache");
    add_state(&key, "/usr/lib");
    add_state(&key, "/usr/bin");
    add_state(&key, "/usr/local/bin");
    buf_addf(&key, "%s;", getenv("PATH") != NULL ? getenv("PATH") : "");
    add_file(&key, "/proc/self/exe");
    hash_text(buf_span(&key), machine);
    buf_free(&key);
}

/* The promise ------------------------------------------------------------------- */

static void add_block(struct buf *key, const struct block *block)
{
    add_piece(key, block->info);
    for (unsigned i = 0; i < block->line_count; i++) {
        buf_addf(key, "%u ", block->lines[i].pad);
        add_piece(key, code_line_span(&block->lines[i]));
    }
}

/* A message of the compiler's may name a line: where the block stands counts then. */
static bool names_line(const struct block *expected)
{
    for (unsigned i = 0; expected != NULL && i < expected->line_count; i++) {
        struct span rest = code_line_span(&expected->lines[i]), before;

        if (span_find(&rest, ".md:", &before))
            return true;
    }
    return false;
}

static void add_without_lines(struct buf *key, struct span text)
{
    struct span line;

    while (span_line(&text, &line))
        if (!span_starts(line, "#line "))
            add_piece(key, line);
}

static void add_compiled(struct buf *key, const struct doctest *test,
                         const struct doctest_options *options)
{
    const struct snippet *snippet = test->snippet;
    struct buf text = {0};
    const char *cc = options->cc != NULL ? options->cc : getenv("CC");

    add_piece(key, span_of(cc));
    tangle_part(snippet->part, &text);
    if (names_line(snippet->expected))
        add_piece(key, buf_span(&text));
    else
        add_without_lines(key, buf_span(&text));
    if (snippet->expected != NULL)
        add_block(key, snippet->expected);
    for (size_t i = 0; i < test->web->target_count; i++)
        if (test->web->targets[i]->c && !test->web->targets[i]->program) {
            text.len = 0;
            tangle_clean(test->web->targets[i], &text);
            add_piece(key, buf_span(&text));
        }
    buf_free(&text);
}

static void add_words(struct buf *key, const struct shell_words *words)
{
    buf_addf(key, "%zu words ", words->count);
    for (size_t i = 0; i < words->count; i++)
        add_piece(key, span_of(words->list[i]));
}

static void add_target(struct buf *key, const struct target *target)
{
    struct buf text = {0};

    tangle_clean(target, &text);
    add_piece(key, target->path);
    add_piece(key, target->interpreter);
    add_piece(key, buf_span(&text));
    buf_addf(key, "%o;", target->mode);
    buf_free(&text);
}

static void add_run(struct buf *key, const struct doctest_run *run)
{
    add_words(key, &run->args);
    add_words(key, &run->env);
    add_piece(key, run->input);
    for (size_t i = 0; i < run->file_count; i++)
        add_target(key, run->files[i]);
    buf_addf(key, "%lld %d %d %d;", (long long)run->timeout_ms, run->ending, run->shows_out,
             run->shows_err);
}

/* Built, and of what the chapter says now. */
static bool add_program(struct buf *key, const struct doctest *test,
                        const struct doctest_options *options)
{
    struct doctest_result result = {0};
    const struct doctest_case test_case = {test, options, &result};
    struct buf path = {0};
    bool built;

    buf_addf(&path, "%s/%s", doctest_case_or(options->bin, "build/bin"), test->program);
    built = doctest_case_check_built(&test_case, buf_string(&path)) && add_file(key, path.ptr);
    doctest_result_free(&result);
    buf_free(&path);
    return built;
}

bool doctest_record_name(const struct doctest *test, const struct doctest_options *options,
                         char name[HASH_DIGITS + 1])
{
    struct buf key = {0};
    bool good = options->records != NULL && test->snippet->kind != SNIPPET_OUTCOMES &&
                test->snippet->kind != SNIPPET_FIGURE;

    if (!good)
        return false;
    pthread_once(&machine_known, find_machine);
    buf_addf(&key, "%s %d;", machine, (int)test->snippet->kind);
    add_piece(&key, span_of(test->place.source->path));
    add_block(&key, test->snippet->part->block);
    if (test->snippet->kind != SNIPPET_OUTPUT) {
        add_compiled(&key, test, options);
    } else {
        add_run(&key, test->run);
        add_target(&key, test->snippet->program);
        good = test->snippet->program->interpreter.len > 0 || add_program(&key, test, options);
    }
    hash_text(buf_span(&key), name);
    buf_free(&key);
    return good;
}

/* The records --------------------------------------------------------------------- */

bool doctest_record_has(const struct doctest_options *options, const char *name)
{
    struct arena arena = {0};
    struct span text;
    bool has = !options->all && cache_find(options->records, name, &arena, &text);

    arena_free(&arena);
    return has;
}

void doctest_record_keep(const struct doctest_options *options, const char *name)
{
    cache_put(options->records, name, span_of("passed\n"));
}

void doctest_record_prune(const struct doctest_options *options)
{
    if (options->records != NULL)
        cache_prune(options->records, MOST_RECORDS);
}
