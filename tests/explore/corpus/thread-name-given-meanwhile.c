/*
 * One thread is given a name by another while it asks for its own, and one that it makes
 * takes over what it has then. The array that a name is taken from is read like any other.
 *
 * can: exit 0 | old old\n
 * can: exit 0 | old new\n
 * can: exit 0 | new new\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

static pthread_t boss;

static void *rename_boss(void *argument)
{
    pthread_setname_np(boss, "new");
    return argument;
}

static void *ask(void *name)
{
    prctl(PR_GET_NAME, name);
    return NULL;
}

int main(void)
{
    char own[16], child[16];
    pthread_t other, asks;

    boss = pthread_self();
    prctl(PR_SET_NAME, "old");
    pthread_create(&other, NULL, rename_boss, NULL);
    prctl(PR_GET_NAME, own);
    pthread_create(&asks, NULL, ask, child);
    pthread_join(asks, NULL);
    pthread_join(other, NULL);
    printf("%s %s\n", own, child);
    return 0;
}
