/*
 * The owner of a robust mutex ends and keeps it: whoever locks it next is
 * told, has it, and can make it sound again.
 *
 * can: exit 0 | owner dead, then 0\n
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;

static void make_robust(void)
{
    pthread_mutexattr_t attr;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &attr);
    pthread_mutexattr_destroy(&attr);
}

static void *die_with_it(void *argument)
{
    pthread_mutex_lock(&lock);
    return argument;
}

int main(void)
{
    pthread_t owner;
    int first;

    make_robust();
    pthread_create(&owner, NULL, die_with_it, NULL);
    pthread_join(owner, NULL);
    first = pthread_mutex_lock(&lock);
    pthread_mutex_consistent(&lock);
    pthread_mutex_unlock(&lock);
    printf("%s, then %d\n", first == EOWNERDEAD ? "owner dead" : "?", pthread_mutex_lock(&lock));
    return 0;
}
