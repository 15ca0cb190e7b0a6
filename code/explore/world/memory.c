#define _GNU_SOURCE
#include "explore/world/memory.h"

#include <string.h>
#include <sys/mman.h>

/* Where nothing else lies, and far from what else is mapped: so it never becomes
 * part of another mapping. */
#define BASE ((uintptr_t)0x520000000000)
#define ROOM ((size_t)1 << 36)

enum { PAGE = 4096, UNIT = 16, CLASSES = 40 };

/* In front of each block. Blocks of a class are of one size, a power of two, and
 * whatever was given back is given out again. */
struct head {
    uint32_t class, offset; /* offset: of the block behind its class's beginning */
    struct head *next;      /* given back */
};

_Static_assert(sizeof(struct head) == UNIT, "blocks are aligned as malloc's are");

KEPT static uintptr_t next;
KEPT static struct head *given_back[CLASSES];

bool memory_begin(void)
{
    void *memory = mmap((void *)BASE, ROOM, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

    next = BASE;
    return memory == (void *)BASE;
}

void memory_range(uintptr_t *begin, uintptr_t *end)
{
    *begin = BASE;
    *end = BASE + ROOM;
}

bool memory_holds(uintptr_t at)
{
    return at >= BASE && at < BASE + ROOM;
}

static uintptr_t round_up(uintptr_t number, size_t unit)
{
    return (number + unit - 1) / unit * unit;
}

void *memory_reserve(size_t size)
{
    uintptr_t begin = round_up(next, PAGE);

    if (size > ROOM || begin + size > BASE + ROOM)
        return NULL;
    next = begin + size;
    return (void *)begin;
}

/* Blocks ------------------------------------------------------------------------ */

static uint32_t class_of(size_t size)
{
    uint32_t class = 0;

    while (((size_t)UNIT << class) < size && class < CLASSES)
        class ++;
    return class;
}

static struct head *head_of(void *block)
{
    return (struct head *)block - 1;
}

/* From its end on, memory holds zeros. */
static struct head *fresh(uint32_t class)
{
    uintptr_t begin = round_up(next, UNIT);
    size_t size = sizeof(struct head) + ((size_t)UNIT << class);

    if (class >= 32 || begin + size > BASE + ROOM)
        return NULL;
    next = begin + size;
    return (struct head *)begin;
}

/* Where more alignment is wanted, the block begins later, and has a second head. */
static void *aligned(struct head *head, size_t alignment)
{
    uintptr_t block = round_up((uintptr_t)(head + 1), alignment);

    *head_of((void *)block) =
        (struct head){head->class, (uint32_t)(block - (uintptr_t)(head + 1)), NULL};
    return (void *)block;
}

void *memory_take(size_t size, size_t alignment, bool zeros)
{
    size_t whole = size + (alignment > UNIT ? alignment : 0);
    uint32_t class = class_of(whole);
    struct head *head = whole >= size && class < CLASSES ? given_back[class] : NULL;

    if (head != NULL) {
        given_back[class] = head->next;
        if (zeros)
            memset(head + 1, 0, whole);
    } else {
        head = fresh(class);
    }
    if (head == NULL)
        return NULL;
    *head = (struct head){.class = class};
    return alignment > UNIT ? aligned(head, alignment) : head + 1;
}

void memory_give_back(void *block)
{
    struct head *head = head_of(block);

    head = (struct head *)((uintptr_t)head - head->offset);
    head->next = given_back[head->class];
    given_back[head->class] = head;
}

void *memory_retake(void *old, size_t size)
{
    size_t room = ((size_t)UNIT << head_of(old)->class) - head_of(old)->offset;
    void *block;

    if (size <= room)
        return old;
    block = memory_take(size, UNIT, false);
    if (block == NULL)
        return NULL;
    memcpy(block, old, room);
    memory_give_back(old);
    return block;
}
