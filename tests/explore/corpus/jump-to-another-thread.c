/*
 * To jump to the mark of another thread is undefined (C17, 7.13.2.1).
 *
 * can: misuse |
 * says: jumps to a mark of another thread
 * native: no, it goes on somewhere
 * toy: no, its threads share a stack
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>

static jmp_buf mark;

static void *jump(void *argument)
{
    (void)argument;
    longjmp(mark, 1);
}

int main(void)
{
    pthread_t thread;

    if (setjmp(mark) != 0)
        return 1;
    pthread_create(&thread, NULL, jump, NULL);
    pthread_join(thread, NULL);
    return 0;
}
