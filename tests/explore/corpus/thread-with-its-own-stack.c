/*
 * What lies where in a stack that the program gives is to be seen by it.
 *
 * says: gives a thread the stack that it shall have
 * status: 2
 * native: no, it is refused
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static _Alignas(4096) char stack[1 << 18];

static void *look(void *argument)
{
    char local;

    puts(&local >= stack && &local < stack + sizeof stack ? "in" : "out");
    return argument;
}

int main(void)
{
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setstack(&attr, stack, sizeof stack);
    pthread_create(&thread, &attr, look, NULL);
    pthread_join(thread, NULL);
    return 0;
}
