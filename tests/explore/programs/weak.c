/* One weak compare-exchange, or a loop of them ("loop"): it may fail for nothing. */
#include <stdatomic.h>
#include <stdio.h>

#include "crew.h"

static atomic_int value = 5;

static void *run(void *argument)
{
    atomic_load(&value);
    return argument;
}

int main(int argc, char **argv)
{
    int expected = 5, tries = 0;

    (void)argv;
    crew_run(run, 1);
    do
        tries++;
    while (!atomic_compare_exchange_weak(&value, &expected, 6) && argc > 1);
    printf("%d, expected %d, tried %s\n", atomic_load(&value), expected,
           tries > 1 ? "again" : "once");
    return 0;
}
