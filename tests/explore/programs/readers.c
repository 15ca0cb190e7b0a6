/*
 * One writer, N readers of the same word. A reader comes before the writer or
 * after it, and no two readers notice each other: 2^N classes of schedules.
 */
#include <stdatomic.h>

#include "crew.h"

static _Atomic int word;

static void *run(void *argument)
{
    if (crew_number(argument) == 0)
        word = 1;
    else
        (void)atomic_load(&word);
    return NULL;
}

int main(int argc, char **argv)
{
    crew_run(run, crew_size(argc, argv, 8) + 1);
    return 0;
}
