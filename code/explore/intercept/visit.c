#include "explore/intercept/visit.h"

#include <errno.h>
#include <string.h>

#include "explore/intercept/tsan_hooks.h"
#include "explore/run/scheduler.h"

enum { UNITS_MOST = 8 }; /* of one byte, they are what a machine accesses at once */

void *__libc_malloc(size_t size);
void __libc_free(void *block);

void visit_begin(struct visit *visit, uintptr_t place)
{
    visit->place = place;
    visit->seen = me != NULL && me->inside == 0;
    visit->steps = visit->seen && plain_is_step(place);
    visit->count = 0;
}

/* One access, which may be of more than one unit: of so many that it says so if it
 * races (plain_access()). */
static void touch(const struct visit *visit, const struct piece *piece, size_t from, size_t size)
{
    plain_access(piece->at + from, size, piece->writes, visit->place);
}

static struct piece *add(struct visit *visit, const volatile void *at, size_t size, size_t unit)
{
    struct piece *piece = &visit->pieces[visit->count++];

    if (visit->count == PIECES_MOST)
        run_refuse(visit->place, "calls a function with more than %d pieces of memory",
                   PIECES_MOST - 1);
    *piece = (struct piece){
        .at = (unsigned char *)(uintptr_t)at,
        .size = size,
        .unit = unit,
        .was = visit->steps ? __libc_malloc(2 * size + 1) : NULL,
    };
    if (visit->steps && piece->was == NULL)
        run_refuse(visit->place, "has no memory left");
    piece->seen = piece->was + size;
    return piece;
}

/* How much of it is one step. */
static size_t at_once(const struct piece *piece)
{
    return piece->size > UNITS_MOST * piece->unit ? piece->size : piece->unit;
}

/* Reading --------------------------------------------------------------------------- */

static void read_units(struct visit *visit, const volatile void *at, size_t size, size_t unit)
{
    const struct piece *piece;

    if (!visit->seen || size == 0)
        return;
    if (!visit->steps) {
        plain_access(at, size, 0, visit->place);
        return;
    }
    piece = add(visit, at, size, unit);
    for (size_t i = 0; i < size; i += at_once(piece)) {
        touch(visit, piece, i, at_once(piece));
        memcpy(piece->seen + i, piece->at + i, at_once(piece));
    }
}

void visit_reads(struct visit *visit, const volatile void *at, size_t size)
{
    read_units(visit, at, size, 1);
}

void visit_reads_one(struct visit *visit, const volatile void *at, size_t size)
{
    read_units(visit, at, size, size);
}

static bool is_zero(const unsigned char *at, size_t unit)
{
    while (unit-- > 0)
        if (*at++ != 0)
            return false;
    return true;
}

static size_t text_size(const unsigned char *text, size_t most, size_t unit)
{
    for (size_t i = 0; i < most; i++)
        if (is_zero(text + i * unit, unit))
            return (i + 1) * unit;
    return most * unit;
}

/* Each character decides whether there is another: while others go on, the text
 * may become longer, or shorter. */
void visit_reads_text(struct visit *visit, const void *text, size_t most, size_t unit)
{
    const unsigned char *at = text;
    size_t size;

    if (!visit->seen || most == 0 || text == NULL)
        return;
    size = text_size(at, most, unit);
    while (visit->steps && size <= UNITS_MOST * unit && most > 0) {
        visit_reads_one(visit, at, unit);
        if (is_zero(visit->pieces[visit->count - 1].seen, unit))
            return;
        at += unit;
        most--;
        size = most > 0 ? text_size(at, most, unit) : 0;
    }
    read_units(visit, at, size, unit);
}

/* C11, 7.24.5.1: memchr() reads one after the other, and none behind what it finds. */
void visit_reads_until(struct visit *visit, const void *at, size_t most, int byte)
{
    const unsigned char *bytes = at;
    size_t size = 0;

    if (!visit->seen || most == 0)
        return;
    while (visit->steps && size < UNITS_MOST && size < most) {
        visit_reads_one(visit, bytes + size, 1);
        if (visit->pieces[visit->count - 1].seen[0] == (unsigned char)byte)
            return;
        size++;
    }
    at = bytes + size;
    for (size = 0; size < most; size++)
        if (((const unsigned char *)at)[size] == (unsigned char)byte)
            break;
    read_units(visit, at, size < most ? size + 1 : most, 1);
}

/* Writing --------------------------------------------------------------------------- */

unsigned visit_writes_units(struct visit *visit, void *at, size_t size, size_t unit)
{
    struct piece *piece;

    if (!visit->seen || at == NULL || size == 0)
        return PIECES_MOST;
    piece = add(visit, at, size, unit);
    piece->writes = true;
    if (visit->steps)
        memcpy(piece->was, at, size);
    return visit->count - 1;
}

unsigned visit_writes(struct visit *visit, void *at, size_t size)
{
    return visit_writes_units(visit, at, size, 1);
}

void visit_wrote(struct visit *visit, unsigned piece, size_t size)
{
    if (piece < visit->count && visit->pieces[piece].size > size)
        visit->pieces[piece].size = size;
}

/* Memory that is as it should be may be constant. */
static void put(unsigned char *at, const unsigned char *bytes, size_t size)
{
    if (memcmp(at, bytes, size) != 0)
        memcpy(at, bytes, size);
}

void visit_enter(struct visit *visit)
{
    if (!visit->steps)
        return;
    for (unsigned i = 0; i < visit->count; i++)
        if (!visit->pieces[i].writes)
            memcpy(visit->pieces[i].was, visit->pieces[i].at, visit->pieces[i].size);
    for (unsigned i = 0; i < visit->count; i++)
        if (!visit->pieces[i].writes)
            put(visit->pieces[i].at, visit->pieces[i].seen, visit->pieces[i].size);
}

void visit_leave(struct visit *visit)
{
    if (!visit->steps)
        return;
    for (unsigned i = 0; i < visit->count; i++)
        if (visit->pieces[i].writes)
            memcpy(visit->pieces[i].seen, visit->pieces[i].at, visit->pieces[i].size);
    for (unsigned i = visit->count; i-- > 0;)
        put(visit->pieces[i].at, visit->pieces[i].was, visit->pieces[i].size);
}

static void appear(const struct visit *visit, const struct piece *piece)
{
    for (size_t i = 0; i < piece->size; i += at_once(piece)) {
        touch(visit, piece, i, at_once(piece));
        memcpy(piece->at + i, piece->seen + i, at_once(piece));
    }
}

void visit_end(struct visit *visit)
{
    int err = errno;

    for (unsigned i = 0; i < visit->count; i++) {
        const struct piece *piece = &visit->pieces[i];

        if (piece->writes && visit->steps)
            appear(visit, piece);
        else if (piece->writes)
            plain_access(piece->at, piece->size, 1, visit->place);
        __libc_free(piece->was);
    }
    errno = err;
}
