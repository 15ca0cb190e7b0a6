/*
 * exit() and quick_exit() in one run are undefined (C17, 7.22.4.4). The C library calls
 * the handlers of both, in any order, until one of them ends the process; a thread that
 * comes too late is none of its business.
 *
 * can: exit 1 | a
 * can: exit 2 | q
 * can: misuse |
 * can: misuse | a
 * can: misuse | q
 * says: calls quick_exit where exit was called already
 * says: calls exit where quick_exit was called already
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void say_a(void)
{
    write(1, "a", 1);
}

static void say_q(void)
{
    write(1, "q", 1);
}

static void *leave_quickly(void *argument)
{
    (void)argument;
    quick_exit(2);
}

int main(void)
{
    pthread_t thread;

    atexit(say_a);
    at_quick_exit(say_q);
    pthread_create(&thread, NULL, leave_quickly, NULL);
    exit(1);
}
