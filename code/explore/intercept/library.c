/*
 * Functions of the C library whose accesses no line of the table can tell: they
 * call back, return numbers that are not integers, or keep something for
 * themselves. What they keep is memory here, with a name to report: "strtok.state".
 */
#define _GNU_SOURCE
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "explore/intercept/front.h"
#include "explore/intercept/visit.h"
#include "explore/intercept/front_macro.h"
#include "explore/run/scheduler.h"

void *__libc_malloc(size_t size);
void __libc_free(void *block);

/* Numbers ------------------------------------------------------------------------------ */

#define READS_NUMBER(type, name, character) \
    FRONT(type, name, (const character *text, character **end)) \
    { \
        struct visit visit; \
        type value; \
\
        visit_begin(&visit, HERE); \
        visit_reads_text(&visit, text, SIZE_MAX, sizeof *text); \
        visit_enter(&visit); \
        visit_writes_units(&visit, end, sizeof *end, sizeof *end); \
        value = name(text, end); \
        visit_leave(&visit); \
        visit_end(&visit); \
        return value; \
    }

READS_NUMBER(double, strtod, char)
READS_NUMBER(float, strtof, char)
READS_NUMBER(long double, strtold, char)
READS_NUMBER(double, wcstod, wchar_t)
READS_NUMBER(float, wcstof, wchar_t)
READS_NUMBER(long double, wcstold, wchar_t)

FRONT(double, atof, (const char *text))
{
    struct visit visit;
    double value;

    visit_begin(&visit, HERE);
    visit_reads_text(&visit, text, SIZE_MAX, 1);
    visit_enter(&visit);
    value = atof(text);
    visit_leave(&visit);
    visit_end(&visit);
    return value;
}

/* Words -------------------------------------------------------------------------------- */

static char *strtok_rest __asm__("strtok.state");

/* C17, 7.24.5.8: only the byte behind a word is changed. */
static char *next_word(char *text, const char *separators, char **rest, uintptr_t place)
{
    struct visit visit;
    char *word, *end;

    visit_begin(&visit, place);
    if (text == NULL)
        visit_reads_one(&visit, rest, sizeof *rest);
    visit_enter(&visit);
    text = text != NULL ? text : *rest;
    visit_leave(&visit);
    visit_reads_text(&visit, text, SIZE_MAX, 1);
    visit_reads_text(&visit, separators, SIZE_MAX, 1);
    visit_enter(&visit);
    word = text != NULL ? text + strspn(text, separators) : NULL;
    end = word != NULL ? word + strcspn(word, separators) : NULL;
    visit_writes_units(&visit, rest, sizeof *rest, sizeof *rest);
    if (word == NULL || *word == '\0') {
        *rest = word;
        word = NULL;
    } else if (*end == '\0') {
        *rest = end;
    } else {
        visit_writes(&visit, end, 1);
        *end = '\0';
        *rest = end + 1;
    }
    visit_leave(&visit);
    visit_end(&visit);
    return word;
}

FRONT(char *, strtok, (char *text, const char *separators))
{
    return next_word(text, separators, &strtok_rest, HERE);
}

FRONT(char *, strtok_r, (char *text, const char *separators, char **rest))
{
    return next_word(text, separators, rest, HERE);
}

FRONT(char *, __strtok_r, (char *text, const char *separators, char **rest))
{
    return next_word(text, separators, rest, HERE);
}

FRONT(char *, strsep, (char **rest, const char *separators))
{
    struct visit visit;
    char *text, *end;

    visit_begin(&visit, HERE);
    visit_reads_one(&visit, rest, sizeof *rest);
    visit_enter(&visit);
    text = *rest;
    visit_leave(&visit);
    if (text != NULL) {
        visit_reads_text(&visit, text, SIZE_MAX, 1);
        visit_reads_text(&visit, separators, SIZE_MAX, 1);
        visit_enter(&visit);
        end = text + strcspn(text, separators);
        visit_writes_units(&visit, rest, sizeof *rest, sizeof *rest);
        *rest = *end != '\0' ? end + 1 : NULL;
        if (*end != '\0') {
            visit_writes(&visit, end, 1);
            *end = '\0';
        }
        visit_leave(&visit);
    }
    visit_end(&visit);
    return text;
}

