#include "heddle/outcomes/parts.h"

#include <string.h>

#include "heddle/disk/file.h"

static const char first_line[] = "heddle explore, parts of a program, 1";

/* The rest of the line that begins with `name` and a blank. */
static bool take_line(struct span *text, const char *name, struct span *rest)
{
    struct span line;

    if (!span_line(text, &line) || !span_starts(line, name))
        return false;
    *rest = span_trim(span_skip(line, strlen(name)));
    return true;
}

/* Make has built it there: then its name alone stands for it. */
static struct span name_of(struct span program)
{
    static const char built[] = "build/explore/";

    return span_starts(program, built) ? span_skip(program, strlen(built)) : program;
}

static bool take_arguments(struct parts *parts, struct arena *arena, struct span *text)
{
    unsigned long count;
    struct span line;

    if (!take_line(text, "arguments", &line) || !span_number(line, 10000, &count) || count == 0)
        return false;
    parts->arguments = arena_alloc(arena, (count + 1) * sizeof *parts->arguments);
    for (parts->count = 0; parts->count < count; parts->count++) {
        if (!span_line(text, &line))
            return false;
        if (parts->count == 0)
            line = name_of(line);
        parts->arguments[parts->count] = arena_copy(arena, line.ptr, line.len);
    }
    parts->arguments[count] = NULL;
    return true;
}

bool parts_read(struct parts *parts, struct arena *arena, const char *path, struct diags *diags)
{
    struct span text, line;

    *parts = (struct parts){.words = ""};
    if (!file_read(arena, path, &text, diags))
        return false;
    if (take_line(&text, first_line, &line) && take_line(&text, "build", &line) &&
        take_line(&text, "words", &line) && take_arguments(parts, arena, &text)) {
        parts->words = arena_copy(arena, line.ptr, line.len);
        return true;
    }
    diag_system(diags, "\"%s\" holds no parts of a program, as --keep writes them", path);
    return false;
}
