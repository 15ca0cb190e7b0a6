#define _GNU_SOURCE
#include "explore/run/state.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include "explore/base/large.h"
#include "explore/names/symbols.h"
#include "explore/run/frames.h"
#include "explore/run/heap.h"
#include "explore/run/known.h"
#include "explore/run/object.h"
#include "explore/run/spin.h"
#include "explore/world/kernel.h"

/* Numbers ----------------------------------------------------------------------- */

static uint64_t mix(uint64_t state, uint64_t word)
{
    state = (state ^ word) * 0x9e3779b97f4a7c15u;
    return state ^ state >> 29;
}

static uint64_t mix_bytes(uint64_t state, const void *bytes, size_t size)
{
    const char *at = bytes;
    uint64_t word;

    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        state = mix(state, word);
    }
    word = 0;
    memcpy(&word, at, size);
    return mix(state, word ^ (uint64_t)size << 56);
}

/* The program's variables -------------------------------------------------------- */

static const struct symbol **variables;
static size_t variable_count;
static const struct symbol *watched[WATCHED_MOST];
static unsigned watched_count;

/* A number, as far as a size can tell. */
static bool is_watched(const struct symbol *variable)
{
    return (variable->size == 1 || variable->size == 2 || variable->size == 4 ||
            variable->size == 8) &&
           *variable->name != '_' && !variable->is_compilers;
}

static void find_variables(void)
{
    const struct symbol *variable;

    for (size_t n = 0; (variable = symbol_variable(n)) != NULL; n++) {
        variables = realloc(variables, (n + 1) * sizeof *variables);
        if (variables == NULL)
            abort();
        variables[variable_count++] = variable;
        if (is_watched(variable) && watched_count < WATCHED_MOST)
            watched[watched_count++] = variable;
    }
}

const char *state_watched(unsigned n)
{
    return n < watched_count ? watched[n]->name : NULL;
}

bool state_watches_more(unsigned n, uintptr_t at, size_t size)
{
    return n < watched_count && at >= watched[n]->address &&
           at - watched[n]->address < watched[n]->size && size < watched[n]->size;
}

static int64_t value_of(const struct symbol *variable)
{
    const void *at = (const void *)variable->address;

    switch (variable->size) {
    case 1:
        return *(const int8_t *)at;
    case 2:
        return *(const int16_t *)at;
    case 4:
        return *(const int32_t *)at;
    default:
        return *(const int64_t *)at;
    }
}

static uint64_t mix_memory(uint64_t state)
{
    for (size_t i = 0; i < variable_count; i++)
        state = mix_bytes(state, (const void *)variables[i]->address, variables[i]->size);
    for (const struct block *block = heap_last(); block != NULL; block = block->before) {
        state = mix(mix(state, (uintptr_t)block), block->freed);
        if (!block->freed && !block->ours)
            state = mix_bytes(state, (const char *)block + HEAP_HEAD, block->size);
    }
    return state;
}

/* Registers ----------------------------------------------------------------------- */

/* Where a function finds what its caller had in them, the unwinder knows. It is
 * no library of the program's, so it is looked up and not linked. */
typedef _Unwind_Reason_Code backtrace_function(_Unwind_Trace_Fn trace, void *argument);
typedef _Unwind_Word register_function(struct _Unwind_Context *context, int number);
typedef _Unwind_Ptr place_function(struct _Unwind_Context *context);

static struct {
    backtrace_function *backtrace;
    register_function *get_register;
    place_function *get_place;
} unwinder;

/* As DWARF numbers those that a function must leave as they were. */
static const int saved[] = {3, 12, 13, 14, 15};

static bool find_unwinder(void)
{
    void *library = dlopen("libgcc_s.so.1", RTLD_NOW);

    if (library == NULL)
        return false;
    *(void **)&unwinder.backtrace = dlsym(library, "_Unwind_Backtrace");
    *(void **)&unwinder.get_register = dlsym(library, "_Unwind_GetGR");
    *(void **)&unwinder.get_place = dlsym(library, "_Unwind_GetIP");
    return unwinder.backtrace != NULL && unwinder.get_register != NULL &&
           unwinder.get_place != NULL;
}

static _Unwind_Reason_Code look_at_frame(struct _Unwind_Context *context, void *thread)
{
    struct thread *self = thread;

    if (unwinder.get_place(context) != self->request.op.place)
        return _URC_NO_REASON;
    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++)
        self->state.saved[i] = unwinder.get_register(context, saved[i]);
    return _URC_NORMAL_STOP;
}

/* The program's thread-local variables lie right below the thread's pointer. */
static size_t local_size;

static int look_at_program(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size, (void)unused;
    for (unsigned i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_TLS)
            local_size = info->dlpi_phdr[i].p_memsz;
    return 1; /* the program itself comes first */
}

