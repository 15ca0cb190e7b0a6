/*
 * Two threads set one variable: whoever comes last has set it, the second thread too.
 * POSIX lets no two change the environment at once.
 *
 * can: exit 0 | one\n
 * can: exit 0 | two\n
 * races: library.state
 * says: races for what the C library keeps for itself
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *set(void *argument)
{
    setenv("EXPLORED", "one", 1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, set, NULL);
    setenv("EXPLORED", "two", 1);
    pthread_join(thread, NULL);
    puts(getenv("EXPLORED"));
    return 0;
}
