/*
 * Streams. Each call is one step, as each call holds the stream's lock (C17,
 * 7.21.2; POSIX, flockfile(3p)); what it reads and writes of the program's
 * memory is an access, before the step and behind it. The _unlocked ones are
 * steps too, and race with all others on the same stream.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "explore/base/real.h"
#include "explore/intercept/chance.h"
#include "explore/intercept/format.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/print.h"
#include "explore/run/object.h"
#include "explore/run/races.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

void *__libc_malloc(size_t size);
void __libc_free(void *block);

/* Under the stream's lock -------------------------------------------------------------- */

struct using
{
    struct visit visit;
    struct printing printing;
    FILE *stream;
    bool locked;
    struct pieces pieces; /* stream: NULL where it is printed as one */
};

static void note(const struct using *using, enum access access)
{
    race_access((uintptr_t) using->stream, 1, access, using->visit.place);
}

/* Accesses that come first were told between the two. */
static void begin(struct using *using, FILE *stream, uintptr_t place)
{
    using->stream = stream;
    using->locked = true;
    using->pieces.stream = NULL;
    visit_begin(&using->visit, place);
}

static void begin_unlocked(struct using *using, FILE *stream, uintptr_t place)
{
    begin(using, stream, place);
    using->locked = false;
}

static void enter(struct using *using)
{
    int fd = fileno_unlocked(using->stream);

    using->printing = using->locked
                          ? print_begin_locked(using->stream, fd,
                                               using->pieces.stream != NULL ? &using->pieces : NULL,
                                               using->visit.place)
                          : print_begin(using->stream, fd, using->visit.place);
    if (using->visit.seen)
        note(using, using->locked ? ACCESS_ATOMIC_WRITE : ACCESS_WRITE);
    visit_enter(&using->visit);
}

static void leave(struct using *using)
{
    int err = errno;

    visit_leave(&using->visit);
    print_end(&using->printing);
    errno = err;
    visit_end(&using->visit);
}

/* ... in pieces, of which the end of the process may leave some. */
static void enter_text(struct using *using, const char *text)
{
    using->pieces = (struct pieces){using->stream, &using->visit, .text = text};
    enter(using);
}

static void enter_format(struct using *using, const char *format, va_list args)
{
    using->pieces = (struct pieces){using->stream, &using->visit, .format = format};
    va_copy(using->pieces.args, args);
    enter(using);
    va_end(using->pieces.args);
}

/* Formats ---------------------------------------------------------------------------------- */

