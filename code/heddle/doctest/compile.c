#include "heddle/doctest/compile.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/tangle/tangle.h"
#include "lib/process.h"

extern char **environ;

/* Shells and env say with status 126 and 127 that a command cannot be run. */
enum { CANNOT_RUN = 126 };
enum { COMPILE_TIMEOUT_MS = 60 * 1000, COMPILE_MOST_OUTPUT = 1024 * 1024 };

static bool is_plus_plus(const struct part *part)
{
    struct span language = part->block->attrs.language;

    return !span_is(language, "c") && !span_is(language, "h");
}

static const char *compiler(const struct compile_options *options, bool plus_plus)
{
    const char *variable = plus_plus ? "CXX" : "CC", *name = getenv(variable);

    if (!plus_plus && options->cc != NULL)
        return options->cc;
    if (name != NULL && *name != '\0')
        return name;
    return plus_plus ? "c++" : "cc";
}

static void add_all(const char **argv, size_t *count, const char *const *words, size_t word_count)
{
    for (size_t i = 0; i < word_count; i++)
        argv[(*count)++] = words[i];
}

static const char *include_flag(struct arena *arena, const char *folder)
{
    struct buf flag = {0};

    buf_addf(&flag, "-I%s", folder);
    return buf_take(&flag, arena).ptr;
}

/* C before 1999 took a statement at file scope for a declaration of type int,
 * and gcc still does; then any call would be a good fragment. */
static const char *const c_flags[] = {
    "-std=c17",
    "-Werror=implicit-int",
    "-Werror=implicit-function-declaration",
};

/* The command, in the arena; NULL when $CC is no list of words. */
static const char **command(struct arena *arena, const struct compile_options *options,
                            bool plus_plus)
{
    size_t c_count = plus_plus ? 0 : sizeof c_flags / sizeof *c_flags, count = 0;
    const char *const middle[] = {
        include_flag(arena, options->code),
        include_flag(arena, options->annotated),
    };
    const char *const last[] = {"-fsyntax-only", "-x", plus_plus ? "c++" : "c", "-"};
    size_t cflags = options->cflags != NULL ? options->cflags->count : 0;
    struct shell_words cc;
    const char **argv;

    if (shell_words_split(&cc, arena, span_of(compiler(options, plus_plus))) != NULL ||
        cc.count == 0)
        return NULL;
    argv = arena_array(arena, cc.count + c_count + cflags + 8, sizeof *argv);
    add_all(argv, &count, cc.list, cc.count);
    add_all(argv, &count, c_flags, c_count);
    add_all(argv, &count, middle, 2);
    if (cflags > 0)
        add_all(argv, &count, options->cflags->list, cflags);
    add_all(argv, &count, last, 4);
    return argv;
}

/* Ours, but with messages in English and with plain quotes. */
static const char **environment(struct arena *arena)
{
    size_t count = 0;
    const char **list;

    while (environ != NULL && environ[count] != NULL)
        count++;
    list = arena_array(arena, count + 2, sizeof *list);
    count = 0;
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++)
        if (strncmp(*variable, "LC_", 3) != 0 && strncmp(*variable, "LANG", 4) != 0)
            list[count++] = *variable;
    list[count] = "LC_ALL=C";
    return list;
}

static enum compile_outcome judge(int err, const char *cc, const struct process_result *result,
                                  struct buf *messages)
{
    if (err == 0 && result->returncode == 0)
        return COMPILE_ACCEPTED;
    if (err == 0 && result->returncode > 0 && result->returncode < CANNOT_RUN)
        return COMPILE_REFUSED;
    if (err == 0 && result->returncode > 0)
        buf_addf(messages, "cannot run %s: status %d\n", cc, result->returncode);
    else if (err == 0)
        buf_addf(messages, "%s was ended by signal %d\n", cc, -result->returncode);
    else if (err == ETIMEDOUT)
        buf_addf(messages, "%s did not end within %d s\n", cc, COMPILE_TIMEOUT_MS / 1000);
    else if (err == EFBIG)
        return COMPILE_REFUSED;
    else
        buf_addf(messages, "cannot run %s: %s%s\n", cc, strerror(err),
                 err == ENOENT ? "; install a C compiler (Debian, Ubuntu: apt-get install gcc), "
                                 "or name one in CC"
                               : "");
    return COMPILE_NOT_RUN;
}

static enum compile_outcome compile(struct span text, const struct compile_options *options,
                                    bool plus_plus, struct buf *messages)
{
    struct arena arena = {0};
    const char **argv = command(&arena, options, plus_plus);
    struct process_result result;
    enum compile_outcome outcome;
    int err;

    if (argv == NULL) {
        buf_addf(messages, "%s is no command\n", plus_plus ? "CXX" : "CC");
        arena_free(&arena);
        return COMPILE_NOT_RUN;
    }
    err = process_run(argv,
                      &(const struct process_options){
                          .input = text.len > 0 ? text.ptr : "",
                          .input_size = text.len,
                          .capture_output = true,
                          .output_limit = COMPILE_MOST_OUTPUT,
                          .timeout_ms = COMPILE_TIMEOUT_MS,
                          .env = environment(&arena),
                          .new_group = true,
                          .end_group = true,
                          .death_signal = SIGKILL,
                      },
                      &result);
    if (result.err != NULL)
        buf_add(messages, (struct span){result.err, result.err_size});
    outcome = judge(err, argv[0], &result, messages);
    process_result_destroy(&result);
    arena_free(&arena);
    return outcome;
}