/* The same of wide characters (C17, 7.29.4.5.7). */
FRONT(wchar_t *, wcstok, (wchar_t * text, const wchar_t *separators, wchar_t **rest))
{
    struct visit visit;
    wchar_t *word, *end;

    visit_begin(&visit, HERE);
    if (text == NULL)
        visit_reads_one(&visit, rest, sizeof *rest);
    visit_enter(&visit);
    text = text != NULL ? text : *rest;
    visit_leave(&visit);
    visit_reads_text(&visit, text, SIZE_MAX, sizeof *text);
    visit_reads_text(&visit, separators, SIZE_MAX, sizeof *separators);
    visit_enter(&visit);
    word = text != NULL ? text + wcsspn(text, separators) : NULL;
    end = word != NULL ? word + wcscspn(word, separators) : NULL;
    visit_writes_units(&visit, rest, sizeof *rest, sizeof *rest);
    if (word == NULL || *word == L'\0') {
        *rest = NULL;
        word = NULL;
    } else if (*end == L'\0') {
        *rest = NULL;
    } else {
        visit_writes_units(&visit, end, sizeof *end, sizeof *end);
        *end = L'\0';
        *rest = end + 1;
    }
    visit_leave(&visit);
    visit_end(&visit);
    return word;
}

FRONT(void *, memccpy, (void *to, const void *from, int byte, size_t size))
{
    struct visit visit;
    const char *found;
    void *result;

    visit_begin(&visit, HERE);
    visit_reads_until(&visit, from, size, byte);
    visit_enter(&visit);
    found = memchr(from, byte, size);
    visit_writes(&visit, to, found != NULL ? (size_t)(found - (const char *)from) + 1 : size);
    result = memccpy(to, from, byte, size);
    visit_leave(&visit);
    visit_end(&visit);
    return result;
}

/* Parts of a path: a zero is written behind them, where there is none. */
static char *cut_path(char *path, char *(*cut)(char *), uintptr_t place)
{
    struct visit visit;
    char *copy =
        me != NULL && me->inside == 0 && path != NULL ? __libc_malloc(strlen(path) + 1) : NULL;
    char *result;

    if (copy == NULL)
        return cut(path);
    visit_begin(&visit, place);
    visit_reads_text(&visit, path, SIZE_MAX, 1);
    visit_enter(&visit);
    strcpy(copy, path);
    cut(copy);
    for (size_t i = 0, size = strlen(path); i < size; i++)
        if (copy[i] != path[i])
            visit_writes(&visit, path + i, 1);
    result = cut(path);
    visit_leave(&visit);
    visit_end(&visit);
    __libc_free(copy);
    return result;
}

FRONT(char *, __xpg_basename, (char *path))
{
    return cut_path(path, __xpg_basename, HERE);
}

FRONT(char *, dirname, (char *path))
{
    return cut_path(path, dirname, HERE);
}

/* Sorting ------------------------------------------------------------------------------ */

static void access_all(void *to, const void *from, size_t size, uintptr_t place)
{
    struct visit visit;

    visit_begin(&visit, place);
    visit_reads(&visit, from, size);
    visit_enter(&visit);
    visit_writes(&visit, to, size);
    memcpy(to, from, size);
    visit_leave(&visit);
    visit_end(&visit);
}

/* The comparison is the program's and may take steps; so nothing of ours is under
 * way meanwhile, and what is sorted is a copy, which C allows: comparisons do not
 * depend on where elements are (C17, 7.22.5, which qsort in glibc uses as well). */
