#define _GNU_SOURCE
#include "explore/names/names.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/base/large.h"
#include "explore/names/places.h"
#include "explore/names/spelled.h"
#include "explore/names/symbols.h"

enum { OBJECTS_MOST = 1024, TEXT_SIZE = 96 };

static struct named {
    uintptr_t address;
    const char *kind;
    char base[TEXT_SIZE]; /* what the source calls it */
    char name[TEXT_SIZE + 16];
} objects[OBJECTS_MOST];

static unsigned object_count;
LARGE static char threads_named[THREADS_MOST][TEXT_SIZE];

/* Threads --------------------------------------------------------------------- */

static void name_thread(unsigned thread, const char *given, uintptr_t routine)
{
    const struct symbol *symbol = symbol_at(routine);
    char *name = threads_named[thread];

    if (*given != '\0')
        snprintf(name, TEXT_SIZE, "%s", given);
    else if (thread == 0)
        snprintf(name, TEXT_SIZE, "main");
    else if (symbol != NULL)
        snprintf(name, TEXT_SIZE, "%.*s", TEXT_SIZE - 1, name_spelled(symbol->name));
    else
        snprintf(name, TEXT_SIZE, "thread %u", thread);
}

/* Several of one name are numbered, from 1, in the order of their creation. */
static void number_threads(uint32_t count)
{
    unsigned same[THREADS_MOST] = {0};
    char plain[THREADS_MOST][TEXT_SIZE];

    memcpy(plain, threads_named, sizeof plain);
    for (unsigned i = 0; i < count; i++) {
        unsigned number = 1;

        for (unsigned j = 0; j < count; j++)
            if (strcmp(plain[i], plain[j]) == 0) {
                same[i]++;
                number += j < i;
            }
        if (same[i] > 1)
            snprintf(threads_named[i], TEXT_SIZE, "%.80s %u", plain[i], number);
    }
}

void names_begin(uint32_t thread_count, const char (*names)[NAME_SIZE], const uintptr_t *routines)
{
    object_count = 0;
    for (unsigned i = 0; i < thread_count; i++)
        name_thread(i, names[i], routines[i]);
    number_threads(thread_count);
}

const char *thread_name(unsigned thread)
{
    return threads_named[thread];
}

/* Objects --------------------------------------------------------------------- */

const char *object_kind(const struct op *op, unsigned touch)
{
    switch (op->kind) {
    case OP_LOCK:
    case OP_TRYLOCK:
    case OP_TIMEDLOCK:
    case OP_UNLOCK:
    case OP_ABANDON:
        return touch == 0 ? "mutex" : "";
    case OP_WAIT:
    case OP_RESUME:
    case OP_SIGNAL:
    case OP_BROADCAST:
        return touch == 0 ? "condition" : op->kind == OP_WAIT ? "mutex" : "";
    case OP_RDLOCK:
    case OP_WRLOCK:
    case OP_WRASK:
    case OP_TRYRDLOCK:
    case OP_TRYWRLOCK:
    case OP_RWUNLOCK:
        return touch == 0 ? "rwlock" : "";
    case OP_SEM_WAIT:
    case OP_SEM_TRYWAIT:
    case OP_SEM_TIMEDWAIT:
    case OP_SEM_POST:
    case OP_SEM_VALUE:
        return touch == 0 ? "semaphore" : "";
    case OP_ARRIVE:
    case OP_LEAVE:
        return touch == 0 ? "barrier" : "";
    case OP_ONCE:
    case OP_ONCE_DONE:
        return touch == 0 ? "once" : "";
    case OP_READ:
    case OP_WRITE:
    case OP_UPDATE:
    case OP_FLUSH:
        return touch == 0 ? "memory" : "";
    case OP_FUTEX_WAIT:
    case OP_FUTEX_RESUME:
    case OP_FUTEX_WAKE:
        return touch == 0 ? "futex" : "";
    case OP_CLOSE:
    case OP_CHANGE:
    case OP_RECEIVE:
    case OP_TRYRECEIVE:
    case OP_SEND:
    case OP_TRYSEND:
        return touch == 0 ? "descriptor" : "";
    case OP_DESTROY:
        return touch == 0 ? "object" : "";
    default:
        return "";
    }
}

/* The call in a line of the source that a step may be about. */
static const char *find_call(const char *source)
{
    static const char *const calls[] = {
        "pthread_", "sem_",   "read(",      "readv(",   "recv(", "eventfd_", "write(",    "writev(",
        "send(",    "close(", "epoll_ctl(", "dprintf(", "mtx_",  "cnd_",     "call_once",
    };
    const char *call = NULL;

    for (size_t i = 0; i < sizeof calls / sizeof *calls && call == NULL; i++)
        call = strstr(source, calls[i]);
    return call;
}

