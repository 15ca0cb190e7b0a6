/*
 * The table of the C library (intercept/library.h) says how many bytes each function
 * reads and writes. Here the library itself is asked: each argument ends where memory
 * ends, so whoever goes further than the table says dies; and where an argument says
 * how far, one byte less must be too little.
 */
#define _GNU_SOURCE
#include "check.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include "explore/intercept/reaches.h"

enum { UNITS = 25, UP_TO = 'z', PAGE = 4096, LEAST = 200 };

struct row {
    const char *name;
    struct reach reaches[REACHES_MOST];
};

#define HARMLESS(name)
#define REFUSED(name)
#define ACCESSES(name, ...) {#name, {__VA_ARGS__}},
static const struct row rows[] = {
#include "explore/intercept/library.h"
};

typedef long function(long, long, long, long, long, long);

/* Arguments ------------------------------------------------------------------------ */

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static const char *text_for(const char *name)
{
    return begins(name, "inet_") ? "1.2.3.4" : "abc";
}

/* An odd number, so that who goes in pairs is told from who does not; sets of processors
 * are made of words. */
static size_t units_of(const struct row *row)
{
    return begins(row->name, "__sched_") ? UNITS / sizeof(long) * sizeof(long) : UNITS;
}

static size_t size_of(const struct row *row, const struct reach *reach)
{
    size_t text = strlen(text_for(row->name));

    switch ((enum extent)reach->extent) {
    case BYTES:
        return reach->x;
    case TEXT:
    case LIKE:
        return text + 1;
    case WIDE:
    case WLIKE:
        return (text + 1) * sizeof(wchar_t);
    case WCOUNT:
    case WIDE_MOST:
        return UNITS * sizeof(wchar_t);
    case BEHIND:
        return 2 * text + 1;
    case WBEHIND:
        return (2 * text + 1) * sizeof(wchar_t);
    case BEHIND_MOST:
        return text + UNITS + 1;
    case WBEHIND_MOST:
        return (text + UNITS + 1) * sizeof(wchar_t);
    case FAMILY:
        return sizeof(struct in_addr);
    case SHIFT:
        return sizeof(mbstate_t);
    case PAIRS:
        return units_of(row) / 2 * 2;
    default: /* as an argument says */
        return units_of(row);
    }
}

static bool is_wide(const struct reach *reach)
{
    switch ((enum extent)reach->extent) {
    case WCOUNT:
    case WIDE:
    case WIDE_MOST:
    case WLIKE:
    case WBEHIND:
    case WBEHIND_MOST:
        return true;
    default:
        return false;
    }
}

/* A text has a zero in the end only where nothing else says where it ends. */
static void fill(const struct row *row, const struct reach *reach, char *at, size_t size)
{
    const char *text = text_for(row->name);

    if (reach->extent == BYTES || reach->extent == SHIFT || reach->extent == FAMILY)
        return;
    if (is_wide(reach))
        for (size_t i = 0; i < size / sizeof(wchar_t); i++)
            ((wchar_t *)(void *)at)[i] = L'a';
    else
        memset(at, 'a', size);
    if (reach->extent == UNTIL)
        at[size - 1] = UP_TO;
    if (reach->extent == TEXT)
        memcpy(at, text, strlen(text) + 1);
    if (reach->extent == WIDE)
        memcpy(at, L"abc", sizeof L"abc");
}

/* `size` bytes, behind which nothing may be touched. */
static char *last_bytes(size_t size)
{
    char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    assert_true(pages != MAP_FAILED && size <= PAGE);
    assert_int_equal(mprotect(pages + PAGE, PAGE, PROT_NONE), 0);
    return pages + PAGE - size;
}

static void take_sizes(const struct row *row, long *arguments, const struct reach *reach)
{
    switch ((enum extent)reach->extent) {
    case COUNT:
    case WCOUNT:
    case TEXT_MOST:
    case WIDE_MOST:
    case FILLED:
    case GIVEN:
    case SPELLED:
    case PAIRS:
        arguments[reach->x] = (long)units_of(row);
        break;
    case FAMILY:
        arguments[reach->x] = AF_INET;
        break;
    case UNTIL:
        arguments[reach->y] = UP_TO;
        if (reach->x != NO_LIMIT)
            arguments[reach->x] = UNITS;
        break;
    default:
        break;
    }
}

