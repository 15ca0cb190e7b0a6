/*
 * Each line is printed as a whole; their order is free.
 *
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
 */
#include <pthread.h>
#include <stdio.h>

static void *say_a(void *argument)
{
    puts("a");
    return argument;
}

static void *say_b(void *argument)
{
    puts("b");
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, say_a, NULL);
    pthread_create(&b, NULL, say_b, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
