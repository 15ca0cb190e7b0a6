/*
 * Streams themselves: opened, positioned, flushed, closed; and the step that each
 * call on one is (stream.h).
 */
#define _GNU_SOURCE
#include "explore/intercept/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

#include "explore/base/real.h"
#include "explore/intercept/chance.h"
#include "explore/intercept/front_macro.h"
#include "explore/run/object.h"
#include "explore/run/races.h"

static void note(const struct using *using, enum access access)
{
    race_access((uintptr_t) using->stream, 1, access, using->visit.place);
}

void stream_begin(struct using *using, FILE *stream, uintptr_t place)
{
    using->stream = stream;
    using->locked = true;
    using->pieces.stream = NULL;
    visit_begin(&using->visit, place);
}

void stream_begin_unlocked(struct using *using, FILE *stream, uintptr_t place)
{
    stream_begin(using, stream, place);
    using->locked = false;
}

void stream_enter(struct using *using)
{
    int fd = fileno_unlocked(using->stream);

    if (using->stream == stdin)
        doubt_input(fd, using->visit.place);
    using->printing = using->locked
                          ? print_begin_locked(using->stream, fd,
                                               using->pieces.stream != NULL ? &using->pieces : NULL,
                                               using->visit.place)
                          : print_begin(using->stream, fd, using->visit.place);
    if (using->visit.seen)
        note(using, using->locked ? ACCESS_ATOMIC_WRITE : ACCESS_WRITE);
    visit_enter(&using->visit);
}

void stream_leave(struct using *using)
{
    int err = errno;

    visit_leave(&using->visit);
    print_end(&using->printing);
    errno = err;
    visit_end(&using->visit);
}

/* Streams themselves ---------------------------------------------------------------------------- */

/* The program's standard streams are files here, and pipes or terminals elsewhere. */
static FILE *place_asked(FILE *stream, uintptr_t place)
{
    if (me != NULL && me->inside == 0 && (stream == stdin || stream == stdout || stream == stderr))
        run_doubt(place, "asks for, or sets, the place in a standard stream");
    return stream;
}

#define ON_STREAM(type, name, parameters, used, call) \
    FRONT(type, name, parameters) \
    { \
        struct using using; \
        type result; \
\
        stream_begin(&using, used, HERE); \
        stream_enter(&using); \
        result = call; \
        stream_leave(&using); \
        return result; \
    }

ON_STREAM(int, fseek, (FILE * stream, long offset, int from), place_asked(stream, HERE),
          fseek(stream, offset, from))
ON_STREAM(int, fseeko, (FILE * stream, off_t offset, int from), place_asked(stream, HERE),
          fseeko(stream, offset, from))
ON_STREAM(long, ftell, (FILE * stream), place_asked(stream, HERE), ftell(stream))
ON_STREAM(off_t, ftello, (FILE * stream), place_asked(stream, HERE), ftello(stream))
ON_STREAM(int, feof, (FILE * stream), stream, feof(stream))
ON_STREAM(int, ferror, (FILE * stream), stream, ferror(stream))
ON_STREAM(int, fwide, (FILE * stream, int mode), stream, fwide(stream, mode))

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

    stream_begin(&using, place_asked(stream, HERE), HERE);
    stream_enter(&using);
    rewind(stream);
    stream_leave(&using);
}

FRONT(void, clearerr, (FILE * stream))
{
    struct using using;

    stream_begin(&using, stream, HERE);
    stream_enter(&using);
    clearerr(stream);
    stream_leave(&using);
}

FRONT(int, fflush, (FILE * stream))
{
    struct using using;
    int result;

    if (stream == NULL || stream == stdout || stream == stderr) {
        if (stream != stderr)
            print_goes_out(); /* as it has at print_end */
        return fflush(stream);
    }
    stream_begin(&using, stream, HERE);
    stream_enter(&using);
    result = fflush(stream);
    stream_leave(&using);
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
