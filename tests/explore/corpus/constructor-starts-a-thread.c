/*
 * What a constructor starts, of whatever priority, runs beside main.
 *
 * can: exit 0 | t\nm\n
 * can: exit 0 | m\nt\n
 * native: no, what runs it is begun after the constructor
 * toy: no, it is too
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_t thread;
static sem_t go;

static void *run(void *argument)
{
    sem_wait(&go);
    puts("t");
    return argument;
}

__attribute__((constructor(101))) static void start(void)
{
    sem_init(&go, 0, 1);
    pthread_create(&thread, NULL, run, NULL);
}

int main(void)
{
    puts("m");
    pthread_join(thread, NULL);
    return 0;
}
