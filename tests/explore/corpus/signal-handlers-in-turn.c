/*
 * Two threads set a handler: just one of them finds that there was none.
 *
 * can: exit 0 | 1 0\n
 * can: exit 0 | 0 1\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void handle(int number)
{
    (void)number;
}

static void *set(void *first)
{
    *(int *)first = signal(SIGUSR1, handle) == SIG_DFL;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int a, b;

    pthread_create(&thread, NULL, set, &a);
    set(&b);
    pthread_join(thread, NULL);
    printf("%d %d\n", a, b);
    return 0;
}
