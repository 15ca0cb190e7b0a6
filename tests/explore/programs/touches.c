/*
 * Accesses that meet only in part.
 *
 *     touches overlap     a byte is read, of eight written, one of them twice
 *     touches cells N     N cells are written, one by one, and copied at once
 *     touches large N     N MiB are cleared
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 100 };

static union {
    unsigned long long whole;
    unsigned char bytes[8];
} both;
static unsigned long long cells[CELLS_MOST];
static int cell_count;

static void *read_the_last(void *seen)
{
    *(int *)seen = both.bytes[7];
    return NULL;
}

static void *write_cells(void *arg)
{
    for (int i = 0; i < cell_count; i++)
        cells[i] = 1;
    return arg;
}

static void overlap(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, read_the_last, &seen);
    both.whole = 0x0101010101010101; /* in any byte order */
    both.bytes[0] = 2;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
}

static void copy_cells(void)
{
    unsigned long long copy[CELLS_MOST];
    pthread_t thread;
    int seen = 0;

    pthread_create(&thread, NULL, write_cells, NULL);
    memcpy(copy, cells, sizeof copy);
    pthread_join(thread, NULL);
    while (seen < cell_count && copy[seen] == 1)
        seen++;
    printf("%d\n", seen);
}

static void clear(size_t size)
{
    char *memory = malloc(size);

    memset(memory, 0, size);
    free(memory);
}

int main(int argc, char **argv)
{
    cell_count = argc > 2 ? atoi(argv[2]) : 0;
    if (strcmp(argv[1], "overlap") == 0)
        overlap();
    else if (strcmp(argv[1], "cells") == 0)
        copy_cells();
    else
        clear((size_t)cell_count << 20);
    return 0;
}
