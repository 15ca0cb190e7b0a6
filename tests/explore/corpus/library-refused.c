/*
 * What can lead anywhere is refused before anything runs.
 *
 * says: calls dlsym
 * says: refused
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static void *other(void *argument)
{
    dlsym(RTLD_DEFAULT, "puts");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
