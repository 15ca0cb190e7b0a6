/*
 * What a function asks for itself counts as well: gcc leaves out what it need not read.
 *
 * says: asks to be optimised at
 * compiler: gcc
 * can: exit 0 | done\n
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>

#ifdef __clang__
#define OPTIMISED
#else
#define OPTIMISED __attribute__((optimize("O2")))
#endif

static int number;

static OPTIMISED void *look(void *argument)
{
    int seen = number;

    (void)seen;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    number = 1;
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
