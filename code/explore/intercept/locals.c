#include "explore/intercept/locals.h"

#include "explore/run/scheduler.h"

enum { LOCALS_MOST = 256 };

/* Made when a thread first comes by (Itanium C++ ABI, 3.3.6). */
static _Thread_local struct {
    void (*destroy)(void *);
    void *object;
} locals[LOCALS_MOST];
static _Thread_local unsigned count;

int __cxa_thread_atexit(void (*destroy)(void *), void *object, void *library);
int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *library);

int __cxa_thread_atexit(void (*destroy)(void *), void *object, void *library)
{
    (void)library;
    if (count == LOCALS_MOST)
        run_refuse(HERE, "makes more than %d thread-local objects", LOCALS_MOST);
    locals[count].destroy = destroy;
    locals[count++].object = object;
    return 0;
}

/* What libraries call. */
int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *library)
{
    return __cxa_thread_atexit(destroy, object, library);
}

void locals_destroy(void)
{
    while (count > 0) {
        count--;
        locals[count].destroy(locals[count].object);
    }
}
