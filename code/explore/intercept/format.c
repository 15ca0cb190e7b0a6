/*
 * C17, 7.21.6.1 and 7.21.6.2. Formats with numbered arguments (POSIX's %1$d)
 * are not read: whoever has one is told so.
 */
#define _GNU_SOURCE
#include "explore/intercept/format.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "explore/run/scheduler.h"

void *__libc_malloc(size_t size);
void __libc_free(void *block);

enum length { PLAIN, CHAR, SHORT, LONG, LONGLONG, MAX, SIZE, DIFFERENCE, LONGDOUBLE };

/* One conversion. Of numbers, -1: none; STAR: in the arguments. */
enum { NO_NUMBER = -1, STAR = -2 };

struct conversion {
    int width, precision;
    bool star; /* of scanf: to be thrown away */
    bool allocates;
    enum length length;
    char kind; /* 'd', 's' ...; 0: there is none any more */
};

static int read_number(const char **at)
{
    int number = 0;

    if (**at == '*') {
        ++*at;
        return STAR;
    }
    if (!isdigit((unsigned char)**at))
        return NO_NUMBER;
    while (isdigit((unsigned char)**at))
        number = number * 10 + *(*at)++ - '0';
    return number;
}

static enum length read_length(const char **at)
{
    char letter = **at;
    bool twice;

    if (letter == '\0' || strchr("hljztLq", letter) == NULL)
        return PLAIN;
    twice = (*at)[1] == letter && (letter == 'h' || letter == 'l');
    *at += twice ? 2 : 1;
    switch (letter) {
    case 'h':
        return twice ? CHAR : SHORT;
    case 'l':
        return twice ? LONGLONG : LONG;
    case 'j':
        return MAX;
    case 'z':
        return SIZE;
    case 't':
        return DIFFERENCE;
    default:
        return LONGDOUBLE;
    }
}

/* Behind [ there may be a ] that belongs to the set. */
static void skip_set(const char **at)
{
    if (**at == '^')
        ++*at;
    if (**at == ']')
        ++*at;
    while (**at != '\0' && **at != ']')
        ++*at;
    if (**at == ']')
        ++*at;
}

static struct conversion next(const char **at)
{
    struct conversion found = {.width = NO_NUMBER, .precision = NO_NUMBER};

    *at += strcspn(*at, "%");
    if (**at == '\0')
        return found;
    ++*at;
    *at += strspn(*at, "-+ #0'I");
    found.width = read_number(at);
    if (**at == '$')
        run_doubt(0, "has formats with numbered arguments");
    found.star = found.width == STAR;
    if (found.star)
        found.width = NO_NUMBER;
    if (isdigit((unsigned char)**at))
        found.width = read_number(at);
    if (**at == '.') {
        ++*at;
        found.precision = read_number(at);
        found.precision = found.precision == NO_NUMBER ? 0 : found.precision;
    }
    if (**at == 'm' && (*at)[1] != '\0' && strchr("sScC[l", (*at)[1]) != NULL) {
        found.allocates = true;
        ++*at;
    }
    found.length = read_length(at);
    found.kind = **at;
    if (found.kind != '\0')
        ++*at;
    if (found.kind == '[')
        skip_set(at);
    return found;
}

/* printf ------------------------------------------------------------------------------ */

struct arguments {
    va_list list; /* in a struct, so that functions can move it on */
};

static void skip_integer(struct arguments *args, enum length length)
{
    if (length == PLAIN || length == CHAR || length == SHORT)
        (void)va_arg(args->list, int);
    else
        (void)va_arg(args->list, long); /* all of them are that long here */
}

static void skip_real(struct arguments *args, enum length length)
{
    if (length == LONGDOUBLE)
        (void)va_arg(args->list, long double);
    else
        (void)va_arg(args->list, double);
}

static void read_text(struct visit *visit, struct arguments *args, const struct conversion *one,
                      int precision)
{
    const void *text = va_arg(args->list, const void *);
    bool wide = one->kind == 'S' || one->length == LONG;

    visit_reads_text(visit, text, precision < 0 ? SIZE_MAX : (size_t)precision,
                     wide ? sizeof(wchar_t) : 1);
}

static size_t integer_size(enum length length)
{
    return length == CHAR ? 1 : length == SHORT ? 2 : length == PLAIN ? 4 : 8;
}

/* Where blocks and stacks lie is another in other worlds (search/otherwise.h); not so
 * variables and functions. */
static void doubt_address(const struct visit *visit, uintptr_t at)
{
    extern char __executable_start[], _end[];

    if (at >= (uintptr_t)__executable_start && at < (uintptr_t)_end)
        run_doubt(visit->place, "prints where a variable or a function lies");
}

