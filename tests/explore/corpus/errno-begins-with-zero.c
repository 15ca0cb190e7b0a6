/*
 * C17, 7.5p3: errno is zero at program startup, in the first thread. What the
 * explorer did before a run is no business of the program's; in the states of a
 * graph, it would tell two apart that are the same.
 *
 * can: exit 0 | 0\n
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static void *look(void *unused)
{
    return unused;
}

int main(void)
{
    int first = errno;
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", first);
}
