/*
 * Printing into memory: what sprintf(3) and its kin write is an access, and no
 * stream of the program's is used.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#include "explore/base/real.h"
#include "explore/intercept/format.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/visit.h"
#include "explore/run/object.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

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

FRONT_MORE(int, snprintf, (char *to, size_t size, const char *format, ...), format,
           print_memory(to, size, format, args, HERE))

FRONT_MORE(int, sprintf, (char *to, const char *format, ...), format,
           print_memory(to, SIZE_MAX, format, args, HERE))

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

FRONT_MORE(int, asprintf, (char **to, const char *format, ...), format,
           print_block(to, format, args, HERE))

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

FRONT_MORE(int, swprintf, (wchar_t * to, size_t size, const wchar_t *format, ...), format,
           print_wide_memory(to, size, format, args, HERE))
