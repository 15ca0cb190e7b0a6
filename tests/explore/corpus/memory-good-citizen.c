/*
 * All ways to get memory and to give it back, each as it should be.
 *
 * can: exit 0 | 21 0 ok\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *sum(void *argument)
{
    int *list = argument, *total = malloc(sizeof *total);

    *total = 0;
    for (int i = 0; i < 6; i++)
        *total += list[i];
    return total;
}

int main(void)
{
    int *list = malloc(2 * sizeof *list), zero = *(int *)calloc(1, sizeof zero);
    void *aligned = aligned_alloc(64, 128), *more = NULL, *total;
    char *copy = strdup("ok");
    pthread_t thread;

    list = realloc(list, 6 * sizeof *list);
    for (int i = 0; i < 6; i++)
        list[i] = i + 1;
    if ((uintptr_t)aligned % 64 != 0 || posix_memalign(&more, 3, 8) != EINVAL ||
        posix_memalign(&more, 4096, 8) != 0 || (uintptr_t)more % 4096 != 0)
        return 1;
    memset(aligned, 1, 128);
    pthread_create(&thread, NULL, sum, list);
    pthread_join(thread, &total);
    printf("%d %d %s\n", *(int *)total, zero, copy);
    free(list);
    free(aligned);
    free(more);
    free(copy);
    free(total);
    free(NULL);
    return realloc(malloc(10), 0) != NULL;
}
