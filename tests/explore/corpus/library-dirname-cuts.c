/*
 * dirname writes a zero where the last slash is.
 *
 * can: exit 0 | /\n
 * can: exit 0 | \n
 * races: path
 * native: no, printf looks at the letters once to count them and once to print them
 */
#include <libgen.h>
#include <pthread.h>
#include <stdio.h>

static char path[] = "ab/c";

static void *other(void *argument)
{
    dirname(path);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%.1s\n", path + 2);
    pthread_join(thread, NULL);
    return 0;
}
