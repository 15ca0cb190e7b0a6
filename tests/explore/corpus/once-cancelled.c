/*
 * Who is cancelled in what pthread_once calls has done as if he had never called
 * (POSIX): main does it again. The thread says that it is there before it sleeps, so
 * it always is.
 *
 * can: exit 0 | run\nrun\ndone\n
 * toy: no, it has no pthread_cancel
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t there;
static int times;

static void run(void)
{
    puts("run");
    if (times++ > 0)
        return;
    sem_post(&there);
    for (;;)
        sleep(1);
}

static void *start(void *argument)
{
    pthread_once(&once, run);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sem_init(&there, 0, 0);
    pthread_create(&thread, NULL, start, NULL);
    sem_wait(&there);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    pthread_once(&once, run);
    puts("done");
    return 0;
}
