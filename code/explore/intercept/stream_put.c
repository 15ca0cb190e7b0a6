/*
 * What goes out to a stream: by a format, as text, by characters.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "explore/intercept/format.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/stream.h"
#include "explore/run/growth.h"
#include "explore/run/growth_label.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* What comes in pieces, of which the end of the process may leave some. */
static void enter_text(struct using *using, const char *text)
{
    using->pieces = (struct pieces){using->stream, &using->visit, .text = text};
    stream_enter(using);
}

static void enter_format(struct using *using, const char *format, va_list args)
{
    using->pieces = (struct pieces){using->stream, &using->visit, .format = format};
    va_copy(using->pieces.args, args);
    stream_enter(using);
    va_end(using->pieces.args);
}

/* Formats ---------------------------------------------------------------------------------- */

static int print_format(FILE *stream, const char *format, va_list args, uintptr_t place)
{
    struct using using;
    int count;

    stream_begin(&using, stream, place);
    format_reads(&using.visit, format, args);
    enter_format(&using, format, args);
    format_writes_count(&using.visit, format, args);
    count = vfprintf(stream, format, args);
    stream_leave(&using);
    return count;
}

FRONT(int, vfprintf, (FILE * stream, const char *format, va_list args))
{
    return print_format(stream, format, args, HERE);
}

FRONT(int, vprintf, (const char *format, va_list args))
{
    return print_format(stdout, format, args, HERE);
}

FRONT_MORE(int, printf, (const char *format, ...), format, print_format(stdout, format, args, HERE))

FRONT_MORE(int, fprintf, (FILE * stream, const char *format, ...), format,
           print_format(stream, format, args, HERE))

static int print_format_wide(FILE *stream, const wchar_t *format, va_list args, uintptr_t place)
{
    struct using using;
    int count;

    stream_begin(&using, stream, place);
    format_reads_wide(&using.visit, format, args);
    stream_enter(&using);
    format_writes_count_wide(&using.visit, format, args);
    count = vfwprintf(stream, format, args);
    stream_leave(&using);
    return count;
}

FRONT(int, vfwprintf, (FILE * stream, const wchar_t *format, va_list args))
{
    return print_format_wide(stream, format, args, HERE);
}

FRONT(int, vwprintf, (const wchar_t *format, va_list args))
{
    return print_format_wide(stdout, format, args, HERE);
}

FRONT_MORE(int, wprintf, (const wchar_t *format, ...), format,
           print_format_wide(stdout, format, args, HERE))

FRONT_MORE(int, fwprintf, (FILE * stream, const wchar_t *format, ...), format,
           print_format_wide(stream, format, args, HERE))

/* Bytes out ---------------------------------------------------------------------------------- */

static size_t print_bytes(struct using *using, const void *bytes, size_t size)
{
    size_t written;

    visit_reads(&using->visit, bytes, size);
    stream_enter(using);
    written = fwrite_unlocked(bytes, 1, size, using->stream);
    stream_leave(using);
    return written;
}

