/*
 * %s reads a name while strcpy changes it. The two differ in one letter.
 *
 * can: exit 0 | Hello\n
 * can: exit 0 | Jello\n
 * races: name
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char name[16] = "Hello";

static void *other(void *argument)
{
    strcpy(name, "Jello");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%s\n", name);
    pthread_join(thread, NULL);
    return 0;
}
