/*
 * A handler would run between two instructions of another thread.
 *
 * says: sends SIGUSR1 to another thread, which handles it
 * status: 2
 * native: no, it is refused
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>

static sem_t never;

static void handle(int number)
{
    (void)number;
}

static void *wait_for_it(void *argument)
{
    sem_wait(&never);
    return argument;
}

int main(void)
{
    pthread_t thread;

    signal(SIGUSR1, handle);
    pthread_create(&thread, NULL, wait_for_it, NULL);
    pthread_kill(thread, SIGUSR1);
    pthread_join(thread, NULL);
    puts("interrupted");
    return 0;
}
