/*
 * Output. Printing is one step for each call, as each call holds the
 * stream's lock (POSIX, flockfile(3p)); streams go out at every step, so that
 * what was printed is known whatever happens next.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/format.h"
#include "explore/intercept/print.h"
#include "explore/intercept/standard.h"
#include "explore/intercept/transfer.h"
#include "explore/run/channel.h"
#include "explore/run/growth.h"
#include "explore/run/state.h"

/* The format is the program's. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

enum { STREAM_OTHER = 3 };

/* Where the next byte will go; 0 for what has no such place. */
static uint32_t end_of(int fd)
{
    off_t end = lseek(fd, 0, SEEK_CUR);

    return end < 0 ? 0 : (uint32_t)end;
}

/* ... of stdout's file or stderr's: `standard` is its number. */
static uint32_t note_end(int fd, int standard)
{
    return record->ends[standard - 1] = end_of(fd);
}

/* The stream whose lock is kept from one step to the next, and by whom. Only
 * stdout's is (puts), so steps touch it only there. */
static const FILE *held;
static const struct thread *holder;

static bool is_free(const struct thread *thread)
{
    return holder == NULL || holder == thread ||
           thread->request.op.touches[0].at != (uintptr_t)held;
}

void print_hold(FILE *stream)
{
    held = stream;
    holder = me;
}

void print_let_go(const struct printing *printing)
{
    holder = NULL;
    if (printing->event != NULL)
        printing->event->enabling = true;
}

/* What streams have in their buffers: any stream's, and stdout's. */
static bool pending, out_pending;
static uint32_t pending_since; /* the number of steps behind the one that printed it */

/* A flush is no step. Right behind the step that printed, nobody can tell that; otherwise
 * whoever does not come behind the flush may come before it. By thread: when. */
static uint32_t flushed_late[THREADS_MOST];

static bool may_come_before_a_flush(void)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (i != me->id && flushed_late[i] != 0 && !clock_knows(&me->clock, i, flushed_late[i]))
            return true;
    return false;
}

bool print_is_pending(void)
{
    return pending || may_come_before_a_flush();
}

void print_goes_out(void)
{
    if (me != NULL && pending && pending_since != record->event_count)
        flushed_late[me->id] = me->clock.ticks[me->id];
    pending = out_pending = false;
}

/* By a stream, with a buffer: true. */
static void note_pending(const FILE *stream)
{
    if (stream == NULL || stream == stderr || cut_is_unbuffered(stream))
        return;
    pending_since = pending ? 0 : record->event_count;
    pending = true;
    out_pending = out_pending || stream == stdout;
}

/* It may overtake what stdout holds: in a pipe or a file it does, on a terminal only what
 * does not end a line. */
static void doubt_overtaking(int standard, uintptr_t place)
{
    if (standard == STDOUT_FILENO && (out_pending || may_come_before_a_flush()))
        run_doubt(place, "writes past a stream that may still hold what was printed");
}

/* POSIX, 2.9.5.2: a thread that is to be cancelled may end where it prints to a stream.
 * Whether it does depends on what is in the buffer, and where that goes. */
static void doubt_cancelled(uintptr_t place)
{
    if (me->cancelled && !me->uncancellable)
        run_doubt(place, "prints when it is to be cancelled, and may end there");
}

/* We let it out at every step; its own buffer would do so some time. */
static void doubt_second_buffer(const FILE *stream, int fd, int standard, uintptr_t place)
{
    if (stream != NULL && standard != 0 && fd != standard)
        run_doubt(place, "prints to a standard stream's file by another stream, with a buffer");
}

static struct printing begin(FILE *stream, int fd, struct request request)
{
    struct printing printing = {.stream = stream, .fd = fd};
    int standard;

    if (me == NULL || me->inside > 0)
        return printing;
    standard = standard_of(fd);
    doubt_second_buffer(stream, fd, standard, request.op.place);
    request.op.kind = standard != 0 ? OP_PRINT : OP_FILE;
    request.op.touches[0] = (struct touch){(uintptr_t)standard_object(fd), 1, TOUCH_CHANGE};
    if (stream == NULL && request.cancel == NULL) /* a stream is opened, or closed */
        request.op.touches[1] = touch_numbers(TOUCH_CHANGE);
    if (request.cancel == NULL && !growth_is_on())
        request.op.touches[2] = (struct touch){(uintptr_t)&me->cancelled, 1, TOUCH_LOOK};
    printing.event = step(&request);
    if (request.cancel == NULL)
        doubt_cancelled(request.op.place);
    if (request.cancel != NULL)
        doubt_overtaking(standard, request.op.place);
    note_pending(stream);
    printing.event->stream = standard != 0 ? (uint8_t)standard : STREAM_OTHER;
    printing.event->text = standard == 0 ? 0
                           : record->plan.values || record->plan.states
                               ? note_end(fd, standard)
                               : record->ends[standard - 1];
    me->inside++;
    return printing;
}

struct printing print_begin(FILE *stream, int fd, uintptr_t place)
{
    return begin(stream, fd, (struct request){.op.place = place});
}

