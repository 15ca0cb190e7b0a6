/*
 * Close is a cancellation point (POSIX, 2.9.5.2): who is to be cancelled before does
 * not come back from it. The thread is, before it begins.
 *
 * can: exit 0 | cancelled\n
 * toy: no, it has no pthread_cancel
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static sem_t go;

static void *run(void *argument)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    sem_wait(&go);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    (void)!close(ends[0]);
    puts("came back");
    return argument;
}

int main(void)
{
    pthread_t thread;
    void *result;

    sem_init(&go, 0, 0);
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, run, NULL);
    pthread_cancel(thread);
    sem_post(&go);
    pthread_join(thread, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "ended");
    return 0;
}
