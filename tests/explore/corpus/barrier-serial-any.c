/*
 * Any of those at a barrier may be the one that is told so, as POSIX has it, whatever
 * they did before: whoever came first could have come last, as nobody can tell when it
 * came. So a may be the one though it was before b, and though it was not.
 *
 * can: exit 0 | a after b, a\n
 * can: exit 0 | a after b, b\n
 * can: exit 0 | a after b, main\n
 * can: exit 0 | a first, a\n
 * can: exit 0 | a first, b\n
 * can: exit 0 | a first, main\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static atomic_int turn;
static const char *order, *serial;

static void arrive(const char *name)
{
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        serial = name;
}

static void *a(void *argument)
{
    order = atomic_exchange(&turn, 1) == 0 ? "a first" : "a after b";
    arrive("a");
    return argument;
}

static void *b(void *argument)
{
    atomic_exchange(&turn, 1);
    arrive("b");
    return argument;
}

int main(void)
{
    pthread_t first, second;

    pthread_barrier_init(&barrier, NULL, 3);
    pthread_create(&first, NULL, a, NULL);
    pthread_create(&second, NULL, b, NULL);
    arrive("main");
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    printf("%s, %s\n", order, serial);
    return 0;
}
