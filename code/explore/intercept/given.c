#include "explore/intercept/given.h"

#include <string.h>

#include "explore/intercept/tsan_hooks.h"
#include "explore/intercept/visit.h"

void given_access(const volatile void *at, size_t size, int is_write, uintptr_t place)
{
    if (at != NULL)
        plain_access(at, size, is_write, place);
}

void given_text(char *copy, size_t size, const char *text, uintptr_t place)
{
    struct visit visit;

    visit_begin(&visit, place);
    visit_reads_text(&visit, text, size - 1, 1);
    visit_enter(&visit);
    strncpy(copy, text, size - 1);
    copy[size - 1] = '\0';
    visit_leave(&visit);
    visit_end(&visit);
}
