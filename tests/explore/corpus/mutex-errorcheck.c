/*
 * A mutex that checks errors tells its owner so, and who is not.
 *
 * can: exit 0 | deadlock, not ours\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;

static void *unlock(void *argument)
{
    *(int *)argument = pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_mutexattr_t kind;
    pthread_t thread;
    int mine, other = 0;

    pthread_mutexattr_init(&kind);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&lock, &kind);
    pthread_mutex_lock(&lock);
    mine = pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, unlock, &other);
    pthread_join(thread, NULL);
    printf("%s, %s\n", mine == EDEADLK ? "deadlock" : "?", other == EPERM ? "not ours" : "?");
    return 0;
}