const char *state_begin(void)
{
#if defined(__x86_64__)
    if (!find_unwinder())
        return "libgcc_s.so.1 is not here, which knows the registers of a function";
    unwinder.backtrace(look_at_frame, &(struct thread){0}); /* it makes itself ready */
    dl_iterate_phdr(look_at_program, NULL);
    find_variables();
    return NULL;
#else
    return "a state needs the registers, which are known for x86-64 only";
#endif
}

/* Threads ------------------------------------------------------------------------- */

/* What a step came to may still be in a variable of ours, as long as the thread
 * is in the same call: it asks from the same place. */
static uint64_t mix_event(uint64_t state, const struct event *event)
{
    state = mix(state, (uint64_t)event->op.kind << 32 | (uint64_t)event->alternative << 8 |
                           (uint64_t)event->failed << 1 | event->unlucky);
    for (int i = 0; i < OP_TOUCHES; i++)
        state = mix(state, event->op.touches[i].at);
    return mix(state, event->value);
}

/* What a call comes to is an argument of the next one, say, and then in a register
 * that nobody wants back: it has been read since, and may have changed by now. */
static uint64_t mix_result(uint64_t state, const struct event *event)
{
    if (event->op.kind == OP_WRITE || event->op.kind == OP_PRINT)
        return 0; /* it says nothing that is not in memory */
    return mix(mix(state + 1, event->value), event->failed);
}

void state_read(const volatile void *at, size_t size)
{
    me->state.read = mix_bytes(me->state.read + 1, (const void *)(uintptr_t)at, size);
}

/* As deep as the unwinder and the library go. */
void __attribute__((noinline)) state_wipe(void)
{
    char left[1 << 14];

    fill_unwritten(left, sizeof left, 0);
    __asm__ volatile("" : : "r"(left) : "memory");
}

/* The unwinder calls what we stand in front of; so we are out of the run. */
static void save_registers(struct thread *self)
{
    memset(self->state.saved, 0, sizeof self->state.saved);
    me = NULL;
    if (self->request.op.place != 0)
        unwinder.backtrace(look_at_frame, self);
    me = self;
    state_wipe();
}

/* The plan has another step for it, so nobody looks at what it asks for. */
static bool is_passed(const struct thread *self)
{
    return record->plan.merges && self->state.planned > 0;
}

void state_ask(void)
{
    struct thread *self = me;
    const struct event *last = self->state.step > 0 ? &record->events[self->state.step - 1] : NULL;

    if (last == NULL)
        self->state.within = 0;
    else if (last->op.place == self->request.op.place)
        self->state.within = mix_event(mix(self->state.within + 1, self->state.read), last);
    else
        self->state.within = mix_result(self->state.read, last);
    self->state.read = 0;
    self->state.error = errno;
    if (is_passed(self)) {
        state_wipe(); /* what the program finds there is the same in each run */
    } else {
        self->state.local =
            mix_bytes(1, (const char *)__builtin_thread_pointer() - local_size, local_size);
        save_registers(self);
    }
    errno = self->state.error;
}

static uint64_t mix_request(uint64_t state, const struct request *request)
{
    state = mix(mix(state, request->op.kind), request->op.place);
    for (int i = 0; i < OP_TOUCHES; i++)
        state = mix(mix(state, request->op.touches[i].at), request->op.touches[i].mode);
    return mix(state, (uint64_t)request->deadline_ns);
}

static bool mix_thread(uint64_t *state, const struct thread *thread)
{
    const char *frames = frames_end(thread), *stack = thread->stack;
    uint64_t now = mix(*state, thread->id);

    now = mix(now, (uint64_t)thread->detached | (uint64_t)thread->signalled << 1 |
                       (uint64_t)thread->cancelled << 2 | (uint64_t)thread->uncancellable << 3 |
                       (uint64_t)thread->spurious_left << 8);
    now = mix(mix(now, (uintptr_t)thread->routine), (uintptr_t)thread->argument);
    now = mix(now, (uint64_t)thread->clock.time_ns);
    now = mix_bytes(now, thread->name, sizeof thread->name);
    now = mix_request(now, &thread->request);
    if (thread->stores.count > 0)
        now = mix_bytes(now, &thread->stores, sizeof thread->stores);
    if (thread->request.op.kind == OP_EXIT)
        now = mix(now, (uintptr_t)thread->result);
    now = mix(mix(now, thread->state.within), thread->state.local);
    now = mix(mix(now, (uint64_t)thread->state.error), spin_state(thread));
    now = mix(now, thread->state.last);
    now = mix_bytes(now, thread->state.saved, sizeof thread->state.saved);
    if (thread->request.op.kind != OP_START && thread->request.op.place != 0) {
        if (frames == NULL || frames > stack)
            return false;
        now = mix_bytes(now, frames, (size_t)(stack - frames));
    }
    *state = now;
    return true;
}