FRONT(size_t, fwrite, (const void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    stream_begin(&using, stream, HERE);
    return size == 0 ? 0 : print_bytes(&using, bytes, size * count) / size;
}

FRONT(size_t, fwrite_unlocked, (const void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    stream_begin_unlocked(&using, stream, HERE);
    return size == 0 ? 0 : print_bytes(&using, bytes, size * count) / size;
}

static int print_text(struct using *using, const char *text)
{
    int result;

    visit_reads_text(&using->visit, text, SIZE_MAX, 1);
    stream_enter(using);
    result = fputs_unlocked(text, using->stream);
    stream_leave(using);
    return result == EOF ? EOF : 1;
}

FRONT(int, fputs, (const char *text, FILE *stream))
{
    struct using using;

    stream_begin(&using, stream, HERE);
    return print_text(&using, text);
}

FRONT(int, fputs_unlocked, (const char *text, FILE *stream))
{
    struct using using;

    stream_begin_unlocked(&using, stream, HERE);
    return print_text(&using, text);
}

/* Where there is no buffer, the text and its newline are written by themselves. */
static int print_line_in_two(struct using *using, const char *text)
{
    int result;

    if (growth_is_on()) /* a graph has no lock of a stream: another's would come between */
        growth_refuse(using->visit.place, "puts without a buffer, which writes twice");
    stream_enter(using);
    result = fputs_unlocked(text, stdout);
    print_hold(stdout);
    print_end(&using->printing);
    using->printing = print_begin_locked(stdout, STDOUT_FILENO, NULL, using->visit.place);
    print_let_go(&using->printing);
    return result >= 0 ? putc_unlocked('\n', stdout) : result;
}

static int print_line(struct using *using, const char *text)
{
    int result;

    enter_text(using, text);
    result = fputs_unlocked(text, stdout);
    return result >= 0 ? putc_unlocked('\n', stdout) : result;
}

FRONT(int, puts, (const char *text))
{
    struct using using;
    int result;

    stream_begin(&using, stdout, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, 1);
    result = cut_is_unbuffered(stdout) ? print_line_in_two(&using, text) : print_line(&using, text);
    stream_leave(&using);
    return result == EOF ? EOF : 1;
}

#define PUTS(type, put, name, parameters, start, stream_of) \
    FRONT(type, name, parameters) \
    { \
        struct using using; \
        type result; \
\
        start(&using, stream_of, HERE); \
        stream_enter(&using); \
        result = put(character, using.stream); \
        stream_leave(&using); \
        return result; \
    }
#define PUTS_CHARACTER(...) PUTS(int, putc_unlocked, __VA_ARGS__)
#define PUTS_WIDE(...) PUTS(wint_t, fputwc_unlocked, __VA_ARGS__)

PUTS_CHARACTER(fputc, (int character, FILE *stream), stream_begin, stream)
PUTS_CHARACTER(putc, (int character, FILE *stream), stream_begin, stream)
PUTS_CHARACTER(_IO_putc, (int character, FILE *stream), stream_begin, stream)
PUTS_CHARACTER(putchar, (int character), stream_begin, stdout)
PUTS_CHARACTER(fputc_unlocked, (int character, FILE *stream), stream_begin_unlocked, stream)
PUTS_CHARACTER(putc_unlocked, (int character, FILE *stream), stream_begin_unlocked, stream)
PUTS_CHARACTER(putchar_unlocked, (int character), stream_begin_unlocked, stdout)
/* Left over behind a buffer that is full: what an inlined putc_unlocked calls. */
PUTS_CHARACTER(__overflow, (FILE * stream, int character), stream_begin_unlocked, stream)

PUTS_WIDE(fputwc, (wchar_t character, FILE *stream), stream_begin, stream)
PUTS_WIDE(putwc, (wchar_t character, FILE *stream), stream_begin, stream)
PUTS_WIDE(putwchar, (wchar_t character), stream_begin, stdout)
PUTS_WIDE(fputwc_unlocked, (wchar_t character, FILE *stream), stream_begin_unlocked, stream)
PUTS_WIDE(putwc_unlocked, (wchar_t character, FILE *stream), stream_begin_unlocked, stream)
PUTS_WIDE(putwchar_unlocked, (wchar_t character), stream_begin_unlocked, stdout)

FRONT(int, fputws, (const wchar_t *text, FILE *stream))
{
    struct using using;
    int result;

    stream_begin(&using, stream, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, sizeof *text);
    stream_enter(&using);
    result = fputws_unlocked(text, stream);
    stream_leave(&using);
    return result;
}

FRONT(void, perror, (const char *text))
{
    struct using using;
    int err = errno;

    stream_begin(&using, stderr, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, 1);
    stream_enter(&using);
    if (text != NULL && *text != '\0')
        fprintf(stderr, "%s: ", text);
    fprintf(stderr, "%s\n", strerror(err));
    stream_leave(&using);
}
