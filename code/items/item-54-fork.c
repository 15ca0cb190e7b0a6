/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* fork */

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t inside, enough;

static void *hold(void *arg)
{
    pthread_mutex_lock(&lock);
    sem_post(&inside);
    sem_wait(&enough);
    pthread_mutex_unlock(&lock);
    return arg;
}

/* Not puts: the lock of stdout could be held as well. */
static void write_line(const char *line)
{
    if (write(STDOUT_FILENO, line, strlen(line)) < 0)
        _exit(1);
}

int main(void)
{
    pthread_t thread;
    pid_t child;
    int status = 0;

    sem_init(&inside, 0, 0);
    sem_init(&enough, 0, 0);
    if (pthread_create(&thread, NULL, hold, NULL) != 0)
        return 1;
    sem_wait(&inside);              /* the other thread has the lock */
    child = fork();
    if (child == 0) {
        bool held = pthread_mutex_trylock(&lock) == EBUSY;
        write_line(held ? "in the child: held by nobody that is here\n"
                        : "in the child: free\n");
        _exit(0);
    }
    waitpid(child, &status, 0);
    sem_post(&enough);
    pthread_join(thread, NULL);
    return status;
}
