/*
 * A function may be called like one that the C library's unwinder calls; it is
 * the program's, and the explorer needs no unwinder.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdio.h>

static int called;

int dl_iterate_phdr(void);
void *_dl_find_object(void);

int dl_iterate_phdr(void)
{
    return ++called;
}

void *_dl_find_object(void)
{
    called++;
    return NULL;
}

static void *call(void *argument)
{
    dl_iterate_phdr();
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, call, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", called);
    return 0;
}
