/* Written by heddle tangle from chapters/85-process-all.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* mremap, F_SETPIPE_SZ */

#include "lib/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Memory. */

/* A captured stream: where it comes from, and where in the result it goes. */
struct text {
    int stream; /* 1 or 2 */
    int *fd;
    char **text;
    size_t *size;
    size_t *room;
    size_t *taken;
    size_t *looked;
};

static struct text text_of(struct process *p, int stream)
{
    struct process_result *r = &p->result;
    size_t *taken = &p->own.taken[stream - 1];
    size_t *looked = &p->own.looked[stream - 1];

    if (stream == STDOUT_FILENO)
        return (struct text){stream,      &p->stdout_fd, &r->out, &r->out_size,
                             &r->out_room, taken,        looked};
    return (struct text){stream,      &p->stderr_fd, &r->err, &r->err_size,
                         &r->err_room, taken,        looked};
}

#if defined __linux__ && defined MADV_HUGEPAGE
static const size_t HUGE_ROOM = 2 << 20;
#else
static const size_t HUGE_ROOM = SIZE_MAX; /* never */
#endif

/* What a pipe holds by itself, and the most it may: pipe(7). */
enum { FIRST_ROOM = 65536, WIDE_PIPE = 1 << 20 };

/* Its room tells where the memory is from. */
void process_free_text(char *text, size_t room)
{
    if (room >= HUGE_ROOM)
        munmap(text, room);
    else
        free(text);
}

