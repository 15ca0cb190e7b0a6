/*
 * Which of two threads has the lower stack is open, and so is which has the lower number.
 *
 * can: exit 0 | stack 1, number 1\n
 * says: depends on where things lie in memory
 * status: 3
 * native: no, they may lie otherwise there
 * toy: no, they may lie otherwise there
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *look(void *stack)
{
    *(uintptr_t *)stack = (uintptr_t)&stack;
    return NULL;
}

int main(void)
{
    uintptr_t stacks[2];
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, look, &stacks[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("stack %d, number %d\n", stacks[0] < stacks[1], threads[0] < threads[1]);
    return 0;
}
