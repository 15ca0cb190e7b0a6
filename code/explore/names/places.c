#define _GNU_SOURCE
#include "explore/names/places.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/names/symbols.h"

static struct place_text *known;
static size_t known_count;

static int compare(const void *first, const void *second)
{
    const struct place_text *a = first, *b = second;

    return a->place < b->place ? -1 : a->place > b->place;
}

/* Without the working directory, which would make a result depend on it. */
static char *relative(char *file)
{
    char folder[4096];
    size_t length;

    if (getcwd(folder, sizeof folder) == NULL)
        return strdup(file);
    length = strlen(folder);
    if (strncmp(file, folder, length) == 0 && file[length] == '/')
        file += length + 1;
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    return strdup(strcmp(file, "??") == 0 ? "" : file);
}

/* "file:line", perhaps with " (discriminator 1)" behind it. */
static void read_answer(struct place_text *place, char *answer)
{
    char *colon = strrchr(answer, ':');

    if (colon == NULL)
        return;
    *colon = '\0';
    place->line = (unsigned)strtoul(colon + 1, NULL, 10);
    free(place->file);
    place->file = place->line > 0 ? relative(answer) : strdup("");
}

/* A call returns behind itself, so the byte before is part of it. */
static char **arguments(char *program)
{
    char **argv = calloc(known_count + 4, sizeof *argv);

    argv[0] = strdup("addr2line");
    argv[1] = strdup("-e");
    argv[2] = program;
    for (size_t i = 0; i < known_count; i++)
        if (asprintf(&argv[3 + i], "%#lx", (unsigned long)(known[i].place - program_base() - 1)) <
            0)
            abort();
    return argv;
}

static void ask(char *program)
{
    char **argv = arguments(program), answer[8192];
    int ends[2];
    FILE *answers;
    pid_t pid;

    if (pipe(ends) != 0 || (pid = real.fork()) < 0)
        return;
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        if (freopen("/dev/null", "w", stderr) != NULL)
            real.execvp(argv[0], argv);
        real.exit_now(127);
    }
    close(ends[1]);
    answers = fdopen(ends[0], "r");
    for (size_t i = 0; i < known_count && fgets(answer, sizeof answer, answers) != NULL; i++)
        read_answer(&known[i], answer);
    fclose(answers);
    real.waitpid(pid, NULL, 0);
    for (size_t i = 0; i < known_count + 4; i++)
        if (i != 2)
            free(argv[i]);
    free(argv);
}

static char *trimmed(char *line)
{
    size_t length;

    line += strspn(line, " \t");
    length = strlen(line);
    while (length > 0 && strchr(" \t\r\n", line[length - 1]) != NULL)
        line[--length] = '\0';
    return strdup(line);
}

static void read_source(struct place_text *place)
{
    FILE *file = *place->file != '\0' ? fopen(place->file, "r") : NULL;
    char line[1024] = "";
    unsigned number = 0;

    while (file != NULL && number < place->line && fgets(line, sizeof line, file) != NULL)
        number += strchr(line, '\n') != NULL || strlen(line) < sizeof line - 1;
    free(place->source);
    place->source = trimmed(file != NULL && number == place->line ? line : (char[]){""});
    if (file != NULL)
        fclose(file);
}

/* "build/plain/items/x.c 12 chapters/a.md 88". */
static void rename_place(const char *line)
{
    char from[1024], to[1024];
    unsigned old, now;

    if (sscanf(line, "%1023s %u %1023s %u", from, &old, to, &now) != 4)
        return;
    for (size_t i = 0; i < known_count; i++)
        if (known[i].line == old && strcmp(known[i].file, from) == 0) {
            free(known[i].file);
            known[i].file = strdup(to);
            known[i].line = now;
        }
}

static void rename_places(void)
{
    const char *path = getenv("EXPLORE_LINES");
    FILE *table = path != NULL ? fopen(path, "r") : NULL;
    char line[4096];

    while (table != NULL && fgets(line, sizeof line, table) != NULL)
        rename_place(line);
    if (table != NULL)
        fclose(table);
}

void places_find(const uintptr_t *places, size_t count)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    size_t unique = 0;

    known = calloc(count + 1, sizeof *known);
    if (known == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        known[i] = (struct place_text){places[i], strdup(""), 0, strdup("")};
    qsort(known, count, sizeof *known, compare);
    for (size_t i = 0; i < count; i++)
        if (known[i].place != 0 && (unique == 0 || known[unique - 1].place != known[i].place))
            known[unique++] = known[i];
    known_count = unique;
    if (length <= 0 || unique == 0)
        return;
    program[length] = '\0';
    ask(program);
    for (size_t i = 0; i < known_count; i++)
        read_source(&known[i]);
    rename_places();
}

const struct place_text *place_text(uintptr_t place)
{
    static char nothing[] = "";
    static struct place_text unknown = {0, nothing, 0, nothing};
    struct place_text key = {.place = place};
    const struct place_text *found =
        known_count > 0 ? bsearch(&key, known, known_count, sizeof *known, compare) : NULL;

    return found != NULL ? found : &unknown;
}

const char *place_name(uintptr_t place)
{
    static char names[4][512];
    static unsigned turn;
    char *name = names[turn++ % 4];
    const struct place_text *text = place_text(place);
    const struct symbol *symbol;

    if (*text->file != '\0') {
        snprintf(name, sizeof names[0], "%s:%u", text->file, text->line);
        return name;
    }
    symbol = symbol_at(place);
    if (symbol != NULL)
        snprintf(name, sizeof names[0], "%s+%#lx", symbol->name,
                 (unsigned long)(place - symbol->address));
    else
        snprintf(name, sizeof names[0], "%s", "somewhere");
    return name;
}

const struct call *place_call_out(const struct calls *calls, uintptr_t place, uintptr_t *inside)
{
    uint32_t count = calls->depth < CALLS_KNOWN ? calls->depth : CALLS_KNOWN;

    for (uint32_t i = 1; i < count && place != 0; i++) {
        *inside = i + 1 < count ? calls->list[i + 1].from : place;
        if (strcmp(place_text(*inside)->file, place_text(calls->list[1].from)->file) != 0)
            return &calls->list[i];
    }
    return NULL;
}