static int print_format(FILE *stream, const char *format, va_list args, uintptr_t place)
{
    struct using using;
    int count;

    begin(&using, stream, place);
    format_reads(&using.visit, format, args);
    enter_format(&using, format, args);
    format_writes_count(&using.visit, format, args);
    count = vfprintf(stream, format, args);
    leave(&using);
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

FRONT(int, printf, (const char *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format(stdout, format, args, HERE);
    va_end(args);
    return count;
}

FRONT(int, fprintf, (FILE * stream, const char *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format(stream, format, args, HERE);
    va_end(args);
    return count;
}

static int print_format_wide(FILE *stream, const wchar_t *format, va_list args, uintptr_t place)
{
    struct using using;
    int count;

    begin(&using, stream, place);
    format_reads_wide(&using.visit, format, args);
    enter(&using);
    format_writes_count_wide(&using.visit, format, args);
    count = vfwprintf(stream, format, args);
    leave(&using);
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

FRONT(int, wprintf, (const wchar_t *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format_wide(stdout, format, args, HERE);
    va_end(args);
    return count;
}

FRONT(int, fwprintf, (FILE * stream, const wchar_t *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format_wide(stream, format, args, HERE);
    va_end(args);
    return count;
}

/* Bytes out ---------------------------------------------------------------------------------- */

static size_t print_bytes(struct using *using, const void *bytes, size_t size)
{
    size_t written;

    visit_reads(&using->visit, bytes, size);
    enter(using);
    written = fwrite_unlocked(bytes, 1, size, using->stream);
    leave(using);
    return written;
}

FRONT(size_t, fwrite, (const void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    begin(&using, stream, HERE);
    return size == 0 ? 0 : print_bytes(&using, bytes, size * count) / size;
}

FRONT(size_t, fwrite_unlocked, (const void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    begin_unlocked(&using, stream, HERE);
    return size == 0 ? 0 : print_bytes(&using, bytes, size * count) / size;
}

static int print_text(struct using *using, const char *text)
{
    int result;

    visit_reads_text(&using->visit, text, SIZE_MAX, 1);
    enter(using);
    result = fputs_unlocked(text, using->stream);
    leave(using);
    return result == EOF ? EOF : 1;
}

FRONT(int, fputs, (const char *text, FILE *stream))
{
    struct using using;

    begin(&using, stream, HERE);
    return print_text(&using, text);
}

FRONT(int, fputs_unlocked, (const char *text, FILE *stream))
{
    struct using using;

    begin_unlocked(&using, stream, HERE);
    return print_text(&using, text);
}

/* Where there is no buffer, the text and its newline are written by themselves. */
static int print_line_in_two(struct using *using, const char *text)
{
    int result;

    enter(using);
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

    begin(&using, stdout, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, 1);
    result = cut_is_unbuffered(stdout) ? print_line_in_two(&using, text) : print_line(&using, text);
    leave(&using);
    return result == EOF ? EOF : 1;
}

static int print_character(struct using *using, int character)
{
    int result;

    enter(using);
    result = putc_unlocked(character, using->stream);
    leave(using);
    return result;
}

#define PUTS_CHARACTER(name, parameters, start, stream) \
    FRONT(int, name, parameters) \
    { \
        struct using using; \
\
        start(&using, stream, HERE); \
        return print_character(&using, character); \
    }

PUTS_CHARACTER(fputc, (int character, FILE *stream), begin, stream)
PUTS_CHARACTER(putc, (int character, FILE *stream), begin, stream)
PUTS_CHARACTER(_IO_putc, (int character, FILE *stream), begin, stream)
PUTS_CHARACTER(putchar, (int character), begin, stdout)
PUTS_CHARACTER(fputc_unlocked, (int character, FILE *stream), begin_unlocked, stream)
PUTS_CHARACTER(putc_unlocked, (int character, FILE *stream), begin_unlocked, stream)
PUTS_CHARACTER(putchar_unlocked, (int character), begin_unlocked, stdout)
/* Left over behind a buffer that is full: what an inlined putc_unlocked calls. */
PUTS_CHARACTER(__overflow, (FILE * stream, int character), begin_unlocked, stream)

static wint_t print_wide(struct using *using, wchar_t character)
{
    wint_t result;

    enter(using);
    result = fputwc_unlocked(character, using->stream);
    leave(using);
    return result;
}

#define PUTS_WIDE(name, parameters, start, stream) \
    FRONT(wint_t, name, parameters) \
    { \
        struct using using; \
\
        start(&using, stream, HERE); \
        return print_wide(&using, character); \
    }

PUTS_WIDE(fputwc, (wchar_t character, FILE *stream), begin, stream)
PUTS_WIDE(putwc, (wchar_t character, FILE *stream), begin, stream)
PUTS_WIDE(putwchar, (wchar_t character), begin, stdout)
PUTS_WIDE(fputwc_unlocked, (wchar_t character, FILE *stream), begin_unlocked, stream)
PUTS_WIDE(putwc_unlocked, (wchar_t character, FILE *stream), begin_unlocked, stream)
PUTS_WIDE(putwchar_unlocked, (wchar_t character), begin_unlocked, stdout)

FRONT(int, fputws, (const wchar_t *text, FILE *stream))
{
    struct using using;
    int result;

    begin(&using, stream, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, sizeof *text);
    enter(&using);
    result = fputws_unlocked(text, stream);
    leave(&using);
    return result;
}

FRONT(void, perror, (const char *text))
{
    struct using using;
    int err = errno;

    begin(&using, stderr, HERE);
    visit_reads_text(&using.visit, text, SIZE_MAX, 1);
    enter(&using);
    if (text != NULL && *text != '\0')
        fprintf(stderr, "%s: ", text);
    fprintf(stderr, "%s\n", strerror(err));
    leave(&using);
}

/* Bytes in ----------------------------------------------------------------------------------- */

static int get_character(struct using *using)
{
    int character;

    enter(using);
    character = getc_unlocked(using->stream);
    leave(using);
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

GETS_CHARACTER(fgetc, (FILE * stream), begin, stream)
GETS_CHARACTER(getc, (FILE * stream), begin, stream)
GETS_CHARACTER(getchar, (void), begin, stdin)
GETS_CHARACTER(fgetc_unlocked, (FILE * stream), begin_unlocked, stream)
GETS_CHARACTER(getc_unlocked, (FILE * stream), begin_unlocked, stream)
GETS_CHARACTER(getchar_unlocked, (void), begin_unlocked, stdin)
GETS_CHARACTER(__uflow, (FILE * stream), begin_unlocked, stream)

FRONT(int, ungetc, (int character, FILE *stream))
{
    struct using using;
    int result;

    begin(&using, stream, HERE);
    enter(&using);
    result = ungetc(character, stream);
    leave(&using);
    return result;
}

static size_t get_bytes(struct using *using, void *bytes, size_t size)
{
    unsigned piece;
    size_t got;

    enter(using);
    piece = visit_writes(&using->visit, bytes, size);
    got = fread_unlocked(bytes, 1, size, using->stream);
    visit_wrote(&using->visit, piece, got);
    leave(using);
    return got;
}

FRONT(size_t, fread, (void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    begin(&using, stream, HERE);
    return size == 0 ? 0 : get_bytes(&using, bytes, size * count) / size;
}

FRONT(size_t, fread_unlocked, (void *bytes, size_t size, size_t count, FILE *stream))
{
    struct using using;

    begin_unlocked(&using, stream, HERE);
    return size == 0 ? 0 : get_bytes(&using, bytes, size * count) / size;
}

static char *get_line(struct using *using, char *text, int size)
{
    unsigned piece;
    char *result;

    enter(using);
    piece = visit_writes(&using->visit, text, size > 0 ? (size_t)size : 0);
    result = fgets_unlocked(text, size, using->stream);
    visit_wrote(&using->visit, piece, result != NULL ? strlen(text) + 1 : 0);
    leave(using);
    return result;
}

FRONT(char *, fgets, (char *text, int size, FILE *stream))
{
    struct using using;

    begin(&using, stream, HERE);
    return get_line(&using, text, size);
}

FRONT(char *, fgets_unlocked, (char *text, int size, FILE *stream))
{
    struct using using;

    begin_unlocked(&using, stream, HERE);
    return get_line(&using, text, size);
}

/* The line may lie in the block that the caller has, or in a new one. */
static ssize_t get_delimited(char **line, size_t *room, int delimiter, FILE *stream,
                             uintptr_t place)
{
    struct using using;
    ssize_t size;

    begin(&using, stream, place);
    visit_reads_one(&using.visit, line, sizeof *line);
    visit_reads_one(&using.visit, room, sizeof *room);
    enter(&using);
    visit_writes_units(&using.visit, line, sizeof *line, sizeof *line);
    visit_writes_units(&using.visit, room, sizeof *room, sizeof *room);
    size = getdelim(line, room, delimiter, stream);
    leave(&using);
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

/* Streams themselves ---------------------------------------------------------------------------- */

#define ON_STREAM(type, name, parameters, call) \
    FRONT(type, name, parameters) \
    { \
        struct using using; \
        type result; \
\
        begin(&using, stream, HERE); \
        enter(&using); \
        result = call; \
        leave(&using); \
        return result; \
    }

ON_STREAM(int, fseek, (FILE * stream, long offset, int from), fseek(stream, offset, from))
ON_STREAM(int, fseeko, (FILE * stream, off_t offset, int from), fseeko(stream, offset, from))
ON_STREAM(long, ftell, (FILE * stream), ftell(stream))
ON_STREAM(off_t, ftello, (FILE * stream), ftello(stream))
ON_STREAM(int, feof, (FILE * stream), feof(stream))
ON_STREAM(int, ferror, (FILE * stream), ferror(stream))
ON_STREAM(int, fwide, (FILE * stream, int mode), fwide(stream, mode))

/* No lock, and no step: but it must not have been closed. */
FRONT(int, fileno, (FILE * stream))
{
    if (me != NULL && me->inside == 0)
        race_access((uintptr_t)stream, 1, ACCESS_ATOMIC_READ, HERE);
    return fileno(stream);
}

FRONT(void, rewind, (FILE * stream))
{
    struct using using;

    begin(&using, stream, HERE);
    enter(&using);
    rewind(stream);
    leave(&using);
}

FRONT(void, clearerr, (FILE * stream))
{
    struct using using;

    begin(&using, stream, HERE);
    enter(&using);
    clearerr(stream);
    leave(&using);
}

FRONT(int, fflush, (FILE * stream))
{
    struct using using;
    int result;

    if (stream == NULL || stream == stdout || stream == stderr) {
        print_goes_out(); /* as it has at print_end */
        return fflush(stream);
    }
    begin(&using, stream, HERE);
    enter(&using);
    result = fflush(stream);
    leave(&using);
    return result;
}

/* What its file holds may be read by others from here on; the stream itself is gone, so
 * whoever uses it must have come before. */
FRONT(int, fclose, (FILE * stream))
{
    bool seen = me != NULL && me->inside == 0;
    struct printing printing = print_begin(NULL, fileno(stream), HERE);
    int result;

    if (seen)
        race_access((uintptr_t)stream, 1, ACCESS_WRITE, HERE);
    result = fclose(stream);

    print_end(&printing);
    return result;
}

static FILE *opened(const char *path, const char *mode, FILE *old, uintptr_t place)
{
    struct visit visit;
    struct printing printing;
    FILE *stream;

    visit_begin(&visit, place);
    if (path != NULL)
        chance_check(path, place);
    visit_reads_text(&visit, path, SIZE_MAX, 1);
    visit_reads_text(&visit, mode, SIZE_MAX, 1);
    printing = print_begin(NULL, -1, place);
    visit_enter(&visit);
    stream = old != NULL ? freopen(path, mode, old) : fopen(path, mode);
    visit_leave(&visit);
    print_end(&printing);
    visit_end(&visit);
    return stream;
}

FRONT(FILE *, fopen, (const char *path, const char *mode))
{
    return opened(path, mode, NULL, HERE);
}

FRONT(FILE *, freopen, (const char *path, const char *mode, FILE *stream))
{
    return opened(path, mode, stream, HERE);
}

/* A buffer of the program's own would change where we do not see it. */
FRONT(int, setvbuf, (FILE * stream, char *buffer, int mode, size_t size))
{
    if (me != NULL && buffer != NULL && mode != _IONBF)
        run_doubt(HERE, "gives a stream a buffer");
    if (me != NULL)
        cut_unbuffered(stream, mode == _IONBF);
    return setvbuf(stream, buffer, mode, size);
}

FRONT(void, setbuf, (FILE * stream, char *buffer))
{
    if (me != NULL && buffer != NULL)
        run_doubt(HERE, "gives a stream a buffer");
    if (me != NULL)
        cut_unbuffered(stream, buffer == NULL);
    setbuf(stream, buffer);
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

    begin(&using, stream, place);
    visit_reads_text(&using.visit, format, SIZE_MAX, 1);
    enter(&using);
    first = using.visit.count;
    format_writes(&using.visit, format, SCANNED_MOST, args);
    found = vfscanf(stream, format, args);
    forget_unfound(&using.visit, first, found);
    leave(&using);
    return found;
}

#define SCANS(name, parameters, last, call) \
    FRONT(int, name, parameters) \
    { \
        va_list args; \
        int found; \
\
        va_start(args, last); \
        found = call; \
        va_end(args); \
        return found; \
    }
#define SCANS_LIST(name, parameters, call) \
    FRONT(int, name, parameters) \
    { \
        return call; \
    }
#define SCANNERS(prefix) \
    SCANS(prefix##sscanf, (const char *text, const char *format, ...), format, \
          scan_text(text, format, args, HERE)) \
    SCANS(prefix##fscanf, (FILE * stream, const char *format, ...), format, \
          scan_stream(stream, format, args, HERE)) \
    SCANS(prefix##scanf, (const char *format, ...), format, \
          scan_stream(stdin, format, args, HERE)) \
    SCANS_LIST(prefix##vsscanf, (const char *text, const char *format, va_list args), \
               scan_text(text, format, args, HERE)) \
    SCANS_LIST(prefix##vfscanf, (FILE * stream, const char *format, va_list args), \
               scan_stream(stream, format, args, HERE)) \
    SCANS_LIST(prefix##vscanf, (const char *format, va_list args), \
               scan_stream(stdin, format, args, HERE))

SCANNERS()
SCANNERS(__isoc99_)
SCANNERS(__isoc23_)

/* Printing into memory ------------------------------------------------------------------------------ */

/* The library prints into memory of ours; from there it appears. */
static int print_memory(char *to, size_t size, const char *format, va_list args, uintptr_t place)
{
    struct visit visit;
    size_t room;
    int count;

    visit_begin(&visit, place);
    if (!visit.seen)
        return vsnprintf(to, size, format, args);
    format_reads(&visit, format, args);
    visit_enter(&visit);
    format_writes_count(&visit, format, args);
    {
        va_list again;

        va_copy(again, args);
        count = vsnprintf(NULL, 0, format, again);
        va_end(again);
    }
    room = count < 0 || size == 0 ? 0 : (size_t)count + 1 < size ? (size_t)count + 1 : size;
    visit_writes(&visit, to, room);
    vsnprintf(to, size == SIZE_MAX ? room : size, format, args);
    visit_leave(&visit);
    visit_end(&visit);
    return count;
}

FRONT(int, vsnprintf, (char *to, size_t size, const char *format, va_list args))
{
    return print_memory(to, size, format, args, HERE);
}

FRONT(int, vsprintf, (char *to, const char *format, va_list args))
{
    return print_memory(to, SIZE_MAX, format, args, HERE);
}

FRONT(int, snprintf, (char *to, size_t size, const char *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_memory(to, size, format, args, HERE);
    va_end(args);
    return count;
}

FRONT(int, sprintf, (char *to, const char *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_memory(to, SIZE_MAX, format, args, HERE);
    va_end(args);
    return count;
}

/* A block that nobody knows yet, in the program's own heap. */
static int print_block(char **to, const char *format, va_list args, uintptr_t place)
{
    struct visit visit;
    char *block;
    int count;

    visit_begin(&visit, place);
    format_reads(&visit, format, args);
    visit_enter(&visit);
    format_writes_count(&visit, format, args);
    visit_writes_units(&visit, to, sizeof *to, sizeof *to);
    count = vasprintf(&block, format, args);
    if (count >= 0)
        *to = block;
    visit_leave(&visit);
    visit_end(&visit);
    return count;
}

FRONT(int, vasprintf, (char **to, const char *format, va_list args))
{
    return print_block(to, format, args, HERE);
}

FRONT(int, asprintf, (char **to, const char *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_block(to, format, args, HERE);
    va_end(args);
    return count;
}

static int print_wide_memory(wchar_t *to, size_t size, const wchar_t *format, va_list args,
                             uintptr_t place)
{
    struct visit visit;
    unsigned piece;
    int count;

    visit_begin(&visit, place);
    format_reads_wide(&visit, format, args);
    visit_enter(&visit);
    format_writes_count_wide(&visit, format, args);
    piece = visit_writes(&visit, to, size * sizeof *to);
    count = vswprintf(to, size, format, args);
    visit_wrote(&visit, piece, (count >= 0 ? (size_t)count + 1 : size) * sizeof *to);
    visit_leave(&visit);
    visit_end(&visit);
    return count;
}

FRONT(int, vswprintf, (wchar_t * to, size_t size, const wchar_t *format, va_list args))
{
    return print_wide_memory(to, size, format, args, HERE);
}

FRONT(int, swprintf, (wchar_t * to, size_t size, const wchar_t *format, ...))
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_wide_memory(to, size, format, args, HERE);
    va_end(args);
    return count;
}
