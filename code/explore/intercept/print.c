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
#include "explore/intercept/transfer.h"
#include "explore/run/scheduler.h"

enum { STREAM_OTHER = 3 };

static const char all_files; /* stands for whatever is not a standard stream */

struct printing {
    struct event *event;
    FILE *stream;
    int fd;
};

/* Where the next byte will go; 0 for what has no such place. */
static uint32_t end_of(int fd)
{
    off_t end = lseek(fd, 0, SEEK_CUR);

    return end < 0 ? 0 : (uint32_t)end;
}

static const volatile void *object_of(int fd)
{
    return fd == STDOUT_FILENO   ? (const void *)stdout
           : fd == STDERR_FILENO ? (const void *)stderr
                                 : &all_files;
}

static struct printing begin(FILE *stream, int fd, uintptr_t place)
{
    struct printing printing = {.stream = stream, .fd = fd};
    bool standard = fd == STDOUT_FILENO || fd == STDERR_FILENO;

    if (me == NULL || me->inside > 0)
        return printing;
    printing.event =
        step_simple(standard ? OP_PRINT : OP_FILE, object_of(fd), 1, TOUCH_CHANGE, place);
    printing.event->stream = standard ? (uint8_t)fd : STREAM_OTHER;
    printing.event->text = standard ? end_of(fd) : 0;
    me->inside++;
    return printing;
}

static void end(const struct printing *printing)
{
    struct event *event = printing->event;

    if (event == NULL)
        return;
    if (printing->stream != NULL && event->op.kind == OP_PRINT)
        fflush(printing->stream);
    if (event->op.kind == OP_PRINT)
        event->text_size = end_of(printing->fd) - event->text;
    me->inside--;
}

/* Streams --------------------------------------------------------------------- */

static int print_format(FILE *stream, const char *format, va_list args, uintptr_t place)
{
    struct printing printing = begin(stream, fileno(stream), place);
    int count = real.vfprintf(stream, format, args);

    end(&printing);
    return count;
}

int vfprintf(FILE *restrict stream, const char *restrict format, va_list args)
{
    return print_format(stream, format, args, HERE);
}

int vprintf(const char *restrict format, va_list args)
{
    return print_format(stdout, format, args, HERE);
}

int printf(const char *restrict format, ...)
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format(stdout, format, args, HERE);
    va_end(args);
    return count;
}

int fprintf(FILE *restrict stream, const char *restrict format, ...)
{
    va_list args;
    int count;

    va_start(args, format);
    count = print_format(stream, format, args, HERE);
    va_end(args);
    return count;
}

static size_t print_bytes(FILE *stream, const void *bytes, size_t size, uintptr_t place)
{
    struct printing printing = begin(stream, fileno(stream), place);
    size_t written = real.fwrite(bytes, 1, size, stream);

    end(&printing);
    return written;
}

size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict stream)
{
    return size == 0 ? 0 : print_bytes(stream, bytes, size * count, HERE) / size;
}

int fputs(const char *restrict text, FILE *restrict stream)
{
    size_t size = strlen(text);

    return print_bytes(stream, text, size, HERE) == size ? 1 : EOF;
}

int puts(const char *text)
{
    struct printing printing = begin(stdout, STDOUT_FILENO, HERE);
    size_t size = strlen(text), written;

    written = real.fwrite(text, 1, size, stdout) + real.fwrite("\n", 1, 1, stdout);
    end(&printing);
    return written == size + 1 ? 1 : EOF;
}

static int print_character(int character, FILE *stream, uintptr_t place)
{
    const unsigned char byte = (unsigned char)character;

    return print_bytes(stream, &byte, 1, place) == 1 ? byte : EOF;
}

int fputc(int character, FILE *stream)
{
    return print_character(character, stream, HERE);
}

int(putc)(int character, FILE *stream)
{
    return print_character(character, stream, HERE);
}

int(putchar)(int character)
{
    return print_character(character, stdout, HERE);
}

void perror(const char *text)
{
    const char *fault = strerror(errno);
    struct printing printing = begin(stderr, STDERR_FILENO, HERE);

    if (text != NULL && *text != '\0') {
        real.fwrite(text, 1, strlen(text), stderr);
        real.fwrite(": ", 1, 2, stderr);
    }
    real.fwrite(fault, 1, strlen(fault), stderr);
    real.fwrite("\n", 1, 1, stderr);
    end(&printing);
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

ssize_t write(int fd, const void *bytes, size_t size)
{
    struct iovec part = {(void *)(uintptr_t)bytes, size};
    struct printing printing;
    ssize_t written;
    int err;

    if (me != NULL && me->inside == 0 && end_at(fd) != NULL)
        return transfer_out(fd, &part, 1, 0, HERE);
    if (me != NULL && me->inside == 0 && !never_waits(fd))
        run_refuse(HERE, "writes to a pipe or a socket");
    printing = begin(NULL, fd, HERE);
    written = real.write(fd, bytes, size);
    err = errno;
    end(&printing);
    errno = err;
    return written;
}

int vdprintf(int fd, const char *restrict format, va_list args)
{
    char *text = NULL;
    int size = vasprintf(&text, format, args);
    struct iovec part = {text, size > 0 ? (size_t)size : 0};
    struct printing printing;

    if (me != NULL && me->inside == 0 && end_at(fd) != NULL) {
        size = (int)transfer_out(fd, &part, 1, 0, HERE);
        free(text);
        return size;
    }
    printing = begin(NULL, fd, HERE);

    if (size > 0)
        size = (int)real.write(fd, text, (size_t)size);
    end(&printing);
    free(text);
    return size;
}

int dprintf(int fd, const char *restrict format, ...)
{
    va_list args;
    int size;

    va_start(args, format);
    size = vdprintf(fd, format, args);
    va_end(args);
    return size;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    struct iovec part = {bytes, size};

    if (me != NULL && me->inside == 0 && end_at(fd) != NULL)
        return transfer_in(fd, &part, 1, 0, HERE);
    if (me != NULL && me->inside == 0 && fd != STDIN_FILENO) {
        if (!never_waits(fd))
            run_refuse(HERE, "reads from a pipe or a socket");
        step_simple(OP_FILE, &all_files, 1, TOUCH_CHANGE, HERE);
    }
    return real.read(fd, bytes, size);
}
