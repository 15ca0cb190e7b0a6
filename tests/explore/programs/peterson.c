/* Peterson's lock (1981). Argument "broken": who comes in says so only after
 * it has looked, and then both may be inside. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "crew.h"

static _Atomic int wants[2], turn;
static int inside, both;
static bool broken;

static void *run(void *argument)
{
    int self = crew_number(argument), other = 1 - self;

    if (!broken)
        wants[self] = 1;
    turn = other;
    while (wants[other] && turn == other)
        ;
    wants[self] = 1;
    inside++;
    if (inside == 2)
        both = 1;
    inside--;
    wants[self] = 0;
    return NULL;
}

int main(int argc, char **argv)
{
    (void)argv;
    broken = argc > 1;
    crew_run(run, 2);
    puts(both ? "both were inside" : "one at a time");
    return 0;
}
