/*
 * A thread has the name of the one that made it, as it was then (clone(2): comm is copied),
 * and the first one that of the program's file. A name that is too long is cut by prctl(2)
 * and refused by pthread_setname_np(3), which wants room for sixteen bytes to give one.
 *
 * can: exit 0 | thread-name-tak\nboss\n34 34 sixteen letters\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

static void *ask(void *name)
{
    prctl(PR_GET_NAME, name);
    return NULL;
}

int main(void)
{
    char own[16], others[16], cut[16];
    pthread_t thread;

    pthread_getname_np(pthread_self(), own, sizeof own);
    pthread_setname_np(pthread_self(), "boss");
    pthread_create(&thread, NULL, ask, others);
    pthread_join(thread, NULL);
    printf("%s\n%s\n", own, others);
    printf("%d ", pthread_getname_np(pthread_self(), own, 15));
    printf("%d ", pthread_setname_np(pthread_self(), "sixteen letters 1"));
    prctl(PR_SET_NAME, "sixteen letters 1");
    pthread_getname_np(pthread_self(), cut, sizeof cut);
    printf("%s\n", cut);
    return 0;
}