static uint64_t mix_ended(uint64_t state, const struct thread *thread)
{
    return mix(mix(mix(state, thread->id), (uintptr_t)thread->result),
               (uint64_t)thread->detached | (uint64_t)(uintptr_t)thread->joiner << 1);
}

/* Objects ------------------------------------------------------------------------- */

/* They were seen in one order or another: so each counts by itself. */
static uint64_t number_of(const struct object *object)
{
    uint64_t state = mix(object->address, object->kind);

    state = mix(state, (uint64_t)object->type << 32 | (uint32_t)object->owner);
    state = mix(state, (uint64_t)object->depth << 32 | object->count);
    state = mix(state, (uint64_t)object->size << 32 | object->round);
    state = mix(state, object->waiters);
    if (object->owner != NOBODY && !record->plan.turns) /* spin.c: has it written since? */
        state = mix(state, object->writes_before == threads[object->owner].writes);
    state = mix(state, (uint64_t)object->destroyed | (uint64_t)object->initialised << 1 |
                           (uint64_t)object->timed << 2 | (uint64_t)object->robust << 3 |
                           (uint64_t)object->robustness << 8);
    state = mix(state, object->held_before != NULL ? object->held_before->address : 0);
    state = mix(state, (uint64_t)object->released.time_ns);
    return mix_bytes(state, object->holds, sizeof object->holds);
}

/* A mutex that nobody holds is as good as one that was never seen. */
static bool is_fresh(const struct object *object)
{
    return (object->kind == OBJECT_MUTEX || object->kind == OBJECT_CONDITION) &&
           object->owner == NOBODY && object->waiters == 0 && !object->initialised &&
           !object->destroyed && !object->robust && object->released.time_ns == 0;
}

static uint64_t mix_objects(uint64_t state)
{
    const struct object *object;
    uint64_t all = 0;

    for (unsigned n = 0; (object = object_seen(n)) != NULL; n++)
        if (object->kind != OBJECT_FILE && object->kind != OBJECT_ATOMIC && !is_fresh(object))
            all += number_of(object);
    return mix(state, all);
}

/* What was printed ---------------------------------------------------------------- */

enum { PRINTED_MOST = 1 << 16 };
static const uint64_t UNKNOWN = UINT64_MAX;
static uint64_t printed[2]; /* as numbers */

/* What the stream's file holds. */
void state_printed(int fd, size_t size)
{
    LARGE static char text[PRINTED_MOST];
    uint64_t *number = &printed[fd == STDERR_FILENO];
    long got = -1;

    if (size <= sizeof text) {
        memset(text, 0, size); /* the kernel opens no page (world/pages.h) */
        got = kernel_call(SYS_pread64, fd, (long)text, (long)size);
    }
    if (*number != UNKNOWN)
        *number = got == (long)size ? mix_bytes(2, text, size) >> 1 : UNKNOWN;
}

/* What belongs to files, pipes and signals is in no state. */
static bool is_hidden(enum op_kind kind)
{
    return kind == OP_FILE || (kind >= OP_KILL && kind <= OP_POLL);
}

void state_step(struct thread *thread, const struct event *event)
{
    if (is_hidden(event->op.kind))
        printed[0] = UNKNOWN;
    if (thread->state.planned > 0)
        thread->state.planned--;
    thread->state.last = mix(mix(event->op.kind, event->op.place), event->op.touches[0].at);
}

void state_access(uintptr_t at, size_t size, int access)
{
    me->state.last = mix(mix(me->state.last, at), (uint64_t)size << 8 | (uint64_t)access);
}

/* The whole ----------------------------------------------------------------------- */

static void note(thread_set enabled)
{
    uint64_t state = mix(1, enabled);
    bool known = true;

    for (unsigned i = 0; i < THREADS_MOST && known; i++)
        if (threads[i].alive)
            known = mix_thread(&state, &threads[i]);
        else if (threads[i].routine != NULL)
            state = mix_ended(state, &threads[i]);
    state = mix_objects(mix_memory(state));
    record->states[record->event_count] = known ? state | 1 : 0;
    for (unsigned i = 0; i < watched_count; i++)
        record->watched[record->event_count][i] = value_of(watched[i]);
}

bool state_is_known(thread_set enabled)
{
    uint64_t *state = &record->states[record->event_count];

    note(enabled);
    if (!record->plan.merges)
        return false;
    *state = *state == 0 || printed[0] == UNKNOWN || printed[1] == UNKNOWN
                 ? 0
                 : mix(mix(*state, printed[0]), printed[1]) | 1;
    return known_has(*state);
}
