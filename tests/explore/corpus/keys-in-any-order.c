/*
 * "The order of destructor calls is unspecified if more than one destructor exists for a
 * thread when it exits" (XSH pthread_key_create()); glibc goes by the numbers. That of b
 * keeps a value of a, which is destroyed after it: once more if a's was destroyed before.
 *
 * can: exit 0 | aba
 * can: exit 0 | ba
 */
#include <pthread.h>
#include <stdio.h>

static pthread_key_t a, b;
static int value;

static void destroy_a(void *pointer)
{
    (void)pointer;
    putchar('a');
}

static void destroy_b(void *pointer)
{
    putchar('b');
    pthread_setspecific(a, pointer);
}

static void *use(void *argument)
{
    pthread_setspecific(a, &value);
    pthread_setspecific(b, &value);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_key_create(&a, destroy_a);
    pthread_key_create(&b, destroy_b);
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
    return 0;
}
