/*
 * From deep below to a mark in a function that is there still: each thread has its
 * own.
 *
 * can: exit 0 | back\nback\n
 * toy: no, its threads share a stack
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

static void deep(jmp_buf mark, int depth)
{
    if (depth > 0)
        deep(mark, depth - 1);
    longjmp(mark, 1);
}

static void *run(void *argument)
{
    jmp_buf mark;

    if (setjmp(mark) == 0)
        deep(mark, 3);
    puts("back");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    run(NULL);
    pthread_join(thread, NULL);
    return 0;
}