enum compile_outcome compile_part(const struct part *part, const struct compile_options *options,
                                  struct buf *messages)
{
    struct buf text = {0};
    enum compile_outcome outcome;

    tangle_part(part, &text);
    outcome = compile(buf_span(&text), options, is_plus_plus(part), messages);
    buf_free(&text);
    return outcome;
}

/* Fragments ------------------------------------------------------------------ */

/* What follows # and the directive's name, when it is that directive. */
static bool is_directive(struct span line, const char *name, struct span *rest)
{
    line = span_trim(line);
    if (!span_starts(line, "#"))
        return false;
    line = span_trim(span_skip(line, 1));
    if (!span_starts(line, name))
        return false;
    *rest = span_trim(span_skip(line, strlen(name)));
    return true;
}

/* Lines that mean nothing inside of a function: #include, and the #define of a
 * feature test macro, which must come before it. */
static bool belongs_outside(struct span line)
{
    struct span rest;

    return is_directive(line, "include", &rest) ||
           (is_directive(line, "define", &rest) && span_starts(rest, "_"));
}

/* Does a `return` without a value stand in it? Then the body is that of a void
 * function. */
static bool returns_nothing(struct span text)
{
    while (text.len > 0) {
        struct span behind;

        if (!span_starts(text, "return")) {
            text = span_skip(text, 1);
            continue;
        }
        behind = span_trim(span_skip(text, strlen("return")));
        if (span_starts(behind, ";"))
            return true;
        text = span_skip(text, strlen("return"));
    }
    return false;
}

/* Where a line of tangled text is in its chapter, by the last #line. */
struct place_of_line {
    struct span file; /* with its quotes */
    unsigned long line;
};

static bool read_line_directive(struct span line, struct place_of_line *place)
{
    struct span rest;
    size_t digits = 0;

    if (!is_directive(line, "line", &rest))
        return false;
    while (digits < rest.len && rest.ptr[digits] >= '0' && rest.ptr[digits] <= '9')
        digits++;
    if (!span_number((struct span){rest.ptr, digits}, 1ul << 31, &place->line))
        return false;
    place->file = span_trim(span_skip(rest, digits));
    return true;
}

/* Copy the lines that belong outside, or those that do not, each where a
 * message about it will name the chapter's line. */
static void copy_lines(struct span text, bool outside, struct buf *to)
{
    struct place_of_line place = {span_of("\"-\""), 1};
    struct span line;

    while (span_line(&text, &line)) {
        bool directive = read_line_directive(line, &place);

        if (outside && !directive && belongs_outside(line))
            buf_addf(to, "#line %lu %.*s\n%.*s\n", place.line, SPAN_ARG(place.file),
                     SPAN_ARG(line));
        if (!outside)
            buf_addf(to, "%.*s\n", belongs_outside(line) ? 0 : (int)line.len, line.ptr);
        place.line += !directive;
    }
}

static void wrap(struct span text, struct buf *to)
{
    copy_lines(text, true, to);
    buf_addf(to, "%s fragment_of_a_chapter(void);\n%s fragment_of_a_chapter(void)\n{\n",
             returns_nothing(text) ? "void" : "int", returns_nothing(text) ? "void" : "int");
    copy_lines(text, false, to);
    buf_adds(to, "\n}\n");
}

static size_t count_errors(const struct buf *messages)
{
    struct span rest = buf_span(messages), line;
    size_t count = 0;

    while (span_line(&rest, &line))
        for (size_t i = 0; i < line.len; i++)
            if (span_starts(span_skip(line, i), "error: ")) {
                count++;
                break;
            }
    return count;
}

enum compile_outcome compile_fragment(const struct part *part,
                                      const struct compile_options *options, struct buf *messages)
{
    struct buf text = {0}, wrapped = {0}, plain_says = {0}, wrapped_says = {0};
    bool plus_plus = is_plus_plus(part);
    enum compile_outcome outcome;

    tangle_part(part, &text);
    outcome = compile(buf_span(&text), options, plus_plus, &plain_says);
    if (outcome == COMPILE_REFUSED) {
        wrap(buf_span(&text), &wrapped);
        outcome = compile(buf_span(&wrapped), options, plus_plus, &wrapped_says);
    }
    if (wrapped_says.len > 0 && count_errors(&wrapped_says) <= count_errors(&plain_says))
        buf_add(messages, buf_span(&wrapped_says));
    else
        buf_add(messages, buf_span(&plain_says));
    buf_free(&text);
    buf_free(&wrapped);
    buf_free(&plain_says);
    buf_free(&wrapped_says);
    return outcome;
}