FRONT(void, qsort,
      (void *base, size_t count, size_t size, int (*compare)(const void *, const void *)))
{
    char *copy = me != NULL && me->inside == 0 && count > 0 ? __libc_malloc(count * size) : NULL;

    if (copy == NULL) {
        qsort(base, count, size, compare);
        return;
    }
    access_all(copy, base, count * size, HERE);
    qsort(copy, count, size, compare);
    access_all(base, copy, count * size, HERE);
    __libc_free(copy);
}

FRONT(void, qsort_r,
      (void *base, size_t count, size_t size, int (*compare)(const void *, const void *, void *),
       void *argument))
{
    char *copy = me != NULL && me->inside == 0 && count > 0 ? __libc_malloc(count * size) : NULL;

    if (copy == NULL) {
        qsort_r(base, count, size, compare, argument);
        return;
    }
    access_all(copy, base, count * size, HERE);
    qsort_r(copy, count, size, compare, argument);
    access_all(base, copy, count * size, HERE);
    __libc_free(copy);
}

/* Times -------------------------------------------------------------------------------- */

/* One of each kind for all, as C17, 7.27.3, allows. */
static struct tm shown_time __asm__("localtime.state");
static char shown_text[64] __asm__("asctime.state");

/* Its blocks of memory are taken under a lock of its own. */
static void hide_library(bool hidden)
{
    if (me != NULL)
        me->inside = hidden ? me->inside + 1 : me->inside - 1;
}

/* localtime_r() does not ask the environment for the zone, if it has one (POSIX). */
static struct tm *local_time(const time_t *time, struct tm *to)
{
    tzset();
    return localtime_r(time, to);
}

static struct tm *show_time(const time_t *time, struct tm *(*show)(const time_t *, struct tm *),
                            uintptr_t place)
{
    struct visit visit;
    struct tm *result;

    front_time_zone_step(place);
    visit_begin(&visit, place);
    visit_reads_one(&visit, time, sizeof *time);
    front_time_zone_reads(&visit);
    visit_enter(&visit);
    visit_writes(&visit, &shown_time, sizeof shown_time);
    hide_library(true);
    result = show(time, &shown_time);
    hide_library(false);
    visit_leave(&visit);
    visit_end(&visit);
    return result;
}

static char *show_text(const struct tm *time, uintptr_t place)
{
    struct visit visit;
    char *result;

    visit_begin(&visit, place);
    visit_reads_one(&visit, time, sizeof *time);
    visit_enter(&visit);
    visit_writes(&visit, shown_text, 26);
    result = asctime_r(time, shown_text);
    visit_leave(&visit);
    visit_end(&visit);
    return result;
}

FRONT(struct tm *, localtime, (const time_t *time))
{
    return show_time(time, local_time, HERE);
}

FRONT(struct tm *, gmtime, (const time_t *time))
{
    return show_time(time, gmtime_r, HERE);
}

FRONT(char *, asctime, (const struct tm *time))
{
    return show_text(time, HERE);
}

FRONT(char *, ctime, (const time_t *time))
{
    return show_text(show_time(time, local_time, HERE), HERE);
}

/* Random numbers: under a lock in glibc, so their order matters, and it is no race. */

static char random_numbers __asm__("rand.state");

static void use_random_numbers(uintptr_t place)
{
    if (me != NULL && me->inside == 0)
        step_simple(OP_UPDATE, &random_numbers, 1, TOUCH_CHANGE, place);
}

FRONT(int, rand, (void))
{
    use_random_numbers(HERE);
    return rand();
}

FRONT(long, random, (void))
{
    use_random_numbers(HERE);
    return random();
}

FRONT(void, srand, (unsigned seed))
{
    use_random_numbers(HERE);
    srand(seed);
}

FRONT(void, srandom, (unsigned seed))
{
    use_random_numbers(HERE);
    srandom(seed);
}
