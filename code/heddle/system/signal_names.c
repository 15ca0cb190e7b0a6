#include "heddle/system/signal_names.h"

#include <stdio.h>

#include "lib/process.h"

enum { LAST_SIGNAL = 64, NAME_ROOM = 16 }; /* Linux counts so far; the longest is SIGVTALRM */

int signal_number(struct span words)
{
    unsigned long number;
    char name[NAME_ROOM];

    if (span_number(words, LAST_SIGNAL, &number))
        return (int)number;
    snprintf(name, sizeof name, "%.*s", SPAN_ARG(words));
    return words.len < sizeof name ? process_signal_number(name) : 0;
}