struct printing print_begin_locked(FILE *stream, int fd, const struct pieces *pieces,
                                   uintptr_t place)
{
    struct request request = {.op.place = place, .ready = is_free, .about = pieces};

    if (fd == STDOUT_FILENO)
        request.op.touches[1] = (struct touch){(uintptr_t)&held, 1, TOUCH_CHANGE};
    return begin(stream, fd, request);
}

/* ... where it is a call of POSIX, that waits for nobody. */
static struct printing print_begin_call(int fd, uintptr_t place)
{
    return begin(NULL, fd, (struct request){.op.place = place, .cancel = cancel_simply});
}

/* The event's address is another one in each slot, and must not stay where the
 * program's next functions come to lie. */
/* Nothing, where another thread has closed it. */
static void note_text(struct event *event, uint32_t end)
{
    event->text_size = end > event->text ? end - event->text : 0;
}

void print_end(struct printing *printing)
{
    struct event *event = printing->event;

    if (event == NULL)
        return;
    if (printing->stream != NULL && event->op.kind == OP_PRINT)
        fflush(printing->stream);
    if (event->op.kind == OP_PRINT)
        note_text(event, note_end(printing->fd, event->stream));
    if (event->op.kind == OP_PRINT && record->plan.merges)
        state_printed(printing->fd, event->text + event->text_size);
    me->inside--;
    *printing = (struct printing){0};
    if (record->plan.states && !record->plan.merges)
        state_wipe();
}

/* Descriptors ----------------------------------------------------------------- */

/* Writing to a file never waits; to a pipe or a socket it may. */
static bool never_waits(int fd)
{
    struct stat status;

    return fd == STDOUT_FILENO || fd == STDERR_FILENO ||
           (fstat(fd, &status) == 0 && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode))) ||
           fcntl(fd, F_GETFD) < 0 || (S_ISCHR(status.st_mode) && !isatty(fd));
}

static bool is_seen(void)
{
    return me != NULL && me->inside == 0;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    struct iovec part = {(void *)(uintptr_t)bytes, size};
    struct printing printing;
    struct visit visit;
    ssize_t written;

    if (is_seen() && end_used(fd, HERE) != NULL)
        return transfer_out(fd, &part, 1, 0, HERE);
    if (is_seen() && !never_waits(fd))
        run_refuse(HERE, "writes to a pipe or a socket");
    visit_begin(&visit, HERE);
    visit_reads(&visit, bytes, size);
    printing = print_begin_call(fd, HERE);
    visit_enter(&visit);
    written = real.write(fd, bytes, size);
    visit_leave(&visit);
    visit_end(&visit);
    print_end(&printing);
    return written;
}

static int print_to(int fd, const char *format, va_list args, uintptr_t place)
{
    struct visit visit;
    char *text = NULL;
    int size;

    visit_begin(&visit, place);
    format_reads(&visit, format, args);
    visit_enter(&visit);
    size = vasprintf(&text, format, args);
    visit_leave(&visit);
    visit_end(&visit);
    if (size > 0 && is_seen() && end_used(fd, place) != NULL) {
        struct iovec part = {text, (size_t)size};

        size = (int)transfer_out(fd, &part, 1, 0, place);
    } else {
        struct printing printing = print_begin_call(fd, place);

        if (size > 0)
            size = (int)real.write(fd, text, (size_t)size);
        print_end(&printing);
    }
    free(text);
    return size;
}

int vdprintf(int fd, const char *restrict format, va_list args)
{
    return print_to(fd, format, args, HERE);
}

int dprintf(int fd, const char *restrict format, ...)
{
    va_list args;
    int size;

    va_start(args, format);
    size = print_to(fd, format, args, HERE);
    va_end(args);
    return size;
}

/* The world outside has nothing to say while we explore. */
void doubt_input(int fd, uintptr_t place)
{
    if (is_seen() && fd == STDIN_FILENO)
        run_doubt(place, "reads its standard input, which is empty here");
}

ssize_t read(int fd, void *bytes, size_t size)
{
    struct iovec part = {bytes, size};
    struct visit visit;
    unsigned piece;
    ssize_t got;

    if (is_seen() && end_used(fd, HERE) != NULL)
        return transfer_in(fd, &part, 1, 0, HERE);
    if (is_seen() && fd != STDIN_FILENO) {
        if (!never_waits(fd))
            run_refuse(HERE, "reads from a pipe or a socket");
        step(&(const struct request){
            .op = {.kind = OP_FILE,
                   .place = HERE,
                   .touches = {{(uintptr_t)standard_object(fd), 1, TOUCH_CHANGE}}},
            .cancel = cancel_simply,
        });
    } else {
        cancellation_point(HERE);
        doubt_input(fd, HERE);
    }
    visit_begin(&visit, HERE);
    piece = visit_writes(&visit, bytes, size);
    got = real.read(fd, bytes, size);
    visit_wrote(&visit, piece, got > 0 ? (size_t)got : 0);
    visit_leave(&visit);
    visit_end(&visit);
    return got;
}
