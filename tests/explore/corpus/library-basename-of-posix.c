/*
 * Of POSIX, basename may write into its argument; glibc does it only where there are
 * slashes at the end, so two threads may ask for the same constant.
 *
 * can: exit 0 | ab\n
 */
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>

static char path[] = "/usr/ab";

static void *other(void *argument)
{
    basename(path);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%s\n", basename(path));
    pthread_join(thread, NULL);
    return 0;
}
