#define _GNU_SOURCE
#include "explore/intercept/cut.h"

#include <string.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/format.h"
#include "explore/run/scheduler.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

void *__libc_malloc(size_t size);
void __libc_free(void *block);

/* Of the standard streams, by their descriptors. */
static bool unbuffered[] = {[STDERR_FILENO] = true};

bool cut_is_unbuffered(const FILE *stream)
{
    return unbuffered[stream == stderr ? STDERR_FILENO : stream == stdout ? STDOUT_FILENO : 0];
}

void cut_unbuffered(FILE *stream, bool is_unbuffered)
{
    if (stream == stdout || stream == stderr)
        unbuffered[stream == stderr ? STDERR_FILENO : STDOUT_FILENO] = is_unbuffered;
}

/* What one thread prints ---------------------------------------------------------- */

/* A thread that waits for its stream's lock is not in the middle of anything. */
static const struct pieces *pieces_of(const struct thread *thread)
{
    const struct request *request = &thread->request;
    const struct pieces *pieces = request->about;

    if (!thread->alive || request->op.kind != OP_PRINT || pieces == NULL ||
        cut_is_unbuffered(pieces->stream))
        return NULL;
    return request->ready == NULL || request->ready(thread) ? pieces : NULL;
}

/* How many there are. */
static unsigned count_of(const struct pieces *pieces)
{
    unsigned count = 0;

    if (pieces->format == NULL)
        return 2;
    for (size_t at = 0; pieces->format[at] != '\0'; count++)
        at += format_piece(pieces->format + at);
    return count;
}

/* The first of them, at least one and not all. */
static void print_first(const struct pieces *pieces, unsigned count)
{
    size_t end = 0;
    char *format;
    va_list args;

    if (pieces->format == NULL) {
        real.write(fileno(pieces->stream), pieces->text, strlen(pieces->text));
        return;
    }
    while (count-- > 0)
        end += format_piece(pieces->format + end);
    format = __libc_malloc(end + 1);
    if (format == NULL)
        run_refuse(pieces->visit->place, "has no memory left");
    memcpy(format, pieces->format, end);
    format[end] = '\0';
    va_copy(args, ((struct pieces *)(uintptr_t)pieces)->args);
    vdprintf(fileno(pieces->stream), format, args);
    va_end(args);
    __libc_free(format);
}

/* What all print ------------------------------------------------------------------ */

/* A stream's lock is one thread's, so ways are one thread's; but what is on two
 * streams goes its own ways. Each thread has one for each place of a cut, and the
 * first is that none of a stream's threads has begun. */
static unsigned ways_on(const FILE *stream)
{
    unsigned ways = 1;

    for (unsigned i = 0; i < THREADS_MOST; i++) {
        const struct pieces *pieces = pieces_of(&threads[i]);
        unsigned count = pieces != NULL && pieces->stream == stream ? count_of(pieces) : 0;

        ways += count > 0 ? count - 1 : 0;
    }
    return ways;
}

unsigned cut_ways(void)
{
    return ways_on(stdout) * ways_on(stderr);
}

static void cut_on(const FILE *stream, unsigned way)
{
    for (unsigned i = 0; i < THREADS_MOST && way > 0; i++) {
        const struct pieces *pieces = pieces_of(&threads[i]);
        unsigned cuts = pieces != NULL && pieces->stream == stream ? count_of(pieces) : 1;

        cuts -= cuts > 0;
        if (way <= cuts) {
            visit_enter(pieces->visit);
            print_first(pieces, way);
            visit_leave(pieces->visit);
            return;
        }
        way -= cuts;
    }
}

void cut_make(unsigned way)
{
    unsigned ways = ways_on(stdout);

    me->inside++;
    cut_on(stdout, way % ways);
    cut_on(stderr, way / ways);
    me->inside--;
}
