/*
 * What the hooks cannot see is refused, and its line is named.
 *
 * says: has inline assembler
 * says: inline-assembler.c:
 * status: 2
 * native: no, it is refused
 * toy: no, it is refused
 */
#include <pthread.h>
#include <stdio.h>

static int number;

static void *other(void *argument)
{
    __asm__ volatile("incl %0" : "+m"(number));
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", number);
    return 0;
}
