/*
 * All is freed, or reached from a variable: a list from its head, a thread's result, a
 * stream, what is in the environment, a pointer on its way in a pipe, and a block of a
 * thread that is there still.
 *
 * can: exit 0 |
 * explore: leaks
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct node {
    struct node *next;
};

static struct node *head;
static FILE *file;

static void *run(void *argument)
{
    struct node *node = malloc(sizeof *node);

    node->next = malloc(sizeof *node);
    node->next->next = NULL;
    head = node;
    free(argument);
    return strdup("result");
}

static void *stay(void *argument)
{
    char *block = malloc(7);

    while (block != argument)
        sleep(1);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int ends[2];
    void *block = malloc(9);

    if (pipe(ends) != 0 || write(ends[1], &block, sizeof block) != sizeof block)
        return 1;
    file = fopen("/dev/null", "w");
    setenv("NAME", "value", 1);
    pthread_create(&thread, NULL, stay, NULL);
    pthread_detach(thread);
    pthread_create(&thread, NULL, run, malloc(3));
    pthread_join(thread, &block);
    free(block);
    return 0;
}