/* The n-th argument of the first call of such a function. */
static bool read_argument(const char *source, unsigned n, char *text)
{
    const char *call = find_call(source), *end;
    int depth = 0;

    if (call == NULL || (call = strchr(call, '(')) == NULL)
        return false;
    for (call++; n > 0 && *call != '\0'; call++)
        n -= *call == ',';
    while (*call == ' ' || *call == '&')
        call++;
    for (end = call; *end != '\0' && (depth > 0 || (*end != ',' && *end != ')')); end++)
        depth += (*end == '(') - (*end == ')');
    if (end == call || *end == '\0' || end - call >= TEXT_SIZE)
        return false;
    snprintf(text, TEXT_SIZE, "%.*s", (int)(end - call), call);
    return true;
}

/* How large such a thing is; 0: it varies. */
static size_t size_of(const char *kind)
{
    static const struct {
        const char *kind;
        size_t size;
    } sizes[] = {
        {"mutex", sizeof(pthread_mutex_t)},   {"condition", sizeof(pthread_cond_t)},
        {"rwlock", sizeof(pthread_rwlock_t)}, {"barrier", sizeof(pthread_barrier_t)},
        {"semaphore", sizeof(sem_t)},         {"once", sizeof(pthread_once_t)},
    };

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(sizes[i].kind, kind) == 0)
            return sizes[i].size;
    return 0;
}

/* "lock", "account", "forks[2]": a variable, what it begins with, or an element
 * of an array of nothing else. */
static bool find_variable(uintptr_t address, size_t size, char *base)
{
    const struct symbol *symbol = symbol_at(address);
    size_t offset = symbol != NULL ? address - symbol->address : 0;

    if (symbol == NULL || (offset > 0 && size == 0))
        return false;
    if (size > 0 && symbol->size > size && symbol->size % size == 0 && offset % size == 0)
        snprintf(base, TEXT_SIZE, "%.70s[%zu]", name_spelled(symbol->name), offset / size);
    else if (offset == 0)
        snprintf(base, TEXT_SIZE, "%.90s", name_spelled(symbol->name));
    else
        return false;
    return true;
}

/* What the source calls it, or nothing. */
static void find_base(const struct op *op, unsigned touch, uintptr_t address, char *base)
{
    const char *source = place_text(op->place)->source;
    const struct symbol *symbol = symbol_at(address);
    unsigned argument = touch > 0 || (op->kind == OP_LOCK && (strstr(source, "cond_") != NULL ||
                                                              strstr(source, "cnd_") != NULL));
    bool memory = op->kind == OP_READ || op->kind == OP_WRITE || op->kind == OP_UPDATE ||
                  op->kind == OP_FLUSH;

    *base = '\0';
    if (find_variable(address, size_of(object_kind(op, touch)), base))
        return;
    if (!memory && read_argument(source, argument, base))
        return;
    if (symbol != NULL)
        snprintf(base, TEXT_SIZE, "%.70s+%lu", name_spelled(symbol->name),
                 (unsigned long)(address - symbol->address));
}

static void give_name(struct named *object)
{
    unsigned same = 1, kin = 1;

    for (const struct named *other = objects; other < object; other++) {
        same += strcmp(other->base, object->base) == 0;
        kin += strcmp(other->kind, object->kind) == 0 && *other->base == '\0';
    }
    if (*object->base == '\0')
        snprintf(object->name, sizeof object->name, "%s %u", object->kind, kin);
    else
        strcpy(object->name, object->base);
    if (*object->base != '\0' && same > 1)
        snprintf(object->name + strlen(object->name), 16, " (%u)", same);
}

const char *object_name(const struct op *op, unsigned touch)
{
    uintptr_t address = op->touches[touch].at;
    const char *kind = object_kind(op, touch);

    if (*kind == '\0' || address == 0)
        return "";
    if (strcmp(kind, "futex") == 0)
        address &= ~((uintptr_t)1 << 62);
    for (unsigned i = 0; i < object_count; i++)
        if (objects[i].address == address &&
            (objects[i].kind == kind || strcmp(kind, "object") == 0))
            return objects[i].name;
    if (object_count == OBJECTS_MOST)
        return "?";
    objects[object_count].address = address;
    objects[object_count].kind = kind;
    find_base(op, touch, address, objects[object_count].base);
    give_name(&objects[object_count]);
    return objects[object_count++].name;
}