/* `counts`: not what is read but what %n writes. */
static void print_one(struct visit *visit, struct arguments *args, const struct conversion *one,
                      bool counts)
{
    int precision = one->precision;
    void *count;

    if (one->star)
        (void)va_arg(args->list, int);
    if (precision == STAR)
        precision = va_arg(args->list, int);
    switch (one->kind) {
    case 's':
    case 'S':
        if (counts)
            (void)va_arg(args->list, void *);
        else
            read_text(visit, args, one, precision);
        break;
    case 'n':
        count = va_arg(args->list, void *);
        if (counts)
            visit_writes_units(visit, count, integer_size(one->length), integer_size(one->length));
        break;
    case 'p':
        doubt_address(visit, (uintptr_t)va_arg(args->list, void *));
        break;
    case '%':
    case 'm':
        break;
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        skip_real(args, one->length);
        break;
    default:
        skip_integer(args, one->length);
        break;
    }
}

static void print_all(struct visit *visit, const char *format, va_list list, bool counts)
{
    struct conversion one;
    struct arguments args;

    va_copy(args.list, list);
    while (one = next(&format), one.kind != '\0')
        print_one(visit, &args, &one, counts);
    va_end(args.list);
}

size_t format_piece(const char *format)
{
    const char *at = format;

    if (*at != '%')
        return strcspn(at, "%");
    next(&at);
    return (size_t)(at - format);
}

void format_reads(struct visit *visit, const char *format, va_list args)
{
    if (!visit->seen)
        return;
    visit_reads_text(visit, format, SIZE_MAX, 1);
    print_all(visit, format, args, false);
}

void format_writes_count(struct visit *visit, const char *format, va_list args)
{
    if (visit->seen)
        print_all(visit, format, args, true);
}

/* Conversions are ASCII; what else is in a wide format prints itself. */
static void print_all_wide(struct visit *visit, const wchar_t *format, va_list args, bool counts)
{
    size_t length = wcslen(format);
    char *narrow = __libc_malloc(length + 1);

    if (narrow == NULL)
        run_refuse(visit->place, "has no memory left");
    for (size_t i = 0; i <= length; i++)
        narrow[i] = (char)(format[i] < 128 ? format[i] : '?');
    print_all(visit, narrow, args, counts);
    __libc_free(narrow);
}

void format_reads_wide(struct visit *visit, const wchar_t *format, va_list args)
{
    if (!visit->seen)
        return;
    visit_reads_text(visit, format, SIZE_MAX, sizeof *format);
    print_all_wide(visit, format, args, false);
}

void format_writes_count_wide(struct visit *visit, const wchar_t *format, va_list args)
{
    if (visit->seen)
        print_all_wide(visit, format, args, true);
}

/* scanf ------------------------------------------------------------------------------ */

static size_t scanned_unit(const struct conversion *one)
{
    return one->length == LONG || one->kind == 'S' || one->kind == 'C' ? sizeof(wchar_t) : 1;
}

static size_t scanned_size(const struct conversion *one, size_t text_size)
{
    size_t most =
        one->width != NO_NUMBER && (size_t)one->width < text_size ? (size_t)one->width : text_size;
    size_t unit = scanned_unit(one);

    if (one->allocates)
        return sizeof(char *);
    switch (one->kind) {
    case 's':
    case 'S':
    case '[':
        return (most + 1) * unit;
    case 'c':
    case 'C':
        return (one->width == NO_NUMBER ? 1 : (size_t)one->width) * unit;
    case 'a':
    case 'e':
    case 'f':
    case 'g':
    case 'A':
    case 'E':
    case 'F':
    case 'G':
        return one->length == LONGDOUBLE ? sizeof(long double) : one->length == LONG ? 8 : 4;
    case 'p':
        return sizeof(void *);
    default:
        return integer_size(one->length);
    }
}

static bool is_text(const struct conversion *one)
{
    return strchr("sScC[", one->kind) != NULL && !one->allocates;
}

void format_writes(struct visit *visit, const char *format, size_t text_size, va_list list)
{
    struct conversion one;
    struct arguments args;

    if (!visit->seen)
        return;
    va_copy(args.list, list);
    while (one = next(&format), one.kind != '\0') {
        size_t size = scanned_size(&one, text_size);

        if (one.kind != '%' && !one.star)
            visit_writes_units(visit, va_arg(args.list, void *), size,
                               is_text(&one) ? scanned_unit(&one) : size);
    }
    va_end(args.list);
}