#if defined __linux__ && defined MADV_HUGEPAGE
/* `room` bytes at a multiple of 2 MiB, as huge pages want it. */
static char *map_aligned(size_t room)
{
    char *base = mmap(NULL, room + HUGE_ROOM, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    size_t before;

    if (base == MAP_FAILED)
        return NULL;
    before = (HUGE_ROOM - (uintptr_t)base % HUGE_ROOM) % HUGE_ROOM;
    if (before > 0)
        munmap(base, before);
    munmap(base + before + room, HUGE_ROOM - before);
    return base + before;
}

static char *grow_huge(struct text *t, size_t room)
{
    char *to = map_aligned(room);

    if (to == NULL)
        return NULL;
    if (*t->room < HUGE_ROOM || process_under_valgrind()) {
        memcpy(to, *t->text, *t->size); /* valgrind 3.19 loses moved pages */
        process_free_text(*t->text, *t->room);
    } else if (mremap(*t->text, *t->room, room, MREMAP_MAYMOVE | MREMAP_FIXED,
                      to) == MAP_FAILED) {
        munmap(to, room);
        return NULL;
    }
    madvise(to, room, MADV_HUGEPAGE); /* a wish: all works without */
    return to;
}
#else
#define grow_huge(t, room) NULL
#endif

void process_widen(int fd)
{
#ifdef F_SETPIPE_SZ
    if (fcntl(fd, F_GETPIPE_SZ) < WIDE_PIPE)
        fcntl(fd, F_SETPIPE_SZ, WIDE_PIPE);
#else
    (void)fd;
#endif
}

static void put_into(struct text *t, char *text, size_t room)
{
    process_free_text(*t->text, *t->room);
    *t->text = text;
    *t->room = room;
    text[0] = '\0';
    if (room > FIRST_ROOM && *t->fd >= 0)
        process_widen(*t->fd); /* as if it had grown so far */
}

/* Whether or not it was started: of `old`, nothing is left to free. */
void process_reuse(struct process *p, struct process_result *old)
{
    struct text out = text_of(p, STDOUT_FILENO);
    struct text err = text_of(p, STDERR_FILENO);

    if (old->out != NULL)
        put_into(&out, old->out, old->out_room);
    if (old->err != NULL)
        put_into(&err, old->err, old->err_room);
    free(old->message_memory);
    *old = (struct process_result){.message = ""};
}

static int make_room(struct text *t)
{
    size_t room = *t->room < FIRST_ROOM ? FIRST_ROOM : *t->room * 2;
    char *text = NULL;

    if (*t->room - *t->size - 1 > *t->room / 16)
        return 0;
    if (*t->room == FIRST_ROOM)
        process_widen(*t->fd);
    if (room > *t->room) /* else it overflowed */
        text = room >= HUGE_ROOM ? grow_huge(t, room) : realloc(*t->text, room);
    if (text == NULL)
        return ENOMEM;
    *t->text = text;
    *t->room = room;
    return 0;
}

static void trim(struct text *t)
{
    size_t room = *t->size + 1;
    char *text;

    if (*t->room >= HUGE_ROOM) {
        room = (room + HUGE_ROOM - 1) / HUGE_ROOM * HUGE_ROOM;
        if (room < *t->room)
            munmap(*t->text + room, *t->room - room);
    } else {
        text = realloc(*t->text, room);
        if (text == NULL)
            return;
        *t->text = text;
    }
    *t->room = room;
}

/* Bytes. */

/* Where what can be handed on now ends; NULL: that has not come yet. */
static char *find_end(const struct process *p, char *from, char *end,
                      bool at_end)
{
    char *newline = NULL;

    if (p->own.by_line)
        newline = memchr(from, '\n', (size_t)(end - from));
    if (newline != NULL)
        return newline + 1;
    return p->own.by_line && !at_end ? NULL : end;
}

/* Once it has been refused, it is kept: nobody wants it now. */
static int hand_on(struct process *p, const struct text *t)
{
    char *from = *t->text, *end = from + *t->size;
    char *look = from + *t->looked;
    int err = p->own.refused;

    if (p->own.on_output == NULL)
        return 0;
    while (from < end && err == 0) {
        char *to = find_end(p, look, end, *t->fd < 0);
        char next;

        if (to == NULL)
            break;
        next = *to; /* there is always room for a NUL */
        *to = '\0';
        err = p->own.on_output(p->own.context, t->stream, from,
                               (size_t)(to - from));
        *to = next;
        from = look = to;
    }
    memmove(*t->text, from, (size_t)(end - from) + 1);
    *t->size = (size_t)(end - from);
    *t->looked = err == 0 ? *t->size : 0;
    p->own.refused = err;
    return err;
}

static int take(struct process *p, struct text *t)
{
    size_t limit = p->own.output_limit;
    int err = make_room(t);
    int refused;
    ssize_t got;

    if (err != 0)
        return err;
    got = read(*t->fd, *t->text + *t->size, *t->room - *t->size - 1);
    if (got < 0 && errno == EIO)
        got = 0; /* so ends a terminal: nobody has its other side open */
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : errno;
    if (got == 0)
        process_close(t->fd);
    if (limit != 0 && (size_t)got > limit - *t->taken) {
        got = (ssize_t)(limit - *t->taken);
        err = EFBIG;
    }
    *t->taken += (size_t)got;
    *t->size += (size_t)got;
    (*t->text)[*t->size] = '\0';
    refused = hand_on(p, t);
    return refused != 0 ? refused : err;
}

int process_take(struct process *p, int stream)
{
    struct text t = text_of(p, stream);

    return take(p, &t);
}

enum { TERMINAL_HOLDS = 1 << 20 }; /* at the most: 640 KiB on Linux */

static int bytes_left(int fd)
{
    int there = 0;

    if (fd >= 0 && isatty(fd))
        return TERMINAL_HOLDS;
    return fd >= 0 && ioctl(fd, FIONREAD, &there) == 0 ? there : 0;
}

/* To read to the end would be to wait for whoever still holds the other one. */
static int drain(struct process *p, struct text *t)
{
    int there = bytes_left(*t->fd);
    int err = 0;

    while (there > 0 && err == 0) {
        size_t before = *t->taken;

        err = take(p, t);
        if (*t->taken == before)
            break;
        there -= (int)(*t->taken - before);
    }
    return err;
}

int process_take_rest(struct process *p, int stream)
{
    struct text t = text_of(p, stream);
    int err = drain(p, &t);
    int refused;

    process_close(t.fd);
    refused = hand_on(p, &t); /* the last line may have no end */
    trim(&t);
    return err != 0 ? err : refused;
}
