/* Dekker's lock (Dijkstra, EWD 123): the first one without special
 * instructions. */
#include <stdatomic.h>
#include <stdio.h>

#include "crew.h"

static _Atomic int wants[2], turn;
static int counter;

static void enter(int self, int other)
{
    wants[self] = 1;
    while (wants[other])
        if (turn != self) {
            wants[self] = 0;
            while (turn != self)
                ;
            wants[self] = 1;
        }
}

static void *run(void *argument)
{
    int self = crew_number(argument), other = 1 - self;

    enter(self, other);
    counter++;
    turn = other;
    wants[self] = 0;
    return NULL;
}

int main(void)
{
    crew_run(run, 2);
    printf("%d\n", counter);
    return 0;
}
