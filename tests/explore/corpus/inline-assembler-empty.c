/*
 * A barrier for the compiler is no instruction.
 *
 * can: exit 0 | 0\n
 */
#include <pthread.h>
#include <stdio.h>

static int number;

static void *other(void *argument)
{
    __asm__ volatile("" ::: "memory");
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
