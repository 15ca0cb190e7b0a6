/*
 * Two opens of one name give the same semaphore; unlinked, the name is free
 * and the semaphore goes on.
 *
 * can: exit 0 | same EEXIST ENOENT posted\n
 * native: no, others use the name at the same time
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t *semaphore;

static void *post(void *argument)
{
    sem_post(semaphore);
    return argument;
}

int main(void)
{
    static const char name[] = "/explored-semaphore";
    pthread_t thread;
    sem_t *again;

    sem_unlink(name);
    semaphore = sem_open(name, O_CREAT, 0600, 0);
    again = sem_open(name, 0);
    printf("%s ", again == semaphore ? "same" : "another");
    if (sem_open(name, O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED && errno == EEXIST)
        printf("EEXIST ");
    sem_unlink(name);
    if (sem_open(name, 0) == SEM_FAILED && errno == ENOENT)
        printf("ENOENT ");
    pthread_create(&thread, NULL, post, NULL);
    sem_wait(again);
    puts("posted");
    pthread_join(thread, NULL);
    sem_close(again);
    sem_close(semaphore);
    return 0;
}
