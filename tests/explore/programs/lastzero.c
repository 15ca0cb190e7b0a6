/*
 * N writers, each making its word one more than the word before it; one
 * thread looks for the last word that is zero (Abdulla, Aronis, Jonsson,
 * Sagonas, POPL 2014: lastzero).
 */
#include <stdatomic.h>

#include "crew.h"

static _Atomic int words[CREW_MOST];
static int size;

static void *run(void *argument)
{
    int number = crew_number(argument), i = size;

    if (number > 0)
        words[number] = words[number - 1] + 1;
    else
        while (words[i] != 0)
            i--;
    return NULL;
}

int main(int argc, char **argv)
{
    size = crew_size(argc, argv, 5);
    crew_run(run, size + 1);
    return 0;
}
