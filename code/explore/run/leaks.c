#define _GNU_SOURCE
#include "explore/run/leaks.h"

#include <link.h>
#include <stdbool.h>
#include <stdlib.h>

#include "explore/names/symbols.h"
#include "explore/run/channel.h"
#include "explore/run/heap.h"
#include "explore/run/scheduler.h"

enum { SEGMENTS_MOST = 64, BELOW = 4096, CONTROL = 2048, STACK_SIZE = 8 * 1024 * 1024 };

static bool wanted;

/* What the libraries write to. Of the program's own only its variables count, as the
 * explorer's are beside them, and know of everything. */
static struct {
    uintptr_t begin, end;
} segments[SEGMENTS_MOST];
static unsigned segment_count;
static const struct symbol **variables;
static size_t variable_count, local_size; /* of thread-local variables, all together */

static int note_library(struct dl_phdr_info *library, size_t size, void *first)
{
    (void)size;
    for (int i = 0; i < library->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &library->dlpi_phdr[i];

        if (part->p_type == PT_TLS)
            local_size += part->p_memsz + part->p_align;
        if (*(bool *)first || part->p_type != PT_LOAD || (part->p_flags & PF_W) == 0 ||
            segment_count == SEGMENTS_MOST)
            continue;
        segments[segment_count].begin = library->dlpi_addr + part->p_vaddr;
        segments[segment_count++].end = library->dlpi_addr + part->p_vaddr + part->p_memsz;
    }
    *(bool *)first = false;
    return 0;
}

void leaks_begin(void)
{
    const struct symbol *variable;
    bool first = true;

    wanted = true;
    dl_iterate_phdr(note_library, &first);
    while ((variable = symbol_variable(variable_count)) != NULL) {
        variables = realloc(variables, (variable_count + 1) * sizeof *variables);
        if (variables == NULL)
            abort();
        variables[variable_count++] = variable;
    }
}

/* Marking ------------------------------------------------------------------------- */

static void mark(uintptr_t begin, uintptr_t end);

static void mark_block(struct block *block)
{
    uintptr_t begin = (uintptr_t)block + HEAP_HEAD;

    if (block->marked || block->freed)
        return;
    block->marked = true;
    mark(begin, begin + block->size);
}

/* Every word that stands where a pointer would. */
static void mark(uintptr_t begin, uintptr_t end)
{
    begin = (begin + sizeof(uintptr_t) - 1) & ~(sizeof(uintptr_t) - 1);
    for (uintptr_t at = begin; at + sizeof(uintptr_t) <= end; at += sizeof(uintptr_t)) {
        uintptr_t word = *(const uintptr_t *)at;
        struct block *block = heap_holds(word) ? heap_around(word) : NULL;

        if (block != NULL)
            mark_block(block);
    }
}

/* The main thread's: on x86-64 they are below its control block, elsewhere behind. */
static void mark_main_locals(uintptr_t handle)
{
#ifdef __x86_64__
    mark(handle - local_size, handle + CONTROL);
#else
    mark(handle, handle + CONTROL + local_size);
#endif
}

/* When main has returned, its stack is said to begin above the program's part of it. */
static void mark_thread(const struct thread *thread, uintptr_t here)
{
    uintptr_t stack = (uintptr_t)thread->stack, floor = (uintptr_t)thread->floor;
    uintptr_t from = thread == me ? here : (uintptr_t)thread->frame - BELOW;

    mark((uintptr_t)&thread->argument, (uintptr_t)(&thread->argument + 1));
    if (stack == 0) /* it has not begun */
        return;
    if (thread->frame != NULL && from < stack)
        mark(from > floor ? from : floor, stack);
    if (floor != 0)
        mark(stack, floor + STACK_SIZE);
    else
        mark_main_locals((uintptr_t)thread->handle);
}

static void mark_all(uintptr_t here)
{
    uintptr_t channels;
    size_t size;

    for (size_t i = 0; i < variable_count; i++)
        mark(variables[i]->address, variables[i]->address + variables[i]->size);
    for (unsigned i = 0; i < segment_count; i++)
        mark(segments[i].begin, segments[i].end);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (threads[i].alive)
            mark_thread(&threads[i], here);
        else if (threads[i].joiner == NULL)
            mark((uintptr_t)&threads[i].result, (uintptr_t)(&threads[i].result + 1));
    channels = (uintptr_t)channels_memory(&size);
    mark(channels, channels + size);
}

/* Losses ---------------------------------------------------------------------------- */

void leaks_look(void)
{
    const struct block *first = NULL;
    size_t bytes = 0, blocks = 0;

    if (!wanted || heap_last() == NULL)
        return;
    me->inside++;
    mark_all((uintptr_t)__builtin_frame_address(0));
    for (const struct block *block = heap_last(); block != NULL; block = block->before)
        if (!block->freed && !block->ours && !block->marked) {
            bytes += block->size;
            blocks++;
            first = block;
        }
    me->inside--;
    if (blocks == 1)
        run_fault(first->taken_at, "", 0, "loses a block of %zu byte%s, to which nothing points",
                  bytes, bytes == 1 ? "" : "s");
    if (blocks > 1)
        run_fault(first->taken_at, "", 0, "loses %zu blocks, %zu bytes, to which nothing points",
                  blocks, bytes);
}
