/*
 * What comes in from a stream: characters, lines, and what scanf(3) makes of them.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "explore/intercept/format.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/stream.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* Bytes in ----------------------------------------------------------------------------------- */

static int get_character(struct using *using)
{
    int character;

    stream_enter(using);
    character = getc_unlocked(using->stream);
    stream_leave(using);
    return character;
}

#define GETS_CHARACTER(name, parameters, start, stream) \
    FRONT(int, name, parameters) \
    { \
        struct using using; \
\
        start(&using, stream, HERE); \
        return get_character(&using); \
    }

GETS_CHARACTER(fgetc, (FILE * stream), stream_begin, stream)
GETS_CHARACTER(getc, (FILE * stream), stream_begin, stream)
GETS_CHARACTER(getchar, (void), stream_begin, stdin)
GETS_CHARACTER(fgetc_unlocked, (FILE * stream), stream_begin_unlocked, stream)
GETS_CHARACTER(getc_unlocked, (FILE * stream), stream_begin_unlocked, stream)
GETS_CHARACTER(getchar_unlocked, (void), stream_begin_unlocked, stdin)
GETS_CHARACTER(__uflow, (FILE * stream), stream_begin_unlocked, stream)

FRONT(int, ungetc, (int character, FILE *stream))
{
    struct using using;
    int result;

    stream_begin(&using, stream, HERE);
    stream_enter(&using);
    result = ungetc(character, stream);
    stream_leave(&using);
    return result;
}

static size_t get_bytes(struct using *using, void *bytes, size_t size)
{
    unsigned piece;
    size_t got;

    stream_enter(using);
    piece = visit_writes(&using->visit, bytes, size);
    got = fread_unlocked(bytes, 1, size, using->stream);
    visit_wrote(&using->visit, piece, got);
    stream_leave(using);
    return got;
}

FRONT(size_t, fread, (void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    stream_begin(&using, stream, HERE);
    return size == 0 ? 0 : get_bytes(&using, bytes, size * count) / size;
}

FRONT(size_t, fread_unlocked, (void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    stream_begin_unlocked(&using, stream, HERE);
    return size == 0 ? 0 : get_bytes(&using, bytes, size * count) / size;
}

static char *get_line(struct using *using, char *text, int size)
{
    unsigned piece;
    char *result;

    stream_enter(using);
    piece = visit_writes(&using->visit, text, size > 0 ? (size_t)size : 0);
    result = fgets_unlocked(text, size, using->stream);
    visit_wrote(&using->visit, piece, result != NULL ? strlen(text) + 1 : 0);
    stream_leave(using);
    return result;
}

FRONT(char *, fgets, (char *text, int size, FILE *stream))
{
    struct using using;

    stream_begin(&using, stream, HERE);
    return get_line(&using, text, size);
}

FRONT(char *, fgets_unlocked, (char *text, int size, FILE *stream))
{
    struct using using;

    stream_begin_unlocked(&using, stream, HERE);
    return get_line(&using, text, size);
}

/* The line may lie in the block that the caller has, or in a new one. */
static ssize_t get_delimited(char **line, size_t *room, int delimiter, FILE *stream,
                             uintptr_t place)
{
    struct using using;
    ssize_t size;

    stream_begin(&using, stream, place);
    visit_reads_one(&using.visit, line, sizeof *line);
    visit_reads_one(&using.visit, room, sizeof *room);
    stream_enter(&using);
    visit_writes_units(&using.visit, line, sizeof *line, sizeof *line);
    visit_writes_units(&using.visit, room, sizeof *room, sizeof *room);
    size = getdelim(line, room, delimiter, stream);
    stream_leave(&using);
    if (size >= 0) {
        visit_begin(&using.visit, place);
        visit_writes(&using.visit, *line, (size_t)size + 1);
        visit_end(&using.visit);
    }
    return size;
}

FRONT(ssize_t, getline, (char **line, size_t *room, FILE *stream))
{
    return get_delimited(line, room, '\n', stream, HERE);
}

FRONT(ssize_t, getdelim, (char **line, size_t *room, int delimiter, FILE *stream))
{
    return get_delimited(line, room, delimiter, stream, HERE);
}

/* Scanning ---------------------------------------------------------------------------------------- */

enum { SCANNED_MOST = 63 }; /* characters of a word from a file that has no width */

/* Behind the zero of a word, in bytes; 0 where there is none. */
static size_t word_size(const struct piece *piece)
{
    static const unsigned char zero[sizeof(wchar_t)];

    for (size_t i = 0; i + piece->unit <= piece->size; i += piece->unit)
        if (memcmp(piece->at + i, zero, piece->unit) == 0)
            return i + piece->unit;
    return 0;
}

/* Only what was found has been written. */
static void forget_unfound(struct visit *visit, unsigned first, int found)
{
    for (unsigned i = first; i < visit->count; i++) {
        const struct piece *piece = &visit->pieces[i];
        bool is_word = piece->unit == 1 || piece->size > piece->unit;
        size_t size = is_word ? word_size(piece) : 0;

        if ((int)(i - first) >= found)
            visit_wrote(visit, i, 0);
        else if (is_word && piece->size == (SCANNED_MOST + 1) * piece->unit && size == 0)
            run_doubt(visit->place, "scans a word of more than %d characters without a width",
                      SCANNED_MOST);
        else if (size > 0)
            visit_wrote(visit, i, size);
    }
}

static int scan_text(const char *text, const char *format, va_list args, uintptr_t place)
{
    struct visit visit;
    unsigned first;
    int found;

    visit_begin(&visit, place);
    visit_reads_text(&visit, text, SIZE_MAX, 1);
    visit_reads_text(&visit, format, SIZE_MAX, 1);
    visit_enter(&visit);
    first = visit.count;
    format_writes(&visit, format, strlen(text), args);
    found = vsscanf(text, format, args);
    forget_unfound(&visit, first, found);
    visit_leave(&visit);
    visit_end(&visit);
    return found;
}

static int scan_stream(FILE *stream, const char *format, va_list args, uintptr_t place)
{
    struct using using;
    unsigned first;
    int found;

    stream_begin(&using, stream, place);
    visit_reads_text(&using.visit, format, SIZE_MAX, 1);
    stream_enter(&using);
    first = using.visit.count;
    format_writes(&using.visit, format, SCANNED_MOST, args);
    found = vfscanf(stream, format, args);
    forget_unfound(&using.visit, first, found);
    stream_leave(&using);
    return found;
}

#define SCANNERS(prefix) \
    FRONT_MORE(int, prefix##sscanf, (const char *text, const char *format, ...), format, \
               scan_text(text, format, args, HERE)) \
    FRONT_MORE(int, prefix##fscanf, (FILE * stream, const char *format, ...), format, \
               scan_stream(stream, format, args, HERE)) \
    FRONT_MORE(int, prefix##scanf, (const char *format, ...), format, \
               scan_stream(stdin, format, args, HERE)) \
    FRONT(int, prefix##vsscanf, (const char *text, const char *format, va_list args)) \
    { \
        return scan_text(text, format, args, HERE); \
    } \
    FRONT(int, prefix##vfscanf, (FILE * stream, const char *format, va_list args)) \
    { \
        return scan_stream(stream, format, args, HERE); \
    } \
    FRONT(int, prefix##vscanf, (const char *format, va_list args)) \
    { \
        return scan_stream(stdin, format, args, HERE); \
    }

SCANNERS()
SCANNERS(__isoc99_)
SCANNERS(__isoc23_)
