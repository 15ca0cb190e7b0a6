#include "heddle/doctest/session.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/path.h"

struct session_reader {
    struct session *session;
    struct arena *arena;
    const struct source *source;
    const struct block *block;
    const struct target *program;
    struct diags *diags;
    bool good;
};

bool session_is(const struct block *block)
{
    return span_is(block->attrs.language, "console") && attr_get(&block->attrs, "of") != NULL;
}

static void fault(struct session_reader *reader, struct span where, const char *what)
{
    diag_error_at(reader->diags, reader->source, where, "%s", what);
    reader->good = false;
}

/* Commands ------------------------------------------------------------------- */

static bool is_prompt(const struct code_line *line)
{
    return line->pad == 0 && span_starts(code_line_span(line), "$ ");
}

/* The first sign outside of quotes that a shell would obey; NULL: none. */
static const char *shell_sign(struct span text)
{
    char quote = '\0';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"')
            quote = c;
        else if (c == '\\')
            i++;
        else if (strchr("|&;>$`()*?", c) != NULL)
            return text.ptr + i;
    }
    return NULL;
}

static bool compiles(const struct shell_words *words)
{
    static const char *const compilers[] = {"cc", "gcc", "clang", "make"};

    for (size_t i = 0; i < sizeof compilers / sizeof *compilers; i++)
        if (words->count > 0 && strcmp(words->list[0], compilers[i]) == 0)
            return true;
    return false;
}

static bool names_program(const struct session_reader *reader, const char *word)
{
    struct span name = span_of(word);

    if (span_starts(name, "./"))
        name = span_skip(name, 2);
    return span_is(name, "a.out") || span_equal(name, reader->program->name) ||
           span_equal(name, path_name(reader->program->path));
}

/* Take "< FILE" out of the words. */
static void take_input(struct session_reader *reader, struct session_step *step)
{
    struct shell_words *words = &step->args;
    size_t count = 0;

    for (size_t i = 0; i < words->count; i++) {
        const char *word = words->list[i];

        if (word[0] != '<')
            words->list[count++] = word;
        else if (word[1] != '\0')
            step->input = word + 1;
        else if (i + 1 < words->count)
            step->input = words->list[++i];
        else
            fault(reader, step->command, "no file is named behind <");
    }
    words->count = count;
    words->list[count] = NULL;
    if (step->input != NULL && path_fault(span_of(step->input)) != NULL)
        fault(reader, step->command, "what it reads must be a file of its own folder");
}

static void read_run(struct session_reader *reader, struct session_step *step)
{
    struct buf message = {0};

    if (!names_program(reader, step->args.list[0])) {
        buf_addf(&message, "this is a session of %.*s, so its commands are ./%.*s and echo $?",
                 SPAN_ARG(reader->program->name), SPAN_ARG(reader->program->name));
        fault(reader, step->command, buf_string(&message));
        buf_free(&message);
        return;
    }
    step->args.list++;
    step->args.count--;
    take_input(reader, step);
}

static void read_command(struct session_reader *reader, struct session_step *step)
{
    struct span text = span_trim(span_skip(step->command, 2));
    const char *sign = shell_sign(text), *what;

    if (span_is(text, "echo $?")) {
        step->kind = SESSION_STATUS;
        return;
    }
    what = shell_words_split(&step->args, reader->arena, text);
    if (what == NULL && compiles(&step->args))
        step->kind = SESSION_COMPILE;
    else if (sign != NULL)
        fault(reader, (struct span){sign, 1}, "no shell runs this, so no sign is obeyed but <");
    else if (what != NULL || step->args.count == 0)
        fault(reader, step->command, what != NULL ? what : "no command stands behind the prompt");
    else
        read_run(reader, step);
}

/* Outputs -------------------------------------------------------------------- */

/* Lines `first` to before `end` of the block. */
static void read_printed(struct session_reader *reader, struct session_step *step, unsigned first,
                         unsigned end)
{
    struct expect_source *lines = mem_alloc((end - first + 1) * sizeof *lines);

    for (unsigned i = first; i < end; i++)
        lines[i - first] = (struct expect_source){code_line_span(&reader->block->lines[i]),
                                                  reader->block->lines[i].pad};
    if (!expect_read(&step->expect, reader->arena, reader->source, lines, end - first,
                     reader->block->line + 1 + first, EXPECT_EXACT, reader->diags))
        reader->good = false;
    if (step->kind == SESSION_COMPILE && end > first)
        fault(reader, step->command,
              "what a compiler prints is not compared here; a block .compile-fail does that");
    free(lines);
}

static unsigned next_prompt(const struct block *block, unsigned line)
{
    while (line < block->line_count && !is_prompt(&block->lines[line]))
        line++;
    return line;
}

static void read_steps(struct session_reader *reader)
{
    const struct block *block = reader->block;
    struct session *session = reader->session;
    unsigned line = next_prompt(block, 0), end;

    if (line > 0 || block->line_count == 0)
        fault(reader, block->info, "a session begins with a line \"$ ./\" and its program");
    for (; line < block->line_count; line = end) {
        struct session_step *step = &session->steps[session->count++];

        end = next_prompt(block, line + 1);
        step->command = code_line_span(&block->lines[line]);
        read_command(reader, step);
        read_printed(reader, step, line + 1, end);
    }
}

bool session_read(struct session *session, struct arena *arena, const struct source *source,
                  const struct block *block, const struct target *program, struct diags *diags)
{
    struct session_reader reader = {session, arena, source, block, program, diags, true};

    *session = (struct session){
        .steps = arena_array(arena, block->line_count, sizeof *session->steps),
    };
    read_steps(&reader);
    return reader.good;
}
