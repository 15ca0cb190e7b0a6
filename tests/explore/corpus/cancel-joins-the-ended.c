/*
 * pthread_join is a cancellation point (POSIX), but in glibc only where it waits.
 *
 * can: exit 0 | cancelled\n
 * says: is cancelled where it joins a thread that has ended
 * status: 3
 * native: no, glibc joins it
 * toy: no, it has no pthread_cancel
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

static pthread_t first;
static sem_t go;

static void *end(void *argument)
{
    return argument;
}

static void *join(void *argument)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    sem_wait(&go);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_join(first, NULL);
    return argument;
}

int main(void)
{
    pthread_t second;
    void *result;

    sem_init(&go, 0, 0);
    pthread_create(&first, NULL, end, NULL);
    pthread_create(&second, NULL, join, NULL);
    pthread_cancel(second);
    sem_post(&go);
    pthread_join(second, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "joined");
    return 0;
}
