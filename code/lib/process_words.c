/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* open_memstream */

#include "lib/process_inside.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The character of UTF-8 that begins here. *size 0: there is none; neither is
 * a longer form than needed, half of a pair of UTF-16, or what is not Unicode. */
static unsigned decode(const char *text, size_t *size)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned first = (unsigned char)*text;
    size_t bytes = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2
                   : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 0;
    unsigned value = bytes > 1 ? first & (0x7fu >> bytes) : first;

    for (size_t i = 1; i < bytes; i++) {
        if ((text[i] & 0xc0) != 0x80)
            bytes = 0; /* and so the loop ends before what follows is read */
        value = value << 6 | ((unsigned char)text[i] & 0x3fu);
    }
    if (value < least[bytes] || value > 0x10ffff || value >> 11 == 0x1b)
        bytes = 0;
    *size = bytes;
    return value;
}

struct range {
    unsigned first, last;
};

/* What a terminal obeys, what changes lines or the direction of writing, and
 * letters without a shape. */
static bool is_invisible(unsigned character)
{
    static const struct range ranges[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},
        {0x34f, 0x34f},     {0x61c, 0x61c},     {0x115f, 0x1160},
        {0x180e, 0x180e},   {0x200b, 0x200f},   {0x2028, 0x202e},
        {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfeff, 0xfeff},
        {0xffa0, 0xffa0},   {0xfff9, 0xfffb},   {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    };
    bool found = false;

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        found = found || (character >= ranges[i].first &&
                          character <= ranges[i].last);
    return found;
}

/* Of *left bytes, it takes as many as it prints. Returns how many of the word
 * it was. */
static size_t print_character(FILE *to, const char *word, char quote,
                              size_t *left)
{
    static const char plain[] = "\t\n\r";
    static const char letters[] = "tnr";
    const char *special = strchr(plain, *word);
    size_t size, printed;
    unsigned character = decode(word, &size);
    int escaped = 0;

    if (special != NULL)
        escaped = fprintf(to, "\\%c", letters[special - plain]);
    else if (*word == quote || *word == '\\')
        escaped = fprintf(to, "\\%c", *word);
    else if (size == 0)
        escaped = fprintf(to, "\\x%02x", (unsigned)(unsigned char)*word);
    else if (is_invisible(character))
        escaped = fprintf(to,
                          character < 0x100     ? "\\x%02x"
                          : character < 0x10000 ? "\\u%04x"
                                                : "\\U%08x",
                          character);
    printed = escaped > 0 ? (size_t)escaped : fwrite(word, 1, size, to);
    *left -= printed < *left ? printed : *left;
    return size > 0 ? size : 1;
}

enum { LONGEST_WORDS = 1024 };

static void print_word(FILE *to, const char *word, size_t *left)
{
    bool single = strchr(word, '\'') != NULL;
    bool both = single && strchr(word, '"') != NULL;
    char quote = single && !both ? '"' : '\'';

    fputc(quote, to);
    while (*word != '\0' && *left > 0)
        word += print_character(to, word, quote, left);
    fputs(*word != '\0' ? "..." : "", to);
    fputc(quote, to);
}

char *process_command_text(const char *const argv[])
{
    char *text = NULL;
    size_t left = LONGEST_WORDS;
    size_t size;
    FILE *to = open_memstream(&text, &size);

    if (to == NULL)
        return NULL;
    fputs("Command '[", to);
    for (size_t i = 0; argv[i] != NULL && left > 0; i++) {
        if (i > 0)
            fputs(", ", to);
        print_word(to, argv[i], &left);
        left -= left > 0; /* many empty words are long, too */
        if (left == 0 && argv[i + 1] != NULL)
            fputs(", ...", to);
    }
    fputs("]'", to);
    if (fclose(to) == 0)
        return text;
    free(text);
    return NULL;
}

#define NAMED(signal) [signal] = #signal

static const char *const signal_names[] = {
    NAMED(SIGHUP),  NAMED(SIGINT),    NAMED(SIGQUIT), NAMED(SIGILL),
    NAMED(SIGTRAP), NAMED(SIGABRT),   NAMED(SIGBUS),  NAMED(SIGFPE),
    NAMED(SIGKILL), NAMED(SIGUSR1),   NAMED(SIGSEGV), NAMED(SIGUSR2),
    NAMED(SIGPIPE), NAMED(SIGALRM),   NAMED(SIGTERM), NAMED(SIGCHLD),
    NAMED(SIGCONT), NAMED(SIGSTOP),   NAMED(SIGTSTP), NAMED(SIGTTIN),
    NAMED(SIGTTOU), NAMED(SIGURG),    NAMED(SIGXCPU), NAMED(SIGXFSZ),
    NAMED(SIGVTALRM), NAMED(SIGPROF), NAMED(SIGWINCH), NAMED(SIGIO),
    NAMED(SIGSYS),
#ifdef SIGPWR
    NAMED(SIGPWR),
#endif
#ifdef SIGSTKFLT
    NAMED(SIGSTKFLT),
#endif
};

enum { SIGNAL_COUNT = sizeof signal_names / sizeof signal_names[0] };

const char *process_signal_name(int signal_number)
{
    if (signal_number < 0 || signal_number >= SIGNAL_COUNT)
        return NULL;
    return signal_names[signal_number];
}

/* Older names, and what the same signals are called now. */
static const char *const old_names[][2] = {
    {"IOT", "ABRT"}, {"CLD", "CHLD"}, {"POLL", "IO"}};

