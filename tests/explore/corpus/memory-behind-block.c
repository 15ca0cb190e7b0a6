/*
 * The last of five elements of four, in heap memory.
 *
 * can: misuse |
 * says: writes behind a block of 16 bytes
 * says: "allocated_at"
 * native: no, it may go well
 */
#include <pthread.h>
#include <stdlib.h>

static void *fill(void *argument)
{
    int *list = argument;

    for (int i = 0; i <= 4; i++)
        list[i] = i;
    return NULL;
}

int main(void)
{
    int *list = calloc(4, sizeof *list);
    pthread_t thread;

    pthread_create(&thread, NULL, fill, list);
    pthread_join(thread, NULL);
    free(list);
    return 0;
}
