/* A plain message, and an atomic flag that says it is there. With relaxed
 * order (argument "relaxed") the flag orders nothing: a data race. */
#include <stdatomic.h>
#include <stdio.h>

#include "crew.h"

static int message;
static _Atomic int ready;
static int release = memory_order_release, acquire = memory_order_acquire;

static void *run(void *argument)
{
    if (crew_number(argument) == 0) {
        message = 42;
        atomic_store_explicit(&ready, 1, release);
    } else if (atomic_load_explicit(&ready, acquire)) {
        printf("%d\n", message);
    } else {
        puts("nothing yet");
    }
    return NULL;
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        release = acquire = memory_order_relaxed;
    crew_run(run, 2);
    return 0;
}