int process_signal_number(const char *name)
{
    if (strncmp(name, "SIG", 3) == 0)
        name += 3;
    for (size_t i = 0; i < sizeof old_names / sizeof old_names[0]; i++)
        if (strcmp(name, old_names[i][0]) == 0)
            name = old_names[i][1];
    for (int number = 1; number < SIGNAL_COUNT; number++)
        if (signal_names[number] != NULL &&
            strcmp(signal_names[number] + 3, name) == 0)
            return number;
    return 0;
}

static void print_end(FILE *to, int returncode)
{
    const char *name;

    if (returncode == PROCESS_UNKNOWN) {
        fputs("ended, and nobody can say how.", to);
        return;
    }
    if (returncode >= 0) {
        fprintf(to, "returned non-zero exit status %d.", returncode);
        return;
    }
    name = process_signal_name(-returncode);
    if (name != NULL)
        fprintf(to, "died with <Signals.%s: %d>.", name, -returncode);
    else
        fprintf(to, "died with unknown signal %d.", -returncode);
}

static void print_seconds(FILE *to, int64_t ms)
{
    int fraction = (int)(ms % 1000);
    int digits = 3;

    fprintf(to, "%" PRId64, ms / 1000);
    if (fraction == 0)
        return;
    for (; fraction % 10 == 0; fraction /= 10)
        digits--;
    fprintf(to, ".%0*d", digits, fraction);
}

/* Nothing, if there is no name; without quotes, if it is empty. */
static void print_named(FILE *to, const char *what, const char *name)
{
    size_t left = LONGEST_WORDS;

    if (name == NULL)
        return;
    fputs(what, to);
    if (*what != '\0' && *name != '\0')
        fputc(' ', to);
    if (*name != '\0')
        print_word(to, name, &left);
    fputs(": ", to);
}

static void print_stage(FILE *to, const struct process_trouble *trouble,
                        enum process_stage stage)
{
    static const char *const at[] = {
        [PROCESS_AT_CHILD] = "no new process: ",
        [PROCESS_AT_STREAMS] = "its streams: ",
        [PROCESS_AT_SESSION] = "its session or process group: ",
        [PROCESS_AT_LIMITS] = "its limits: ",
        [PROCESS_AT_GROUPS] = "its supplementary groups: ",
        [PROCESS_AT_GROUP] = "its group: ",
        [PROCESS_AT_USER] = "its user: ",
        [PROCESS_AT_DESCRIPTORS] = "its descriptors: ",
    };

    if (stage == PROCESS_AT_DIRECTORY) {
        print_named(to, "directory", trouble->cwd);
    } else if (trouble->file != NULL) {
        print_named(to, "file", trouble->file);
    } else if (stage == PROCESS_AT_PROGRAM) {
        print_named(to, "", trouble->program);
        print_named(to, "its interpreter", trouble->interpreter);
    } else if (at[stage] != NULL) {
        fputs(at[stage], to);
    }
}

static void print_error(FILE *to, int err)
{
    fputs(strerror(err), to); /* safe in threads: glibc 2.32, musl */
}

static void print_failure(FILE *to, const struct process_trouble *trouble,
                          enum process_stage stage)
{
    fputs(stage != PROCESS_AT_NOTHING ? "could not be run: "
                                      : "ran, and talking with it failed: ",
          to);
    print_stage(to, trouble, stage);
    if (trouble->file != NULL && trouble->err == ETIMEDOUT)
        fputs("nobody opened its other end in time", to);
    else
        print_error(to, trouble->err);
}

enum { REFUSED = -1, NOT_STARTED = -2 }; /* no errno values */

static void print_reason(FILE *to, const struct process_trouble *trouble,
                         enum process_stage stage)
{
    bool started = stage == PROCESS_AT_NOTHING;

    switch (trouble->refused ? REFUSED : started ? trouble->err : NOT_STARTED) {
    case REFUSED:
        fputs("was ended, for its output was refused: ", to);
        print_error(to, trouble->err);
        break;
    case 0:
    case EPROTO:
    case ECHILD:
        print_end(to, trouble->returncode);
        break;
    case ETIMEDOUT:
        fputs("timed out after ", to);
        print_seconds(to, trouble->timeout_ms);
        fputs(" seconds", to);
        if (trouble->held)
            fputs("; it had ended, but others hold its output", to);
        break;
    case EFBIG:
        fprintf(to, "printed more than %zu bytes", trouble->output_limit);
        break;
    default:
        print_failure(to, trouble, stage);
        break;
    }
}

#define WORDLESS "the command failed, and so did describing it"

/* The messages that need none; NULL: it is one of the others. */
static const char *without_memory(const struct process_trouble *trouble)
{
    if (trouble->err == 0 && trouble->returncode == 0)
        return "";
    if (trouble->command == NULL)
        return WORDLESS;
    return NULL;
}

/* A message that needs no memory, in place of what was there. */
void process_say(struct process_result *result, const char *message)
{
    free(result->message_memory);
    result->message_memory = NULL;
    result->message = message;
}

void process_explain(struct process_result *result,
                     const struct process_trouble *trouble)
{
    const char *known = without_memory(trouble);
    char *text = NULL;
    size_t size;
    FILE *to;

    process_say(result, known != NULL ? known : WORDLESS);
    if (known != NULL)
        return;
    to = open_memstream(&text, &size);
    if (to == NULL)
        return;
    fprintf(to, "%s ", trouble->command);
    print_reason(to, trouble, result->stage);
    if (trouble->alive)
        fputs(trouble->kept ? ", and a tracer keeps its end"
                            : ", and could not be killed", to);
    if (fclose(to) == 0)
        result->message = result->message_memory = text;
    else
        free(text);
}
