/*
 * Starting some threads and waiting for them, for the programs here.
 */
#ifndef EXPLORE_TESTS_CREW_H
#define EXPLORE_TESTS_CREW_H

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

enum { CREW_MOST = 30 };

/* `count` threads with the numbers 0, 1 ... as their argument. */
static inline void crew_run(void *(*routine)(void *), int count)
{
    pthread_t crew[CREW_MOST];

    for (int i = 0; i < count; i++)
        pthread_create(&crew[i], NULL, routine, (void *)(intptr_t)i);
    for (int i = 0; i < count; i++)
        pthread_join(crew[i], NULL);
}

static inline int crew_number(void *argument)
{
    return (int)(intptr_t)argument;
}

/* The program's first argument, or the usual. */
static inline int crew_size(int argc, char **argv, int usual)
{
    return argc > 1 ? atoi(argv[1]) : usual;
}

#endif
