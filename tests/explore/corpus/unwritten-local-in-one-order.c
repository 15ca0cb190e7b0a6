/*
 * As unwritten-in-one-order, of a variable on the stack.
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, memory may hold anything
 * toy: no, it has no other memory
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int flag;

static void *print(void *argument)
{
    int numbers[1];

    if (flag)
        numbers[0] = 0;
    printf("%d\n", numbers[0]);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    flag = 1;
    pthread_join(thread, NULL);
    return 0;
}