/* Of all that is said of an argument, the largest; what is read there stands there. */
static void take_pointer(const struct row *row, unsigned argument, size_t less, long *arguments)
{
    const struct reach *filled = NULL;
    size_t size = 0;
    char *at;

    for (size_t i = 0; i < REACHES_MOST; i++) {
        const struct reach *reach = &row->reaches[i];

        if ((reach->mode != 'r' && reach->mode != 'w') || reach->argument != argument)
            continue;
        size = size_of(row, reach) > size ? size_of(row, reach) : size;
        filled = filled == NULL || reach->mode == 'r' ? reach : filled;
    }
    if (filled == NULL)
        return;
    at = last_bytes(size);
    fill(row, filled, at, size_of(row, filled));
    if (begins(row->name, "pthread_attr_") && argument == 0)
        pthread_attr_init((void *)at);
    if (less > 0 && filled->extent == UNTIL)
        at[size - 1] = 'a'; /* that byte is what is lacking */
    arguments[argument] = (long)(at + less);
}

/* What no reach tells: the others are 0. */
static void take_others(const struct row *row, long *arguments)
{
    static const char *const with_locale[] = {"strcasecmp_l", "strcoll_l", "strncasecmp_l",
                                              "strtol_l",     "strtoll_l", "strtoul_l",
                                              "strtoull_l",   "strxfrm_l", "strftime_l"};
    static const unsigned at[] = {2, 2, 3, 3, 3, 3, 3, 3, 4};

    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        if (strcmp(row->name, with_locale[i]) == 0)
            arguments[at[i]] = (long)newlocale(LC_ALL_MASK, "C", NULL);
    if (strcmp(row->name, "sigaddset") == 0 || strcmp(row->name, "sigdelset") == 0 ||
        strcmp(row->name, "sigismember") == 0)
        arguments[1] = 64;
}

/* Calls ---------------------------------------------------------------------------------- */

/* Does it live, if argument `shorter` lacks its last `less` bytes? */
static bool lives(const struct row *row, void *address, unsigned shorter, size_t less)
{
    int status = 0;
    pid_t child = fork();
    function *call;

    assert_true(child >= 0);
    if (child == 0) {
        long a[ARGUMENTS] = {0};

        signal(SIGSEGV, SIG_DFL);
        for (size_t i = 0; i < REACHES_MOST; i++)
            if (row->reaches[i].mode == 'r' || row->reaches[i].mode == 'w')
                take_sizes(row, a, &row->reaches[i]);
        for (unsigned i = 0; i < ARGUMENTS; i++)
            take_pointer(row, i, i == shorter ? less : 0, a);
        take_others(row, a);
        memcpy(&call, &address, sizeof call);
        call(a[0], a[1], a[2], a[3], a[4], a[5]);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status);
}

TEST(no_function_goes_further_than_the_table_says)
{
    size_t tried = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *address = dlsym(RTLD_DEFAULT, rows[i].name);

        if (address == NULL || begins(rows[i].name, "_Z")) /* of a newer library, or of C++ */
            continue;
        tried++;
        if (!lives(&rows[i], address, ARGUMENTS, 0))
            fail_msg("%s goes further than the table says", rows[i].name);
    }
    assert_true(tried > LEAST);
}

/* These write as much as there is to write, and at most so much. */
static bool may_do_less(const char *name)
{
    return strcmp(name, "mbstowcs") == 0 || strcmp(name, "wcstombs") == 0;
}

static void check_ends(const struct row *row, void *address, size_t *tried)
{
    for (size_t i = 0; i < REACHES_MOST; i++) {
        const struct reach *reach = &row->reaches[i];
        bool told = reach->extent == COUNT || reach->extent == WCOUNT || reach->extent == PAIRS ||
                    reach->extent == UNTIL || reach->extent == FAMILY;

        if (!told || (reach->mode != 'r' && reach->mode != 'w') || may_do_less(row->name))
            continue;
        ++*tried;
        if (lives(row, address, reach->argument, is_wide(reach) ? sizeof(wchar_t) : 1))
            fail_msg("%s goes less far than the table says of argument %d", row->name,
                     reach->argument);
    }
}

TEST(each_function_goes_as_far_as_its_argument_says)
{
    size_t tried = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *address = dlsym(RTLD_DEFAULT, rows[i].name);

        if (address != NULL)
            check_ends(&rows[i], address, &tried);
    }
    assert_true(tried > 40);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
