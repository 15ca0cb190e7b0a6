/*
 * The kernel reads the name where it lies. Another thread changes it: a data race, and
 * the name has its first letter of before or after.
 *
 * can: exit 0 | mine\n
 * can: exit 0 | line\n
 * races: name
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>

static char name[16] = "mine";

static void *change(void *argument)
{
    name[0] = 'l';
    return argument;
}

int main(void)
{
    pthread_t thread;
    char found[16];

    pthread_create(&thread, NULL, change, NULL);
    prctl(PR_SET_NAME, name);
    prctl(PR_GET_NAME, found);
    pthread_join(thread, NULL);
    puts(found);
    return 0;
}
